//! Mails about signing in and about the safety of an account.

use comity_domain::time::Timestamp;

use super::layout::{Letter, build};
use super::{Mail, Sender};
use crate::{Cx, fmt, route, t};

/// A sign-in link.
#[derive(Debug, Clone)]
pub struct MagicLink {
    /// Full address, usable once.
    pub url: String,
    /// Minutes until it ends.
    pub minutes: u32,
}

/// The mail with a sign-in link.
#[must_use]
pub fn magic_link(cx: &Cx, sender: &Sender, view: &MagicLink) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-link-subject", name = &sender.name),
        title: t!(cx, "mail-link-title"),
        paragraphs: vec![
            t!(cx, "mail-link-text", n = view.minutes),
            t!(cx, "mail-link-not-you"),
        ],
        button: Some((t!(cx, "mail-link-button"), view.url.clone())),
        reason: t!(cx, "mail-link-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// An invitation to the team or to a program.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Who invites.
    pub inviter: String,
    /// Their own words, or empty.
    pub note: String,
    /// Full address of the invitation.
    pub url: String,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// The mail with an invitation.
#[must_use]
pub fn invite(cx: &Cx, sender: &Sender, view: &Invite) -> Mail {
    let letter = Letter {
        subject: t!(
            cx,
            "mail-invite-subject",
            inviter = &view.inviter,
            name = &sender.name
        ),
        title: t!(cx, "mail-invite-title", name = &sender.name),
        paragraphs: vec![t!(
            cx,
            "mail-invite-text",
            inviter = &view.inviter,
            date = fmt::date(cx, view.until)
        )],
        quote: view.note.clone(),
        button: Some((t!(cx, "mail-invite-button"), view.url.clone())),
        reason: t!(cx, "mail-invite-reason", inviter = &view.inviter),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// The mail that makes sure a new address is the person's own.
#[must_use]
pub fn confirm_address(cx: &Cx, sender: &Sender, url: &str) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-address-subject", name = &sender.name),
        title: t!(cx, "mail-address-title"),
        paragraphs: vec![t!(cx, "mail-address-text"), t!(cx, "mail-address-not-you")],
        button: Some((t!(cx, "mail-address-button"), url.to_owned())),
        reason: t!(cx, "mail-address-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// Something the owner of an account must hear about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent {
    /// The password was changed.
    PasswordChanged,
    /// Two-factor sign-in was switched on.
    TwoFactorOn,
    /// Two-factor sign-in was switched off.
    TwoFactorOff,
    /// A sign-in from a device not seen before.
    NewDevice,
    /// An API key was made.
    KeyCreated,
    /// Another address signs in from now on; the old one is told.
    AddressChanged,
}

/// A notice about an account.
#[derive(Debug, Clone)]
pub struct Security {
    /// What happened.
    pub event: SecurityEvent,
    /// When.
    pub at: Timestamp,
    /// Browser and rough place, as far as known.
    pub device: String,
}

/// The mail about the safety of an account.
#[must_use]
pub fn security(cx: &Cx, sender: &Sender, view: &Security) -> Mail {
    let event = match view.event {
        SecurityEvent::PasswordChanged => t!(cx, "mail-security-password"),
        SecurityEvent::TwoFactorOn => t!(cx, "mail-security-totp-on"),
        SecurityEvent::TwoFactorOff => t!(cx, "mail-security-totp-off"),
        SecurityEvent::NewDevice => t!(cx, "mail-security-device"),
        SecurityEvent::KeyCreated => t!(cx, "mail-security-key"),
        SecurityEvent::AddressChanged => t!(cx, "mail-security-address"),
    };
    let mut facts = vec![(t!(cx, "mail-when"), fmt::datetime(cx, view.at))];
    if !view.device.is_empty() {
        facts.push((t!(cx, "mail-device"), view.device.clone()));
    }
    let letter = Letter {
        subject: t!(cx, "mail-security-subject", event = &event),
        title: event,
        paragraphs: vec![t!(cx, "mail-security-text")],
        facts,
        button: Some((t!(cx, "mail-security-button"), sender.url(route::SIGN_IN))),
        reason: t!(cx, "mail-always-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn magic_link(cx: &Cx, sender: &Sender, _: &str) -> Mail {
        super::magic_link(
            cx,
            sender,
            &MagicLink {
                url: sender.url("/sign-in/link/t"),
                minutes: 15,
            },
        )
    }

    pub fn address(cx: &Cx, sender: &Sender, _: &str) -> Mail {
        confirm_address(cx, sender, &sender.url("/account/email/t"))
    }

    pub fn invite(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let (inviter, note) = (name.to_owned(), name.to_owned());
        super::invite(
            cx,
            sender,
            &Invite {
                inviter,
                note,
                url: sender.url("/invite/t"),
                until: cx.now,
            },
        )
    }

    pub fn security(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let device = name.to_owned();
        super::security(
            cx,
            sender,
            &Security {
                event: SecurityEvent::NewDevice,
                at: cx.now,
                device,
            },
        )
    }
}
