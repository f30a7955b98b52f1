//! How much one place on the network may tell: token buckets, bounded in number.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use comity_domain::Timestamp;
use comity_domain::time::SECOND;

/// Places remembered; beyond it the full buckets, which limit nobody, are forgotten.
const MAX_PLACES: usize = 65_536;
/// What a place may tell at once: an office of some hundred people behind one address.
const BURST: i64 = 120;
/// One is given back this often: twenty a second.
const REFILL: i64 = SECOND / 20;

/// Credit in microseconds, as of an instant.
struct Bucket {
    credit: i64,
    at: Timestamp,
}

/// The buckets.
#[derive(Default)]
pub(crate) struct Rate(Mutex<HashMap<u64, Bucket>>);

impl Rate {
    /// Takes one from the place's bucket; false when it is empty.
    pub(crate) fn admits(&self, address: IpAddr, now: Timestamp) -> bool {
        let full = BURST * REFILL;
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MAX_PLACES {
            buckets.retain(|_, b| b.credit.saturating_add(now.since(b.at)) < full);
            if buckets.len() >= MAX_PLACES {
                // A flood from everywhere: memory stays bounded, the count restarts.
                buckets.clear();
            }
        }
        let bucket = buckets.entry(place(address)).or_insert(Bucket {
            credit: full,
            at: now,
        });
        // A clock that goes back gives nothing and takes nothing.
        let earned = now.since(bucket.at).max(0);
        bucket.credit = bucket.credit.saturating_add(earned).min(full);
        bucket.at = now;
        let admitted = bucket.credit >= REFILL;
        if admitted {
            bucket.credit -= REFILL;
        }
        admitted
    }
}

/// An IPv4 address, or the /64 a household has of IPv6.
fn place(address: IpAddr) -> u64 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u64::from(v4.to_bits()),
        IpAddr::V6(v6) => {
            let [a, b, c, d, e, f, g, h, ..] = v6.octets();
            u64::from_be_bytes([a, b, c, d, e, f, g, h])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_burst_and_then_a_rate() {
        let (rate, start) = (Rate::default(), Timestamp::from_seconds(1_000));
        let here: IpAddr = "2001:db8::1".parse().unwrap();
        for _ in 0..BURST {
            assert!(rate.admits(here, start));
        }
        assert!(
            !rate.admits("2001:db8::2".parse().unwrap(), start),
            "the same /64"
        );
        assert!(rate.admits("2001:db8:0:1::1".parse().unwrap(), start));
        assert!(rate.admits("192.0.2.1".parse().unwrap(), start));
        assert!(
            !rate.admits(here, start.plus(-SECOND)),
            "the clock went back"
        );
        // Time goes on from where the clock stands now.
        let later = start.plus(REFILL - SECOND);
        assert!(rate.admits(here, later));
        assert!(!rate.admits(here, later));
    }

    #[test]
    fn memory_is_bounded() {
        let (rate, start) = (Rate::default(), Timestamp::from_seconds(1_000));
        for host in 0..=u32::try_from(MAX_PLACES).unwrap() {
            assert!(rate.admits(std::net::Ipv4Addr::from(host).into(), start));
        }
        assert!(rate.0.lock().unwrap().len() <= MAX_PLACES);
    }
}
