//! Sentences from stored decisions: how an amount came about and who was credited
//! (invariant 3, G9). The decisions are data; only their words are here.

mod words;

pub use words::{booking, decline, hold, matter, model, refusal, touch};

use comity_domain::attribution::{Outcome, PartnerTrace};
use comity_domain::commission::{Explanation, StepKind, TierPay};
use comity_domain::fx::Conversion;
use comity_domain::ledger::CommissionBook;
use comity_domain::{Bps, Money};

use crate::component::Step;
use crate::i18n::Key;
use crate::{Cx, fmt, t};

/// All of the credit.
const WHOLE: Bps = Bps::ONE;

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
        let (text, detail, shown) = step_words(cx, &step.kind);
        let shown = shown.unwrap_or(step.amount);
        let amount = match shown.minor {
            0 => String::new(),
            minor if minor < 0 => fmt::money_signed(cx, shown),
            _ => fmt::money(cx, shown),
        };
        steps.push(plain(text, detail, amount));
    }
}

/// Sentence, detail, and another amount than the step's own.
fn step_words(cx: &Cx, kind: &StepKind) -> (String, String, Option<Money>) {
    let money = |amount: Money| fmt::money(cx, amount);
    let none = String::new;
    match kind {
        StepKind::Base {
            net, share, base, ..
        } => {
            let detail = if *share == WHOLE {
                none()
            } else {
                let share = fmt::percent(cx, *share);
                t!(cx, "explain-base-share", share = share, net = money(*net))
            };
            (t!(cx, "explain-base"), detail, Some(*base))
        }
        StepKind::Percent { rate, of } => (rate_of(cx, *rate, *of), none(), None),
        StepKind::Flat { each, share } => {
            let detail = if *share == WHOLE {
                none()
            } else {
                rate_of(cx, *share, *each)
            };
            (t!(cx, "explain-flat"), detail, None)
        }
        StepKind::PerItem { each, quantity, .. } => {
            let text = t!(
                cx,
                "explain-each",
                each = money(*each),
                n = fmt::number(cx, *quantity)
            );
            (text, none(), None)
        }
        StepKind::Tier { pay, of, .. } => {
            let pay = match pay {
                TierPay::Percent(rate) => rate_of(cx, *rate, *of),
                TierPay::Flat(each) => money(*each),
            };
            (t!(cx, "explain-tier", pay = pay), none(), None)
        }
        StepKind::Lift { .. } => (t!(cx, "explain-lift"), none(), None),
        StepKind::Reached { .. } => (t!(cx, "explain-reached"), none(), None),
        StepKind::Instalment { number, of } => {
            let text = t!(cx, "explain-instalment", n = *number, of = *of);
            (text, none(), None)
        }
        StepKind::OfCommission { rate, of } => {
            let rate = fmt::percent(cx, *rate);
            let text = t!(cx, "explain-recruit", rate = rate, of = money(*of));
            (text, none(), None)
        }
        StepKind::Perk { unit, quantity } => {
            let n = fmt::number(cx, *quantity);
            (t!(cx, "explain-each", each = unit, n = n), none(), None)
        }
        StepKind::Cap { limit, used, .. } => {
            let text = t!(
                cx,
                "explain-cap",
                limit = money(*limit),
                used = money(*used)
            );
            (text, none(), None)
        }
        StepKind::Floor => (t!(cx, "explain-floor"), none(), None),
        StepKind::CacGuard { .. } => (t!(cx, "explain-cac-guard"), none(), None),
    }
}

fn rate_of(cx: &Cx, rate: Bps, of: Money) -> String {
    let rate = fmt::percent(cx, rate);
    t!(cx, "explain-percent", rate = rate, of = fmt::money(cx, of))
}

/// How the event was credited to the partner: their touches, the rule, their share.
#[must_use]
pub fn credit(cx: &Cx, trace: &PartnerTrace) -> Vec<Step> {
    let mut steps: Vec<Step> = trace
        .considered
        .iter()
        .map(|one| {
            let kind = one.touch.kind.code();
            let outcome = match one.outcome {
                Outcome::Credited { share_bps } => {
                    let share = fmt::percent(cx, bps(share_bps));
                    t!(cx, "explain-credited", share = share)
                }
                Outcome::Refused { reason } => word(cx, refusal(reason.code()), reason.code()),
            };
            let when = fmt::datetime(cx, one.touch.at);
            plain(
                word(cx, touch(kind), kind),
                format!("{when} · {outcome}"),
                String::new(),
            )
        })
        .collect();
    if trace.touches_of_others > 0 {
        let text = t!(cx, "explain-others", n = trace.touches_of_others);
        steps.push(plain(text, String::new(), String::new()));
    }
    let code = trace.rule.model.code();
    steps.push(plain(
        word(cx, model(code), code),
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
