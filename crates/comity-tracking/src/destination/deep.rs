//! Which URLs may be redirected to at all, and which deep links are honoured.

use url::Url;

use super::allow::AllowList;

/// Longest destination, stored or asked for, in bytes. Browsers and servers
/// agree on about 8 kB for the whole request line; parameters need room too.
const MAX_LENGTH: usize = 4096;

/// Why a URL cannot be a stored destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DestinationError {
    /// Not an absolute URL.
    #[error("destination is not an absolute url")]
    NotAUrl,
    /// Neither http nor https.
    #[error("destination must be http or https")]
    Scheme,
    /// Has a user name or password.
    #[error("destination must not hold a user name or password")]
    Credentials,
    /// Longer than 4,096 bytes.
    #[error("destination is longer than 4096 bytes")]
    TooLong,
    /// Holds control characters.
    #[error("destination holds control characters")]
    Control,
}

/// Why a deep link was not honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not usable as a destination at all.
    #[error("not a usable url")]
    Unusable(#[from] DestinationError),
    /// Outside the program's allow-list.
    #[error("host, scheme or port is not on the allow-list")]
    NotAllowed,
    /// Asked for twice in one request.
    #[error("more than one deep link")]
    Ambiguous,
}

/// Checks a destination and writes it the way browsers will read it.
///
/// # Errors
/// When it is not a plain absolute http(s) URL.
pub fn normalise(destination: &str) -> Result<String, DestinationError> {
    parse(destination).map(String::from)
}

/// A deep link whose signature was verified: any plain http(s) URL, re-serialised.
///
/// # Errors
/// When it is not usable as a destination at all.
pub fn signed_link(asked: &str) -> Result<String, Refusal> {
    Ok(parse(asked)?.into())
}

/// The deep link `asked`, re-serialised, when the allow-list permits it.
///
/// # Errors
/// Says why not; the visitor then goes to the stored destination.
pub fn deep_link(asked: &str, allow: &AllowList) -> Result<String, Refusal> {
    let url = parse(asked)?;
    if allow.permits(&url) {
        Ok(url.into())
    } else {
        Err(Refusal::NotAllowed)
    }
}

fn parse(text: &str) -> Result<Url, DestinationError> {
    if text.len() > MAX_LENGTH {
        return Err(DestinationError::TooLong);
    }
    // The URL standard strips some of these silently; a sender who needs that is no friend.
    if text.chars().any(char::is_control) {
        return Err(DestinationError::Control);
    }
    let url = Url::parse(text).map_err(|_| DestinationError::NotAUrl)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(DestinationError::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(DestinationError::Credentials);
    }
    if url.as_str().len() > MAX_LENGTH {
        return Err(DestinationError::TooLong);
    }
    Ok(url)
}
