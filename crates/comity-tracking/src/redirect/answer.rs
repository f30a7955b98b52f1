//! The answers of the redirect host.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
    RETRY_AFTER, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Response, StatusCode};

/// Links are not for search results.
static ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

pub(crate) type Answer = Response<Full<Bytes>>;

/// Why a link leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadEnd {
    /// There is no such link.
    Unknown,
    /// It is stopped for now.
    Paused,
    /// Its time is over.
    Expired,
}

/// Draws the page for a dead end: language tag (as in `Accept-Language`,
/// possibly empty) and reason to HTML. Its styles must be inline; scripts do
/// not run there.
pub type DeadEndPage = dyn Fn(&str, DeadEnd) -> Vec<u8> + Send + Sync;

/// A 302 that nobody keeps.
pub(crate) fn redirect(
    location: String,
    cookies: impl Iterator<Item = HeaderValue>,
) -> Option<Answer> {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::FOUND;
    let headers = answer.headers_mut();
    // One allocation for all it may hold.
    headers.reserve(6);
    let location = HeaderValue::from_maybe_shared(Bytes::from(location)).ok()?;
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ROBOTS.clone(), HeaderValue::from_static("noindex"));
    for cookie in cookies {
        headers.append(SET_COOKIE, cookie);
    }
    Some(answer)
}

/// A page for people.
pub(crate) fn page(html: Vec<u8>, reason: DeadEnd) -> Answer {
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let mut answer = Response::new(Full::new(html.into()));
    *answer.status_mut() = match reason {
        DeadEnd::Unknown => StatusCode::NOT_FOUND,
        DeadEnd::Paused | DeadEnd::Expired => StatusCode::GONE,
    };
    let headers = answer.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(ROBOTS.clone(), HeaderValue::from_static("noindex"));
    answer
}

/// Too many at once: worth another try in a second.
pub(crate) fn busy() -> Answer {
    let mut answer = plain(StatusCode::SERVICE_UNAVAILABLE, "too busy, try again\n");
    let later = HeaderValue::from_static("1");
    answer.headers_mut().insert(RETRY_AFTER, later);
    answer
}

/// A short answer for machines.
pub(crate) fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
