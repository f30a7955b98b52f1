//! Where a request comes from. `X-Forwarded-For` is believed only from known proxies
//! (ASVS 4.1.3).

use std::net::{IpAddr, Ipv6Addr};

use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap};
use comity_app::session::Client;
pub use comity_tracking::server::{Peer, TrustedProxies};

use crate::state::WebState;

/// The client's address for limits and records: IPv6 by its /64.
#[must_use]
pub fn client_ip(state: &WebState, headers: &HeaderMap, extensions: &Extensions) -> String {
    let Some(peer) = extensions.get::<Peer>() else {
        return String::new();
    };
    match state.options.trusted_proxies.client(*peer, headers).address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let prefix = v6.to_bits() & (u128::MAX << 64);
            format!("{}/64", Ipv6Addr::from_bits(prefix))
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
