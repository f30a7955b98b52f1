//! Deciding an event again: rules that were published for the past, or an order that was edited.
//!
//! What comes out differently is taken back whole and booked anew under its own explanation;
//! what was booked before stays in the books. The guard of acquisition costs and the bonuses
//! given before are asked as if the event were new. What is not money stays as it was given.

use std::collections::BTreeSet;

use comity_domain::attribution::EnrollmentShare;
use comity_domain::commission::{Facts, Outcome, RuleSet, evaluate};
use comity_domain::ledger::lifecycle::{Change, Decision};
use comity_domain::ledger::{HoldReason, ReversalReason};
use comity_domain::{Actor, CommissionId, EnrollmentId, EventId, TenantId};
use comity_store::commission::decided::{self, Decided};
use comity_store::commission::{self as store, Commission};
use comity_store::program::{self, Policy};
use comity_store::{Tx, event, fraud};
use serde_json::{Value, json};

use super::book::{Draft, Under, announce, book, cash, count, draft};
use super::guard::{Ruling, watch_again};
use super::{accrue, apply, bonus, facts};
use crate::attribution::{Case, stored_decision};
use crate::event::{Happened, emit};
use crate::{App, AppError};

/// Why an event is decided again.
#[derive(Clone, Copy)]
pub(crate) struct Cause {
    /// What the partner reads.
    pub(crate) reason: ReversalReason,
    /// The event that brought it about: each takes a commission back once.
    pub(crate) by: EventId,
}

/// What one membership's rules were asked, and what they answer now.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) policy: &'a Policy,
    pub(super) set: &'a RuleSet,
    pub(super) row: &'a Decided,
    pub(super) outcome: &'a Outcome,
}

/// Brings the commissions of an order to what its rules say to the order as it is now. Each
/// membership is decided under the version and with the counters that decided it first.
pub(crate) async fn order_changed(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    cause: Cause,
) -> Result<(), AppError> {
    let tenant = case.event.tenant;
    for mut row in decided::of_event(tx, tenant, case.event.id).await? {
        let gone = || AppError::Internal("a version of rules is gone".to_owned());
        let policy = program::policy(tx, tenant, row.policy)
            .await?
            .ok_or_else(gone)?;
        let unread = |error: serde_json::Error| {
            AppError::Internal(format!("a stored decision does not read back: {error}"))
        };
        let set: RuleSet = serde_json::from_str(&policy.body_json).map_err(unread)?;
        let mut known: Facts = serde_json::from_str(&row.facts_json).map_err(unread)?;
        known.net = case.counted();
        (known.gross, known.items) = facts::amounts(case)?;
        let outcome =
            evaluate(&set, &known).map_err(|error| AppError::Internal(error.to_string()))?;
        let cost = outcome.cost();
        row.facts_json = serde_json::to_string(&known).map_err(unread)?;
        row.cost_minor = cost
            .map_err(|error| AppError::Internal(error.to_string()))?
            .minor;
        let asked = Asked {
            policy: &policy,
            set: &set,
            row: &row,
            outcome: &outcome,
        };
        again(tx, app, case, cause, asked).await?;
        decided::put(tx, tenant, &row).await?;
    }
    Ok(())
}

