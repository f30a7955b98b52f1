//! Client addresses as they may be kept: cut to their network, and as a keyed hash.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What is kept of a client's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origin {
    /// The address cut to its network.
    pub network: Option<Network>,
    /// Keyed hash of the address ([`comity_domain::tracking::AddressKey`]); comparable only
    /// under one key.
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
}
