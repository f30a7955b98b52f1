//! The guard over the cost of a customer, asked before a commission is booked (K2).

use comity_domain::Money;
use comity_domain::commission::{Explanation, Step, StepKind};
use comity_domain::kpi::{CacAction, CacDecision, CacGuard, CacReason, CacState, decide_cac};
use comity_domain::ledger::ReversalReason;
use comity_domain::ledger::lifecycle::CommissionStatus;
use comity_store::Tx;
use comity_store::commission::Commission;
use comity_store::cost::{self as store, Alert};
use serde_json::json;

use crate::attribution::Case;
use crate::event::{Happened, emit};
use crate::{App, AppError, kpi};

/// The guard of a program with the month of one event, kept up to date while its
/// commissions are booked.
pub(super) struct Watch {
    guard: CacGuard,
    state: CacState,
    month: String,
}

/// The watch over an event's month; none when the program has no guard.
pub(super) async fn watch(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
) -> Result<Option<Watch>, AppError> {
    let program = case.program;
    let Some(guard) = kpi::in_force(tx, program).await? else {
        return Ok(None);
    };
    let at = case.event.occurred_at;
    let (from, end) = program.zone.month_of(at);
    // The event itself is not booked yet, so the month up to this instant is without it.
    let until = app.now().clamp(at.plus(1), end.max(at.plus(1)));
    let state = kpi::state(tx, program, (from, until)).await?;
    Ok(Some(Watch::new(guard, state, case)))
}

/// The watch over an event that is decided again: its month until then, without what of the
/// event stands. Answers as well whether the event has yet to win its customer, which `others`
/// of its commissions may have done.
pub(super) async fn watch_again(
    tx: &mut Tx,
    case: &Case<'_>,
    standing: &[Commission],
    others: &[Commission],
) -> Result<Option<(Watch, bool)>, AppError> {
    let program = case.program;
    let Some(guard) = kpi::in_force(tx, program).await? else {
        return Ok(None);
    };
    let at = case.event.occurred_at;
    let (from, _) = program.zone.month_of(at);
    let mut state = kpi::state(tx, program, (from, at.plus(1))).await?;
    for one in standing {
        if one.book.status() != CommissionStatus::Rejected {
            let costs = &mut state.costs;
            costs.commissions = costs
                .commissions
                .sub(one.book.net())
                .map_err(kpi::overflow)?;
        }
    }
    let open = !others.iter().any(won_customer);
    if open && standing.iter().any(won_customer) {
        state.new_customers -= 1;
    }
    Ok(Some((Watch::new(guard, state, case), open)))
}

/// The commission counts a new customer, as `comity_store::cost::spent` counts them.
fn won_customer(one: &Commission) -> bool {
    let declined = one.reason_code == ReversalReason::CacGuard.code();
    one.new_customer
        && one.kind != "recruiter"
        && match one.book.status() {
            CommissionStatus::Reversed => false,
            CommissionStatus::Rejected => declined,
            CommissionStatus::Pending | CommissionStatus::Approved | CommissionStatus::Paid => true,
        }
}

impl Watch {
    fn new(guard: CacGuard, state: CacState, case: &Case<'_>) -> Self {
        let day = case.event.occurred_at.date_in(&case.program.zone);
        Self {
            guard,
            state,
            month: day.strftime("%Y-%m").to_string(),
        }
    }

    /// What the guard says to a commission, counted as if it were booked so.
    pub(super) fn judge(
        &mut self,
        commission: Money,
        new_customer: bool,
    ) -> Result<CacDecision, AppError> {
        let decision = decide_cac(&self.guard, &self.state, commission, new_customer)
            .map_err(kpi::overflow)?;
        let costs = &mut self.state.costs;
        costs.commissions = costs.commissions.add(decision.pay).map_err(kpi::overflow)?;
        self.state.new_customers += i64::from(new_customer);
        Ok(decision)
    }

    /// Says once a month that the cost of a customer is near or above the allowable.
    pub(super) async fn warn(
        &self,
        tx: &mut Tx,
        app: &App,
        case: &Case<'_>,
        decision: &CacDecision,
    ) -> Result<(), AppError> {
        let (level, kind) = match decision.reason {
            CacReason::Near => ("near", "cac.near"),
            CacReason::Above => ("above", "cac.above"),
            CacReason::Within | CacReason::TooFewCustomers => return Ok(()),
        };
        let (program, allowable) = (case.program, decision.allowable);
        let alert = Alert {
            month: self.month.clone(),
            level: level.to_owned(),
            cac_minor: decision.cac.map_or(0, |cac| cac.minor),
            allowable_minor: allowable.minor,
            currency: allowable.currency,
            at: app.now(),
        };
        if !store::alert(tx, (program.tenant, program.id), &alert).await? {
            return Ok(());
        }
        let happened = Happened {
            tenant: program.tenant,
            program: Some(program.id),
            partner: None,
            kind,
            body: json!({
                "program": program.id, "month": alert.month, "amount_minor": alert.cac_minor,
                "cac_minor": alert.cac_minor, "allowable_minor": alert.allowable_minor,
                "currency": alert.currency,
            }),
        };
        emit(tx, app, &happened).await
    }
}

/// What became of a commission under the guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    /// It is booked as the rules say.
    Stands,
    /// It waits for a person.
    Waits,
    /// So much of it is booked.
    Cut(Money),
    /// Nothing is left: it is booked and declined, so that its partner can read why.
    Declined,
}

/// The ruling of a decision.
pub(super) fn ruling(decision: &CacDecision, commission: Money) -> Ruling {
    match decision.action {
        Some(CacAction::Approve) => Ruling::Waits,
        Some(CacAction::Clamp) if decision.pay.minor <= 0 => Ruling::Declined,
        Some(CacAction::Clamp) if decision.pay.minor < commission.minor => {
            Ruling::Cut(decision.pay)
        }
        _ => Ruling::Stands,
    }
}

/// The explanation with what the guard took away, so that the steps sum to what is booked.
pub(super) fn explained(
    explanation: &Explanation,
    (rule, commission): (&str, Money),
    decision: &CacDecision,
) -> Result<Explanation, AppError> {
    let mut all = explanation.clone();
    all.steps.push(Step {
        rule: rule.to_owned(),
        amount: decision.pay.sub(commission).map_err(kpi::overflow)?,
        kind: StepKind::CacGuard {
            cac: decision.cac,
            allowable: decision.allowable,
        },
    });
    Ok(all)
}
