//! Badges: earned once by a total since joining, kept for good, some unlock a perk that goes
//! with the total while nobody has received it.

use comity_domain::partner::Enrollment;
use comity_domain::{Actor, BadgeId, EnrollmentId, Permission, ProgramId, TenantId, Timestamp};
use comity_store::badge::{self as store, Award, Badge};
use comity_store::commission::{CounterQuery, Owner, Totals, totals};
use comity_store::{Tx, partner, recruit};
use serde_json::json;

use super::grant::{Gift, hand_out};
use super::{settle, unit_of};
use crate::event::{Happened, emit};
use crate::{App, AppError, FieldError, audit, authorise, program};

/// Longest name.
const MAX_NAME: usize = 80;
/// Longest description.
const MAX_DESCRIPTION: usize = 1_000;
/// What a badge may count.
const MEASURES: [&str; 4] = ["count", "revenue", "commission", "new_customers"];
/// Memberships looked at per transaction when a badge is made.
const BATCH: i64 = 500;

/// A badge as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewBadge {
    /// What people read.
    pub name: String,
    /// What it stands for, or empty.
    pub description: String,
    /// `count`, `revenue`, `commission` or `new_customers`.
    pub measure: String,
    /// The total to reach; minor units for amounts.
    pub threshold: i64,
    /// The perk it unlocks, or empty.
    pub unit: String,
    /// How many of it.
    pub quantity: i64,
    /// It can be earned.
    pub active: bool,
}

/// Badges, those that can be earned first.
pub async fn badges(
    app: &App,
    actor: &Actor,
    of: Option<ProgramId>,
) -> Result<Vec<Badge>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant, of).await?)
}

/// Makes a badge; who reached its total already gets it at once.
pub async fn create_badge(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    new: NewBadge,
) -> Result<Badge, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    program::load(&mut tx, tenant, of).await?;
    check(&mut tx, (tenant, of), &new, true).await?;
    let badge = Badge {
        id: app.id::<BadgeId>(),
        tenant,
        program: of,
        name: new.name.trim().to_owned(),
        description: new.description.trim().to_owned(),
        measure: new.measure.clone(),
        threshold: new.threshold,
        unit: unit_text(&new.unit),
        quantity: new.quantity.max(0),
        active: true,
        created_at: app.now(),
        awards: 0,
    };
    store::insert(&mut tx, &badge).await?;
    note(&mut tx, app, actor, &badge, "badge.created").await?;
    tx.commit().await?;
    look_again(app, tenant, of).await?;
    Ok(badge)
}

/// Changes a badge's words and what it unlocks from now on; what it counts stays.
pub async fn change_badge(
    app: &App,
    actor: &Actor,
    id: BadgeId,
    new: NewBadge,
) -> Result<Badge, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut badge = found.ok_or(AppError::NotFound("badge"))?;
    check(&mut tx, (tenant, badge.program), &new, false).await?;
    new.name.trim().clone_into(&mut badge.name);
    new.description.trim().clone_into(&mut badge.description);
    badge.unit = unit_text(&new.unit);
    badge.quantity = new.quantity.max(0);
    badge.active = new.active;
    store::update(&mut tx, &badge).await?;
    note(&mut tx, app, actor, &badge, "badge.changed").await?;
    tx.commit().await?;
    Ok(badge)
}

fn unit_text(text: &str) -> String {
    unit_of(text).map_or_else(String::new, |unit| unit.as_str().to_owned())
}

async fn check(
    tx: &mut Tx,
    of: (TenantId, ProgramId),
    new: &NewBadge,
    whole: bool,
) -> Result<(), AppError> {
    let unlocks = !new.unit.trim().is_empty();
    let known = match unit_of(&new.unit).filter(|_| unlocks) {
        Some(unit) => comity_store::perk::by_unit(tx, of, &unit).await?.is_some(),
        None => !unlocks,
    };
    let checks = [
        (new.name.trim().is_empty(), "name", "required"),
        (new.name.chars().count() > MAX_NAME, "name", "too_long"),
        (
            new.description.chars().count() > MAX_DESCRIPTION,
            "description",
            "too_long",
        ),
        (
            whole && !MEASURES.contains(&new.measure.as_str()),
            "measure",
            "not_a_choice",
        ),
        (whole && new.threshold <= 0, "threshold", "not_positive"),
        (!known, "unit", "not_a_choice"),
        (
            unlocks && !(1..=1_000).contains(&new.quantity),
            "quantity",
            "out_of_range",
        ),
    ];
    let errors: Vec<FieldError> = checks
        .into_iter()
        .filter(|(wrong, _, _)| *wrong)
        .map(|(_, field, code)| FieldError::new(field, code))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(AppError::Invalid(errors))
    }
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    badge: &Badge,
    action: &'static str,
) -> Result<(), AppError> {
    let label = badge.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "badge",
        object_id: &label,
        detail: json!({
            "name": badge.name, "measure": badge.measure, "threshold": badge.threshold,
            "unit": badge.unit, "quantity": badge.quantity, "active": badge.active,
        }),
    };
    audit::record(tx, app, actor, entry).await
}

fn value(badge: &Badge, totals: &Totals) -> i64 {
    match badge.measure.as_str() {
        "revenue" => totals.revenue_minor,
        "commission" => totals.commission_minor,
        "new_customers" => totals.new_customers,
        _ => totals.events,
    }
}

async fn since_joining(tx: &mut Tx, of: &Enrollment, now: Timestamp) -> Result<Totals, AppError> {
    let query = CounterQuery {
        owner: Owner::Membership(of.id),
        from: Timestamp::from_micros(0),
        to: now.plus(1),
        kinds: String::new(),
        rule: String::new(),
    };
    Ok(totals(tx, of.tenant, &query).await?)
}

