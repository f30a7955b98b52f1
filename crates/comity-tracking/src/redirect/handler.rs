//! The HTTP service of the redirect host.

use std::convert::Infallible;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use hyper::body::{Body, Bytes};
use hyper::header::{ACCEPT_LANGUAGE, ALLOW, HOST, HeaderValue};
use hyper::http::request::Parts;
use hyper::service::Service;
use hyper::{HeaderMap, Method, Request, StatusCode};

use super::answer::{self, Answer, DeadEnd, DeadEndPage};
use super::bounded;
use super::cookie::Scope;
use super::facts::Ask;
use super::query::Query;
use super::tracker::{Recorded, Tracker};
use crate::collect::{Asker, Collector, Route};
use crate::link::{Found, LinkState};
use crate::server::{Client, Peer, Priority, TrustedProxies};

/// Longest request target, in bytes.
const MAX_TARGET: usize = 8192;
/// Longest slug, in bytes.
const MAX_SLUG: usize = 128;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The redirect host: `/{slug}`, `/go/{slug}`, the collectors under `/t/`, the
/// script and `/healthz`, nothing else.
#[derive(Clone)]
pub struct Redirect(Arc<Inner>);

struct Inner {
    collector: Collector,
    tracker: Arc<Tracker>,
    dead_end: Box<DeadEndPage>,
    trusted: TrustedProxies,
    is_https: bool,
}

impl Redirect {
    /// A service over `tracker`. `dead_end` draws the pages of links that lead
    /// nowhere; `is_https` says that visitors always come by TLS.
    #[must_use]
    pub fn new(
        tracker: Arc<Tracker>,
        dead_end: Box<DeadEndPage>,
        trusted: TrustedProxies,
        is_https: bool,
    ) -> Self {
        Self(Arc::new(Inner {
            collector: Collector::new(Arc::clone(&tracker)),
            tracker,
            dead_end,
            trusted,
            is_https,
        }))
    }

    /// Answers one request.
    pub async fn answer<B>(&self, request: Request<B>) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<BoxError>,
    {
        self.0.answer(request).await
    }
}

impl<B> Service<Request<B>> for Redirect
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Answer;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Infallible>> + Send>>;

    fn call(&self, request: Request<B>) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { Ok(inner.answer(request).await) })
    }
}

impl Inner {
    async fn answer<B>(&self, request: Request<B>) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<BoxError>,
    {
        let (parts, body) = request.into_parts();
        if parts.uri.query().map_or(0, str::len) <= MAX_TARGET
            && let Some(route) = Route::of(parts.uri.path())
        {
            let host = host(&parts);
            let asker = self.asker(&parts, &host);
            return self.collector.answer(route, &parts, body, asker).await;
        }
        self.follow(parts).await
    }

