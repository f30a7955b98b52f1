//! Who is at the other end, when proxies stand between.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;

/// The address of the TCP peer; the server puts it into every request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// The client as far as it can be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// Its address: the peer's, or what a trusted proxy says.
    pub address: IpAddr,
    /// Whether a trusted proxy says that it spoke TLS to the client.
    pub is_https: bool,
}

/// Why a network is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a network like 10.0.0.0/8")]
pub struct ProxyError(String);

/// The networks whose forwarding headers are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(u128, u32)>);

/// Both families in one number space: IPv4 as IPv4-mapped IPv6.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl TrustedProxies {
    /// Reads networks in CIDR notation or single addresses.
    ///
    /// # Errors
    /// Names the first that is neither.
    pub fn parse<S: AsRef<str>>(networks: &[S]) -> Result<Self, ProxyError> {
        networks
            .iter()
            .map(|text| network(text.as_ref()))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether an address belongs to a trusted proxy.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let bits = bits(address);
        self.0
            .iter()
            .any(|&(network, prefix)| mask(bits, prefix) == network)
    }

    /// The client of a request: the last address in `X-Forwarded-For` that is
    /// not a trusted proxy's, if the peer itself is one. Whatever an untrusted
    /// peer claims, and everything left of an unreadable entry, is ignored.
    #[must_use]
    pub fn client(&self, peer: Peer, headers: &HeaderMap) -> Client {
        let mut address = peer.0.ip().to_canonical();
        if self.0.is_empty() || !self.contains(address) {
            return Client {
                address,
                is_https: false,
            };
        }
        let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
        let entries = lines
            .iter()
            .rev()
            .flat_map(|line| line.to_str().unwrap_or("?").rsplit(',').map(str::trim));
        for entry in entries {
            let Ok(claimed) = entry.parse::<IpAddr>() else {
                break;
            };
            address = claimed.to_canonical();
            if !self.contains(address) {
                break;
            }
        }
        let scheme = headers
            .get("x-forwarded-proto")
            .map(hyper::header::HeaderValue::as_bytes);
        Client {
            address,
            is_https: scheme.is_some_and(|s| s.eq_ignore_ascii_case(b"https")),
        }
    }
}

fn network(text: &str) -> Result<(u128, u32), ProxyError> {
    let refused = || ProxyError(text.to_owned());
    let (address, prefix) = text
        .trim()
        .split_once('/')
        .map_or((text.trim(), None), |(a, p)| (a, Some(p)));
    let address: IpAddr = address.parse().map_err(|_| refused())?;
    let (width, offset) = if address.is_ipv4() {
        (32, 96)
    } else {
        (128, 0)
    };
    let prefix = match prefix {
        None => width,
        Some(text) => text
            .parse()
            .ok()
            .filter(|p| *p <= width)
            .ok_or_else(refused)?,
    };
    let prefix = prefix + offset;
    Ok((mask(bits(address), prefix), prefix))
}

fn mask(bits: u128, prefix: u32) -> u128 {
    // A shift by the full width leaves nothing.
    bits & u128::MAX.checked_shl(128 - prefix).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let trusted = TrustedProxies::parse(&["10.0.0.0/8", "2001:db8::/32", "::1"]).unwrap();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 1));
        trusted.client(peer, &headers).address.to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(client("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("2001:db8::5", &["2001:db9::1"]), "2001:db9::1");
    }

    #[test]
    fn a_forged_chain_ends_at_the_first_stranger() {
        assert_eq!(
            client("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(
            client("10.0.0.1", &["1.1.1.1", "198.51.100.1"]),
            "198.51.100.1"
        );
        assert_eq!(client("10.0.0.1", &["<script>, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(client("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn networks_are_checked() {
        for bad in ["10.0.0.0/33", "10.0.0.0/x", "proxy", "", "::/129"] {
            assert!(TrustedProxies::parse(&[bad]).is_err(), "{bad}");
        }
        let all = TrustedProxies::parse(&["0.0.0.0/0"]).unwrap();
        assert!(all.contains("8.8.8.8".parse().unwrap()));
        assert!(!all.contains("2001::1".parse().unwrap()));
        assert!(
            TrustedProxies::parse(&["::/0"])
                .unwrap()
                .contains("2001::1".parse().unwrap())
        );
    }
}
