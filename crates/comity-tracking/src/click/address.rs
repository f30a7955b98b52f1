//! Client addresses as they may be kept: truncated, and as a keyed hash.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// What is kept of a client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The address cut to its network.
    pub network: Option<Network>,
    /// Keyed hash of the whole address; comparable only under one key.
    pub hash: Option<[u8; 16]>,
}

/// An IPv4 /24 or an IPv6 /48.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// The first three bytes.
    V4([u8; 3]),
    /// The first six bytes.
    V6([u8; 6]),
}

impl Network {
    /// Cuts an address to its network (IPv4-mapped IPv6 counts as IPv4).
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Self::V4([a, b, c])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, e, f, ..] = v6.octets();
                Self::V6([a, b, c, d, e, f])
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::V4([a, b, c]) => write!(f, "{}/24", Ipv4Addr::new(a, b, c, 0)),
            Self::V6(head) => {
                let mut octets = [0; 16];
                octets[..6].copy_from_slice(&head);
                write!(f, "{}/48", Ipv6Addr::from(octets))
            }
        }
    }
}

/// A secret that makes address hashes useless to whoever does not have it.
///
/// Rotating it (the caller does, daily by default) ends the comparability of
/// older hashes, which is the point.
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

    /// First half of HMAC-SHA256 over the canonical address.
    #[must_use]
    pub fn hash(&self, address: IpAddr) -> [u8; 16] {
        let mut mac = self.0.clone();
        match address.to_canonical() {
            IpAddr::V4(v4) => mac.update(&v4.octets()),
            IpAddr::V6(v6) => mac.update(&v6.octets()),
        }
        let full = mac.finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
        half
    }
}

impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressKey(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_keep_24_and_48_bits() {
        let show = |text: &str| Network::of(text.parse().unwrap()).to_string();
        assert_eq!(show("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(show("2001:db8:aa:bb::1"), "2001:db8:aa::/48");
        assert_eq!(show("::ffff:203.0.113.77"), "203.0.113.0/24");
    }

    #[test]
    fn periods_have_keys_of_their_own_that_all_edges_agree_on() {
        let address = "203.0.113.77".parse().unwrap();
        let hash = |period| AddressKey::of_period(&[1; 32], period).hash(address);
        assert_eq!(hash(7), hash(7));
        assert_ne!(hash(7), hash(8));
    }

    #[test]
    fn a_hash_depends_on_the_key_and_not_on_the_notation() {
        let (one, two) = (AddressKey::new(&[1; 32]), AddressKey::new(&[2; 32]));
        let plain = "203.0.113.77".parse().unwrap();
        assert_eq!(
            one.hash(plain),
            one.hash("::ffff:203.0.113.77".parse().unwrap())
        );
        assert_ne!(one.hash(plain), two.hash(plain));
    }
}
