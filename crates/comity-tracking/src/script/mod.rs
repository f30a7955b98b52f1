//! The script for the brand's own pages, served as `/comity.js`.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The source, as written: it is small enough to be served without a bundler.
pub const SOURCE: &str = include_str!("../../static/comity.js");

/// The same as [`SOURCE`], compressed beforehand: a test unpacks it and compares.
pub const COMPRESSED: &[u8] = include_bytes!("../../static/comity.js.gz");

/// The media type to serve it with.
pub const CONTENT_TYPE: &str = "text/javascript; charset=utf-8";

/// How long browsers may keep it: short, because its address has no version.
pub const CACHE_CONTROL: &str = "public, max-age=3600, stale-while-revalidate=86400";

/// The same under [`pinned_name`], whose content never changes.
pub const CACHE_FOR_EVER: &str = "public, max-age=31536000, immutable";

static HASH: LazyLock<String> = LazyLock::new(|| hex::encode(&Sha256::digest(SOURCE)[..12]));
static PINNED: LazyLock<String> = LazyLock::new(|| format!("comity-{}.js", *HASH));

/// A strong `ETag` of the source, in quotes.
#[must_use]
pub fn etag() -> String {
    format!("\"{}\"", *HASH)
}

/// The `ETag` of [`COMPRESSED`]: other bytes, so another tag.
#[must_use]
pub fn compressed_etag() -> String {
    format!("\"{}-gz\"", *HASH)
}

/// The file name that holds the hash of the content: for pages that pin what they run.
#[must_use]
pub fn pinned_name() -> &'static str {
    &PINNED
}

/// The lines a brand pastes into its pages. `base_url` is where this server
/// is reachable, `key` the program's public key; both are escaped.
#[must_use]
pub fn snippet(base_url: &str, key: &str) -> String {
    let (base_url, key) = (attribute(base_url), attribute(key));
    format!(
        "<script>window.comity=window.comity||function(){{(comity.q=comity.q||[]).push(arguments)}}</script>\n\
         <script async src=\"{base_url}/comity.js\" data-comity-key=\"{key}\"></script>\n"
    )
}

fn attribute(text: &str) -> String {
    text.trim_end_matches('/')
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}
