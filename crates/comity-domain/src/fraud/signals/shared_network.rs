//! Partner and customer share a network address: a hint, because families and
//! offices do as well.

use crate::fraud::{Conversion, Evidence, Policy};
use crate::time::{HOUR, MINUTE};

/// Fires when the partner signed in from the customer's address within the window,
/// with the same browser. The address alone says too little.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let customer = conversion.customer.device.as_ref()?;
    let window = policy.thresholds.shared_network_hours.saturating_mul(HOUR);
    let apart = |device: &crate::fraud::Device| customer.at.since(device.at).saturating_abs();
    let same = conversion.partner.devices.iter().filter(|device| {
        device.ip_hash == customer.ip_hash
            && device.agent_hash == customer.agent_hash
            && apart(device) <= window
    });
    let nearest = same.map(apart).min()?;
    Some(Evidence::SharedNetwork {
        same_agent: true,
        minutes_apart: nearest / MINUTE,
    })
}
