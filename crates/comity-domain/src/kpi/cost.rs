//! What a program costs (K3).

use serde::{Deserialize, Serialize};

use crate::{Money, MoneyError, Timestamp};

/// A kind of cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostKind {
    /// Commissions and bonuses in money.
    Commission,
    /// Perks at their cost.
    Perk,
    /// Software, payment fees, tools.
    Platform,
    /// Salaries, agencies, events.
    Management,
}

impl CostKind {
    /// Every kind, what grows with the customers first.
    pub const ALL: [Self; 4] = [
        Self::Commission,
        Self::Perk,
        Self::Platform,
        Self::Management,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Perk => "perk",
            Self::Platform => "platform",
            Self::Management => "management",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Costs of a period by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// Commissions and bonuses in money.
    pub commissions: Money,
    /// Perks at their cost.
    pub perks: Money,
    /// Software, payment fees, tools.
    pub platform: Money,
    /// Salaries, agencies, events.
    pub management: Money,
}

impl Costs {
    /// No costs.
    #[must_use]
    pub const fn none(currency: crate::Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            commissions: zero,
            perks: zero,
            platform: zero,
            management: zero,
        }
    }

    /// Adds a cost.
    pub fn add(&mut self, kind: CostKind, amount: Money) -> Result<(), MoneyError> {
        let slot = match kind {
            CostKind::Commission => &mut self.commissions,
            CostKind::Perk => &mut self.perks,
            CostKind::Platform => &mut self.platform,
            CostKind::Management => &mut self.management,
        };
        *slot = slot.add(amount)?;
        Ok(())
    }

    /// What grows with the customers: commissions and perks.
    pub fn variable(&self) -> Result<Money, MoneyError> {
        self.commissions.add(self.perks)
    }

    /// What does not: platform and management.
    pub fn fixed(&self) -> Result<Money, MoneyError> {
        self.platform.add(self.management)
    }

    /// Everything.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.variable()?.add(self.fixed()?)
    }
}

/// The part of a cost that belongs to a reporting period, in proportion to time.
/// Both periods are half-open `[from, until)`; the parts of neighbouring periods sum
/// to the whole, because each is the difference of two rounded running amounts.
pub fn prorated(
    amount: Money,
    cost: (Timestamp, Timestamp),
    report: (Timestamp, Timestamp),
) -> Result<Money, MoneyError> {
    let length = cost.1.since(cost.0);
    if length <= 0 {
        // A cost of one moment belongs to the period that contains it.
        let inside = report.0 <= cost.0 && cost.0 < report.1;
        return Ok(if inside {
            amount
        } else {
            Money::zero(amount.currency)
        });
    }
    let until = |at: Timestamp| amount.scaled(at.since(cost.0).clamp(0, length), length);
    until(report.1.max(report.0))?.sub(until(report.0)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    #[test]
    fn k3_costs_add_up_by_kind() {
        let mut costs = Costs::none(Currency::EUR);
        for (kind, minor) in [
            (CostKind::Commission, 70),
            (CostKind::Perk, 5),
            (CostKind::Platform, 20),
            (CostKind::Management, 100),
            (CostKind::Commission, 30),
        ] {
            costs.add(kind, eur(minor)).unwrap();
        }
        assert_eq!(
            (costs.variable(), costs.fixed()),
            (Ok(eur(105)), Ok(eur(120)))
        );
        assert_eq!(costs.total(), Ok(eur(225)));
    }

    proptest! {
        #[test]
        fn the_parts_of_a_cost_sum_to_it(
            minor: i32, from in 0_i64..1_000, length in 0_i64..1_000, cut in -500_i64..2_500,
        ) {
            let at = Timestamp::from_micros;
            let (cost, cut) = ((at(from), at(from + length)), at(cut));
            let (begin, end) = (at(-1_000), at(3_000));
            let part = |a, b| prorated(eur(minor.into()), cost, (a, b)).unwrap().minor;
            prop_assert_eq!(part(begin, cut) + part(cut, end), i64::from(minor));
        }
    }
}
