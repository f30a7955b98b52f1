//! The life of a risk case: who has to act, and what a person may decide.
//!
//! A case never ends by time: only a person releases or rejects, and every decision can be
//! taken back.

use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// The team has to decide.
    Open,
    /// The partner was asked something.
    Waiting,
    /// The commission stands.
    Released,
    /// The commission does not stand.
    Rejected,
}

/// Why there is a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseOrigin {
    /// Signals held or rejected the commission.
    Signals,
    /// A person held it for review.
    Manual,
    /// The partner appealed a decision that had no case.
    Appeal,
}

/// Where the partner's appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    /// There is none.
    None,
    /// It waits for an answer.
    Open,
    /// The team agreed.
    Accepted,
    /// The team did not.
    Declined,
}

/// Something done to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseAct {
    /// The commission stands.
    Release,
    /// It does not.
    Reject,
    /// The partner is asked.
    Ask,
    /// The partner answered.
    Answer,
    /// The partner appeals.
    Appeal,
    /// A decision is taken back.
    Reopen,
}

/// Why an act is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The case is in a state that does not allow it.
    #[error("not possible in this state of the case")]
    WrongState,
    /// The partner appealed already, and the answer stands.
    #[error("appealed already")]
    AppealedAlready,
}

/// Case and appeal together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The case.
    pub state: CaseState,
    /// The appeal.
    pub appeal: AppealState,
}

macro_rules! codes {
    ($set:ident; $($name:ident = $code:literal;)*) => {
        impl $set {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

codes! { CaseState; Open = "open"; Waiting = "waiting"; Released = "released"; Rejected = "rejected"; }
codes! { CaseOrigin; Signals = "signals"; Manual = "manual"; Appeal = "appeal"; }
codes! { AppealState; None = "none"; Open = "open"; Accepted = "accepted"; Declined = "declined"; }

impl CaseState {
    /// Somebody still has to act.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }
}

impl Standing {
    /// A new case in `state` without an appeal.
    #[must_use]
    pub const fn new(state: CaseState) -> Self {
        Self {
            state,
            appeal: AppealState::None,
        }
    }

    /// The standing after an act.
    pub const fn after(self, act: CaseAct) -> Result<Self, CaseError> {
        let next = match act {
            CaseAct::Release if self.state.is_open() => Self {
                state: CaseState::Released,
                appeal: self.appeal.answered(AppealState::Accepted),
            },
            CaseAct::Reject if self.state.is_open() => Self {
                state: CaseState::Rejected,
                appeal: self.appeal.answered(AppealState::Declined),
            },
            CaseAct::Ask if matches!(self.state, CaseState::Open) => Self {
                state: CaseState::Waiting,
                ..self
            },
            CaseAct::Answer if matches!(self.state, CaseState::Waiting) => Self {
                state: CaseState::Open,
                ..self
            },
            CaseAct::Appeal if matches!(self.state, CaseState::Released) => {
                return Err(CaseError::WrongState);
            }
            CaseAct::Appeal if matches!(self.appeal, AppealState::None) => Self {
                state: CaseState::Open,
                appeal: AppealState::Open,
            },
            CaseAct::Appeal => return Err(CaseError::AppealedAlready),
            CaseAct::Reopen if !self.state.is_open() => Self::new(CaseState::Open),
            _ => return Err(CaseError::WrongState),
        };
        Ok(next)
    }
}

impl AppealState {
    const fn answered(self, answer: Self) -> Self {
        match self {
            Self::Open => answer,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACTS: [CaseAct; 6] = [
        CaseAct::Release,
        CaseAct::Reject,
        CaseAct::Ask,
        CaseAct::Answer,
        CaseAct::Appeal,
        CaseAct::Reopen,
    ];

    fn run(from: CaseState, acts: &[CaseAct]) -> Result<Standing, CaseError> {
        let start = Ok(Standing::new(from));
        acts.iter().fold(start, |now, act| now?.after(*act))
    }

    #[test]
    fn an_appeal_is_heard_once_and_again_after_a_new_decision() {
        use CaseAct::{Appeal, Reject, Release, Reopen};
        let declined = run(CaseState::Rejected, &[Appeal, Reject]).unwrap();
        assert_eq!(declined.appeal, AppealState::Declined);
        assert_eq!(declined.after(Appeal), Err(CaseError::AppealedAlready));
        let accepted = run(CaseState::Rejected, &[Appeal, Release]).unwrap();
        assert_eq!(accepted.appeal, AppealState::Accepted);
        assert_eq!(accepted.after(Appeal), Err(CaseError::WrongState));
        let again = run(
            CaseState::Rejected,
            &[Appeal, Reject, Reopen, Reject, Appeal],
        );
        assert_eq!(again.unwrap().appeal, AppealState::Open);
    }

    #[test]
    fn a_held_commission_may_be_appealed_while_it_is_looked_at() {
        let held = run(CaseState::Open, &[CaseAct::Appeal]).unwrap();
        assert_eq!(
            (held.state, held.appeal),
            (CaseState::Open, AppealState::Open)
        );
    }

    proptest! {
        #[test]
        fn every_decision_can_be_taken_back(picks in prop::collection::vec(0_usize..6, 0..40)) {
            let mut now = Standing::new(CaseState::Open);
            for pick in picks {
                now = now.after(ACTS[pick]).unwrap_or(now);
                let decidable = if now.state.is_open() { now } else { now.after(CaseAct::Reopen).unwrap() };
                prop_assert!(decidable.after(CaseAct::Release).is_ok());
                prop_assert!(decidable.after(CaseAct::Reject).is_ok());
                // An open appeal always has somebody who must act on it.
                prop_assert!(now.appeal != AppealState::Open || now.state.is_open());
            }
        }
    }

    #[test]
    fn codes_read_back() {
        for state in CaseState::ALL {
            assert_eq!(CaseState::from_code(state.code()), Some(*state));
        }
        for origin in CaseOrigin::ALL {
            assert_eq!(CaseOrigin::from_code(origin.code()), Some(*origin));
        }
        for appeal in AppealState::ALL {
            assert_eq!(AppealState::from_code(appeal.code()), Some(*appeal));
        }
    }
}
