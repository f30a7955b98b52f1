//! Visitor-supplied text made fit for keeping: bounded and without controls.

use hyper::HeaderMap;
use hyper::header::HeaderName;

/// Longest user agent and referrer kept, in bytes.
pub(crate) const LONG: usize = 512;
/// Longest sub-id or campaign value kept, in bytes.
pub(crate) const SHORT: usize = 255;

/// At most `limit` bytes of `text`, cut between characters, without control characters.
pub(crate) fn clean(text: &str, limit: usize) -> String {
    if text.len() <= limit && !text.bytes().any(|b| b.is_ascii_control() || !b.is_ascii()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(limit));
    for c in text.chars().filter(|c| !c.is_control()) {
        if out.len() + c.len_utf8() > limit {
            break;
        }
        out.push(c);
    }
    out
}

/// A header as text; bytes that are not UTF-8 become replacement characters.
pub(crate) fn header(
    headers: &HeaderMap,
    name: impl Into<HeaderName>,
    limit: usize,
) -> Option<String> {
    let value = headers.get(name.into())?.as_bytes();
    let text = clean(&String::from_utf8_lossy(value), limit);
    (!text.is_empty()).then_some(text)
}

/// Origin and path of an http(s) page; the query may hold personal data.
pub(crate) fn referrer(text: &str) -> Option<String> {
    let page = text.split(['?', '#']).next().unwrap_or_default();
    let rest = page
        .strip_prefix("https://")
        .or_else(|| page.strip_prefix("http://"))?;
    let host = rest.split('/').next().unwrap_or_default();
    (!host.is_empty() && !host.contains('@')).then(|| clean(page, LONG))
}

/// The first language of an `Accept-Language`, lower case: `en-gb`.
pub(crate) fn language(accept: &str) -> Option<String> {
    let first = accept.split([',', ';']).next()?.trim();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let fits = (2..=16).contains(&first.len()) && first.bytes().all(plain);
    fits.then(|| first.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters_and_cleaned() {
        assert_eq!(clean("añb", 2), "a");
        assert_eq!(clean("a\r\nb\0c", 9), "abc");
    }

    #[test]
    fn a_referrer_keeps_origin_and_path_only() {
        let kept = referrer("https://blog.test/post?mail=a@b.test#x");
        assert_eq!(kept.as_deref(), Some("https://blog.test/post"));
        for bad in [
            "javascript:alert(1)",
            "https://user:secret@blog.test/",
            "https://",
            "blog",
        ] {
            assert_eq!(referrer(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_language_is_a_plain_tag() {
        assert_eq!(language("de-DE,de;q=0.9").as_deref(), Some("de-de"));
        assert_eq!(language("<script>"), None);
        assert_eq!(language("*"), None);
    }
}
