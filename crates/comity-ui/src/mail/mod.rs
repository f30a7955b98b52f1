//! Mails: one job, one button, and why it came. HTML with inline styles, and plain text.
//!
//! Each function returns a [`Mail`] in the language of its context; `Cx::zone` sets the zone
//! of dates. Nothing here sends: the outbox does.

mod account;
mod layout;
mod money;
mod partner;

pub use account::{
    Invite, MagicLink, Security, SecurityEvent, confirm_address, invite, magic_link, security,
};
pub use money::{
    Commission, MethodChanged, PayoutFailed, PayoutSent, cases_overdue, commission_declined,
    commission_held, commission_question, commission_released, method_changed, payout_failed,
    payout_sent, sale,
};
pub use partner::{
    Answer, Application, FirstClick, News, Nudge, application_approved, application_declined,
    application_question, application_received, first_click, inquiry_answered, new_terms, news,
    nudge,
};

use crate::brand::Brand;

/// A mail, ready for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line without control characters.
    pub subject: String,
    /// The HTML part.
    pub html: String,
    /// The plain part, with every address written out.
    pub text: String,
    /// Where one click ends mails of this kind, or empty for those that always come.
    pub unsubscribe_url: String,
}

/// In whose name a mail is written.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Name of the brand or program.
    pub name: String,
    /// Its colours.
    pub brand: Brand,
    /// Where the installation is reached, without a slash at the end.
    pub base_url: String,
    /// Postal address or legal line, or empty.
    pub footer: String,
    /// Where one click ends mails of this kind, or empty for those that always come.
    pub unsubscribe_url: String,
}

impl Sender {
    /// For samples and tests.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            name: "Acme partners".to_owned(),
            brand: Brand::DEFAULT,
            base_url: "https://partners.acme.test".to_owned(),
            footer: "Acme Inc., 1 Main Street, Springfield".to_owned(),
            unsubscribe_url: "https://partners.acme.test/mails/unsubscribe/t".to_owned(),
        }
    }

    /// The full address of a local path.
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cx;
    use crate::i18n::Lang;
    use crate::sample::{self, HOSTILE};

    type Build = fn(&Cx, &Sender, &str) -> Mail;

    const ALL: &[(&str, Build)] = &[
        ("magic-link", account::tests::magic_link),
        ("confirm-address", account::tests::address),
        ("invite", account::tests::invite),
        ("security", account::tests::security),
        ("application-received", partner::tests::received),
        ("application-question", partner::tests::question),
        ("application-approved", partner::tests::approved),
        ("application-declined", partner::tests::declined),
        ("first-click", partner::tests::first_click),
        ("inquiry-answered", partner::tests::answered),
        ("news", partner::tests::news),
        ("new-terms", partner::tests::new_terms),
        ("nudge", partner::tests::nudge),
        ("first-sale", money::tests::first_sale),
        ("sale", money::tests::sale),
        ("commission-held", money::tests::held),
        ("commission-declined", money::tests::declined),
        ("commission-released", money::tests::released),
        ("commission-question", money::tests::question),
        ("cases-overdue", money::tests::overdue),
        ("payout-sent", money::tests::sent),
        ("payout-failed", money::tests::failed),
        ("method-changed", money::tests::method),
    ];

    #[test]
    fn every_mail_is_complete_in_every_language() {
        for &lang in Lang::ALL {
            for (name, build) in ALL {
                let mail = build(&sample::cx(lang), &Sender::sample(), "Maya");
                for part in [&mail.subject, &mail.html, &mail.text] {
                    assert!(
                        !part.contains('⟦') && !part.trim().is_empty(),
                        "{name}: {part}"
                    );
                }
                assert!(
                    mail.text.contains("https://"),
                    "{name} has no address to go to"
                );
                assert!(mail.html.len() < 12_000, "{name} is large");
                assert!(
                    !mail.html.contains("<img") && !mail.html.contains("<script"),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn hostile_names_stay_text_and_on_one_line() {
        let evil = format!("{HOSTILE}\r\nBcc: all@example.org");
        let sender = Sender {
            name: evil.clone(),
            ..Sender::sample()
        };
        for (name, build) in ALL {
            let mail = build(&sample::cx(Lang::Ru), &sender, &evil);
            assert!(!mail.html.contains("<script"), "{name}");
            assert!(
                !mail.subject.contains(char::is_control),
                "{name}: {:?}",
                mail.subject
            );
            assert!(mail.subject.chars().count() <= 150, "{name}");
        }
    }
}
