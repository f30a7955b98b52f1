//! Which rewards are bonuses, and that each is given once per partner, rule and occasion (H9, H10).

use comity_domain::commission::{
    Beneficiary, Condition, Explanation, Facts, Milestone, Period, Reward, RewardKind, RewardSpec,
    Rule, RuleSet, StepKind,
};
use comity_domain::ledger::lifecycle::CommissionStatus;
use comity_domain::{EnrollmentId, Money, TenantId, Timestamp};
use comity_store::commission::Commission;
use comity_store::{Tx, commission, perk};

use crate::AppError;

/// The rule that gave a reward.
pub(super) fn rule_of<'a>(set: &'a RuleSet, reward: &Reward) -> Option<&'a Rule> {
    set.rules.iter().find(|rule| rule.id == reward.rule)
}

/// What a reward is booked as: `commission`, `bonus`, `instalment` or `recruiter`.
pub(super) fn kind_of(set: &RuleSet, reward: &Reward) -> &'static str {
    if reward.beneficiary == Beneficiary::Recruiter {
        return "recruiter";
    }
    match rule_of(set, reward) {
        None => "commission",
        Some(rule) => match &rule.reward {
            RewardSpec::Milestone(_) => "bonus",
            RewardSpec::Instalments(_) => "instalment",
            RewardSpec::Flat(_) if is_starter(&rule.when) || is_idle(&rule.when) => "bonus",
            _ => "commission",
        },
    }
}

/// The condition asks for a partner without any result so far: it can hold once only.
fn is_starter(when: &Condition) -> bool {
    match when {
        Condition::All(parts) => parts.iter().any(is_starter),
        Condition::PartnerTotal { period, range, .. } => {
            *period == Period::Lifetime && range.at_most == Some(0)
        }
        _ => false,
    }
}

fn is_idle(when: &Condition) -> bool {
    match when {
        Condition::All(parts) => parts.iter().any(is_idle),
        Condition::PartnerIdleDays(_) => true,
        _ => false,
    }
}

/// What the rules give for the first sale after so many days without one.
pub(crate) fn idle_bonus(set: &RuleSet, days: i64) -> Option<Money> {
    fn holds(when: &Condition, days: i64) -> bool {
        match when {
            Condition::All(parts) => parts.iter().any(|part| holds(part, days)),
            Condition::PartnerIdleDays(range) => range.contains(days),
            _ => false,
        }
    }
    set.rules.iter().find_map(|rule| match &rule.reward {
        RewardSpec::Flat(amount) if holds(&rule.when, days) => Some(*amount),
        _ => None,
    })
}

/// True when a bonus was given on this occasion before and still stands: a refund in between
/// may bring the same total about a second time. Where an event is decided again, `again` is
/// what of it stands: that and what came later is no occasion before.
pub(super) async fn given_before(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    rule: &Rule,
    (reward, explanation): (&Reward, &Explanation),
    again: Option<&[Commission]>,
) -> Result<bool, AppError> {
    let facts = &explanation.inputs;
    let (period, due) = match &rule.reward {
        RewardSpec::Milestone(milestone) => (
            milestone.period,
            due(milestone, facts, explanation, &rule.id),
        ),
        RewardSpec::Flat(_) if is_starter(&rule.when) => (Period::Lifetime, 1),
        _ => return Ok(false),
    };
    let (from, mut end) = period.bounds(facts.at, &facts.zone);
    let mut own = 0;
    if let Some(standing) = again {
        end = end.min(facts.at.plus(1));
        let counts = |one: &&Commission| {
            use CommissionStatus::{Rejected, Reversed};
            one.rule == rule.id
                && one.enrollment == enrollment
                && !matches!(one.book.status(), Rejected | Reversed)
        };
        own = i64::try_from(standing.iter().filter(counts).count()).unwrap_or(i64::MAX);
    }
    let given = standing(tx, (tenant, enrollment), reward, (from, end)).await?;
    Ok(given - own >= due)
}

/// How many times the milestone is due in its period with this event.
fn due(milestone: &Milestone, facts: &Facts, explanation: &Explanation, rule: &str) -> i64 {
    if !milestone.repeat {
        return 1;
    }
    let times = explanation.steps.iter().find_map(|step| match step.kind {
        StepKind::Reached { times, .. } if step.rule == rule => Some(times),
        _ => None,
    });
    let before = facts
        .totals
        .0
        .iter()
        .find(|(counter, _)| {
            counter.measure == milestone.measure && counter.period == milestone.period
        })
        .map_or(0, |(_, value)| *value);
    before.max(0) / milestone.at.max(1) + times.unwrap_or(1)
}

async fn standing(
    tx: &mut Tx,
    of: (TenantId, EnrollmentId),
    reward: &Reward,
    window: (Timestamp, Timestamp),
) -> Result<i64, AppError> {
    Ok(match reward.kind {
        RewardKind::Cash => commission::standing(tx, of, &reward.rule, window).await?,
        RewardKind::Perk { .. } => perk::standing(tx, of, &reward.rule, window).await?,
    })
}
