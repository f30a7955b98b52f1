//! Payouts: how a partner is paid, who is paid in a run, and the protocol that never pays twice.
//!
//! Everything is pure: a use case loads facts, asks [`plan`], [`next_step`] or
//! [`Progress::after`], and commits the answer. `docs/domain/payout.md` has the
//! protocol with its rules and the grid that proves it.

mod approval;
mod frozen;
pub mod method;
mod notice;
mod plan;
mod protocol;
mod schedule;
mod state;
mod step;

pub use approval::{Approval, ApprovalError, approval_needed, check_approver};
pub use frozen::{FrozenError, FrozenRequest};
pub use method::{FieldError, MethodFields, PayoutMethod, Problem, Rail};
pub use notice::{Notice, notice};
pub use plan::{
    MethodFacts, PartnerBalanceFacts, Plan, PlanPolicy, Planned, SkipReason, Skipped, plan,
};
pub use protocol::{LEASE, Progress, ProtocolError};
pub use schedule::{PayoutRules, Schedule};
pub use state::{HumanReason, LedgerMove, PayoutEvent, PayoutState, Sight};
pub use step::{KeyMemory, Provider, Sending, Step, next_step};
