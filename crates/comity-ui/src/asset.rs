//! Static files embedded in the binary, addressed by the hash of the whole set.
//!
//! `url("app.css")` is `/assets/<hash>/app.css`. One hash covers all files, so that
//! relative addresses inside the style sheet (fonts) are versioned with it and every
//! answer may be cached for a year when [`Asset::immutable`] is set.

use std::borrow::Cow;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// An embedded file, ready to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// The body.
    pub bytes: &'static [u8],
    /// The `Content-Type` header.
    pub content_type: &'static str,
    /// The `ETag` header, quoted.
    pub etag: &'static str,
    /// The address names the present version: `Cache-Control: public, max-age=31536000, immutable`.
    /// Otherwise (an old page asks a new server) send `no-cache`.
    pub immutable: bool,
}

/// Digits of the set's hash that appear in addresses.
const HASH_LEN: usize = 12;

/// The style sheet: one file per cascade layer, later layers win.
const CSS: &str = concat!(
    include_str!("../static/css/tokens.css"),
    include_str!("../static/css/base.css"),
    include_str!("../static/css/layout.css"),
    include_str!("../static/css/control.css"),
    include_str!("../static/css/surface.css"),
    include_str!("../static/css/table.css"),
    include_str!("../static/css/chart.css"),
    include_str!("../static/css/portal.css"),
    include_str!("../static/css/public.css"),
    include_str!("../static/css/utility.css"),
);

/// The script.
const JS: &str = include_str!("../static/app.js");

/// Every file: name, content type, body as kept in the repository.
const FILES: &[(&str, &str, &[u8])] = &[
    ("app.css", "text/css; charset=utf-8", CSS.as_bytes()),
    ("app.js", "text/javascript; charset=utf-8", JS.as_bytes()),
    (
        "htmx.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/htmx.js"),
    ),
    (
        "icons.svg",
        "image/svg+xml",
        include_bytes!("../static/icons.svg"),
    ),
    (
        "favicon.svg",
        "image/svg+xml",
        include_bytes!("../static/favicon.svg"),
    ),
    (
        "fonts/inter-latin.woff2",
        "font/woff2",
        include_bytes!("../static/fonts/inter-latin.woff2"),
    ),
    (
        "fonts/inter-cyrillic.woff2",
        "font/woff2",
        include_bytes!("../static/fonts/inter-cyrillic.woff2"),
    ),
    (
        "fonts/OFL.txt",
        "text/plain; charset=utf-8",
        include_bytes!("../static/fonts/OFL.txt"),
    ),
    (
        "NOTICE.md",
        "text/markdown; charset=utf-8",
        include_bytes!("../static/NOTICE.md"),
    ),
];

/// What is served: the hash of the whole set, and each body with its quoted tag,
/// in the order of [`FILES`].
struct Served {
    set: String,
    files: Vec<(Cow<'static, [u8]>, String)>,
}

fn served() -> &'static Served {
    static SERVED: OnceLock<Served> = OnceLock::new();
    SERVED.get_or_init(|| {
        let mut set = Sha256::new();
        let mut files = Vec::with_capacity(FILES.len());
        for (name, _, source) in FILES {
            let body = match *name {
                "app.css" => Cow::Owned(squeeze_css(CSS).into_bytes()),
                "app.js" => Cow::Owned(squeeze_js(JS).into_bytes()),
                _ => Cow::Borrowed(*source),
            };
            let digest = Sha256::digest(&body);
            set.update(name.as_bytes());
            set.update(digest);
            files.push((body, format!("\"{}\"", hex::encode(&digest[..16]))));
        }
        let mut set = hex::encode(set.finalize());
        set.truncate(HASH_LEN);
        Served { set, files }
    })
}

/// Drops comments, indentation and spaces after punctuation. Our sheet has no
/// strings with `: `, `; `, `, `, `{ ` or `} ` inside, which a test checks.
fn squeeze_css(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        text.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    let mut out: String = text.lines().map(str::trim).collect();
    for (wide, tight) in [
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        ("{ ", "{"),
        ("} ", "}"),
        (" {", "{"),
        (" }", "}"),
        (";}", "}"),
        (" > ", ">"),
    ] {
        out = out.replace(wide, tight);
    }
    out
}

/// Drops indentation and whole-line comments; line ends stay.
fn squeeze_js(source: &str) -> String {
    let lines = source.lines().map(str::trim);
    let kept: Vec<&str> = lines
        .filter(|l| !l.is_empty() && !l.starts_with("//"))
        .collect();
    kept.join("\n")
}

/// The address of an embedded file, by its name (`app.css`, `fonts/inter-latin.woff2`).
#[must_use]
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", served().set)
}

/// Finds a file by what follows `/assets/`, as in `0123456789ab/app.css`.
#[must_use]
pub fn get(path: &str) -> Option<Asset> {
    let (hash, name) = path.split_once('/')?;
    let index = FILES.iter().position(|(file, _, _)| *file == name)?;
    let (body, etag) = &served().files[index];
    Some(Asset {
        bytes: body,
        content_type: FILES[index].1,
        etag,
        immutable: hash == served().set,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_script_is_the_reviewed_one() {
        // htmx 4.0.1: SHA-384 of dist/htmx.min.js as published, and its size.
        let htmx = get("x/htmx.js").unwrap();
        assert_eq!(htmx.bytes.len(), 37_448);
        let digest = hex::encode(sha2::Sha384::digest(htmx.bytes));
        assert_eq!(
            digest,
            "429f6b742f07ec4a8ea17fa74743f744f1b63688e2faa7702651a97f3c1026c7\
             cea69dec1b021d48ff713b7f94944867"
        );
    }

    #[test]
    fn an_address_leads_to_its_file() {
        for (name, content_type, bytes) in FILES {
            let address = url(name);
            let asset = get(address.strip_prefix("/assets/").unwrap()).unwrap();
            assert_eq!(asset.content_type, *content_type);
            let squeezed = name.starts_with("app.");
            assert!(if squeezed {
                asset.bytes.len() < bytes.len()
            } else {
                asset.bytes == *bytes
            });
            assert!(asset.immutable);
        }
        assert!(!get("old/app.css").unwrap().immutable);
        assert!(get("app.css").is_none() && get("x/../app.css").is_none());
    }

    #[test]
    fn budgets_hold() {
        let size = |name: &str| get(&format!("x/{name}")).unwrap().bytes.len();
        assert!(
            size("app.css") <= 40_960,
            "app.css has {} bytes",
            size("app.css")
        );
        assert!(
            size("app.js") <= 6_144,
            "app.js has {} bytes",
            size("app.js")
        );
    }

    #[test]
    fn the_style_sheet_is_balanced_and_names_only_embedded_files() {
        assert_eq!(CSS.matches('{').count(), CSS.matches('}').count());
        for quoted in CSS.split('"').skip(1).step_by(2) {
            assert!(
                !quoted.contains([':', ';', ',', '{']),
                "squeezing would change {quoted:?}"
            );
        }
        for part in CSS.split("url(").skip(1) {
            let name = part.split(')').next().unwrap().trim_matches('"');
            assert!(FILES.iter().any(|(file, _, _)| *file == name), "{name}");
        }
    }
}