/// Brings one membership's commissions of an event to what the rules answer now.
pub(super) async fn again(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    cause: Cause,
    asked: Asked<'_>,
) -> Result<(), AppError> {
    let tenant = case.event.tenant;
    let gone = || AppError::Internal("a decided event is gone".to_owned());
    let (standing, others) = standing(tx, tenant, asked.row).await?;
    let words = stored_decision(tx, tenant, case.event.id)
        .await?
        .ok_or_else(gone)?;
    let decision = event::decision(tx, tenant, case.event.id)
        .await?
        .ok_or_else(gone)?;
    let shares = words.shares();
    let own = shares
        .iter()
        .find(|share| share.enrollment == asked.row.enrollment);
    let known = (standing.as_slice(), others.as_slice());
    let drafts = drafts(tx, app, case, asked, own.ok_or_else(gone)?, known).await?;
    if same(&standing, &drafts) {
        return Ok(());
    }
    let under = Under {
        decision: decision.id,
        policy: asked.policy,
        new_customer: asked.outcome.explanation.inputs.customer.is_new,
    };
    let carried = Carried::of(&standing);
    for commission in standing {
        take_back(tx, app, case, cause, (commission, asked.policy.version)).await?;
    }
    for draft in drafts {
        let ruling = draft.ruling;
        let commission = book(tx, app, case, under, draft).await?;
        announce(tx, app, &Actor::System { tenant }, case, &commission).await?;
        carried.onto(tx, app, commission, ruling).await?;
    }
    Ok(())
}

/// The commissions an event earned for this membership and that were not taken back, and the
/// event's others.
pub(super) async fn standing(
    tx: &mut Tx,
    tenant: TenantId,
    row: &Decided,
) -> Result<(Vec<Commission>, Vec<Commission>), AppError> {
    let mut all = store::of_event(tx, tenant, row.event).await?;
    all.retain(|one| one.kind != "replaced");
    Ok(all
        .into_iter()
        .partition(|one| asked_for(one) == Some(row.enrollment)))
}

/// For which membership the rules were asked; a recruiter's commission is booked to another.
fn asked_for(commission: &Commission) -> Option<EnrollmentId> {
    let explanation: Value = serde_json::from_str(&commission.explain_json).ok()?;
    let id = explanation.pointer("/inputs/partner/enrollment")?.clone();
    serde_json::from_value(id).ok()
}

/// What is to be booked, after the bonuses given before and the guard were asked.
async fn drafts<'a>(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    asked: Asked<'a>,
    share: &EnrollmentShare,
    (standing, others): (&[Commission], &[Commission]),
) -> Result<Vec<Draft<'a>>, AppError> {
    let explanation = &asked.outcome.explanation;
    let mut watch = watch_again(tx, case, standing, others).await?;
    let mut drafts = Vec::new();
    for reward in cash(asked.outcome) {
        let Some(earner) = accrue::earner(tx, case, share, reward).await? else {
            continue;
        };
        let what = (reward, explanation);
        if let Some(rule) = bonus::rule_of(asked.set, reward) {
            let of = (case.event.tenant, earner.0);
            if bonus::given_before(tx, of, rule, what, Some(standing)).await? {
                continue;
            }
        }
        let first = drafts.is_empty() && explanation.inputs.customer.is_new;
        let watch = watch.as_mut().map(|(watch, open)| (watch, first && *open));
        drafts.push(draft(tx, app, case, asked.set, what, earner, watch).await?);
    }
    Ok(drafts)
}

