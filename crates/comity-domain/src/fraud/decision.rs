//! From signals to a decision.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::policy::{Policy, SignalAction, may_reject};
use super::signal::{Evidence, SignalKind};
use crate::Timestamp;

/// What happens to the commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictAction {
    /// Nothing was seen.
    Clear,
    /// Something was noted.
    Observe,
    /// It waits for a person.
    Hold,
    /// It is rejected; the partner can appeal, a person can undo it.
    Reject,
}

/// One signal's part in the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// What was seen.
    pub evidence: Evidence,
    /// What it added to the score.
    pub weight: u16,
    /// What it led to.
    pub action: SignalAction,
    /// What it would have led to, had its trial been over.
    pub would: SignalAction,
}

/// The decision on a conversion, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// What happens.
    pub action: VerdictAction,
    /// Sum of the weights.
    pub score: u32,
    /// The score held it, no single signal did.
    pub by_score: bool,
    /// The signals, in a fixed order.
    pub contributions: Vec<Contribution>,
}

/// Decides over what was seen at `now`. Kinds in `muted` were found harmless for this
/// partner and are noted without weight. More signals never lead to less.
#[must_use]
pub fn decide(
    seen: Vec<Evidence>,
    policy: &Policy,
    muted: &BTreeSet<SignalKind>,
    now: Timestamp,
) -> Verdict {
    let mut contributions: Vec<Contribution> = seen
        .into_iter()
        .map(|evidence| {
            let kind = evidence.kind();
            let setting = policy.of(kind);
            let most = if may_reject(kind) {
                SignalAction::Reject
            } else {
                SignalAction::Hold
            };
            let would = setting.action.min(most);
            let quiet = muted.contains(&kind);
            let trial = setting.trial_until.is_some_and(|until| now < until);
            let action = if quiet || trial {
                SignalAction::Observe
            } else {
                would
            };
            let weight = if quiet || trial { 0 } else { setting.weight };
            Contribution {
                evidence,
                weight,
                action,
                would,
            }
        })
        .collect();
    contributions.sort_by_key(|contribution| contribution.evidence.kind());
    let score: u32 = contributions.iter().map(|c| u32::from(c.weight)).sum();
    let single = contributions.iter().map(|c| c.action).max();
    let by_score = single == Some(SignalAction::Observe) && score >= u32::from(policy.hold_score);
    let action = match single {
        None => VerdictAction::Clear,
        Some(SignalAction::Observe) if by_score => VerdictAction::Hold,
        Some(SignalAction::Observe) => VerdictAction::Observe,
        Some(SignalAction::Hold) => VerdictAction::Hold,
        Some(SignalAction::Reject) => VerdictAction::Reject,
    };
    Verdict {
        action,
        score,
        by_score,
        contributions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fraud::SignalPolicy;
    use proptest::prelude::*;

    fn evidence() -> impl Strategy<Value = Evidence> {
        prop_oneof![
            Just(Evidence::DataCenter),
            Just(Evidence::UnknownOrder),
            Just(Evidence::SameAddress),
            Just(Evidence::RefundRate {
                refunds: 9,
                sales: 30,
                program_bps: 100
            }),
            Just(Evidence::SharedNetwork {
                same_agent: true,
                minutes_apart: 3
            }),
            Just(Evidence::RepeatNetwork {
                customers: 7,
                at_least: 5
            }),
            Just(Evidence::CountryMismatch {
                click: "DE".into(),
                billing: "FR".into()
            }),
        ]
    }

    #[test]
    fn a_trial_says_what_it_would_have_done() {
        let mut policy = Policy::default();
        let until = Some(Timestamp::from_seconds(100));
        let setting = SignalPolicy {
            action: SignalAction::Hold,
            weight: 70,
            trial_until: until,
        };
        policy.set(SignalKind::DataCenter, setting).unwrap();
        let at = |seconds| {
            let now = Timestamp::from_seconds(seconds);
            decide(vec![Evidence::DataCenter], &policy, &BTreeSet::new(), now)
        };
        assert_eq!((at(99).action, at(99).score), (VerdictAction::Observe, 0));
        assert_eq!(at(99).contributions[0].would, SignalAction::Hold);
        assert_eq!(at(100).action, VerdictAction::Hold);
    }

    #[test]
    fn weak_signals_hold_together() {
        let shared = Evidence::SharedNetwork {
            same_agent: true,
            minutes_apart: 3,
        };
        let repeat = Evidence::RepeatNetwork {
            customers: 7,
            at_least: 5,
        };
        let verdict = |seen| {
            decide(
                seen,
                &Policy::default(),
                &BTreeSet::new(),
                Timestamp::default(),
            )
        };
        assert_eq!(verdict(vec![shared.clone()]).action, VerdictAction::Observe);
        let both = verdict(vec![shared, repeat]);
        assert_eq!(
            (both.action, both.by_score, both.score),
            (VerdictAction::Hold, true, 60)
        );
    }

    #[test]
    fn statistics_cannot_be_set_to_reject() {
        let mut policy = Policy::default();
        let reject = SignalPolicy {
            action: SignalAction::Reject,
            weight: 1,
            trial_until: None,
        };
        assert!(policy.set(SignalKind::Velocity, reject).is_err());
        policy.signals.insert(SignalKind::RefundRate, reject);
        assert!(policy.check().is_err());
        let seen = vec![Evidence::RefundRate {
            refunds: 9,
            sales: 30,
            program_bps: 100,
        }];
        let verdict = decide(seen, &policy, &BTreeSet::new(), Timestamp::default());
        assert_eq!(verdict.action, VerdictAction::Hold);
    }

    proptest! {
        #[test]
        fn more_signals_never_lead_to_less(
            seen in prop::collection::vec(evidence(), 0..6), more in evidence(),
        ) {
            let verdict = |seen| decide(seen, &Policy::default(), &BTreeSet::new(), Timestamp::default());
            let before = verdict(seen.clone());
            let after = verdict([seen, vec![more]].concat());
            prop_assert!(after.action >= before.action && after.score >= before.score);
        }

        #[test]
        fn a_verdict_round_trips(seen in prop::collection::vec(evidence(), 0..6)) {
            let verdict = decide(seen, &Policy::default(), &BTreeSet::new(), Timestamp::default());
            let text = serde_json::to_string(&verdict).unwrap();
            prop_assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
        }
    }
}
