//! Fixed sums of hybrid deals, booked on their day in the program's time zone (H4, K6).

use std::collections::BTreeSet;

use comity_domain::commission::{
    Beneficiary, EventKind, Facts, InstalmentRef, Outcome, RewardKind, RuleSet, Scope, evaluate,
    hold_until, instalments_due,
};
use comity_domain::ledger::lifecycle::{Change, CommissionBook};
use comity_domain::ledger::{HoldReason, recipe};
use comity_domain::partner::Enrollment;
use comity_domain::program::Program;
use comity_domain::{EnrollmentId, Money, ProgramId, RawId, TenantId, Timestamp, Zone};
use comity_store::click::{self, Counts};
use comity_store::commission::{self as store, Commission};
use comity_store::program::Policy;
use comity_store::{Tx, agreement, ledger, partner, program, recruit};
use serde_json::json;

use super::counter::{Whose, counters};
use super::facts::partner_facts;
use super::{earning, post_movement, stamp};
use crate::event::{Happened, emit};
use crate::program::PolicyKind;
use crate::{App, AppError};

/// Memberships looked at per read.
const BATCH: i64 = 500;

/// A program with the rules in force.
type Deal = (Program, Policy, RuleSet);

/// Books every instalment that is due and was not booked; answers how many. Runs as often as
/// one likes: each is booked once.
pub async fn book_instalments(app: &App) -> Result<usize, AppError> {
    let mut after = EnrollmentId(RawId([0; 16]));
    let mut deal: Option<(TenantId, ProgramId, Option<Deal>)> = None;
    let mut booked = 0;
    loop {
        let mut tx = app.store.read().await?;
        let page = recruit::earning(&mut tx, after, BATCH).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(booked);
        };
        after = last.2;
        for (tenant, of, id) in &page {
            if !matches!(&deal, Some((t, p, _)) if t == tenant && p == of) {
                deal = Some((*tenant, *of, terms(app, *tenant, *of).await?));
            }
            if let Some((_, _, Some((program, policy, set)))) = &deal {
                booked += one(app, program, policy, set, *id).await?;
            }
        }
    }
}

/// The program with its rules, if they have dated instalments.
async fn terms(app: &App, tenant: TenantId, of: ProgramId) -> Result<Option<Deal>, AppError> {
    let mut tx = app.store.read().await?;
    let kind = PolicyKind::Commission.code();
    let (Some(program), Some(policy)) = (
        program::get(&mut tx, tenant, of).await?,
        program::current_policy(&mut tx, tenant, of, kind).await?,
    ) else {
        return Ok(None);
    };
    let set: RuleSet = serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored rules do not read back: {error}")))?;
    let ever = Timestamp::from_micros(i64::MAX);
    let any = !instalments_due(&set, |_| Some(Timestamp::from_micros(0)), ever).is_empty();
    Ok(any.then_some((program, policy, set)))
}

/// The beginning of the day, as if days had no clock changes: instalments count calendar days.
fn day(at: Timestamp, zone: &Zone) -> Timestamp {
    Zone::utc().start_of(at.date_in(zone))
}

async fn one(
    app: &App,
    program: &Program,
    policy: &Policy,
    set: &RuleSet,
    id: EnrollmentId,
) -> Result<usize, AppError> {
    let mut tx = app.store.read().await?;
    let Some(enrollment) = partner::enrollment(&mut tx, program.tenant, id).await? else {
        return Ok(0);
    };
    let Some(since) = enrollment.approved_at else {
        return Ok(0);
    };
    let agreed = agreement::in_force(&mut tx, program.tenant, id, app.now()).await?;
    let started = |scope: Scope| match (scope, &agreed) {
        (Scope::Agreement(own), Some(agreed)) if own == agreed.id => {
            Some(day(agreed.starts_at, &program.zone))
        }
        (Scope::Agreement(_), _) => None,
        _ => Some(day(since, &program.zone)),
    };
    let mut open = Vec::new();
    for due in instalments_due(set, started, day(app.now(), &program.zone)) {
        let of = (program.tenant, id);
        if !recruit::booked(&mut tx, of, (&due.rule, due.number)).await? {
            open.push(due);
        }
    }
    drop(tx);
    let mut booked = 0;
    for due in open {
        let mut tx = app.store.write().await?;
        crate::ledger::lock(&mut tx, program.id).await?;
        if book(&mut tx, app, (program, policy, set), &enrollment, due).await? {
            tx.commit().await?;
            app.announce(program.tenant, "commission");
            booked += 1;
        }
    }
    Ok(booked)
}

