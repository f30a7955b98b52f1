//! Commission rules in words: what people read beside the form and the JSON.

mod condition;
mod reward;
mod test;

pub use condition::{condition, measure, period, reach};
pub use reward::{prize, reward};
pub use test::{Shape, Test};

use comity_domain::commission::{Beneficiary, Cap, CapPer, EventKind, Lasts, Rule, Scope, Then};
use comity_domain::{AgreementId, Currency, EnrollmentId, GroupId, PartnerTypeId};

use crate::{Cx, fmt, t};

/// What ids in rules are called, and in which currency amounts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The program's currency.
    pub currency: Currency,
    /// Kinds of partner.
    pub types: Vec<(PartnerTypeId, String)>,
    /// Groups of the program.
    pub groups: Vec<(GroupId, String)>,
    /// Partners that rules are about.
    pub partners: Vec<(EnrollmentId, String)>,
    /// Agreements of the program, each with its partner.
    pub agreements: Vec<(AgreementId, String)>,
    /// Tiers of the program, lowest first.
    pub tiers: Vec<String>,
    /// Categories of the program's products.
    pub categories: Vec<String>,
}

impl Names {
    /// Amounts in `currency`, no names.
    #[must_use]
    pub const fn none(currency: Currency) -> Self {
        Self {
            currency,
            types: Vec::new(),
            groups: Vec::new(),
            partners: Vec::new(),
            agreements: Vec::new(),
            tiers: Vec::new(),
            categories: Vec::new(),
        }
    }

    fn of<T: PartialEq>(known: &[(T, String)], id: &T) -> Option<String> {
        let found = known.iter().find(|(one, _)| one == id);
        found.map(|(_, name)| name.clone())
    }

    fn partner_type(&self, cx: &Cx, id: &PartnerTypeId) -> String {
        Self::of(&self.types, id).unwrap_or_else(|| t!(cx, "rule-some-type"))
    }

    fn group(&self, cx: &Cx, id: &GroupId) -> String {
        Self::of(&self.groups, id).unwrap_or_else(|| t!(cx, "rule-some-group"))
    }
}

/// A rule as sentences: for whom, on what, when, how much, how long, at most, and then.
#[must_use]
pub fn sentences(cx: &Cx, rule: &Rule, names: &Names) -> Vec<String> {
    let mut all = Vec::new();
    if rule.scope != Scope::Program {
        all.push(scope(cx, rule.scope, names));
    }
    let events: Vec<String> = rule.on.iter().map(|kind| event(cx, kind)).collect();
    all.push(t!(cx, "rule-on", events = events.join(", ")));
    if rule.when != comity_domain::commission::Condition::Always {
        let when = condition(cx, &rule.when, names);
        all.push(t!(cx, "rule-when", when = when));
    }
    all.push(reward(cx, rule.to, &rule.reward, names));
    if let Some(text) = lasts(cx, rule.lasts) {
        all.push(text);
    }
    all.extend(rule.caps.iter().map(|one| cap(cx, one)));
    if rule.then == Then::Stack {
        all.push(t!(cx, "rule-stacks"));
    }
    if !rule.after_hold {
        all.push(t!(cx, "rule-at-once"));
    }
    all
}

/// The same in one paragraph.
#[must_use]
pub fn paragraph(cx: &Cx, rule: &Rule, names: &Names) -> String {
    sentences(cx, rule, names).join(" ")
}

/// Whose rule it is.
#[must_use]
pub fn scope(cx: &Cx, scope: Scope, names: &Names) -> String {
    match scope {
        Scope::Program => t!(cx, "rule-scope-program"),
        Scope::Type(id) => t!(cx, "rule-scope-type", name = names.partner_type(cx, &id)),
        Scope::Group(id) => t!(cx, "rule-scope-group", name = names.group(cx, &id)),
        Scope::Agreement(id) => match Names::of(&names.agreements, &id) {
            Some(name) => t!(cx, "rule-scope-agreement-of", name = name),
            None => t!(cx, "rule-scope-agreement"),
        },
        Scope::Enrollment(id) => {
            let name = Names::of(&names.partners, &id);
            let name = name.unwrap_or_else(|| t!(cx, "rule-some-partner"));
            t!(cx, "rule-scope-partner", name = name)
        }
    }
}

/// A kind of event, lower case, as part of a sentence.
#[must_use]
pub fn event(cx: &Cx, kind: &EventKind) -> String {
    match kind {
        EventKind::Lead => t!(cx, "rule-event-lead"),
        EventKind::Qualified => t!(cx, "rule-event-qualified"),
        EventKind::Sale => t!(cx, "rule-event-sale"),
        EventKind::Renewal => t!(cx, "rule-event-renewal"),
        EventKind::Refund => t!(cx, "rule-event-refund"),
        EventKind::Chargeback => t!(cx, "rule-event-chargeback"),
        EventKind::Joined => t!(cx, "rule-event-joined"),
        EventKind::Instalment => t!(cx, "rule-event-instalment"),
        EventKind::Custom(name) => format!("“{name}”"),
    }
}

fn lasts(cx: &Cx, lasts: Lasts) -> Option<String> {
    Some(match lasts {
        Lasts::Lifetime => return None,
        Lasts::FirstOrder => t!(cx, "rule-lasts-first"),
        Lasts::Months(n) => t!(cx, "rule-lasts-months", n = n),
        Lasts::Payments(n) => t!(cx, "rule-lasts-payments", n = n),
    })
}

/// A limit as a sentence.
#[must_use]
pub fn cap(cx: &Cx, cap: &Cap) -> String {
    let per = match cap.per {
        CapPer::Order => t!(cx, "rule-cap-order"),
        CapPer::Customer => t!(cx, "rule-cap-customer"),
        CapPer::Partner => t!(cx, "rule-cap-partner"),
        CapPer::Program => t!(cx, "rule-cap-program"),
    };
    let limit = fmt::money(cx, cap.limit);
    if cap.per == CapPer::Order {
        t!(cx, "rule-at-most", limit = limit, per = per)
    } else {
        let period = period(cx, cap.period);
        t!(
            cx,
            "rule-at-most-in",
            limit = limit,
            per = per,
            period = period
        )
    }
}

/// Who is rewarded, at the head of a sentence.
pub(crate) fn who(cx: &Cx, to: Beneficiary) -> String {
    match to {
        Beneficiary::Partner => t!(cx, "rule-who-partner"),
        Beneficiary::Referee => t!(cx, "rule-who-referee"),
        Beneficiary::Recruiter => t!(cx, "rule-who-recruiter"),
    }
}
