//! Where a request comes from. `X-Forwarded-For` is believed only from known proxies
//! (ASVS 4.1.3).

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap};
use comity_app::session::Client;

use crate::state::WebState;

/// The other end of the connection, put into the request by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// Networks of proxies, as in `10.0.0.0/8, 127.0.0.1`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(u128, u32)>);

/// A text that is no list of networks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address or a network like 10.0.0.0/8")]
pub struct NetworkError(String);

impl FromStr for TrustedProxies {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

fn network(text: &str) -> Result<(u128, u32), NetworkError> {
    let refused = || NetworkError(text.to_owned());
    let (address, prefix) = text
        .split_once('/')
        .map_or((text, None), |(a, p)| (a, Some(p)));
    let address: IpAddr = address.parse().map_err(|_| refused())?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let prefix: u32 = match prefix {
        Some(prefix) => prefix
            .parse()
            .ok()
            .filter(|p| *p <= width)
            .ok_or_else(refused)?,
        None => width,
    };
    Ok((bits(address), prefix + 128 - width))
}

/// IPv4 as IPv4-mapped IPv6, so that there is one comparison.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl TrustedProxies {
    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, prefix)| {
            let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
            bits(address) & mask == network & mask
        })
    }

    /// The client behind the known proxies: the last address nobody vouches for.
    fn client(&self, peer: IpAddr, forwarded: &str) -> IpAddr {
        let mut client = peer;
        for hop in forwarded.rsplit(',').take(20) {
            if !self.contains(client) {
                break;
            }
            match hop.trim().parse() {
                Ok(address) => client = address,
                Err(_) => break,
            }
        }
        client
    }
}

/// The client's address for limits and records: IPv6 by its /64.
#[must_use]
pub fn client_ip(state: &WebState, headers: &HeaderMap, extensions: &Extensions) -> String {
    let Some(Peer(peer)) = extensions.get::<Peer>() else {
        return String::new();
    };
    let header = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    let address = state
        .options
        .trusted_proxies
        .client(peer.ip(), header.unwrap_or_default());
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let prefix = v6.to_bits() & (u128::MAX << 64);
            format!("{}/64", std::net::Ipv6Addr::from_bits(prefix))
        }
    }
}

/// Address and browser, for the list of sessions.
#[must_use]
pub fn client_of(state: &WebState, headers: &HeaderMap, extensions: &Extensions) -> Client {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Client {
        ip: client_ip(state, headers, extensions),
        user_agent: agent.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_proxies_may_name_the_client() {
        let proxies: TrustedProxies = "10.0.0.0/8, ::1".parse().unwrap();
        let client = |peer: &str, forwarded: &str| {
            proxies.client(peer.parse().unwrap(), forwarded).to_string()
        };
        assert_eq!(client("10.1.2.3", "192.0.2.7"), "192.0.2.7");
        assert_eq!(
            client("192.0.2.9", "203.0.113.1"),
            "192.0.2.9",
            "not a proxy of ours"
        );
        assert_eq!(
            client("10.1.2.3", "203.0.113.1, 192.0.2.7, 10.9.9.9"),
            "192.0.2.7"
        );
        assert_eq!(client("10.1.2.3", "nonsense"), "10.1.2.3");
        assert_eq!(client("::1", ""), "::1");
        assert!("10.0.0.0/33".parse::<TrustedProxies>().is_err());
    }
}
