//! Objectives that can be measured (A1, A2).

mod progress;
mod smart;
mod write;

pub use comity_store::objective::Objective;
pub use progress::{Progress, get, list};
pub use smart::{Metric, Warning, warnings};
pub use write::{NewObjective, create, set_status, update};
