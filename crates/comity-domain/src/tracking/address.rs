//! Keyed hashes of network addresses: two are the same address or they are not, and nothing
//! else can be read from them.

use core::net::IpAddr;
use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::Timestamp;
use crate::time::DAY;

/// A secret that makes address hashes useless to whoever does not have it.
///
/// Rotating it ([`AddressKeys`], daily by default) ends the comparability of older hashes,
/// which is the point.
#[derive(Clone)]
pub struct AddressKey(Hmac<Sha256>);

impl AddressKey {
    /// From 32 secret bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("hmac takes keys of any length"))
    }

    /// The key of one period, as of a day: made from the installation's secret, so that
    /// all edges agree, and of no use for other periods.
    #[must_use]
    pub fn of_period(secret: &[u8; 32], period: i64) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret).expect("hmac takes keys of any length");
        mac.update(b"comity address key\0");
        mac.update(&period.to_be_bytes());
        Self::new(&mac.finalize().into_bytes().into())
    }

    /// First half of HMAC-SHA256 over an IPv4 address, or over the /64 of an IPv6 address:
    /// one household has one, and devices change the rest every day.
    #[must_use]
    pub fn hash(&self, address: IpAddr) -> [u8; 16] {
        let mut mac = self.0.clone();
        match address.to_canonical() {
            IpAddr::V4(v4) => mac.update(&v4.octets()),
            IpAddr::V6(v6) => mac.update(&v6.octets()[..8]),
        }
        let full = mac.finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
        half
    }

    /// The hash of an address as sessions keep it: plain, or an IPv6 network with its
    /// length behind it; nothing for any other text.
    #[must_use]
    pub fn hash_text(&self, text: &str) -> Option<[u8; 16]> {
        let bare = text.split_once('/').map_or(text, |(address, _)| address);
        Some(self.hash(bare.parse().ok()?))
    }
}

impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressKey(secret)")
    }
}

/// The keys of all periods, made from the installation's secret.
#[derive(Clone, Copy)]
pub struct AddressKeys {
    secret: [u8; 32],
    /// Length of a period in days; 0 for one that never ends.
    days: u16,
}

impl AddressKeys {
    /// From the installation's secret and the length of a period in days; 0 for one that
    /// never ends.
    #[must_use]
    pub const fn new(secret: [u8; 32], days: u16) -> Self {
        Self { secret, days }
    }

    /// The number of the period at an instant.
    #[must_use]
    pub fn period(&self, at: Timestamp) -> i64 {
        match self.days {
            0 => 0,
            days => at.micros().div_euclid(DAY * i64::from(days)),
        }
    }

    /// The key in force at an instant.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> AddressKey {
        AddressKey::of_period(&self.secret, self.period(at))
    }
}

impl fmt::Debug for AddressKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddressKeys(secret, {} days)", self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn periods_have_keys_of_their_own_that_all_edges_agree_on() {
        let keys = AddressKeys::new([1; 32], 1);
        let hash = |seconds| {
            let key = keys.at(Timestamp::from_seconds(seconds));
            key.hash(address("203.0.113.77"))
        };
        assert_eq!(hash(7), hash(86_399));
        assert_ne!(hash(86_399), hash(86_400));
        let ever = AddressKeys::new([1; 32], 0);
        assert_eq!(ever.period(Timestamp::from_seconds(86_400)), 0);
    }

    #[test]
    fn a_hash_depends_on_the_key_and_not_on_the_notation() {
        let (one, two) = (AddressKey::new(&[1; 32]), AddressKey::new(&[2; 32]));
        let plain = one.hash(address("203.0.113.77"));
        assert_eq!(plain, one.hash(address("::ffff:203.0.113.77")));
        assert_eq!(one.hash_text("203.0.113.77"), Some(plain));
        assert_ne!(plain, two.hash(address("203.0.113.77")));
    }

    #[test]
    fn a_household_has_one_hash_in_ipv6() {
        let key = AddressKey::new(&[1; 32]);
        let home = key.hash(address("2001:db8:0:7::1"));
        assert_eq!(home, key.hash(address("2001:db8:0:7:aaaa::2")));
        assert_eq!(key.hash_text("2001:db8:0:7::/64"), Some(home));
        assert_ne!(home, key.hash(address("2001:db8:0:8::1")));
        assert_eq!(key.hash_text("somewhere"), None);
    }
}
