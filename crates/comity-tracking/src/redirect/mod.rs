//! A visit to a link: found, judged, recorded, and only then answered.

mod answer;
pub(crate) mod bounded;
pub(crate) mod cookie;
mod facts;
mod handler;
pub(crate) mod query;
mod tracker;

pub(crate) use answer::Answer;
pub use answer::{DeadEnd, DeadEndPage};
pub(crate) use cookie::Scope;
pub use cookie::{CLICK_COOKIE, CONSENT_COOKIE, VISITOR_COOKIE};
pub use handler::Redirect;
pub use query::{DeepLink, Query};
pub use tracker::{Recorded, ScriptVisit, Tracker};
