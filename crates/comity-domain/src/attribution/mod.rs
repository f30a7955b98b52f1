//! Who brought this event about: the decision over touches, and reports over paths.
//!
//! [`attribute`] is a pure function of a policy, an event and the touches before it. It
//! decides at the time of the event, so late and disordered input ends in the same bytes
//! (invariant 4), and it keeps every candidate with its outcome (G9, X1). Rules in prose:
//! `docs/domain/attribution.md`.

mod decide;
mod decision;
mod policy;
mod reason;
pub mod report;
mod touch;

pub use decide::{EventFacts, attribute};
pub use decision::{
    AppliedRule, Considered, Credit, Decision, EnrollmentShare, Outcome, PartnerTrace, Roles,
};
pub use policy::{
    AttributionPolicy, CouponPolicy, CreditModel, EventRule, PlainEvent, PlainRule, PolicyError,
    PolicyOverride, PolicyProblem, SelfReferral, SplitWeight, plain_rule, resolve,
};
pub use reason::Reason;
pub use touch::{Touch, TouchKind, TouchRef, TouchRefError};
