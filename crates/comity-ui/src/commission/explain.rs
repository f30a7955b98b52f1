//! "Why this amount": the stored computation in plain words (invariant 3).

use comity_domain::Money;
use comity_domain::commission::{
    CapPer, Explanation, Measure, PassedReason, Step as Computed, StepKind, TierPay,
};
use comity_domain::money::Bps;
use maud::{Markup, html};

use crate::component::Step;
use crate::rule::{Names, condition, measure, period};
use crate::{Cx, fmt, t};

/// The steps of the rule that gave a commission, the result last. `rule` is its id.
#[must_use]
pub fn steps(cx: &Cx, explanation: &Explanation, rule: &str, result: Money) -> Vec<Step> {
    let name = explanation.matched.iter().find(|one| one.id == rule);
    let mut all = Vec::new();
    if let Some(name) = name {
        let text = t!(cx, "commission-step-rule", name = &name.name);
        all.push(line(text, String::new(), String::new()));
    }
    let own = explanation.steps.iter().filter(|step| step.rule == rule);
    all.extend(own.map(|one| step(cx, one)));
    all.push(Step {
        result: true,
        ..line(
            t!(cx, "commission-step-result"),
            String::new(),
            fmt::money(cx, result),
        )
    });
    all
}

fn line(text: String, detail: String, amount: String) -> Step {
    Step {
        text,
        detail,
        amount,
        result: false,
    }
}

/// One step of the computation in words.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one arm per kind of step: a table, not a procedure"
)]
pub fn step(cx: &Cx, step: &Computed) -> Step {
    let adds = if step.amount.minor == 0 {
        String::new()
    } else {
        fmt::money_signed(cx, step.amount)
    };
    let money = |amount: Money| fmt::money(cx, amount);
    let percent = |rate: Bps| fmt::percent(cx, rate);
    let (text, detail) = match &step.kind {
        StepKind::Base {
            net, share, base, ..
        } => (
            t!(cx, "commission-step-base", amount = money(*base)),
            t!(
                cx,
                "commission-step-base-of",
                net = money(*net),
                share = percent(*share)
            ),
        ),
        StepKind::Percent { rate, of } => (
            t!(
                cx,
                "commission-step-percent",
                rate = percent(*rate),
                of = money(*of)
            ),
            String::new(),
        ),
        StepKind::Flat { each, share } => (
            t!(cx, "commission-step-flat", each = money(*each)),
            t!(cx, "commission-step-share", share = percent(*share)),
        ),
        StepKind::PerItem {
            each,
            quantity,
            share,
        } => (
            t!(
                cx,
                "commission-step-items",
                each = money(*each),
                n = *quantity
            ),
            t!(cx, "commission-step-share", share = percent(*share)),
        ),
        StepKind::Tier {
            measure,
            period,
            before,
            pay,
            of,
            ..
        } => (
            t!(
                cx,
                "commission-step-tier",
                pay = pay_word(cx, *pay),
                of = money(*of)
            ),
            t!(
                cx,
                "commission-step-tier-of",
                total = total(cx, *measure, *before, step.amount),
                measure = self::measure(cx, *measure),
                period = self::period(cx, *period)
            ),
        ),
        StepKind::Lift { after, .. } => (
            t!(cx, "commission-step-lift", pay = pay_word(cx, *after)),
            t!(cx, "commission-step-lift-of"),
        ),
        StepKind::Reached {
            measure,
            period,
            at,
            ..
        } => (
            t!(
                cx,
                "commission-step-reached",
                total = total(cx, *measure, *at, step.amount),
                measure = self::measure(cx, *measure)
            ),
            self::period(cx, *period),
        ),
        StepKind::Instalment { number, of } => (
            t!(cx, "commission-step-instalment", number = *number, of = *of),
            String::new(),
        ),
        StepKind::OfCommission { rate, of } => (
            t!(
                cx,
                "commission-step-recruit",
                rate = percent(*rate),
                of = money(*of)
            ),
            String::new(),
        ),
        StepKind::Perk { unit, quantity } => (
            t!(cx, "commission-step-perk", unit = unit, n = *quantity),
            String::new(),
        ),
        StepKind::Cap {
            per,
            period,
            limit,
            used,
            ..
        } => (
            t!(
                cx,
                "commission-step-cap",
                limit = money(*limit),
                per = cap_word(cx, *per)
            ),
            t!(
                cx,
                "commission-step-cap-used",
                used = money(*used),
                period = self::period(cx, *period)
            ),
        ),
        StepKind::Floor => (t!(cx, "commission-step-floor"), String::new()),
        StepKind::CacGuard { .. } => (t!(cx, "commission-step-cac-guard"), String::new()),
    };
    line(text, detail, adds)
}

/// Totals are counts or minor units, by what is measured.
fn total(cx: &Cx, measure: Measure, value: i64, like: Money) -> String {
    match measure {
        Measure::Count | Measure::NewCustomers => fmt::number(cx, value),
        Measure::Revenue | Measure::Commission => fmt::money(cx, Money::new(value, like.currency)),
    }
}

fn pay_word(cx: &Cx, pay: TierPay) -> String {
    match pay {
        TierPay::Percent(rate) => fmt::percent(cx, rate),
        TierPay::Flat(each) => fmt::money(cx, each),
    }
}

fn cap_word(cx: &Cx, per: CapPer) -> String {
    match per {
        CapPer::Order => t!(cx, "commission-cap-order"),
        CapPer::Customer => t!(cx, "commission-cap-customer"),
        CapPer::Partner => t!(cx, "commission-cap-partner"),
        CapPer::Program => t!(cx, "commission-cap-program"),
    }
}

/// Why a rule did not apply.
#[must_use]
pub fn passed(cx: &Cx, reason: &PassedReason, names: &Names) -> String {
    match reason {
        PassedReason::Scope => t!(cx, "commission-passed-scope"),
        PassedReason::Event => t!(cx, "commission-passed-event"),
        PassedReason::Condition(part) => {
            let part = condition(cx, part, names);
            t!(cx, "commission-passed-condition", part = part)
        }
        PassedReason::Stopped(_) => t!(cx, "commission-passed-stopped"),
        PassedReason::Over(_) => t!(cx, "commission-passed-over"),
        PassedReason::NotReached {
            period, measure, ..
        } => t!(
            cx,
            "commission-passed-not-reached",
            measure = self::measure(cx, *measure),
            period = self::period(cx, *period)
        ),
        PassedReason::NoBeneficiary => t!(cx, "commission-passed-nobody"),
        PassedReason::OtherInstalment => t!(cx, "commission-passed-instalment"),
    }
}

/// Rules that did not apply, each with its reason, folded away; nothing when there is none.
#[must_use]
pub fn passed_over(cx: &Cx, all: &[(String, String)]) -> Markup {
    html! {
        @if !all.is_empty() {
            details.more {
                summary { (t!(cx, "commission-passed", n = all.len())) }
                ul.stack { @for (name, why) in all { li { b { (name) } ": " (why) } } }
            }
        }
    }
}
