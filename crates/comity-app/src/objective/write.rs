//! Setting and changing objectives.

use comity_domain::{Actor, ObjectiveId, Permission, ProgramId, UserId};
use comity_store::Tx;
use comity_store::objective::{self as store, Objective};
use serde_json::json;

use super::Metric;
use crate::{App, AppError, FieldError, audit, authorise, program};

/// Longest title.
const MAX_TITLE: usize = 200;
/// Longest business goal.
const MAX_GOAL: usize = 500;
/// Statuses an objective may have.
const STATUSES: [&str; 3] = ["open", "reached", "dropped"];

/// What is needed to set an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewObjective {
    /// Of which program.
    pub program: ProgramId,
    /// What is to be reached.
    pub title: String,
    /// What is measured, by code.
    pub metric: String,
    /// The value at the start; minor units for amounts.
    pub baseline: i64,
    /// The value to reach.
    pub target: i64,
    /// First day, as in `2026-11-01`; today when empty.
    pub starts_on: String,
    /// Last day.
    pub due_on: String,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// Which goal of the business it serves, or empty.
    pub business_goal: String,
}

/// Sets an objective; without a metric, a target or a date it is refused (A2).
pub async fn create(app: &App, actor: &Actor, new: NewObjective) -> Result<Objective, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let program = program::load(&mut tx, tenant, new.program).await?;
    let today = app.now().date_in(&program.zone).to_string();
    let mut objective = Objective {
        id: app.id::<ObjectiveId>(),
        tenant,
        program: program.id,
        title: String::new(),
        metric: String::new(),
        baseline: 0,
        target: 0,
        starts_on: today,
        due_on: String::new(),
        owner: None,
        business_goal: String::new(),
        status: "open".to_owned(),
        created_at: app.now(),
    };
    fill(&mut tx, &mut objective, &new).await?;
    store::insert(&mut tx, &objective).await?;
    finish(tx, app, actor, objective, "objective.created").await
}

/// Changes an objective.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ObjectiveId,
    new: NewObjective,
) -> Result<Objective, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    let mut objective = known.ok_or(AppError::NotFound("objective"))?;
    fill(&mut tx, &mut objective, &new).await?;
    store::update(&mut tx, &objective).await?;
    finish(tx, app, actor, objective, "objective.updated").await
}

/// Marks an objective as reached, dropped or open again.
pub async fn set_status(
    app: &App,
    actor: &Actor,
    id: ObjectiveId,
    status: &str,
) -> Result<Objective, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    if !STATUSES.contains(&status) {
        return Err(AppError::field("status", "not_a_choice"));
    }
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    let mut objective = known.ok_or(AppError::NotFound("objective"))?;
    status.clone_into(&mut objective.status);
    store::update(&mut tx, &objective).await?;
    finish(tx, app, actor, objective, "objective.status_changed").await
}

async fn fill(tx: &mut Tx, objective: &mut Objective, new: &NewObjective) -> Result<(), AppError> {
    let starts_on = match new.starts_on.trim() {
        "" => objective.starts_on.clone(),
        day => day.to_owned(),
    };
    let errors = problems(new, &starts_on);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    if let Some(owner) = new.owner {
        let known = comity_store::user::get(tx, objective.tenant, owner).await?;
        known.ok_or_else(|| AppError::field("owner", "not_a_choice"))?;
    }
    new.title.trim().clone_into(&mut objective.title);
    objective.metric.clone_from(&new.metric);
    objective.baseline = new.baseline;
    objective.target = new.target;
    objective.starts_on = starts_on;
    new.due_on.trim().clone_into(&mut objective.due_on);
    objective.owner = new.owner;
    new.business_goal
        .trim()
        .clone_into(&mut objective.business_goal);
    Ok(())
}

fn problems(new: &NewObjective, starts_on: &str) -> Vec<FieldError> {
    let is_day = |text: &str| text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10;
    let due = new.due_on.trim();
    let checks = [
        (new.title.trim().is_empty(), "title", "required"),
        (new.title.chars().count() > MAX_TITLE, "title", "too_long"),
        (
            new.business_goal.chars().count() > MAX_GOAL,
            "business_goal",
            "too_long",
        ),
        (new.metric.is_empty(), "metric", "required"),
        (
            !new.metric.is_empty() && Metric::from_code(&new.metric).is_none(),
            "metric",
            "not_a_choice",
        ),
        (new.target <= 0, "target", "not_positive"),
        (new.baseline < 0, "baseline", "out_of_range"),
        (!is_day(starts_on), "starts_on", "not_a_date"),
        (due.is_empty(), "due_on", "required"),
        (!due.is_empty() && !is_day(due), "due_on", "not_a_date"),
        (
            is_day(due) && is_day(starts_on) && due <= starts_on,
            "due_on",
            "before_start",
        ),
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
    objective: Objective,
    action: &'static str,
) -> Result<Objective, AppError> {
    let label = objective.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "objective",
        object_id: &label,
        detail: json!({
            "title": objective.title, "metric": objective.metric, "target": objective.target,
            "due_on": objective.due_on, "status": objective.status,
        }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(objective)
}
