//! Mails about earnings and payouts.

use comity_domain::id::{CommissionId, PayoutId};
use comity_domain::money::Money;
use comity_domain::time::Timestamp;

use super::layout::{Letter, build};
use super::{Mail, Sender};
use crate::i18n::Key;
use crate::{Cx, fmt, key, route, t};

/// A commission, as its mails need it.
#[derive(Debug, Clone)]
pub struct Commission {
    /// Its id.
    pub id: CommissionId,
    /// What it is for, privacy-reduced.
    pub what: String,
    /// What the partner gets, or would have got.
    pub amount: Money,
    /// When it clears, while pending.
    pub clears_at: Option<Timestamp>,
    /// Why it is held or declined, in plain words.
    pub reason: String,
}

fn facts(cx: &Cx, view: &Commission) -> Vec<(String, String)> {
    let mut facts = vec![
        (t!(cx, "mail-what"), view.what.clone()),
        (t!(cx, "mail-amount"), fmt::money(cx, view.amount)),
    ];
    if let Some(day) = view.clears_at {
        facts.push((t!(cx, "mail-clears"), fmt::date(cx, day)));
    }
    facts
}

fn why(cx: &Cx, sender: &Sender, view: &Commission) -> Option<(String, String)> {
    Some((
        t!(cx, "mail-why-button"),
        sender.url(&route::portal_earning(view.id)),
    ))
}

/// A sale of a partner; the first one is greeted as such (F5).
#[must_use]
pub fn sale(cx: &Cx, sender: &Sender, view: &Commission, first: bool) -> Mail {
    let amount = fmt::money(cx, view.amount);
    let (subject, title) = if first {
        let subject = t!(cx, "mail-sale-subject", amount = &amount);
        (subject, t!(cx, "mail-sale-title"))
    } else {
        let subject = t!(cx, "mail-next-sale-subject", amount = &amount);
        (subject, t!(cx, "mail-next-sale-title"))
    };
    let letter = Letter {
        subject,
        title,
        paragraphs: vec![t!(cx, "mail-sale-text")],
        facts: facts(cx, view),
        button: why(cx, sender, view),
        reason: t!(cx, "mail-choice-reason", name = &sender.name),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// What was decided about a commission: subject, title and text, and why.
fn decided(cx: &Cx, sender: &Sender, view: &Commission, words: [Key; 3]) -> Mail {
    let [subject, title, text] = words.map(|key| cx.text(key));
    let letter = Letter {
        subject,
        title,
        paragraphs: vec![text],
        quote: view.reason.clone(),
        facts: facts(cx, view),
        button: why(cx, sender, view),
        reason: t!(cx, "mail-always-reason"),
    };
    build(cx, sender, &letter)
}

/// A commission is held.
#[must_use]
pub fn commission_held(cx: &Cx, sender: &Sender, view: &Commission) -> Mail {
    let words = [
        key!("mail-held-subject"),
        key!("mail-held-title"),
        key!("mail-held-text"),
    ];
    decided(cx, sender, view, words)
}

/// A commission was declined.
#[must_use]
pub fn commission_declined(cx: &Cx, sender: &Sender, view: &Commission) -> Mail {
    let words = [
        key!("mail-refused-subject"),
        key!("mail-refused-title"),
        key!("mail-refused-text"),
    ];
    decided(cx, sender, view, words)
}

/// A commission that was held or declined stands after all.
#[must_use]
pub fn commission_released(cx: &Cx, sender: &Sender, view: &Commission) -> Mail {
    let words = [
        key!("mail-released-subject"),
        key!("mail-released-title"),
        key!("mail-released-text"),
    ];
    decided(cx, sender, view, words)
}

/// The team asks about a commission it looks at.
#[must_use]
pub fn commission_question(cx: &Cx, sender: &Sender, view: &Commission) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-case-question-subject"),
        title: t!(cx, "mail-case-question-title"),
        paragraphs: vec![t!(cx, "mail-case-question-text")],
        quote: view.reason.clone(),
        facts: facts(cx, view),
        button: Some((
            t!(cx, "mail-case-question-button"),
            sender.url(&route::portal_earning(view.id)),
        )),
        reason: t!(cx, "mail-always-reason"),
    };
    build(cx, sender, &letter)
}

