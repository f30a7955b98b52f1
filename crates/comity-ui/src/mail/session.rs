//! Mails that let people in.

use super::{Letter, Mail};
use crate::{Cx, t};

/// A link to sign in with: once, for 15 minutes.
#[must_use]
pub fn sign_in_link(cx: &Cx, brand: &str, url: &str) -> Mail {
    let subject = t!(cx, "mail-link-subject", brand = brand);
    Letter::new(cx.lang, brand, subject, t!(cx, "mail-link-reason"))
        .paragraph(t!(cx, "mail-link-text"))
        .button(t!(cx, "mail-link-button"), url)
        .finish()
}

/// An invitation to the team, for 7 days.
#[must_use]
pub fn team_invitation(cx: &Cx, brand: &str, inviter: &str, url: &str) -> Mail {
    let subject = t!(cx, "mail-invite-subject", name = inviter, brand = brand);
    Letter::new(
        cx.lang,
        brand,
        subject,
        t!(cx, "mail-invite-reason", name = inviter),
    )
    .paragraph(t!(cx, "mail-invite-text", name = inviter, brand = brand))
    .button(t!(cx, "mail-invite-button"), url)
    .small(t!(cx, "mail-invite-note"))
    .finish()
}
