//! The guard over the cost of a customer (K2, X4): allowable against fully loaded.

use serde::{Deserialize, Serialize};

use super::cost::Costs;
use super::ratio::each;
use crate::{Bps, Money, MoneyError};

/// What winning a customer may cost: LTV × gross margin × the share of it one is
/// ready to spend. Editable per program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowableCac {
    /// Lifetime revenue of a customer.
    pub ltv: Money,
    /// Gross margin.
    pub margin: Bps,
    /// The share of the margin to spend.
    pub share: Bps,
}

impl AllowableCac {
    /// The amount, rounded down: the guard never allows more than was meant.
    pub fn amount(&self) -> Result<Money, MoneyError> {
        let product = i128::from(self.ltv.minor.max(0))
            * i128::from(self.margin.0)
            * i128::from(self.share.0);
        let minor = i64::try_from(product / 100_000_000).map_err(|_| MoneyError::Overflow)?;
        Ok(Money::new(minor, self.ltv.currency))
    }
}

/// What happens when a commission would bring the cost of a customer over the allowable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CacAction {
    /// Say so.
    Warn,
    /// The commission waits for a person.
    Approve,
    /// The commission is cut to what is left.
    Clamp,
}

/// A program's guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacGuard {
    /// What a customer may cost.
    pub allowable: AllowableCac,
    /// Warn from this share of the allowable on.
    pub warn_at: Bps,
    /// What happens above the allowable.
    pub above: CacAction,
    /// With fewer customers one order decides everything, so the guard only watches.
    pub min_customers: i64,
}

/// Costs and new customers of the guard's period so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacState {
    /// All costs.
    pub costs: Costs,
    /// Customers who bought for the first time.
    pub new_customers: i64,
}

impl CacState {
    /// Fully loaded CAC: all costs ÷ new customers; nothing without new customers.
    #[must_use]
    pub fn cac(&self) -> Option<Money> {
        each(self.costs.total().ok()?, self.new_customers)
    }
}

/// Why the guard decided as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CacReason {
    /// There are too few customers to judge.
    TooFewCustomers,
    /// Below the warning.
    Within,
    /// Between the warning and the allowable.
    Near,
    /// Over the allowable.
    Above,
}

/// The guard's decision on a commission, with what it compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacDecision {
    /// Why.
    pub reason: CacReason,
    /// What to do; nothing when nothing is to be done.
    pub action: Option<CacAction>,
    /// What may be paid: the commission, or less when it is clamped.
    pub pay: Money,
    /// CAC with the whole commission; nothing without new customers.
    pub cac: Option<Money>,
    /// What is allowed.
    pub allowable: Money,
}

/// Decides on a commission that is about to be accrued, `for_new_customer` when the
/// event brings one.
pub fn decide_cac(
    guard: &CacGuard,
    state: &CacState,
    commission: Money,
    for_new_customer: bool,
) -> Result<CacDecision, MoneyError> {
    let allowable = guard.allowable.amount()?;
    let customers = state
        .new_customers
        .saturating_add(i64::from(for_new_customer));
    let spent = state.costs.total()?;
    let with = spent.add(commission)?;
    let room = allowable.scaled(customers.max(0), 1)?;
    let decision = |reason, action, pay| CacDecision {
        reason,
        action,
        pay,
        cac: each(with, customers),
        allowable,
    };
    if customers < guard.min_customers.max(1) {
        return Ok(decision(CacReason::TooFewCustomers, None, commission));
    }
    let left = room.sub(with)?;
    if left.minor >= 0 {
        let warned =
            i128::from(with.minor) * 10_000 > i128::from(room.minor) * i128::from(guard.warn_at.0);
        return Ok(if warned {
            decision(CacReason::Near, Some(CacAction::Warn), commission)
        } else {
            decision(CacReason::Within, None, commission)
        });
    }
    let pay = match guard.above {
        CacAction::Warn | CacAction::Approve => commission,
        CacAction::Clamp => {
            let left = room.sub(spent)?.minor.max(0);
            Money::new(left.min(commission.minor), commission.currency)
        }
    };
    Ok(decision(CacReason::Above, Some(guard.above), pay))
}