async fn book(
    tx: &mut Tx,
    app: &App,
    (program, policy, set): (&Program, &Policy, &RuleSet),
    enrollment: &Enrollment,
    due: InstalmentRef,
) -> Result<bool, AppError> {
    let key = (due.rule.clone(), due.number);
    let facts = facts(tx, app.now(), program, set, enrollment, due).await?;
    let outcome = evaluate(set, &facts).map_err(|error| AppError::Internal(error.to_string()))?;
    let Some((amount, after_hold)) = sum(&outcome, &key.0) else {
        return Ok(false);
    };
    let commission = row(
        app,
        (program, policy),
        enrollment,
        &outcome,
        (amount, after_hold),
        &key.0,
    )?;
    let of = (program.tenant, enrollment.id);
    if !recruit::book(tx, of, (&key.0, key.1), commission.id, app.now()).await? {
        return Ok(false);
    }
    post(tx, app, program, commission).await?;
    Ok(true)
}

/// What the instalment comes to, and whether it waits for the hold.
fn sum(outcome: &Outcome, rule: &str) -> Option<(Money, bool)> {
    outcome
        .rewards
        .iter()
        .find(|reward| {
            reward.rule == rule
                && reward.beneficiary == Beneficiary::Partner
                && reward.kind == RewardKind::Cash
                && reward.amount.is_positive()
        })
        .map(|reward| (reward.amount, reward.due_after_hold))
}

async fn facts(
    tx: &mut Tx,
    at: Timestamp,
    program: &Program,
    set: &RuleSet,
    enrollment: &Enrollment,
    due: InstalmentRef,
) -> Result<Facts, AppError> {
    let mut facts = Facts::sale(Money::zero(program.currency), at, program.zone.clone());
    facts.kind = EventKind::Instalment;
    facts.instalment = Some(due);
    facts.partner = partner_facts(tx, program, enrollment, at).await?;
    let whose = Whose {
        program,
        enrollment: Some(enrollment.id),
        customer: None,
        at,
    };
    facts.totals = counters(tx, set, &EventKind::Instalment, whose).await?;
    Ok(facts)
}

fn row(
    app: &App,
    (program, policy): (&Program, &Policy),
    enrollment: &Enrollment,
    outcome: &Outcome,
    (amount, after_hold): (Money, bool),
    rule: &str,
) -> Result<Commission, AppError> {
    let now = app.now();
    let days = if after_hold {
        program.settings.hold_days
    } else {
        0
    };
    let until = hold_until(now, days);
    let held = until > now;
    let mut holds = BTreeSet::new();
    if held {
        holds.insert(HoldReason::RefundWindow);
    }
    Ok(Commission {
        id: app.id(),
        tenant: program.tenant,
        program: program.id,
        enrollment: enrollment.id,
        partner: enrollment.partner,
        event: None,
        decision: None,
        customer: None,
        policy: Some(policy.id),
        kind: "instalment".to_owned(),
        event_kind: "instalment".to_owned(),
        new_customer: false,
        rule: rule.to_owned(),
        basis: Money::zero(program.currency),
        book: CommissionBook::accrued(amount, holds),
        hold_until: held.then_some(until),
        reason_code: String::new(),
        reason_text: String::new(),
        explain_json: serde_json::to_string(&outcome.explanation)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        payout: None,
        occurred_at: now,
        created_at: now,
        updated_at: now,
    })
}

async fn post(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    mut commission: Commission,
) -> Result<(), AppError> {
    let (tenant, amount) = (commission.tenant, commission.book.amount);
    let journal = recipe::accrue(stamp(app, app.now()), &earning(&commission), amount)
        .map_err(super::broken)?;
    ledger::post(tx, tenant, &journal).await?;
    if commission.book.holds.is_empty() {
        let (book, movement) = commission
            .book
            .after(Change::Approve)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        commission.book = book;
        post_movement(tx, app, &commission, movement, None).await?;
    }
    store::insert(tx, &commission).await?;
    let day = commission.occurred_at.date_in(&program.zone).to_string();
    let counts = Counts {
        commission_minor: amount.minor,
        ..Counts::default()
    };
    click::bump(
        tx,
        tenant,
        program.id,
        commission.enrollment,
        None,
        &day,
        counts,
    )
    .await?;
    let happened = Happened {
        tenant,
        program: Some(program.id),
        partner: Some(commission.partner),
        kind: "commission.created",
        body: json!({
            "commission": commission.id, "partner": commission.partner, "kind": "instalment",
            "amount_minor": amount.minor, "currency": amount.currency, "new_customer": false,
        }),
    };
    emit(tx, app, &happened).await
}
