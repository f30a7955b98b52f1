//! Risk: what signals see at a conversion, cases for people, appeals of partners (J1–J4).
//!
//! Facts may reject, statistics may only hold, and a case ends by a decision alone: what
//! nobody answers becomes overdue, never released. Every decision moves the money through
//! the ledger and can be taken back.

mod act;
mod appeal;
mod assess;
mod facts;
mod file;
mod letters;
mod money;
mod open;
mod overdue;
mod policy;
mod read;
mod replay;

pub use act::{Deed, act};
pub use appeal::{appeal, reply};
pub(crate) use assess::assess;
pub use comity_store::fraud::{Case, Counts, Entry, File, Filter, Listed};
pub use file::{NewFile, SavedFile, file, file_of_partner};
pub(crate) use money::follow;
pub use overdue::escalate_due;
pub use policy::{InForce, publish};
pub use read::{Detail, PartnerCase, case_of, cases, counts, detail, in_force, of_partner};
pub use replay::{Effect, Replay, replay};

use comity_domain::ledger::HoldReason;

/// Longest note, question, answer and appeal.
const MAX_TEXT: usize = 4_000;

/// Holds that a case is about.
pub(crate) const REVIEWS: [HoldReason; 3] = [
    HoldReason::FraudReview,
    HoldReason::TrafficReview,
    HoldReason::Appeal,
];
