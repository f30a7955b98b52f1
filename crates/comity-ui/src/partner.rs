//! Words about partners.

use comity_domain::partner::EnrollmentStatus;
use maud::Markup;

use crate::component::{Tone, badge};
use crate::i18n::Key;
use crate::{Cx, key};

/// The name of a status.
#[must_use]
pub const fn status_key(status: EnrollmentStatus) -> Key {
    match status {
        EnrollmentStatus::Invited => key!("partner-status-invited"),
        EnrollmentStatus::Pending => key!("partner-status-pending"),
        EnrollmentStatus::Approved => key!("partner-status-approved"),
        EnrollmentStatus::Rejected => key!("partner-status-rejected"),
        EnrollmentStatus::Paused => key!("partner-status-paused"),
        EnrollmentStatus::Banned => key!("partner-status-banned"),
        EnrollmentStatus::Archived => key!("partner-status-archived"),
    }
}

/// The status as a badge.
#[must_use]
pub fn status_badge(cx: &Cx, status: EnrollmentStatus) -> Markup {
    let tone = match status {
        EnrollmentStatus::Approved => Tone::Ok,
        EnrollmentStatus::Invited | EnrollmentStatus::Pending => Tone::Info,
        EnrollmentStatus::Paused => Tone::Warn,
        EnrollmentStatus::Banned | EnrollmentStatus::Rejected => Tone::Bad,
        EnrollmentStatus::Archived => Tone::Neutral,
    };
    badge(tone, &cx.text(status_key(status)))
}

/// What a change of status does, in one sentence.
#[must_use]
pub const fn effect_key(status: EnrollmentStatus) -> Key {
    match status {
        EnrollmentStatus::Approved => key!("partner-effect-approved"),
        EnrollmentStatus::Paused => key!("partner-effect-paused"),
        EnrollmentStatus::Banned => key!("partner-effect-banned"),
        EnrollmentStatus::Archived | EnrollmentStatus::Rejected => key!("partner-effect-archived"),
        EnrollmentStatus::Invited | EnrollmentStatus::Pending => key!("partner-effect-none"),
    }
}

/// The button that reaches a status.
#[must_use]
pub const fn verb_key(status: EnrollmentStatus) -> Key {
    match status {
        EnrollmentStatus::Approved => key!("partner-do-approve"),
        EnrollmentStatus::Paused => key!("partner-do-pause"),
        EnrollmentStatus::Banned => key!("partner-do-ban"),
        EnrollmentStatus::Rejected => key!("partner-do-reject"),
        EnrollmentStatus::Archived | EnrollmentStatus::Invited | EnrollmentStatus::Pending => {
            key!("partner-do-archive")
        }
    }
}