/// CAC at the end of the period if it goes on as until now: what grows with customers
/// is extrapolated, what does not is taken as given for the whole period. `elapsed` and
/// `whole` are lengths in any one unit. Nothing without customers or time.
#[must_use]
pub fn cac_forecast(state: &CacState, elapsed: i64, whole: i64) -> Option<Money> {
    if elapsed <= 0 || whole < elapsed || state.new_customers <= 0 {
        return None;
    }
    let variable = each(state.costs.variable().ok()?, state.new_customers)?;
    // fixed ÷ (customers × whole ÷ elapsed)
    let fixed = state.costs.fixed().ok()?;
    let bottom = state.new_customers.checked_mul(whole)?;
    variable.add(fixed.scaled(elapsed, bottom).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use proptest::prelude::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    /// €300 × 80 % × 25 % = €60 a customer, warned from €48 on.
    fn guard(above: CacAction) -> CacGuard {
        let allowable = AllowableCac {
            ltv: eur(30_000),
            margin: Bps(8_000),
            share: Bps(2_500),
        };
        CacGuard {
            allowable,
            warn_at: Bps(8_000),
            above,
            min_customers: 10,
        }
    }

    fn state(commissions: i64, fixed: i64, new_customers: i64) -> CacState {
        let mut costs = Costs::none(Currency::EUR);
        costs.commissions = eur(commissions);
        costs.platform = eur(fixed);
        CacState {
            costs,
            new_customers,
        }
    }

    #[test]
    fn k2_within_near_above() {
        let decide = |above, commissions| {
            decide_cac(
                &guard(above),
                &state(commissions, 20_000, 19),
                eur(2_000),
                true,
            )
            .unwrap()
        };
        // 20 customers may cost €1,200; €200 are fixed, €20 are asked for.
        let within = decide(CacAction::Clamp, 74_000);
        assert_eq!((within.reason, within.action), (CacReason::Within, None));
        let near = decide(CacAction::Clamp, 74_001);
        assert_eq!(
            (near.reason, near.action),
            (CacReason::Near, Some(CacAction::Warn))
        );
        let above = decide(CacAction::Clamp, 98_500);
        assert_eq!((above.reason, above.pay), (CacReason::Above, eur(1_500)));
        assert_eq!((above.cac, above.allowable), (Some(eur(6_025)), eur(6_000)));
        let waits = decide(CacAction::Approve, 98_500);
        assert_eq!(
            (waits.action, waits.pay),
            (Some(CacAction::Approve), eur(2_000))
        );
    }

    #[test]
    fn few_customers_are_only_watched() {
        let few = decide_cac(
            &guard(CacAction::Clamp),
            &state(90_000, 0, 8),
            eur(5_000),
            true,
        );
        assert_eq!(few.unwrap().reason, CacReason::TooFewCustomers);
    }

    #[test]
    fn x4_the_forecast_spreads_fixed_costs_over_the_whole_month() {
        // 10 of 30 days: €200 of commissions and 10 customers so far, €300 fixed a month.
        let now = state(20_000, 30_000, 10);
        assert_eq!(now.cac(), Some(eur(5_000)));
        assert_eq!(cac_forecast(&now, 10, 30), Some(eur(3_000)));
        assert_eq!(cac_forecast(&state(0, 1, 0), 10, 30), None);
    }

    proptest! {
        #[test]
        fn a_clamped_commission_never_brings_cac_over_the_allowable(
            commissions in 0_i64..200_000, fixed in 0_i64..100_000, customers in 0_i64..50,
            asked in 0_i64..50_000, new: bool,
        ) {
            let state = state(commissions, fixed, customers);
            let decision = decide_cac(&guard(CacAction::Clamp), &state, eur(asked), new).unwrap();
            prop_assert!((0..=asked).contains(&decision.pay.minor));
            let customers = customers + i64::from(new);
            let room = decision.allowable.minor * customers;
            let judged = decision.reason != CacReason::TooFewCustomers;
            if judged && decision.pay.minor > 0 {
                prop_assert!(commissions + fixed + decision.pay.minor <= room);
            }
        }
    }
}
