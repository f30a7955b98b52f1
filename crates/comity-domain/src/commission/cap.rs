//! Limits on what rules may pay.

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::total::{Counter, Measure, Subject};
use crate::Money;

/// What a cap limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapPer {
    /// What the partner earns from one event.
    Order,
    /// What the partner earns from one customer in the period.
    Customer,
    /// What the partner earns in the period.
    Partner,
    /// What the whole program spends in the period, to everybody.
    Program,
}

/// A limit in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// What is limited.
    pub per: CapPer,
    /// The most that may be paid.
    pub limit: Money,
    /// Over which period; without meaning for orders.
    #[serde(default)]
    pub period: Period,
}

impl Cap {
    /// The counter that tells what was already paid; none for orders.
    /// `rule` limits it to one rule's payments.
    pub(super) fn counter(&self, rule: Option<&str>) -> Option<Counter> {
        let subject = match self.per {
            CapPer::Order => return None,
            CapPer::Customer => Subject::Customer,
            CapPer::Partner => Subject::Partner,
            CapPer::Program => Subject::Program,
        };
        Some(Counter {
            subject,
            measure: Measure::Commission,
            period: self.period,
            events: Vec::new(),
            rule: rule.map(str::to_owned),
        })
    }
}
