//! What every component may need to know about the request it renders for.

use comity_domain::time::{Timestamp, Zone};

use crate::brand::Brand;
use crate::i18n::Lang;

/// The colour scheme chosen by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Whatever the device prefers.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The cookie that keeps the choice.
    pub const COOKIE: &'static str = "comity_theme";

    /// The cookie's value, also the value of `data-theme`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads a cookie or form value; anything unknown follows the device.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The request as components see it. Built once per request by the web layer.
#[derive(Debug, Clone)]
pub struct Cx {
    /// Language of all text.
    pub lang: Lang,
    /// Colour scheme.
    pub theme: Theme,
    /// Path of the page without query, as in `/admin/partners`: marks the current tab.
    pub path: String,
    /// The raw query without `?`, kept by sort and filter links.
    pub query: String,
    /// Token for the hidden `csrf` field and the `X-CSRF` header; empty when signed out.
    pub csrf: String,
    /// Now, for relative times.
    pub now: Timestamp,
    /// Zone in which dates are shown: the program's, or the user's own.
    pub zone: Zone,
    /// Colours of the program.
    pub brand: Brand,
}

impl Cx {
    /// A context with defaults: UTC, system theme, Comity's colours, no token.
    #[must_use]
    pub fn new(lang: Lang, path: &str, now: Timestamp) -> Self {
        Self {
            lang,
            theme: Theme::default(),
            path: path.to_owned(),
            query: String::new(),
            csrf: String::new(),
            now,
            zone: Zone::utc(),
            brand: Brand::DEFAULT,
        }
    }

    /// The page's address with its query, for coming back after a switch of language or theme.
    #[must_use]
    pub fn here(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// The present page with some query parameters set (or removed, when the value is empty).
    /// Values must be URL-safe already; all other parameters stay as they are, except
    /// `cursor`, which never survives a change.
    #[must_use]
    pub fn with_query(&self, changes: &[(&str, &str)]) -> String {
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let kept = self.query.split('&').filter(|pair| {
            let name = name(pair);
            !pair.is_empty() && name != "cursor" && changes.iter().all(|(n, _)| *n != name)
        });
        let set = changes
            .iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(n, v)| format!("{n}={v}"));
        let pairs: Vec<String> = kept.map(str::to_owned).chain(set).collect();
        if pairs.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, pairs.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_query_keeps_the_rest_and_drops_the_cursor() {
        let mut cx = Cx::new(Lang::En, "/admin/partners", Timestamp::default());
        cx.query = "q=maya&sort=name&cursor=abc".to_owned();
        assert_eq!(
            cx.with_query(&[("sort", "-clicks")]),
            "/admin/partners?q=maya&sort=-clicks"
        );
        assert_eq!(cx.with_query(&[("q", ""), ("sort", "")]), "/admin/partners");
    }
}
