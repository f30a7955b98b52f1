//! Deciding whether an address typed by a user may be contacted.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use comity_app::port::{HttpError, Reply};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::address::is_public;

/// Ports that may be contacted without being listed.
const PORTS: [u16; 2] = [80, 443];
/// Longest address that is accepted.
const URL_BYTES_MAX: usize = 2_048;

/// A host and port the operator trusts although it is not public or not on a usual port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    host: String,
    port: u16,
}

/// Not `host:port`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected host:port")]
pub struct TargetError;

impl std::str::FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let (host, port) = text.rsplit_once(':').ok_or(TargetError)?;
        let host = Host::parse(host).map_err(|_| TargetError)?.to_string();
        Ok(Self {
            host,
            port: port.parse().map_err(|_| TargetError)?,
        })
    }
}

/// Settings of the outbound client.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpConfig {
    /// Targets inside the operator's own network, as `host:port`.
    pub trusted: Vec<Target>,
    /// Ports besides 80 and 443 on which public hosts may be contacted.
    pub ports: Vec<u16>,
}

/// How an address may be contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Public as far as its text says; its name must still resolve to public addresses only.
    Guarded,
    /// Trusted by the operator.
    Trusted,
}

/// Checks everything the text of an address says.
pub(super) fn inspect(text: &str, config: &HttpConfig) -> Result<(Url, Verdict), HttpError> {
    if text.len() > URL_BYTES_MAX {
        return Err(HttpError::Refused("too long"));
    }
    let url = Url::parse(text).map_err(|_| HttpError::Refused("not an address"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(HttpError::Refused("scheme"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(HttpError::Refused("credentials"));
    }
    let host = url.host().ok_or(HttpError::Refused("not an address"))?;
    let port = url
        .port_or_known_default()
        .ok_or(HttpError::Refused("port"))?;
    let own = Target {
        host: host.to_string(),
        port,
    };
    if config.trusted.contains(&own) {
        return Ok((url, Verdict::Trusted));
    }
    if !PORTS.contains(&port) && !config.ports.contains(&port) {
        return Err(HttpError::Refused("port"));
    }
    let public = match host {
        Host::Domain(_) => true,
        Host::Ipv4(v4) => is_public(IpAddr::V4(v4)),
        Host::Ipv6(v6) => is_public(IpAddr::V6(v6)),
    };
    if public {
        Ok((url, Verdict::Guarded))
    } else {
        Err(HttpError::Refused("not public"))
    }
}

/// Resolves names; a seam so that hostile answers can be tested.
pub trait Lookup: Send + Sync {
    /// All addresses of `host`.
    fn lookup<'a>(&'a self, host: &'a str) -> Reply<'a, std::io::Result<Vec<IpAddr>>>;
}

/// The operating system's resolver.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup<'a>(&'a self, host: &'a str) -> Reply<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// A name with an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("name resolves to an address that is not public")]
pub(super) struct NotPublic;

/// The client's resolver: the connection goes to exactly the addresses checked here, so an answer
/// that changes afterwards changes nothing.
#[derive(Clone)]
pub(super) struct GuardedResolver(pub Arc<dyn Lookup>);

impl GuardedResolver {
    /// All addresses of `host`, if every one of them is public.
    pub async fn checked(&self, host: &str) -> Result<Vec<IpAddr>, Box<dyn Error + Send + Sync>> {
        let found = self.0.lookup(host).await?;
        if found.iter().all(|address| is_public(*address)) {
            Ok(found)
        } else {
            Err(NotPublic.into())
        }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.checked(name.as_str()).await?;
            let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
