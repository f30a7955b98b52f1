//! Words about applications.

use comity_domain::application::{ApplicationStatus, RejectReason};

use crate::i18n::Key;
use crate::{Cx, key};

/// The name of a status.
#[must_use]
pub const fn status_key(status: ApplicationStatus) -> Key {
    match status {
        ApplicationStatus::Submitted => key!("application-status-submitted"),
        ApplicationStatus::InfoRequested => key!("application-status-info"),
        ApplicationStatus::Approved => key!("application-status-approved"),
        ApplicationStatus::Rejected => key!("application-status-rejected"),
    }
}

/// The sentence of a reason for refusal.
#[must_use]
pub const fn reason_key(reason: RejectReason) -> Key {
    match reason {
        RejectReason::NeedsDetail => key!("application-reason-detail"),
        RejectReason::Requirements => key!("application-reason-requirements"),
        RejectReason::Fit => key!("application-reason-fit"),
        RejectReason::Country => key!("application-reason-country"),
        RejectReason::Competitor => key!("application-reason-competitor"),
        RejectReason::Risk => key!("application-reason-risk"),
        RejectReason::Other => key!("application-reason-other"),
    }
}

/// A refusal as the applicant reads it: the reason's sentence and the reviewer's words.
#[must_use]
pub fn reason(cx: &Cx, reason: RejectReason, text: &str) -> String {
    match (reason, text.trim()) {
        (RejectReason::Other, text) if !text.is_empty() => text.to_owned(),
        (_, "") => cx.text(reason_key(reason)),
        (_, text) => format!("{} {text}", cx.text(reason_key(reason))),
    }
}

/// The name of a flag that speaks for a look.
#[must_use]
pub fn flag_key(flag: &str) -> Option<Key> {
    match flag {
        "duplicate" => Some(key!("application-flag-duplicate")),
        "disposable_email" => Some(key!("application-flag-disposable")),
        "no_channel" => Some(key!("application-flag-channel")),
        "team_member" => Some(key!("application-flag-team")),
        _ => None,
    }
}
