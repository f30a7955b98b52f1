//! Rows of the rewards pages, and the exports.

use axum::extract::State;
use axum::response::Response;
use comity_app::commission::{self, RefereeListed};
use comity_app::recognition::{self, Badge, Listed, Perk};
use comity_domain::{Currency, Money};
use comity_ui::admin::reward::{BadgeRow, GrantRow, PromiseRow};
use comity_ui::{Cx, fmt, t};

use super::{promise_filter, queue_filter};
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Paging, Team};
use crate::state::WebState;

/// Most rows of an export: a spreadsheet opens them, and one answer carries them.
const EXPORT_ROWS: i64 = 50_000;

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

pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let (app, actor, query) = (&web.app, &team.actor, &paging.query);
    if query.text("tab") == "customers" {
        let filter = promise_filter(query);
        let rows = commission::referee_rewards(app, actor, &filter, None, EXPORT_ROWS).await?;
        let mut sheet = Sheet::new(&[
            "id", "code", "customer", "email", "order", "partner", "amount", "currency", "unit",
            "quantity", "status", "note", "at",
        ]);
        for row in rows {
            let one = &row.reward;
            sheet.row(&[
                &one.id.to_string(),
                &one.code,
                &row.customer_ref,
                &row.customer_email,
                &row.external_id,
                &row.partner_name,
                &one.amount.decimal(),
                one.amount.currency.code(),
                &one.unit,
                &one.quantity.to_string(),
                &one.status,
                &one.note,
                &one.occurred_at.to_string(),
            ]);
        }
        return Ok(sheet.download("customer-rewards.csv"));
    }
    let rows = recognition::grants(app, actor, &queue_filter(query), None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "id",
        "partner_id",
        "partner",
        "perk",
        "unit",
        "quantity",
        "cost",
        "currency",
        "source",
        "status",
        "note",
        "at",
    ]);
    for row in rows {
        let one = &row.grant;
        sheet.row(&[
            &one.id.to_string(),
            &one.partner.to_string(),
            &row.partner_name,
            &row.perk_name,
            one.unit.as_str(),
            &one.quantity.to_string(),
            &one.cost.decimal(),
            one.cost.currency.code(),
            &one.source,
            &one.status,
            &one.note,
            &one.occurred_at.to_string(),
        ]);
    }
    Ok(sheet.download("perks.csv"))
}
