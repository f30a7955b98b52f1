//! What a browser says about why it fetches.

use crate::click::{Class, Verdict};

/// The parts of a request that tell a navigation from other fetches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch<'a> {
    /// The method is `HEAD`.
    pub is_head: bool,
    /// `Sec-Purpose`, or its older names `Purpose`, `X-Purpose`, `X-Moz`.
    pub purpose: Option<&'a str>,
    /// `Sec-Fetch-Mode`.
    pub mode: Option<&'a str>,
    /// `Sec-Fetch-Dest`.
    pub dest: Option<&'a str>,
    /// `Accept`.
    pub accept: Option<&'a str>,
}

/// The verdict when the request is no navigation somebody sees.
#[must_use]
pub fn fetch_verdict(fetch: &Fetch<'_>) -> Option<Verdict> {
    if let Some(purpose) = fetch.purpose {
        let purpose = purpose.to_ascii_lowercase();
        if ["prefetch", "prerender", "preview"]
            .iter()
            .any(|word| purpose.contains(word))
        {
            return Some(Verdict::new(Class::Prefetch, "fetch.purpose"));
        }
    }
    let hidden = |reason| Some(Verdict::new(Class::NonNavigation, reason));
    match fetch.dest.map(str::trim) {
        None | Some("document") => {}
        Some("image") => return hidden("fetch.dest.image"),
        Some("iframe" | "frame" | "fencedframe" | "embed" | "object") => {
            return hidden("fetch.dest.frame");
        }
        Some("script" | "style" | "worker" | "sharedworker" | "serviceworker") => {
            return hidden("fetch.dest.script");
        }
        Some("empty") => return hidden("fetch.dest.empty"),
        Some(_) => return hidden("fetch.dest"),
    }
    if fetch.mode.is_some_and(|mode| mode.trim() != "navigate") {
        return hidden("fetch.mode");
    }
    // Browsers without Sec-Fetch still say that they want a picture.
    if fetch.dest.is_none() && fetch.accept.is_some_and(wants_only_images) {
        return hidden("fetch.accept.image");
    }
    None
}

fn wants_only_images(accept: &str) -> bool {
    accept.trim_start().starts_with("image/") && !accept.contains("text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(fetch: Fetch<'_>) -> Option<Class> {
        fetch_verdict(&fetch).map(|verdict| verdict.class)
    }

    #[test]
    fn a_navigation_is_seen_by_somebody() {
        let page = "text/html,application/xhtml+xml,image/avif,*/*;q=0.8";
        let fetch = Fetch {
            accept: Some(page),
            ..Fetch::default()
        };
        assert_eq!(class(fetch), None);
        let fetch = Fetch {
            mode: Some("navigate"),
            dest: Some("document"),
            ..fetch
        };
        assert_eq!(class(fetch), None);
    }

    #[test]
    fn frames_images_scripts_and_background_fetches_are_not() {
        for dest in [
            "image",
            "iframe",
            "script",
            "style",
            "empty",
            "video",
            "something-new",
        ] {
            let fetch = Fetch {
                mode: Some("navigate"),
                dest: Some(dest),
                ..Fetch::default()
            };
            assert_eq!(class(fetch), Some(Class::NonNavigation), "{dest}");
        }
        let cors = Fetch {
            mode: Some("cors"),
            ..Fetch::default()
        };
        assert_eq!(class(cors), Some(Class::NonNavigation));
        let image = Fetch {
            accept: Some("image/webp,image/png,*/*;q=0.8"),
            ..Fetch::default()
        };
        assert_eq!(class(image), Some(Class::NonNavigation));
    }

    #[test]
    fn every_way_to_say_prefetch_is_heard() {
        for purpose in ["prefetch", "prefetch;prerender", "Prefetch", "preview"] {
            let fetch = Fetch {
                purpose: Some(purpose),
                mode: Some("navigate"),
                dest: Some("document"),
                ..Fetch::default()
            };
            assert_eq!(class(fetch), Some(Class::Prefetch), "{purpose}");
        }
    }
}
