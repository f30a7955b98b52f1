//! Rows of the rewards pages.

use comity_app::commission::RefereeListed;
use comity_app::recognition::{Badge, Listed, Perk};
use comity_domain::{Currency, Money};
use comity_ui::admin::reward::{BadgeRow, GrantRow, PromiseRow};
use comity_ui::{Cx, fmt, t};

pub(super) fn grant_row(row: &Listed) -> GrantRow {
    let grant = &row.grant;
    GrantRow {
        id: grant.id,
        partner: grant.partner,
        name: row.partner_name.clone(),
        perk: row.perk_name.clone(),
        quantity: grant.quantity,
        status: grant.status.clone(),
        source: grant.source.clone(),
        note: grant.note.clone(),
        at: grant.occurred_at,
    }
}

pub(super) fn promise_row(row: RefereeListed) -> PromiseRow {
    let customer = if row.customer_email.is_empty() {
        row.customer_ref
    } else {
        row.customer_email
    };
    let reward = row.reward;
    PromiseRow {
        id: reward.id,
        code: reward.code,
        customer,
        order: row.external_id,
        partner: row.partner_name,
        amount: reward.amount,
        perk: if reward.unit.is_empty() {
            String::new()
        } else {
            format!("{} × {}", reward.quantity, reward.unit)
        },
        status: reward.status,
        note: reward.note,
        at: reward.occurred_at,
    }
}

/// What a badge asks for, in words.
pub(crate) fn goal(cx: &Cx, badge: &Badge, currency: Currency) -> String {
    let n = badge.threshold;
    let money = || fmt::money(cx, Money::new(n, currency));
    match badge.measure.as_str() {
        "revenue" => t!(cx, "reward-goal-revenue", amount = money()),
        "commission" => t!(cx, "reward-goal-commission", amount = money()),
        "new_customers" => t!(cx, "reward-goal-new", n = n),
        _ => t!(cx, "reward-goal-count", n = n),
    }
}

pub(super) fn badge_row(
    cx: &Cx,
    badge: Badge,
    currency: Currency,
    (name, perks): (impl Fn(comity_domain::ProgramId) -> String, &[Perk]),
) -> BadgeRow {
    BadgeRow {
        id: badge.id,
        goal: goal(cx, &badge, currency),
        program: name(badge.program),
        name: badge.name,
        description: badge.description,
        unit: badge.unit.clone(),
        quantity: badge.quantity,
        perk: perks
            .iter()
            .find(|perk| perk.unit.as_str() == badge.unit && perk.program == badge.program)
            .map_or_else(|| badge.unit.clone(), |perk| perk.name.clone()),
        awards: u64::try_from(badge.awards).unwrap_or(0),
        active: badge.active,
    }
}
