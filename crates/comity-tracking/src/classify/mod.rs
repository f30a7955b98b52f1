//! Who asks: a person, or a machine and which kind, with the evidence.
//!
//! A machine taken for a person costs the brand a wrong number; a person taken
//! for a machine costs a partner money. Where the evidence is thin, it is a
//! person. Every click is recorded, whatever its class.

mod agent;
mod duplicate;
mod fetch;
mod known;
mod words;

pub use agent::{AgentKind, agent_kind};
pub use duplicate::{Duplicates, Visit};
pub use fetch::{Fetch, fetch_verdict};

use crate::click::{Class, Verdict};

/// Judges a request by its method, headers and agent; duplicates are found
/// afterwards, among those this calls persons.
#[must_use]
pub fn classify(user_agent: &str, fetch: &Fetch<'_>) -> Verdict {
    if fetch.is_head {
        return Verdict::new(Class::Head, "method.head");
    }
    if let Some(kind) = known::kind(user_agent) {
        return Verdict::new(kind.class(), kind.reason());
    }
    fetch_verdict(fetch).unwrap_or(Verdict::new(Class::Person, "person"))
}
