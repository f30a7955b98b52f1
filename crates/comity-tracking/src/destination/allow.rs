//! The hosts a program's deep links may lead to.

use std::net::IpAddr;

use url::{Host, Url};

/// Longest list: it is scanned on every deep link.
const MAX_ENTRIES: usize = 100;

/// Why an entry cannot be on an allow-list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowError {
    /// Not `host` or `host:port`.
    #[error("`{0}` is not a host name")]
    NotAHost(String),
    /// Everybody can own a name under it (`com`, `co.uk`, `github.io`).
    #[error("`{0}` is a public suffix")]
    PublicSuffix(String),
    /// More entries than a list may have.
    #[error("an allow-list has at most 100 entries")]
    TooMany,
}

/// The hosts deep links may lead to: each with its subdomains, on https and
/// the default port, unless the entry says otherwise.
///
/// Entries: `shop.com` (and everything under it), `shop.com:8443` (that port
/// too), `http://shop.com` (plain http too). Addresses and `localhost` match
/// exactly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    text: String,
    host: String,
    port: Option<u16>,
    has_subdomains: bool,
    plain_http: bool,
}

impl AllowList {
    /// Reads a list.
    ///
    /// # Errors
    /// Names the first entry that cannot be allowed.
    pub fn parse<S: AsRef<str>>(entries: &[S]) -> Result<Self, AllowError> {
        if entries.len() > MAX_ENTRIES {
            return Err(AllowError::TooMany);
        }
        let entries = entries
            .iter()
            .map(|e| Entry::parse(e.as_ref()))
            .collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// Reads a list and leaves out what cannot be allowed.
    #[must_use]
    pub fn parse_lenient<S: AsRef<str>>(entries: &[S]) -> Self {
        let usable = entries.iter().take(MAX_ENTRIES);
        Self {
            entries: usable
                .filter_map(|e| Entry::parse(e.as_ref()).ok())
                .collect(),
        }
    }

    /// The entries as text.
    #[must_use]
    pub fn entries(&self) -> Vec<&str> {
        self.entries
            .iter()
            .map(|entry| entry.text.as_str())
            .collect()
    }

    /// Whether a parsed URL leads to an allowed host, scheme and port.
    #[must_use]
    pub fn permits(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else {
            return false;
        };
        self.entries.iter().any(|entry| entry.permits(url, host))
    }
}

impl Entry {
    fn parse(text: &str) -> Result<Self, AllowError> {
        let refused = || AllowError::NotAHost(text.to_owned());
        let trimmed = text.trim();
        let plain_http = trimmed.starts_with("http://");
        let name = trimmed
            .strip_prefix("http://")
            .or_else(|| trimmed.strip_prefix("https://"))
            .unwrap_or(trimmed)
            .trim_end_matches('/');
        let scheme = if plain_http { "http" } else { "https" };
        let url = Url::parse(&format!("{scheme}://{name}/")).map_err(|_| refused())?;
        let only_a_host = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let host = url
            .host_str()
            .filter(|_| only_a_host)
            .ok_or_else(refused)?
            .to_owned();
        let has_subdomains = match url.host() {
            Some(Host::Domain("localhost")) => false,
            Some(Host::Domain(domain)) => {
                check_domain(domain, text)?;
                true
            }
            _ => false,
        };
        Ok(Self {
            text: trimmed.to_owned(),
            host,
            port: url.port(),
            has_subdomains,
            plain_http,
        })
    }

    fn permits(&self, url: &Url, host: &str) -> bool {
        let scheme = url.scheme() == "https" || (self.plain_http && url.scheme() == "http");
        let port = url.port().is_none() || url.port() == self.port;
        let under = || {
            self.has_subdomains
                && host
                    .strip_suffix(self.host.as_str())
                    .is_some_and(|head| head.len() > 1 && head.ends_with('.'))
        };
        scheme && port && (host == self.host || under())
    }
}

fn check_domain(domain: &str, text: &str) -> Result<(), AllowError> {
    if domain.ends_with('.') || domain.contains('*') || domain.parse::<IpAddr>().is_ok() {
        return Err(AllowError::NotAHost(text.to_owned()));
    }
    // A name without a registrable domain is itself a public suffix (or a single label).
    if psl::domain_str(domain).is_none() {
        return Err(AllowError::PublicSuffix(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(entries: &[&str], url: &str) -> bool {
        AllowList::parse(entries)
            .unwrap()
            .permits(&Url::parse(url).unwrap())
    }

    #[test]
    fn a_host_and_its_subdomains_are_allowed() {
        for good in [
            "https://good.com/",
            "https://www.good.com/x?y#z",
            "https://GOOD.com",
        ] {
            assert!(permits(&["good.com"], good), "{good}");
        }
        for bad in [
            "https://evilgood.com",
            "https://good.com.evil.com",
            "http://good.com",
            "https://good.com:444/",
            "https://good.com./",
            "https://.good.com/",
        ] {
            let url = Url::parse(bad).unwrap();
            assert!(
                !AllowList::parse(&["good.com"]).unwrap().permits(&url),
                "{bad}"
            );
        }
    }

    #[test]
    fn ports_and_plain_http_must_be_listed() {
        assert!(permits(&["good.com:8443"], "https://good.com:8443/"));
        assert!(permits(&["good.com:8443"], "https://good.com/"));
        assert!(permits(&["http://good.com"], "http://good.com/"));
        assert!(permits(
            &["http://127.0.0.1:8080"],
            "http://127.0.0.1:8080/"
        ));
    }

    #[test]
    fn public_suffixes_and_nonsense_are_refused() {
        for suffix in ["com", "co.uk", "github.io", "intranet"] {
            let error = AllowList::parse(&[suffix]).unwrap_err();
            assert_eq!(error, AllowError::PublicSuffix(suffix.to_owned()));
        }
        assert!(AllowList::parse(&["brand.github.io"]).is_ok());
        for bad in [
            "",
            "*.good.com",
            "good.com/path",
            "a@good.com",
            "good.com.",
            "go od.com",
        ] {
            assert!(AllowList::parse(&[bad]).is_err(), "{bad}");
        }
    }
}