    fn asker<'a>(&self, parts: &Parts, host: &'a str) -> Asker<'a> {
        let client = self.client(parts);
        Asker {
            client,
            host,
            is_https: self.is_https || client.is_https,
        }
    }

    fn client(&self, parts: &Parts) -> Client {
        let peer = parts.extensions.get::<Peer>().copied();
        let peer = peer.unwrap_or(Peer(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))));
        self.trusted.client(peer, &parts.headers)
    }

    /// The way of a link.
    async fn follow(&self, parts: Parts) -> Answer {
        let begun = Instant::now();
        let is_head = parts.method == Method::HEAD;
        if !is_head && parts.method != Method::GET {
            let mut refusal = answer::plain(StatusCode::METHOD_NOT_ALLOWED, "GET or HEAD only\n");
            refusal
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return refusal;
        }
        let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
        if path.len() + query.len() > MAX_TARGET {
            return answer::plain(StatusCode::URI_TOO_LONG, "request target too long\n");
        }
        match path {
            "/healthz" => return answer::plain(StatusCode::OK, "ok\n"),
            "/robots.txt" | "/favicon.ico" => {
                return answer::plain(StatusCode::NOT_FOUND, "not found\n");
            }
            _ => {}
        }
        let Some(_permit) = self.tracker.shedder.admit(Priority::Click) else {
            return answer::busy();
        };
        let host = host(&parts);
        let slug = slug(path);
        let found = slug
            .as_ref()
            .and_then(|slug| self.tracker.links.find(&host, slug));
        let (Some(found), Some(slug)) = (found, slug) else {
            return self.nowhere(&parts.headers, DeadEnd::Unknown);
        };
        if let Some(reason) = self.dead_end(&found) {
            return self.stopped(&parts.headers, &found, reason);
        }
        let client = self.client(&parts);
        let ask = Ask {
            found: &found,
            slug: &slug,
            query: Query::parse(query),
            headers: &parts.headers,
            client,
            is_head,
        };
        let recorded = self.tracker.visit(ask).await;
        let sent = self.send(&found, recorded, client, &host);
        self.tracker.metrics.time(begun.elapsed());
        sent.unwrap_or_else(|| self.nowhere(&parts.headers, DeadEnd::Unknown))
    }

    fn dead_end(&self, found: &Found) -> Option<DeadEnd> {
        match found.link.state {
            LinkState::Paused => Some(DeadEnd::Paused),
            LinkState::Expired => Some(DeadEnd::Expired),
            LinkState::Active => found
                .link
                .expires_at
                .filter(|at| self.tracker.now() >= *at)
                .map(|_| DeadEnd::Expired),
        }
    }

    fn stopped(&self, headers: &HeaderMap, found: &Found, reason: DeadEnd) -> Answer {
        let fallback = found.program.fallback.as_deref();
        let sent = fallback.and_then(|url| answer::redirect(url.to_owned(), std::iter::empty()));
        if sent.is_some() {
            self.tracker.metrics.count_dead_end(reason);
        }
        sent.unwrap_or_else(|| self.nowhere(headers, reason))
    }

    fn nowhere(&self, headers: &HeaderMap, reason: DeadEnd) -> Answer {
        self.tracker.metrics.count_dead_end(reason);
        let language = bounded::header(headers, ACCEPT_LANGUAGE, bounded::LONG)
            .and_then(|accept| bounded::language(&accept))
            .unwrap_or_default();
        answer::page((self.dead_end)(&language, reason), reason)
    }

    fn send(
        &self,
        found: &Found,
        mut recorded: Recorded,
        client: Client,
        host: &str,
    ) -> Option<Answer> {
        let is_https = self.is_https || client.is_https;
        let scope = Scope::of(&found.program, host, is_https);
        let location = std::mem::take(&mut recorded.location);
        answer::redirect(location, scope.cookies(&recorded))
    }
}

/// The host the visitor sees: lower case, without port and final dot.
fn host(parts: &Parts) -> String {
    let named = parts
        .headers
        .get(HOST)
        .and_then(|value| value.to_str().ok());
    let host = parts.uri.host().or(named).unwrap_or_default();
    let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let host = host[end..]
        .find(':')
        .map_or(host, |colon| &host[..end + colon]);
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// The slug in a path: its only segment, perhaps behind `go/`, percent-decoded.
fn slug(path: &str) -> Option<String> {
    let path = path.trim_start_matches('/').trim_end_matches('/');
    let path = path.strip_prefix("go/").unwrap_or(path);
    if path.is_empty() || path.len() > 3 * MAX_SLUG || path.contains('/') {
        return None;
    }
    let slug = decode(path)?;
    (slug.len() <= MAX_SLUG && !slug.chars().any(char::is_control)).then_some(slug)
}

fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_one_decoded_segment() {
        let slug = |path| slug(path);
        assert_eq!(slug("/spring").as_deref(), Some("spring"));
        assert_eq!(slug("/go/spring/").as_deref(), Some("spring"));
        assert_eq!(slug("/%D1%8F").as_deref(), Some("я"));
        for bad in [
            "/",
            "/a/b",
            "/%",
            "/%zz",
            "/%ff",
            "/a%0d%0ab",
            "/%00",
            "/go/a/b",
        ] {
            assert_eq!(slug(bad), None, "{bad}");
        }
        assert_eq!(slug(&"/a".repeat(500)), None);
    }
}
