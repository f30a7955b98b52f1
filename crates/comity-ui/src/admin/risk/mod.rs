//! The risk queue, one case, and the policy of a program.

mod detail;
mod list;
mod policy;
mod sample;

pub use detail::{Detail, Line, Seen, detail, file_href};
pub use list::{Entry, List, list};
pub use policy::{Outcome, PolicyPage, Report, Stopped, policy};
pub(crate) use sample::samples;
