//! Files that partners handed in.

use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// What a field for evidence takes, as in HTML.
pub const ACCEPTED: &str = "image/png,image/jpeg,image/gif,image/webp,application/pdf";

/// A file.
#[derive(Debug, Clone)]
pub struct FileRow {
    /// Where it is saved from.
    pub href: String,
    /// Its own name.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// When it came.
    pub at: Timestamp,
}

/// The files, each a link for saving it; nothing when there are none.
#[must_use]
pub fn file_list(cx: &Cx, files: &[FileRow]) -> Markup {
    html! {
        @for file in files {
            p {
                a.link href=(file.href) download { (Icon::Download) " " (file.name) }
                br;
                span.small.muted {
                    (t!(cx, "fraud-file-size", n = kilobytes(file.size))) " · " (fmt::datetime(cx, file.at))
                }
            }
        }
    }
}

/// Whole kilobytes, at least one.
fn kilobytes(bytes: i64) -> i64 {
    (bytes / 1_000).max(1)
}
