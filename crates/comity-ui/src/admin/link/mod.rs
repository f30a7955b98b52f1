//! Links and codes: the list, the form of a new one, the page of one with its QR code.

mod detail;
mod list;
mod new;
mod sample;

use comity_domain::link::LinkStatus;
use comity_domain::{CouponId, LinkId, PartnerId, Timestamp};
use maud::{Markup, html};

use crate::component::{Button, Tone, badge, csrf};
use crate::i18n::Key;
use crate::icon::Icon;
use crate::{Cx, key, t};

pub use detail::{Detail, page};
pub use list::{List, list};
pub use new::{New, new};
pub(super) use sample::samples;

/// A link as the team sees it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The address people share.
    pub url: String,
    /// Where it leads.
    pub destination: String,
    /// The partner's own label, or empty.
    pub label: String,
    /// Whose.
    pub partner: PartnerId,
    /// Their name.
    pub partner_name: String,
    /// Where it stands.
    pub status: LinkStatus,
    /// Valid clicks.
    pub clicks: i64,
    /// Sales.
    pub sales: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A code as the team sees it.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its id.
    pub id: CouponId,
    /// The code.
    pub code: String,
    /// Whose.
    pub partner: PartnerId,
    /// Their name.
    pub partner_name: String,
    /// Beats every click.
    pub exclusive: bool,
    /// Where it stands.
    pub status: LinkStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The name of a status.
#[must_use]
pub const fn status_key(status: LinkStatus) -> Key {
    match status {
        LinkStatus::Active => key!("link-status-active"),
        LinkStatus::Paused => key!("link-status-paused"),
        LinkStatus::Archived => key!("link-status-archived"),
    }
}

fn status_badge(cx: &Cx, status: LinkStatus) -> Markup {
    let tone = match status {
        LinkStatus::Active => Tone::Ok,
        LinkStatus::Paused => Tone::Warn,
        LinkStatus::Archived => Tone::Neutral,
    };
    badge(tone, &cx.text(status_key(status)))
}

/// The button that pauses or resumes.
fn toggle(cx: &Cx, action: &str, status: LinkStatus) -> Markup {
    let (text, next, icon) = match status {
        LinkStatus::Active => (t!(cx, "link-pause"), LinkStatus::Paused, Icon::Pause),
        LinkStatus::Paused | LinkStatus::Archived => {
            (t!(cx, "link-resume"), LinkStatus::Active, Icon::Play)
        }
    };
    html! {
        form method="post" action=(action) {
            (csrf(cx))
            (Button::submit(text).small().icon(icon).value("status", next.code()))
        }
    }
}
