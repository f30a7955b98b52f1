//! What a draft of the policy would have done over past conversions, before it is saved.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::fraud::{
    Policy, SignalAction, SignalKind, Verdict, VerdictAction, check_all, decide,
};
use comity_domain::program::Program;
use comity_domain::time::DAY;
use comity_domain::{Actor, Money, PartnerId, Permission, ProgramId};
use comity_store::fraud as store;
use comity_store::{Tx, commission, customer, event, program};

use super::assess::lists;
use super::facts::{Stored, gather};
use crate::attribution::stored_decision;
use crate::tracking::NewEvent;
use crate::{App, AppError, authorise};

/// Conversions looked at; more make the page slow, and the answer hardly better.
const MOST: i64 = 2_000;

/// What would have happened to some conversions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// How many.
    pub commissions: u32,
    /// What they earned.
    pub amount: Money,
    /// Of how many partners.
    pub partners: u32,
}

/// A draft over the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// Conversions that were looked at.
    pub conversions: u32,
    /// There were more: these are the newest.
    pub cut_off: bool,
    /// Held, now and under the draft.
    pub held: (Effect, Effect),
    /// Rejected, now and under the draft.
    pub rejected: (Effect, Effect),
    /// Per kind of signal: how often it was seen, and what it alone would have stopped.
    pub kinds: BTreeMap<SignalKind, (u32, Effect)>,
}

struct Tally {
    effect: Effect,
    partners: BTreeSet<PartnerId>,
}

impl Tally {
    fn new(program: &Program) -> Self {
        Self {
            effect: Effect {
                commissions: 0,
                amount: Money::zero(program.currency),
                partners: 0,
            },
            partners: BTreeSet::new(),
        }
    }

    fn add(&mut self, partner: PartnerId, amount: Money) {
        self.effect.commissions += 1;
        self.effect.amount.minor = self.effect.amount.minor.saturating_add(amount.minor);
        self.partners.insert(partner);
        self.effect.partners = u32::try_from(self.partners.len()).unwrap_or(u32::MAX);
    }
}

struct Sums {
    held: [Tally; 2],
    rejected: [Tally; 2],
    kinds: BTreeMap<SignalKind, (u32, Tally)>,
}

/// Runs the policy in force and the draft over the conversions of the last `days` days.
/// Facts are read again as of each conversion's time, so that new limits count as well.
/// Trials are taken as over: the report says what the setting does once it decides.
pub async fn replay(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    draft: &Policy,
    days: u16,
) -> Result<Replay, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    super::policy::checked(draft)?;
    let mut tx = app.store.read().await?;
    let program = program::get(&mut tx, tenant, id).await?;
    let program = program.ok_or(AppError::NotFound("program"))?;
    let now = super::policy::load(&mut tx, &program).await?.policy;
    let since = app.now().plus(-i64::from(days) * DAY);
    let mut past = store::judged(&mut tx, tenant, id, since, None, MOST + 1).await?;
    let cut_off = i64::try_from(past.len()).unwrap_or(i64::MAX) > MOST;
    past.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let mut sums = Sums {
        held: [Tally::new(&program), Tally::new(&program)],
        rejected: [Tally::new(&program), Tally::new(&program)],
        kinds: BTreeMap::new(),
    };
    let mut conversions = 0;
    for one in &past {
        let Some((before, after)) = judge(&mut tx, app, &program, one, (&now, draft)).await? else {
            continue;
        };
        conversions += 1;
        sums.count(&program, one, (&before, &after));
    }
    let [held, would_hold] = sums.held;
    let [rejected, would_reject] = sums.rejected;
    let kinds = sums.kinds.into_iter();
    Ok(Replay {
        conversions,
        cut_off,
        held: (held.effect, would_hold.effect),
        rejected: (rejected.effect, would_reject.effect),
        kinds: kinds
            .map(|(kind, (seen, tally))| (kind, (seen, tally.effect)))
            .collect(),
    })
}

impl Sums {
    fn count(&mut self, program: &Program, one: &store::Judged, verdicts: (&Verdict, &Verdict)) {
        for (index, verdict) in [verdicts.0, verdicts.1].into_iter().enumerate() {
            match verdict.action {
                VerdictAction::Hold => self.held[index].add(one.partner, one.amount),
                VerdictAction::Reject => self.rejected[index].add(one.partner, one.amount),
                VerdictAction::Clear | VerdictAction::Observe => {}
            }
        }
        for seen in &verdicts.1.contributions {
            let kind = seen.evidence.kind();
            let entry = self.kinds.entry(kind);
            let (times, tally) = entry.or_insert_with(|| (0, Tally::new(program)));
            *times += 1;
            if seen.would > SignalAction::Observe {
                tally.add(one.partner, one.amount);
            }
        }
    }
}

/// One conversion under both policies.
async fn judge(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    one: &store::Judged,
    (now, draft): (&Policy, &Policy),
) -> Result<Option<(Verdict, Verdict)>, AppError> {
    let tenant = program.tenant;
    let Some(commission) = commission::get(tx, tenant, one.commission).await? else {
        return Ok(None);
    };
    let Some(cause) = commission.event else {
        return Ok(None);
    };
    let (Some(event), Some(decision)) = (
        event::get(tx, tenant, cause).await?,
        stored_decision(tx, tenant, cause).await?,
    ) else {
        return Ok(None);
    };
    let who = match commission.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let input: Option<NewEvent> = serde_json::from_str(&event.body_json).ok();
    let metadata = input.map(|input| input.metadata).unwrap_or_default();
    let stored = Stored {
        program,
        commission: &commission,
        event: &event,
        metadata: &metadata,
        customer: who.as_ref(),
        decision: &decision,
    };
    let conversion = gather(tx, app, stored, &narrower(now, draft)).await?;
    let verdict = |policy: &Policy| {
        let seen = check_all(&conversion, policy, lists());
        decide(
            seen,
            policy,
            &BTreeSet::new(),
            comity_domain::Timestamp::from_micros(i64::MAX),
        )
    };
    Ok(Some((verdict(now), verdict(draft))))
}

/// The smaller limits of both, so that the facts of either are there.
fn narrower(now: &Policy, draft: &Policy) -> Policy {
    let mut both = draft.clone();
    let (limits, other) = (&mut both.thresholds, &now.thresholds);
    limits.velocity_events = limits.velocity_events.min(other.velocity_events);
    limits.empty_clicks = limits.empty_clicks.min(other.empty_clicks);
    limits.refund_sales = limits.refund_sales.min(other.refund_sales);
    both
}
