//! Rewards in words.

use comity_domain::commission::{
    Beneficiary, Due, Instalment, Milestone, Period, Prize, RewardSpec, TierMode, TierPay,
    TierTable,
};

use super::condition::{measure, period, total};
use super::{Names, who};
use crate::{Cx, fmt, t};

/// What a rule gives, as a sentence.
#[must_use]
pub fn reward(cx: &Cx, to: Beneficiary, spec: &RewardSpec, names: &Names) -> String {
    let who = who(cx, to);
    match spec {
        RewardSpec::Percent(rate) => {
            t!(
                cx,
                "rule-gives-percent",
                who = who,
                rate = fmt::percent(cx, *rate)
            )
        }
        RewardSpec::Flat(sum) => t!(cx, "rule-gives-flat", who = who, sum = fmt::money(cx, *sum)),
        RewardSpec::PerItem(sum) => {
            t!(cx, "rule-gives-each", who = who, sum = fmt::money(cx, *sum))
        }
        RewardSpec::Tiers(table) => tiers(cx, &who, table, names),
        RewardSpec::Milestone(milestone) => goal(cx, &who, milestone, names),
        RewardSpec::Instalments(list) => {
            let list: Vec<String> = list.iter().map(|one| due(cx, one, names)).collect();
            t!(
                cx,
                "rule-gives-instalments",
                who = who,
                list = list.join("; ")
            )
        }
        RewardSpec::ShareOfCommission(rate) => {
            t!(
                cx,
                "rule-gives-share",
                who = who,
                rate = fmt::percent(cx, *rate)
            )
        }
        RewardSpec::Perk { unit, quantity } => {
            t!(cx, "rule-gives-perk", who = who, n = *quantity, unit = unit)
        }
    }
}

fn tiers(cx: &Cx, who: &str, table: &TierTable, names: &Names) -> String {
    let steps: Vec<String> = table
        .tiers
        .iter()
        .map(|tier| {
            let pay = match tier.pay {
                TierPay::Percent(rate) => fmt::percent(cx, rate),
                TierPay::Flat(sum) => fmt::money(cx, sum),
            };
            let from = total(cx, table.measure, tier.from, names);
            t!(cx, "rule-tier", from = from, pay = pay)
        })
        .collect();
    let text = t!(
        cx,
        "rule-gives-tiers",
        who = who,
        measure = measure(cx, table.measure),
        period = period(cx, table.period),
        tiers = steps.join("; ")
    );
    let mode = match table.mode {
        TierMode::Marginal => t!(cx, "rule-mode-marginal"),
        TierMode::Retroactive => t!(cx, "rule-mode-retroactive"),
        TierMode::Fixed => t!(cx, "rule-mode-fixed"),
    };
    format!("{text} {mode}")
}

fn goal(cx: &Cx, who: &str, milestone: &Milestone, names: &Names) -> String {
    let (what, over) = (measure(cx, milestone.measure), period(cx, milestone.period));
    let (prize, at) = (
        prize(cx, &milestone.prize),
        total(cx, milestone.measure, milestone.at, names),
    );
    if milestone.repeat {
        t!(
            cx,
            "rule-gives-every",
            who = who,
            prize = prize,
            measure = what,
            period = over,
            at = at
        )
    } else {
        t!(
            cx,
            "rule-gives-goal",
            who = who,
            prize = prize,
            measure = what,
            period = over,
            at = at
        )
    }
}

/// What a milestone gives.
#[must_use]
pub fn prize(cx: &Cx, prize: &Prize) -> String {
    match prize {
        Prize::Cash(sum) => fmt::money(cx, *sum),
        Prize::Perk { unit, quantity } => format!("{} × {unit}", fmt::number(cx, *quantity)),
    }
}

fn due(cx: &Cx, one: &Instalment, names: &Names) -> String {
    let sum = fmt::money(cx, one.amount);
    match one.due {
        Due::AfterDays(days) => t!(cx, "rule-due-days", sum = sum, n = days),
        Due::Milestone { measure: what, at } => t!(
            cx,
            "rule-due-goal",
            sum = sum,
            measure = measure(cx, what),
            period = period(cx, Period::Lifetime),
            at = total(cx, what, at, names)
        ),
    }
}
