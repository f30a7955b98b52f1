//! The two cookies a redirect sets, and the three it reads.

use std::fmt::Write;

use comity_domain::{ClickId, VisitorId};
use hyper::HeaderMap;
use hyper::body::Bytes;
use hyper::header::{COOKIE, HeaderValue};

use super::query::consent;
use super::tracker::Recorded;
use crate::click::Consent;
use crate::link::ProgramEntry;

/// Holds the visitor id.
pub const VISITOR_COOKIE: &str = "comity_vid";
/// Holds the id of the last click.
pub const CLICK_COOKIE: &str = "comity_cid";
/// Holds `1` or `0`: what a consent banner on the same domain wrote.
pub const CONSENT_COOKIE: &str = "comity_consent";

/// The longest lifetime browsers grant: 400 days.
const MAX_DAYS: u32 = 400;

/// Room for a whole cookie without its domain.
const LONGEST: usize = 128;

/// What came with the request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cookies {
    pub visitor: Option<VisitorId>,
    pub click: Option<ClickId>,
    pub consent: Option<Consent>,
}

impl Cookies {
    /// Reads our cookies; what is not exactly an id of ours is as good as absent.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let mut cookies = Self::default();
        let lines = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok());
        for pair in lines.flat_map(|line| line.split(';')) {
            match pair.trim().split_once('=') {
                Some((VISITOR_COOKIE, value)) => cookies.visitor = value.parse().ok(),
                Some((CLICK_COOKIE, value)) => cookies.click = value.parse().ok(),
                Some((CONSENT_COOKIE, value)) => cookies.consent = consent(value),
                _ => {}
            }
        }
        cookies
    }
}

/// How cookies are scoped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub domain: Option<&'a str>,
    pub is_https: bool,
    pub days: u32,
}

impl<'a> Scope<'a> {
    /// The program's cookies on the host the visitor sees.
    pub(crate) fn of(program: &'a ProgramEntry, host: &str, is_https: bool) -> Self {
        Self {
            domain: covering(program.cookie_domain.as_deref(), host),
            is_https,
            days: program.cookie_days,
        }
    }

    /// The cookies a recorded click earns: a machine or a repeat must not
    /// replace the click that counts.
    pub(crate) fn cookies(&self, recorded: &Recorded) -> impl Iterator<Item = HeaderValue> {
        let visitor = recorded.visitor.and_then(|visitor| self.visitor(visitor));
        let counts = recorded.class.is_attributable() && recorded.may_store;
        let click = recorded.click.filter(|_| counts);
        let click = click.and_then(|click| self.click(click));
        visitor.into_iter().chain(click)
    }

    pub(crate) fn visitor(&self, visitor: VisitorId) -> Option<HeaderValue> {
        self.cookie(VISITOR_COOKIE, MAX_DAYS, |text| visitor.push_to(text))
    }

    pub(crate) fn click(&self, click: ClickId) -> Option<HeaderValue> {
        let days = self.days.min(MAX_DAYS);
        self.cookie(CLICK_COOKIE, days, |text| click.push_to(text))
    }

    fn cookie(
        &self,
        name: &str,
        days: u32,
        value: impl FnOnce(&mut String),
    ) -> Option<HeaderValue> {
        let mut text = String::with_capacity(LONGEST + self.domain.map_or(0, str::len));
        text.push_str(name);
        text.push('=');
        value(&mut text);
        text.push_str("; Path=/; Max-Age=");
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", u64::from(days) * 86_400);
        if let Some(domain) = self.domain {
            text.push_str("; Domain=");
            text.push_str(domain);
        }
        text.push_str("; HttpOnly");
        if self.is_https {
            text.push_str("; Secure");
        }
        text.push_str("; SameSite=Lax");
        // Only a domain from the settings could spoil it; then there is no cookie.
        HeaderValue::from_maybe_shared(Bytes::from(text)).ok()
    }
}

/// The cookie domain where it covers the host the visitor sees.
pub(crate) fn covering<'a>(domain: Option<&'a str>, host: &str) -> Option<&'a str> {
    let domain = domain?.trim_start_matches('.');
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    let under = host
        .strip_suffix(domain)
        .is_some_and(|head| head.is_empty() || head.ends_with('.'));
    (under && domain.contains('.') && domain.bytes().all(plain)).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::RawId;

    #[test]
    fn a_cookie_is_first_party_and_out_of_reach_of_scripts() {
        let scope = Scope {
            domain: Some("brand.com"),
            is_https: true,
            days: 90,
        };
        let cookie = scope.click(ClickId(RawId([0; 16]))).unwrap();
        assert_eq!(
            cookie.to_str().unwrap(),
            "comity_cid=clk_00000000000000000000000000; Path=/; Max-Age=7776000; \
             Domain=brand.com; HttpOnly; Secure; SameSite=Lax"
        );
    }

    #[test]
    fn only_whole_ids_are_taken_from_cookies() {
        let read = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, line.parse().unwrap());
            Cookies::read(&headers).visitor
        };
        let id = VisitorId(RawId([7; 16]));
        assert_eq!(read(&format!("a=b; {VISITOR_COOKIE}={id}; c=d")), Some(id));
        assert_eq!(read(&format!("{VISITOR_COOKIE}={id}x")), None);
        assert_eq!(read(&format!("x{VISITOR_COOKIE}={id}")), None);
    }

    #[test]
    fn the_cookie_domain_must_cover_the_host() {
        assert_eq!(
            covering(Some("brand.com"), "go.brand.com"),
            Some("brand.com")
        );
        assert_eq!(covering(Some("brand.com"), "brand.com"), Some("brand.com"));
        assert_eq!(covering(Some("brand.com"), "go.evilbrand.com"), None);
        assert_eq!(covering(Some("com"), "brand.com"), None);
        assert_eq!(covering(Some("a.b; X=1"), "a.b; X=1"), None);
    }
}
