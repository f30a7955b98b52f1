//! Addresses of sites as people type them.

use url::Url;

/// Longest accepted address.
const MAX_ADDRESS: usize = 2_000;

/// A web address with scheme and host; `acme.com` is read as `https://acme.com`.
pub(crate) fn web_address(text: &str) -> Result<Url, &'static str> {
    let text = text.trim();
    if text.len() > MAX_ADDRESS {
        return Err("too_long");
    }
    let full = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = Url::parse(&full).map_err(|_| "not_a_url")?;
    let sound = matches!(url.scheme(), "http" | "https")
        && url
            .host_str()
            .is_some_and(|host| host.contains('.') || host == "localhost")
        && url.username().is_empty()
        && url.password().is_none();
    if sound { Ok(url) } else { Err("not_a_url") }
}

/// The host of an address without a leading `www.`, so that both forms are one site.
pub(crate) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_host_is_a_site_and_a_script_is_not() {
        let read = |text| web_address(text).map(|url| url.to_string());
        assert_eq!(read("acme.com"), Ok("https://acme.com/".to_owned()));
        for bad in [
            "",
            "acme",
            "javascript:alert(1)",
            "ftp://a.com",
            "https://u:p@a.com",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
