//! Far more conversions than usual, from few addresses.

use crate::fraud::{Conversion, Evidence, Policy};
use crate::kpi::Baseline;

/// Fires on a burst that comes from fewer addresses than half its conversions. A post
/// that goes viral or a newsletter brings many people from many places, and is quiet.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let (numbers, limits) = (&conversion.statistics, &policy.thresholds);
    let (today, networks) = (numbers.conversions_today, numbers.networks_today);
    let Baseline { median, mad } = Baseline::of(&numbers.daily_history)?;
    let burst = today >= limits.velocity_events
        && Baseline { median, mad }.is_above(today, limits.velocity_mad);
    let few = networks.saturating_mul(2) < today;
    let times = limits.velocity_mad;
    (burst && few).then_some(Evidence::Velocity {
        today,
        networks,
        median,
        mad,
        times,
    })
}