/// True when the same would be booked again, to the cent.
fn same(standing: &[Commission], drafts: &[Draft<'_>]) -> bool {
    let mut before: Vec<(&str, EnrollmentId, i64, bool)> = standing
        .iter()
        .map(|one| {
            let amount = one.book.amount.minor;
            (one.rule.as_str(), one.enrollment, amount, by_guard(one))
        })
        .collect();
    let mut after: Vec<(&str, EnrollmentId, i64, bool)> = drafts
        .iter()
        .map(|draft| {
            let declined = draft.ruling == Ruling::Declined;
            let rule = draft.reward.rule.as_str();
            (rule, draft.enrollment, draft.amount.minor, declined)
        })
        .collect();
    before.sort_unstable();
    after.sort_unstable();
    before == after
}

/// The guard of acquisition costs declined it.
fn by_guard(one: &Commission) -> bool {
    one.book.decision == Decision::Rejected && one.reason_code == ReversalReason::CacGuard.code()
}

/// Reverses all of a commission, in any payout state, and notes why.
async fn take_back(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    cause: Cause,
    (mut commission, version): (Commission, i64),
) -> Result<(), AppError> {
    let (left, uncounted) = (commission.book.net(), by_guard(&commission));
    if left.is_positive() {
        let broken = |error: comity_domain::ledger::lifecycle::ChangeError| {
            AppError::Internal(error.to_string())
        };
        let (book, movement) = commission
            .book
            .after(Change::Reverse(left))
            .map_err(broken)?;
        commission.book = book;
        super::post_movement(tx, app, &commission, movement, Some(cause.by)).await?;
    }
    cause.reason.code().clone_into(&mut commission.reason_code);
    commission.reason_text.clear();
    commission.updated_at = app.now();
    store::update(tx, &commission).await?;
    store::replace(tx, commission.tenant, commission.id).await?;
    if !uncounted {
        count(tx, case, commission.enrollment, left.minor.saturating_neg()).await?;
    }
    let happened = Happened {
        tenant: commission.tenant,
        program: Some(commission.program),
        partner: Some(commission.partner),
        kind: "commission.reversed",
        body: json!({
            "commission": commission.id, "partner": commission.partner, "amount_minor": left.minor,
            "currency": left.currency, "event": case.event.external_id, "reason": cause.reason.code(),
            "version": version,
        }),
    };
    emit(tx, app, &happened).await
}

/// What people and signals said about the commissions that are taken back: it goes on to the
/// new ones.
struct Carried {
    holds: BTreeSet<HoldReason>,
    judged: Vec<Judged>,
}

struct Judged {
    id: CommissionId,
    rule: String,
    enrollment: EnrollmentId,
    decision: Decision,
    reason: (String, String),
}

impl Carried {
    fn of(standing: &[Commission]) -> Self {
        let all = standing.iter().flat_map(|one| &one.book.holds).copied();
        // The refund period and the guard are asked anew.
        let anew = [HoldReason::RefundWindow, HoldReason::CacGuard];
        let judged = standing.iter().filter(|one| !by_guard(one));
        Self {
            holds: all.filter(|hold| !anew.contains(hold)).collect(),
            judged: judged
                .map(|one| Judged {
                    id: one.id,
                    rule: one.rule.clone(),
                    enrollment: one.enrollment,
                    decision: one.book.decision,
                    reason: (one.reason_code.clone(), one.reason_text.clone()),
                })
                .collect(),
        }
    }

    async fn onto(
        &self,
        tx: &mut Tx,
        app: &App,
        mut commission: Commission,
        ruling: Ruling,
    ) -> Result<(), AppError> {
        if ruling == Ruling::Declined {
            return Ok(());
        }
        for hold in &self.holds {
            apply(tx, app, &mut commission, Change::Hold(*hold)).await?;
        }
        let before = self.judged.iter().find(|before| {
            before.rule == commission.rule && before.enrollment == commission.enrollment
        });
        if let Some(before) = before {
            match before.decision {
                Decision::Rejected => {
                    apply(tx, app, &mut commission, Change::Reject).await?;
                    (commission.reason_code, commission.reason_text) = before.reason.clone();
                }
                Decision::Approved if ruling != Ruling::Waits => {
                    approved(tx, app, &mut commission).await?;
                }
                Decision::Approved | Decision::Pending => {}
            }
            fraud::move_case(tx, (commission.tenant, before.id), commission.id).await?;
        }
        Ok(store::update(tx, &commission).await?)
    }
}

/// It was approved before its refund period ended, so it is approved again.
async fn approved(tx: &mut Tx, app: &App, commission: &mut Commission) -> Result<(), AppError> {
    if commission.book.holds.contains(&HoldReason::RefundWindow) {
        apply(
            tx,
            app,
            commission,
            Change::Unhold(HoldReason::RefundWindow),
        )
        .await?;
        commission.hold_until = None;
    }
    if commission.book.decision == Decision::Pending {
        apply(tx, app, commission, Change::Approve).await?;
    }
    Ok(())
}
