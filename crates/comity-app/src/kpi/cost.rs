//! Entering costs that no rule books: platform, people, flat fees (K3), with their history.

use comity_domain::kpi::CostKind;
use comity_domain::program::Program;
use comity_domain::{Actor, CostId, EnrollmentId, Money, Permission, ProgramId, TenantId};
use comity_store::cost::{self as store, Cost, Listed, Version};
use comity_store::{Tx, partner};
use serde_json::json;

use crate::{App, AppError, FieldError, audit, authorise, program};

/// Longest note.
const MAX_NOTE: usize = 500;
/// Longest period in days: a cost of more than ten years is a slip.
const MAX_DAYS: i32 = 3_660;

/// A cost as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCost {
    /// What for.
    pub kind: CostKind,
    /// How much in the program's currency, minor units; over zero.
    pub amount_minor: i64,
    /// For one partner only, or for all.
    pub enrollment: Option<EnrollmentId>,
    /// First day, as in `2026-11-01`.
    pub starts_on: String,
    /// Last day, included; the first day when empty.
    pub ends_on: String,
    /// In words.
    pub note: String,
}

/// A cost with every state it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostDetail {
    /// The cost.
    pub cost: Cost,
    /// The partner it is for, or empty.
    pub partner_name: String,
    /// Its program.
    pub program: Program,
    /// Its states, newest first.
    pub history: Vec<Version>,
}

/// Enters a cost of a program.
pub async fn enter_cost(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    new: NewCost,
) -> Result<Cost, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    let mut tx = app.store.write().await?;
    let program = program::load(&mut tx, tenant, of).await?;
    let mut cost = Cost {
        id: app.id::<CostId>(),
        tenant,
        program: of,
        enrollment: None,
        kind: new.kind,
        amount: Money::zero(program.currency),
        starts_on: String::new(),
        ends_on: String::new(),
        note: String::new(),
        version: 1,
        removed: false,
        created_by: actor.label(),
        created_at: app.now(),
        updated_at: app.now(),
    };
    fill(&mut tx, &mut cost, &new).await?;
    store::insert(&mut tx, &cost).await?;
    finish(tx, app, actor, cost, "cost.entered").await
}

/// Changes a cost; what it was before stays readable.
pub async fn change_cost(
    app: &App,
    actor: &Actor,
    id: CostId,
    new: NewCost,
) -> Result<Cost, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    let mut tx = app.store.write().await?;
    let mut cost = standing(&mut tx, tenant, id).await?;
    fill(&mut tx, &mut cost, &new).await?;
    cost.version += 1;
    cost.updated_at = app.now();
    store::update(&mut tx, &cost).await?;
    finish(tx, app, actor, cost, "cost.changed").await
}

/// Takes a cost back, or puts it in again.
pub async fn remove_cost(
    app: &App,
    actor: &Actor,
    id: CostId,
    removed: bool,
) -> Result<Cost, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut cost = found.ok_or(AppError::NotFound("cost"))?.cost;
    if cost.removed == removed {
        return Ok(cost);
    }
    cost.removed = removed;
    cost.version += 1;
    cost.updated_at = app.now();
    store::update(&mut tx, &cost).await?;
    let action = if removed {
        "cost.removed"
    } else {
        "cost.restored"
    };
    finish(tx, app, actor, cost, action).await
}

/// A page of a program's costs, newest first; `kind` by code or empty, `find` in lower case.
pub async fn costs(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    filter: (&str, &str),
    before: Option<CostId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    program::load(&mut tx, tenant, of).await?;
    Ok(store::page(&mut tx, (tenant, of), filter, before, limit).await?)
}

/// One cost with its history.
pub async fn cost(app: &App, actor: &Actor, id: CostId) -> Result<CostDetail, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let found = found.ok_or(AppError::NotFound("cost"))?;
    Ok(CostDetail {
        program: program::load(&mut tx, tenant, found.cost.program).await?,
        history: store::versions(&mut tx, tenant, id).await?,
        cost: found.cost,
        partner_name: found.partner_name,
    })
}

async fn standing(tx: &mut Tx, tenant: TenantId, id: CostId) -> Result<Cost, AppError> {
    let found = store::get(tx, tenant, id).await?;
    found
        .map(|found| found.cost)
        .filter(|cost| !cost.removed)
        .ok_or(AppError::NotFound("cost"))
}

async fn fill(tx: &mut Tx, cost: &mut Cost, new: &NewCost) -> Result<(), AppError> {
    let starts_on = new.starts_on.trim();
    let ends_on = match new.ends_on.trim() {
        "" => starts_on,
        day => day,
    };
    let errors = problems(new, starts_on, ends_on);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    if let Some(id) = new.enrollment {
        let known = partner::enrollment(tx, cost.tenant, id).await?;
        known
            .filter(|enrollment| enrollment.program == cost.program)
            .ok_or_else(|| AppError::field("partner", "not_a_choice"))?;
    }
    cost.kind = new.kind;
    cost.enrollment = new.enrollment;
    cost.amount = Money::new(new.amount_minor, cost.amount.currency);
    starts_on.clone_into(&mut cost.starts_on);
    ends_on.clone_into(&mut cost.ends_on);
    new.note.trim().clone_into(&mut cost.note);
    Ok(())
}

fn problems(new: &NewCost, starts_on: &str, ends_on: &str) -> Vec<FieldError> {
    let day = |text: &str| {
        text.parse::<jiff::civil::Date>()
            .ok()
            .filter(|_| text.len() == 10)
    };
    let (first, last) = (day(starts_on), day(ends_on));
    let length = first
        .zip(last)
        .and_then(|(first, last)| first.until(last).ok())
        .map_or(0, |span| span.get_days());
    let checks = [
        (new.amount_minor <= 0, "amount", "not_positive"),
        // Commissions come from the books, so nobody enters them a second time.
        (new.kind == CostKind::Commission, "kind", "not_a_choice"),
        (starts_on.is_empty(), "starts_on", "required"),
        (
            !starts_on.is_empty() && first.is_none(),
            "starts_on",
            "not_a_date",
        ),
        (
            !ends_on.is_empty() && last.is_none(),
            "ends_on",
            "not_a_date",
        ),
        (length < 0, "ends_on", "before_start"),
        (length > MAX_DAYS, "ends_on", "out_of_range"),
        (new.note.trim().is_empty(), "note", "required"),
        (new.note.chars().count() > MAX_NOTE, "note", "too_long"),
    ];
    let wrong = checks.into_iter().filter(|(wrong, _, _)| *wrong);
    wrong
        .map(|(_, field, code)| FieldError::new(field, code))
        .collect()
}

async fn finish(
    mut tx: Tx,
    app: &App,
    actor: &Actor,
    cost: Cost,
    action: &'static str,
) -> Result<Cost, AppError> {
    let body = json!({
        "kind": cost.kind.code(), "amount_minor": cost.amount.minor, "currency": cost.amount.currency,
        "enrollment": cost.enrollment, "starts_on": cost.starts_on, "ends_on": cost.ends_on,
        "note": cost.note, "removed": cost.removed,
    });
    let version = Version {
        version: cost.version,
        body_json: body.to_string(),
        changed_by: actor.label(),
        changed_at: cost.updated_at,
    };
    store::insert_version(&mut tx, cost.tenant, cost.id, &version).await?;
    let label = cost.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "cost",
        object_id: &label,
        detail: body,
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(cost.tenant, "cost");
    Ok(cost)
}
