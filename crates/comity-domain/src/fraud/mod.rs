//! Fraud signals over our own data: evidence first, then a reversible decision.
//!
//! Facts may reject; statistics may only hold. Every signal says what it saw,
//! every decision says which signals made it, and nothing expires by itself.

mod case;
mod context;
mod decision;
mod file;
mod lists;
mod policy;
mod reason;
mod registry;
mod review;
mod signal;
mod signals;

pub use case::{AppealState, CaseAct, CaseError, CaseOrigin, CaseState, Standing};
pub use context::{Click, Conversion, CustomerSide, Device, PartnerSide, PartnerStatistics};
pub use decision::{Contribution, Verdict, VerdictAction, decide};
pub use file::{FileKind, MAX_FILE_BYTES, MAX_FILES, MAX_FILES_OF_CASE};
pub use lists::Lists;
pub use policy::{Policy, PolicyError, SignalAction, SignalPolicy, Thresholds, may_reject};
pub use registry::check_all;
pub use review::{Precision, Reviewed, WouldHave, precision, would_have};
pub use signal::{EmailMatch, Evidence, SignalKind};

#[cfg(test)]
mod scenarios;
