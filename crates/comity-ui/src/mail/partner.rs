//! Mails about becoming a partner and the first success.

use comity_domain::Money;
use comity_domain::id::CommissionId;

use super::layout::{Letter, build};
use super::{Mail, Sender};
use crate::{Cx, fmt, route, t};

/// An application, as its mails need it.
#[derive(Debug, Clone)]
pub struct Application {
    /// Name given in the application.
    pub name: String,
    /// Token of its status page.
    pub token: String,
    /// When an answer can be expected, in the program's words, or empty.
    pub answer_time: String,
    /// The reviewer's words: question or reason.
    pub words: String,
}

fn status(cx: &Cx, sender: &Sender, view: &Application) -> Option<(String, String)> {
    Some((
        t!(cx, "mail-status-button"),
        sender.url(&route::application(&view.token)),
    ))
}

/// An application arrived.
#[must_use]
pub fn application_received(cx: &Cx, sender: &Sender, view: &Application) -> Mail {
    let mut paragraphs = vec![t!(cx, "mail-received-text", name = &view.name)];
    if !view.answer_time.is_empty() {
        paragraphs.push(view.answer_time.clone());
    }
    let letter = Letter {
        subject: t!(cx, "mail-received-subject", name = &sender.name),
        title: t!(cx, "mail-received-title"),
        paragraphs,
        button: status(cx, sender, view),
        reason: t!(cx, "mail-application-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// The reviewer asks something.
#[must_use]
pub fn application_question(cx: &Cx, sender: &Sender, view: &Application) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-question-subject", name = &sender.name),
        title: t!(cx, "mail-question-title"),
        paragraphs: vec![t!(cx, "mail-question-text", name = &view.name)],
        quote: view.words.clone(),
        button: Some((
            t!(cx, "mail-question-button"),
            sender.url(&route::application(&view.token)),
        )),
        reason: t!(cx, "mail-application-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// Accepted: the first link is ready; `url` signs in.
#[must_use]
pub fn application_approved(
    cx: &Cx,
    sender: &Sender,
    view: &Application,
    link: &str,
    url: &str,
) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-approved-subject", name = &sender.name),
        title: t!(cx, "mail-approved-title", name = &view.name),
        paragraphs: vec![t!(cx, "mail-approved-text")],
        facts: vec![(t!(cx, "mail-your-link"), link.to_owned())],
        button: Some((t!(cx, "mail-approved-button"), url.to_owned())),
        reason: t!(cx, "mail-application-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// Declined, with the reason.
#[must_use]
pub fn application_declined(cx: &Cx, sender: &Sender, view: &Application) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-declined-subject", name = &sender.name),
        title: t!(cx, "mail-declined-title"),
        paragraphs: vec![t!(cx, "mail-declined-text", name = &view.name)],
        quote: view.words.clone(),
        button: status(cx, sender, view),
        reason: t!(cx, "mail-application-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// The first click of a partner (F5).
#[derive(Debug, Clone)]
pub struct FirstClick {
    /// Name of the partner.
    pub name: String,
    /// The link that was clicked.
    pub link: String,
}

/// The first click arrived.
#[must_use]
pub fn first_click(cx: &Cx, sender: &Sender, view: &FirstClick) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-click-subject"),
        title: t!(cx, "mail-click-title", name = &view.name),
        paragraphs: vec![t!(cx, "mail-click-text")],
        facts: vec![(t!(cx, "mail-your-link"), view.link.clone())],
        button: Some((t!(cx, "mail-click-button"), sender.url(route::PORTAL))),
        reason: t!(cx, "mail-choice-reason", name = &sender.name),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// The team's answer to a question about a commission (X1).
#[derive(Debug, Clone)]
pub struct Answer {
    /// Name of the partner.
    pub name: String,
    /// What they asked.
    pub question: String,
    /// What the team says.
    pub answer: String,
    /// What it is about.
    pub commission: Option<CommissionId>,
}

/// A question was answered.
#[must_use]
pub fn inquiry_answered(cx: &Cx, sender: &Sender, view: &Answer) -> Mail {
    let page = view
        .commission
        .map_or_else(|| route::PORTAL.to_owned(), route::portal_earning);
    let letter = Letter {
        subject: t!(cx, "mail-answer-subject", name = &sender.name),
        title: t!(cx, "mail-answer-title", name = &view.name),
        paragraphs: vec![t!(cx, "mail-answer-text")],
        quote: view.answer.clone(),
        facts: vec![(t!(cx, "mail-answer-asked"), view.question.clone())],
        button: Some((t!(cx, "mail-answer-button"), sender.url(&page))),
        reason: t!(cx, "mail-always-reason"),
    };
    build(cx, sender, &letter)
}

/// News of the team, in its own words.
#[derive(Debug, Clone)]
pub struct News {
    /// Subject.
    pub subject: String,
    /// Text, with empty lines between paragraphs.
    pub body: String,
}

/// A letter of the team to its partners (P4).
#[must_use]
pub fn news(cx: &Cx, sender: &Sender, view: &News) -> Mail {
    let paragraphs = view.body.split("\n\n").map(str::trim);
    let letter = Letter {
        subject: view.subject.clone(),
        title: view.subject.clone(),
        paragraphs: paragraphs
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect(),
        button: Some((t!(cx, "mail-news-button"), sender.url(route::PORTAL_NEWS))),
        reason: t!(cx, "mail-choice-reason", name = &sender.name),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// New terms wait for acceptance (D4, I1).
#[must_use]
pub fn new_terms(cx: &Cx, sender: &Sender, name: &str) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-terms-subject", name = &sender.name),
        title: t!(cx, "mail-terms-title", name = name),
        paragraphs: vec![t!(cx, "mail-terms-text", name = &sender.name)],
        button: Some((t!(cx, "mail-terms-button"), sender.url(route::PORTAL_TERMS))),
        reason: t!(cx, "mail-always-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// A partner who has not sold for a while.
#[derive(Debug, Clone)]
pub struct Nudge {
    /// Name of the partner.
    pub name: String,
    /// Days since the last sale.
    pub days: i64,
    /// The partner's newest link, or empty.
    pub link: String,
    /// What the next sale earns on top, if the rules say so.
    pub bonus: Option<Money>,
}

/// A reminder after a silence (H9).
#[must_use]
pub fn nudge(cx: &Cx, sender: &Sender, view: &Nudge) -> Mail {
    let mut paragraphs = vec![t!(
        cx,
        "mail-nudge-text",
        n = view.days,
        name = &sender.name
    )];
    if let Some(bonus) = view.bonus {
        let amount = fmt::money(cx, bonus);
        paragraphs.push(t!(cx, "mail-nudge-bonus", amount = amount));
    }
    let link = (!view.link.is_empty()).then(|| (t!(cx, "mail-your-link"), view.link.clone()));
    let letter = Letter {
        subject: t!(cx, "mail-nudge-subject", name = &sender.name),
        title: t!(cx, "mail-nudge-title", name = &view.name),
        paragraphs,
        facts: link.into_iter().collect(),
        button: Some((t!(cx, "mail-nudge-button"), sender.url(route::PORTAL_LINKS))),
        reason: t!(cx, "mail-choice-reason", name = &sender.name),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use comity_domain::{Currency, RawId};

    pub fn news(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let view = News {
            subject: name.to_owned(),
            body: format!("{name}\n\n{name}"),
        };
        super::news(cx, sender, &view)
    }

    pub fn new_terms(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        super::new_terms(cx, sender, name)
    }

    pub fn nudge(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let view = Nudge {
            name: name.to_owned(),
            days: 61,
            link: "https://go.acme.test/maya".to_owned(),
            bonus: Some(Money::new(2_500, Currency::EUR)),
        };
        super::nudge(cx, sender, &view)
    }

    pub fn answered(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let view = Answer {
            name: name.to_owned(),
            question: name.to_owned(),
            answer: name.to_owned(),
            commission: Some(CommissionId(RawId([7; 16]))),
        };
        inquiry_answered(cx, sender, &view)
    }

    fn application(name: &str) -> Application {
        Application {
            name: name.to_owned(),
            token: "t".to_owned(),
            answer_time: "Within a day.".to_owned(),
            words: name.to_owned(),
        }
    }

    pub fn received(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        application_received(cx, sender, &application(name))
    }

    pub fn question(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        application_question(cx, sender, &application(name))
    }

    pub fn approved(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let (link, url) = (
            "https://go.acme.test/maya",
            "https://partners.acme.test/sign-in/link/x",
        );
        application_approved(cx, sender, &application(name), link, url)
    }

    pub fn declined(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        application_declined(cx, sender, &application(name))
    }

    pub fn first_click(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let link = "https://go.acme.test/maya".to_owned();
        super::first_click(
            cx,
            sender,
            &FirstClick {
                name: name.to_owned(),
                link,
            },
        )
    }
}