/// Gives a membership the badges it has reached, in the caller's transaction.
pub(crate) async fn award(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<(), AppError> {
    let Some(enrollment) = partner::enrollment(tx, tenant, id).await? else {
        return Ok(());
    };
    let open = store::open_to(tx, tenant, enrollment.program, id).await?;
    if open.is_empty() || !enrollment.status.earns() {
        return Ok(());
    }
    let totals = since_joining(tx, &enrollment, app.now()).await?;
    for badge in open {
        let total = value(&badge, &totals);
        if total >= badge.threshold {
            reached(tx, app, &enrollment, &badge, total).await?;
        }
    }
    Ok(())
}

/// The key of the one grant that a badge gives a membership.
fn key_of(badge: BadgeId, enrollment: EnrollmentId) -> String {
    format!("badge/{badge}/{enrollment}")
}

/// After a refund: a badge stays, but what it unlocked is handed over only while its total
/// stands. What was handed over stays too.
pub(crate) async fn follow(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<(), AppError> {
    let earned = store::of_enrollment(tx, tenant, id).await?;
    let Some(enrollment) = partner::enrollment(tx, tenant, id).await? else {
        return Ok(());
    };
    if earned.is_empty() {
        return Ok(());
    }
    let totals = since_joining(tx, &enrollment, app.now()).await?;
    for badge in store::list(tx, tenant, Some(enrollment.program)).await? {
        if !earned.iter().any(|award| award.badge == badge.id) {
            continue;
        }
        let lost = value(&badge, &totals) < badge.threshold;
        unlock(tx, app, &enrollment, &badge, lost).await?;
    }
    Ok(())
}

/// Takes back what a badge unlocked and nobody has received (`lost`), or gives it again.
async fn unlock(
    tx: &mut Tx,
    app: &App,
    enrollment: &Enrollment,
    badge: &Badge,
    lost: bool,
) -> Result<(), AppError> {
    if badge.unit.is_empty() {
        return Ok(());
    }
    let key = key_of(badge.id, enrollment.id);
    match comity_store::perk::by_key(tx, enrollment.tenant, &key).await? {
        Some(grant) => settle::turn(tx, app, grant, lost).await,
        None => Ok(()),
    }
}

async fn reached(
    tx: &mut Tx,
    app: &App,
    enrollment: &Enrollment,
    badge: &Badge,
    total: i64,
) -> Result<(), AppError> {
    let award = Award {
        badge: badge.id,
        total,
        awarded_at: app.now(),
    };
    if !store::award(tx, (enrollment.tenant, enrollment.id), &award).await? {
        return unlock(tx, app, enrollment, badge, false).await;
    }
    let happened = Happened {
        tenant: enrollment.tenant,
        program: Some(enrollment.program),
        partner: Some(enrollment.partner),
        kind: "badge.awarded",
        body: json!({
            "badge": badge.id, "name": badge.name, "partner": enrollment.partner,
            "measure": badge.measure, "threshold": badge.threshold, "total": total,
        }),
    };
    emit(tx, app, &happened).await?;
    let Some(unit) = unit_of(&badge.unit) else {
        return Ok(());
    };
    let label = badge.id.to_string();
    let gift = Gift {
        to: (enrollment.program, enrollment.id, enrollment.partner),
        event: None,
        units: (unit, badge.quantity),
        source: "badge",
        rule: &label,
        key: key_of(badge.id, enrollment.id),
        explain: String::new(),
        note: "",
        at: app.now(),
    };
    hand_out(tx, app, enrollment.tenant, gift).await?;
    Ok(())
}

/// Looks at every membership of a program again, in short transactions.
pub async fn look_again(app: &App, tenant: TenantId, of: ProgramId) -> Result<(), AppError> {
    let mut after = EnrollmentId(comity_domain::RawId([0; 16]));
    loop {
        let mut tx = app.store.write().await?;
        let page = recruit::earning_in(&mut tx, (tenant, of), after, BATCH).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = *last;
        for id in &page {
            award(&mut tx, app, tenant, *id).await?;
        }
        tx.commit().await?;
    }
}

/// A badge as one partner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The badge.
    pub badge: Badge,
    /// The partner's total now.
    pub total: i64,
    /// When it was earned, if it was.
    pub awarded_at: Option<Timestamp>,
}

/// The badges of a membership: earned, and still to earn.
pub(crate) async fn progress_of(
    tx: &mut Tx,
    enrollment: &Enrollment,
    now: Timestamp,
) -> Result<Vec<Progress>, AppError> {
    let all = store::list(tx, enrollment.tenant, Some(enrollment.program)).await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let earned = store::of_enrollment(tx, enrollment.tenant, enrollment.id).await?;
    let totals = since_joining(tx, enrollment, now).await?;
    let rows = all.into_iter().filter_map(|badge| {
        let award = earned.iter().find(|award| award.badge == badge.id);
        (badge.active || award.is_some()).then(|| Progress {
            total: value(&badge, &totals),
            awarded_at: award.map(|award| award.awarded_at),
            badge,
        })
    });
    Ok(rows.collect())
}

/// The badges of a membership, for the team.
pub async fn progress(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
) -> Result<Vec<Progress>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let enrollment = partner::enrollment(&mut tx, tenant, id).await?;
    let enrollment = enrollment.ok_or(AppError::NotFound("partner"))?;
    progress_of(&mut tx, &enrollment, app.now()).await
}
