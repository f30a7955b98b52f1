//! Totals that rules count with, loaded by the caller.

use serde::{Deserialize, Serialize};

use super::facts::EventKind;
use super::period::Period;

/// Whose events or earnings a counter adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// This partner in this program.
    Partner,
    /// This partner with this customer.
    Customer,
    /// Everybody in the program.
    Program,
}

/// What a counter adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Events.
    Count,
    /// Net amounts × the partner's share, in minor units.
    Revenue,
    /// Cash rewards, in minor units.
    Commission,
    /// Customers who bought for the first time.
    NewCustomers,
}

/// A total over a period, of what came strictly before the event.
/// Fully reversed events and their commissions do not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Whose.
    pub subject: Subject,
    /// What.
    pub measure: Measure,
    /// The period that contains the event, in the program's zone.
    pub period: Period,
    /// Only events of these kinds; empty for every kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventKind>,
    /// Only what this rule paid; nothing for all rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// The counters the caller loaded (see [`needs`](super::needs)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(pub Vec<(Counter, i64)>);

impl Totals {
    /// The loaded value, or nothing when the caller did not load it.
    #[must_use]
    pub fn get(&self, counter: &Counter) -> Option<i64> {
        self.0
            .iter()
            .find(|(known, _)| known == counter)
            .map(|&(_, value)| value)
    }
}
