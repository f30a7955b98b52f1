//! How many connections are open, in all and per client network.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counters of one listener.
#[derive(Debug, Default)]
pub struct ServerCounts {
    /// Connections open now.
    pub open: AtomicU64,
    /// Connections accepted.
    pub accepted: AtomicU64,
    /// Connections refused because too many were open.
    pub refused: AtomicU64,
    /// Connections that ended with an error: deadlines, resets, bad requests.
    pub failed: AtomicU64,
}

/// Open connections by network: an address, or an IPv6 /64, which one
/// household or attacker has whole.
#[derive(Default)]
pub(crate) struct Connections {
    by_network: Mutex<HashMap<u128, u32>>,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, HashMap<u128, u32>> {
        self.by_network
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open connection; dropping it frees its place.
pub(crate) struct Place {
    connections: Arc<Connections>,
    counts: Arc<ServerCounts>,
    network: Option<u128>,
}

impl Place {
    /// Takes a place unless a limit is reached. `per_network` of `None` does
    /// not count by network (a proxy speaks for many clients).
    pub(crate) fn take(
        connections: &Arc<Connections>,
        counts: &Arc<ServerCounts>,
        address: IpAddr,
        most: u64,
        per_network: Option<u32>,
    ) -> Option<Self> {
        if counts.open.load(Ordering::Relaxed) >= most {
            return None;
        }
        let network = match per_network {
            None => None,
            Some(limit) => {
                let network = network(address);
                let mut open = connections.lock();
                let count = open.entry(network).or_default();
                if *count >= limit {
                    return None;
                }
                *count += 1;
                Some(network)
            }
        };
        counts.open.fetch_add(1, Ordering::Relaxed);
        Some(Self {
            connections: Arc::clone(connections),
            counts: Arc::clone(counts),
            network,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.counts.open.fetch_sub(1, Ordering::Relaxed);
        if let Some(network) = self.network {
            let mut open = self.connections.lock();
            if let Some(count) = open.get_mut(&network) {
                *count -= 1;
                if *count == 0 {
                    open.remove(&network);
                }
            }
        }
    }
}

fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_limited_in_all_and_by_network_and_come_back() {
        let (connections, counts) = (Arc::default(), Arc::default());
        let take = |address: &str, per_network| {
            Place::take(
                &connections,
                &counts,
                address.parse().unwrap(),
                4,
                per_network,
            )
        };
        let first = take("2001:db8::1", Some(2)).unwrap();
        let _second = take("2001:db8::2", Some(2)).unwrap();
        assert!(take("2001:db8::3", Some(2)).is_none(), "the same /64");
        let _third = take("2001:db8:1::1", Some(2)).unwrap();
        drop(first);
        let _fourth = take("2001:db8::3", Some(2)).unwrap();
        let _fifth = take("2001:db8::3", None).unwrap();
        assert!(take("203.0.113.1", None).is_none(), "four in all");
    }
}
