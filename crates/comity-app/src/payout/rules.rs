//! How a program pays: its schedule, its limits, and partners who ask for their money.

use std::collections::BTreeSet;

use comity_domain::payout::{PayoutRules, Schedule};
use comity_domain::{Actor, EnrollmentId, Permission, ProgramId};
use comity_store::payout::rules::{self as store, ProgramRules};
use comity_store::{Tx, partner, program};
use serde_json::json;

use super::plan::{draft, load};
use super::{Batch, tell};
use crate::{App, AppError, FieldError, audit, authorise};

/// Programs looked at per read.
const PAGE: i64 = 100;

/// The rules of a program; the defaults where nobody set any.
pub async fn program_rules(
    app: &App,
    actor: &Actor,
    id: ProgramId,
) -> Result<PayoutRules, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    program::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let found = store::rules(&mut tx, tenant, id).await?;
    Ok(found.map(|row| row.rules).unwrap_or_default())
}

/// Sets them. Whoever prepares payouts may lower limits; raising or removing one needs somebody
/// who may approve money. A new schedule counts from tomorrow.
pub async fn set_program_rules(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    rules: PayoutRules,
) -> Result<PayoutRules, AppError> {
    let tenant = authorise(actor, Permission::PreparePayouts)?;
    check(&rules)?;
    let mut tx = app.store.write().await?;
    let of = program::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    crate::ledger::lock(&mut tx, id).await?;
    let before = store::rules(&mut tx, tenant, id).await?;
    if !actor.may(Permission::ApprovePayouts) {
        let known = before.as_ref().map(|row| row.rules.clone());
        only_lower(&known.unwrap_or_default(), &rules)?;
    }
    let today = app.now().date_in(&of.zone).to_string();
    let kept = before.filter(|row| row.rules.schedule == rules.schedule);
    let row = ProgramRules {
        tenant,
        program: id,
        last_run_on: kept.map_or(today, |row| row.last_run_on),
        rules,
        updated_at: app.now(),
    };
    store::set_rules(&mut tx, &row).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "payout_rules.changed",
        object_kind: "program",
        object_id: &label,
        detail: serde_json::to_value(&row.rules).unwrap_or_default(),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(row.rules)
}

/// Refuses limits that let more money pass than before.
fn only_lower(before: &PayoutRules, after: &PayoutRules) -> Result<(), AppError> {
    let limits = [
        ("run_cap", before.run_cap_minor, after.run_cap_minor),
        (
            "partner_cap",
            before.partner_cap_minor,
            after.partner_cap_minor,
        ),
        ("day_cap", before.day_cap_minor, after.day_cap_minor),
    ];
    let higher = limits.into_iter().filter(|(_, before, after)| {
        before.is_some_and(|before| after.is_none_or(|after| after > before))
    });
    let errors: Vec<FieldError> = higher
        .map(|(field, _, _)| FieldError::new(field, "needs_approver"))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

fn check(rules: &PayoutRules) -> Result<(), AppError> {
    let mut errors = Vec::new();
    if !rules.schedule.is_valid() {
        let field = match rules.schedule {
            Schedule::Manual => "schedule",
            Schedule::Monthly { .. } => "day",
            Schedule::Weekly { .. } => "weekday",
            Schedule::Threshold { .. } => "due",
        };
        errors.push(FieldError::new(field, "out_of_range"));
    }
    let caps = [
        ("run_cap", rules.run_cap_minor),
        ("partner_cap", rules.partner_cap_minor),
        ("day_cap", rules.day_cap_minor),
    ];
    for (field, cap) in caps {
        if cap.is_some_and(|cap| cap <= 0) {
            errors.push(FieldError::new(field, "not_positive"));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

/// Plans the runs that are due by their schedule; answers how many programs were looked at.
/// The day is noted in the same transaction, so a killed process plans none twice.
pub async fn run_schedules(app: &App) -> Result<usize, AppError> {
    let (mut after, mut planned) = (None, 0);
    loop {
        let mut tx = app.store.read().await?;
        let page = store::all_rules(&mut tx, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(planned);
        };
        after = Some(last.program);
        for row in page {
            if row.rules.schedule != Schedule::Manual && run(app, &row).await? {
                planned += 1;
                app.announce(row.tenant, "payout");
            }
        }
    }
}

async fn run(app: &App, seen: &ProgramRules) -> Result<bool, AppError> {
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, seen.program).await?;
    let Some(mut row) = store::rules(&mut tx, seen.tenant, seen.program).await? else {
        return Ok(false);
    };
    let Some(of) = program::get(&mut tx, seen.tenant, seen.program).await? else {
        return Ok(false);
    };
    let today = app.now().date_in(&of.zone);
    let last = row.last_run_on.parse().unwrap_or(today);
    if today <= last {
        return Ok(false);
    }
    let preview = load(&mut tx, app, row.tenant, row.program, None).await?;
    let due = preview.plan.totals().get(&of.currency).copied();
    let due = i64::try_from(due.unwrap_or(0)).unwrap_or(i64::MAX);
    if !row.rules.schedule.is_due(last, today, due) {
        return Ok(false);
    }
    let actor = Actor::System { tenant: row.tenant };
    let planned = match draft(&mut tx, app, &actor, row.program, None).await {
        Ok(batches) => !batches.is_empty(),
        // Nobody is due, or far too many for one run: a person sees both on the page.
        Err(AppError::Conflict(_)) => false,
        Err(error) => return Err(error),
    };
    row.last_run_on = today.to_string();
    store::set_rules(&mut tx, &row).await?;
    tx.commit().await?;
    Ok(planned)
}

/// Whether partners of a program may ask for their payout.
pub async fn may_ask(tx: &mut Tx, row: &comity_domain::program::Program) -> Result<bool, AppError> {
    let found = store::rules(tx, row.tenant, row.id).await?;
    Ok(found.is_some_and(|row| row.rules.partners_may_ask))
}

/// A partner asks for what is due to them: a run for them alone waits for approval. Refused
/// with the code of the plan's own reason, as in `below_minimum`.
pub async fn ask(app: &App, actor: &Actor, id: EnrollmentId) -> Result<Batch, AppError> {
    let Actor::Partner {
        tenant,
        id: partner,
        impersonator: None,
    } = actor
    else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.write().await?;
    let found = partner::enrollment(&mut tx, *tenant, id).await?;
    let own = found
        .filter(|one| one.partner == *partner)
        .ok_or(AppError::NotFound("membership"))?;
    let of = program::get(&mut tx, *tenant, own.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    if !may_ask(&mut tx, &of).await? {
        return Err(AppError::Conflict("asking_is_off"));
    }
    crate::ledger::lock(&mut tx, of.id).await?;
    let only = Some(BTreeSet::from([*partner]));
    let preview = load(&mut tx, app, *tenant, of.id, only.clone()).await?;
    if preview.plan.payable.is_empty() {
        let reason = preview.plan.skipped.iter().find(|one| one.enrollment == id);
        return Err(AppError::Conflict(
            reason.map_or("nothing_due", |one| one.reason.code()),
        ));
    }
    let batch = draft(&mut tx, app, actor, of.id, only)
        .await?
        .pop()
        .ok_or(AppError::Conflict("nothing_due"))?;
    for (payout, _) in comity_store::payout::of_batch(&mut tx, *tenant, batch.id).await? {
        tell(&mut tx, app, actor, &payout, "payout.requested").await?;
    }
    let label = batch.id.to_string();
    let entry = audit::Entry {
        action: "payout.requested",
        object_kind: "payout_batch",
        object_id: &label,
        detail: json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(*tenant, "payout");
    Ok(batch)
}
