//! A visit to a link: found, judged, recorded, and only then answered.

mod answer;
mod bounded;
mod cookie;
mod facts;
mod handler;
mod query;
mod tracker;

pub use answer::{DeadEnd, DeadEndPage};
pub use cookie::{CLICK_COOKIE, CONSENT_COOKIE, VISITOR_COOKIE};
pub use handler::Redirect;
pub use query::{DeepLink, Query};
pub use tracker::{Recorded, ScriptVisit, Tracker, TrackerOptions};