/// To the team: risk cases nobody answered in time.
#[must_use]
pub fn cases_overdue(cx: &Cx, sender: &Sender, count: usize) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-overdue-subject", n = count),
        title: t!(cx, "mail-overdue-title"),
        paragraphs: vec![t!(cx, "mail-overdue-text")],
        button: Some((
            t!(cx, "mail-overdue-button"),
            sender.url("/admin/risk?state=overdue"),
        )),
        reason: t!(cx, "mail-overdue-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// Money is on its way.
#[derive(Debug, Clone)]
pub struct PayoutSent {
    /// Its id.
    pub id: PayoutId,
    /// How much.
    pub amount: Money,
    /// Where to, masked.
    pub method: String,
    /// The reference on the bank statement.
    pub reference: String,
}

/// The mail about a payout that was sent.
#[must_use]
pub fn payout_sent(cx: &Cx, sender: &Sender, view: &PayoutSent) -> Mail {
    let letter = Letter {
        subject: t!(
            cx,
            "mail-paid-subject",
            amount = fmt::money(cx, view.amount)
        ),
        title: t!(cx, "mail-paid-title"),
        paragraphs: vec![t!(cx, "mail-paid-text")],
        facts: vec![
            (t!(cx, "mail-amount"), fmt::money(cx, view.amount)),
            (t!(cx, "mail-method"), view.method.clone()),
            (t!(cx, "mail-reference"), view.reference.clone()),
        ],
        button: Some((
            t!(cx, "mail-payout-button"),
            sender.url(&route::portal_payout(view.id)),
        )),
        reason: t!(cx, "mail-choice-reason", name = &sender.name),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

/// A payment came back or was refused.
#[derive(Debug, Clone)]
pub struct PayoutFailed {
    /// How much.
    pub amount: Money,
    /// Why, in plain words.
    pub reason: String,
}

/// The mail about a payout that failed.
#[must_use]
pub fn payout_failed(cx: &Cx, sender: &Sender, view: &PayoutFailed) -> Mail {
    let letter = Letter {
        subject: t!(
            cx,
            "mail-failed-subject",
            amount = fmt::money(cx, view.amount)
        ),
        title: t!(cx, "mail-failed-title"),
        paragraphs: vec![t!(cx, "mail-failed-text")],
        quote: view.reason.clone(),
        facts: vec![(t!(cx, "mail-amount"), fmt::money(cx, view.amount))],
        button: Some((
            t!(cx, "mail-failed-button"),
            sender.url(route::PORTAL_METHOD),
        )),
        reason: t!(cx, "mail-always-reason"),
    };
    build(cx, sender, &letter)
}

/// Payout details were changed.
#[derive(Debug, Clone)]
pub struct MethodChanged {
    /// The new details, masked.
    pub method: String,
    /// When they were changed.
    pub at: Timestamp,
    /// From when they are used.
    pub used_from: Timestamp,
}

/// The notice about changed payout details, sent to the address known before the change.
#[must_use]
pub fn method_changed(cx: &Cx, sender: &Sender, view: &MethodChanged) -> Mail {
    let letter = Letter {
        subject: t!(cx, "mail-method-subject"),
        title: t!(cx, "mail-method-title"),
        paragraphs: vec![t!(
            cx,
            "mail-method-text",
            date = fmt::date(cx, view.used_from)
        )],
        facts: vec![
            (t!(cx, "mail-method"), view.method.clone()),
            (t!(cx, "mail-when"), fmt::datetime(cx, view.at)),
        ],
        button: Some((
            t!(cx, "mail-method-button"),
            sender.url(route::PORTAL_PAYOUTS),
        )),
        reason: t!(cx, "mail-always-reason"),
        ..Letter::default()
    };
    build(cx, sender, &letter)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use comity_domain::id::RawId;
    use comity_domain::money::Currency;

    fn commission(cx: &Cx, name: &str) -> Commission {
        Commission {
            id: CommissionId(RawId([1; 16])),
            what: name.to_owned(),
            amount: Money::new(2_202, Currency::EUR),
            clears_at: Some(cx.now),
            reason: name.to_owned(),
        }
    }

    pub fn first_sale(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        super::sale(cx, sender, &commission(cx, name), true)
    }

    pub fn sale(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        super::sale(cx, sender, &commission(cx, name), false)
    }

    pub fn held(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        commission_held(cx, sender, &commission(cx, name))
    }

    pub fn declined(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        commission_declined(cx, sender, &commission(cx, name))
    }

    pub fn released(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        commission_released(cx, sender, &commission(cx, name))
    }

    pub fn question(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        commission_question(cx, sender, &commission(cx, name))
    }

    pub fn overdue(cx: &Cx, sender: &Sender, _name: &str) -> Mail {
        cases_overdue(cx, sender, 2)
    }

    pub fn sent(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let view = PayoutSent {
            id: PayoutId(RawId([1; 16])),
            amount: Money::new(128_460, Currency::USD),
            method: name.to_owned(),
            reference: name.to_owned(),
        };
        payout_sent(cx, sender, &view)
    }

    pub fn failed(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let amount = Money::new(128_460, Currency::USD);
        payout_failed(
            cx,
            sender,
            &PayoutFailed {
                amount,
                reason: name.to_owned(),
            },
        )
    }

    pub fn method(cx: &Cx, sender: &Sender, name: &str) -> Mail {
        let view = MethodChanged {
            method: name.to_owned(),
            at: cx.now,
            used_from: cx.now.plus_days(7),
        };
        method_changed(cx, sender, &view)
    }
}
