//! Sentences from stored decisions: how an amount came about and who was credited
//! (invariant 3, G9). The decisions are data; only their words are here.

mod words;

pub use words::{booking, matter};

use comity_domain::attribution::{Outcome, PartnerTrace};
use comity_domain::commission::{Explanation, PassedReason};
use comity_domain::fx::Conversion;
use comity_domain::ledger::CommissionBook;
use comity_domain::{Bps, Money};

use crate::commission::{attribution_reason, model, passed, touch};
use crate::component::Step;
use crate::i18n::Key;
use crate::rule::Names;
use crate::{Cx, fmt, t};

/// The word for a code, or the code itself when a program named it.
#[must_use]
pub fn word(cx: &Cx, key: Option<Key>, code: &str) -> String {
    key.map_or_else(|| code.to_owned(), |key| cx.text(key))
}

/// At which rate an amount in another currency was counted, with its day and source.
#[must_use]
pub fn conversion(cx: &Cx, known: &Conversion) -> Step {
    let rate = known.rate.ratio.decimal();
    let (original, day) = (fmt::money(cx, known.original), day(cx, known));
    plain(
        t!(cx, "explain-converted", original = original, rate = rate),
        t!(
            cx,
            "explain-converted-on",
            source = rate_source(cx, &known.rate.source),
            date = day
        ),
        fmt::money(cx, known.converted),
    )
}

/// The same as a short note, as on statements.
#[must_use]
pub fn conversion_note(cx: &Cx, known: &Conversion) -> String {
    let rate = known.rate.ratio.decimal();
    t!(
        cx,
        "explain-converted-note",
        original = fmt::money(cx, known.original),
        rate = rate,
        date = day(cx, known)
    )
}

fn day(cx: &Cx, known: &Conversion) -> String {
    fmt::date(cx, cx.zone.start_of(known.rate.date))
}

/// Who published a rate, or the code itself.
#[must_use]
pub fn rate_source(cx: &Cx, code: &str) -> String {
    match code {
        "ecb" => t!(cx, "explain-rate-ecb"),
        other => other.to_owned(),
    }
}

/// The rules that might have applied to the partner and did not: name and why, in plain words.
/// Rules of other partners and about other events are nobody's business here.
#[must_use]
pub fn passed_over(cx: &Cx, known: &Explanation) -> Vec<(String, String)> {
    let names = Names::none(known.inputs.net.currency);
    let own = known.passed_over.iter().filter(|one| {
        let elsewhere = [PassedReason::Scope, PassedReason::Event];
        !elsewhere.contains(&one.reason) && one.reason != PassedReason::OtherInstalment
    });
    own.map(|one| (one.rule.name.clone(), passed(cx, &one.reason, &names)))
        .collect()
}

/// Which rules gave it and which did not, as a short note on statements.
#[must_use]
pub fn rules_note(cx: &Cx, known: &Explanation, rule: &str) -> String {
    let matched = known.matched.iter().find(|one| one.id == rule);
    let mut notes: Vec<String> = matched
        .map(|one| t!(cx, "explain-rule", name = &one.name))
        .into_iter()
        .collect();
    let over = passed_over(cx, known).into_iter();
    notes.extend(over.map(|(name, why)| t!(cx, "explain-rule-passed", name = name, why = why)));
    notes.join("; ")
}

fn plain(text: String, detail: String, amount: String) -> Step {
    Step {
        text,
        detail,
        amount,
        result: false,
    }
}

fn result(text: String, amount: String) -> Step {
    Step {
        result: true,
        ..plain(text, String::new(), amount)
    }
}

/// How the amount of one reward came about; the last step is what is left of it.
#[must_use]
pub fn amount(
    cx: &Cx,
    explanation: Option<&Explanation>,
    (rule, version): (&str, Option<i64>),
    book: &CommissionBook,
) -> Vec<Step> {
    let mut steps = Vec::new();
    match explanation {
        Some(known) => computed(cx, known, (rule, version), &mut steps),
        None => steps.push(plain(
            t!(cx, "explain-manual"),
            String::new(),
            fmt::money(cx, book.amount),
        )),
    }
    steps.push(result(t!(cx, "explain-earn"), fmt::money(cx, book.amount)));
    if book.reversed.minor != 0 {
        let taken = Money::new(book.reversed.minor.saturating_neg(), book.reversed.currency);
        steps.push(plain(
            t!(cx, "explain-taken-back"),
            String::new(),
            fmt::money_signed(cx, taken),
        ));
        steps.push(result(t!(cx, "explain-left"), fmt::money(cx, book.net())));
    }
    steps
}

fn computed(
    cx: &Cx,
    known: &Explanation,
    (rule, version): (&str, Option<i64>),
    steps: &mut Vec<Step>,
) {
    let inputs = &known.inputs;
    if inputs.gross != inputs.net {
        let gross = fmt::money(cx, inputs.gross);
        steps.push(plain(t!(cx, "explain-gross"), String::new(), gross));
    }
    if let Some(named) = known.matched.iter().find(|named| named.id == rule) {
        let version = version.map_or_else(String::new, |n| t!(cx, "explain-version", n = n));
        let text = t!(cx, "explain-rule", name = &named.name);
        steps.push(plain(text, version, String::new()));
    }
    for step in known.steps.iter().filter(|step| step.rule == rule) {
        steps.push(crate::commission::step(cx, step));
    }
}

/// How the event was credited to the partner: their touches, the rule, their share.
#[must_use]
pub fn credit(cx: &Cx, trace: &PartnerTrace) -> Vec<Step> {
    let mut steps: Vec<Step> = trace
        .considered
        .iter()
        .map(|one| {
            let outcome = match one.outcome {
                Outcome::Credited { share_bps } => {
                    let share = fmt::percent(cx, bps(share_bps));
                    t!(cx, "explain-credited", share = share)
                }
                Outcome::Refused { reason } => attribution_reason(cx, reason),
            };
            let when = fmt::datetime(cx, one.touch.at);
            plain(
                touch(cx, one.touch.kind),
                format!("{when} · {outcome}"),
                String::new(),
            )
        })
        .collect();
    if trace.touches_of_others > 0 {
        let text = t!(cx, "explain-others", n = trace.touches_of_others);
        steps.push(plain(text, String::new(), String::new()));
    }
    steps.push(plain(
        model(cx, &trace.rule.model),
        t!(cx, "explain-window", n = trace.rule.window_days),
        String::new(),
    ));
    let share = fmt::percent(cx, bps(trace.share_bps));
    steps.push(result(
        t!(cx, "explain-share", share = share),
        String::new(),
    ));
    steps
}

fn bps(share: u32) -> Bps {
    Bps(share)
}
