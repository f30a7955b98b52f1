//! What machines ask an edge of its own: counters, life and readiness, on a
//! listener apart from the visitors'.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::Service;
use hyper::{Method, Request, Response, StatusCode};

/// Appends counters as Prometheus text.
pub type Counters = dyn Fn(&mut String) + Send + Sync;
/// Whether visitors can be sent on.
pub type Readiness = dyn Fn() -> bool + Send + Sync;

/// `/metrics`, `/healthz` and `/readyz`, nothing else. It asks for no token:
/// its address is the operator's own.
#[derive(Clone)]
pub struct Probe {
    counters: Arc<Counters>,
    is_ready: Arc<Readiness>,
}

impl Probe {
    /// A service over what it asks.
    #[must_use]
    pub fn new(counters: Arc<Counters>, is_ready: Arc<Readiness>) -> Self {
        Self { counters, is_ready }
    }

    fn answer(&self, method: &Method, path: &str) -> (StatusCode, String) {
        if method != Method::GET && method != Method::HEAD {
            let text = "GET or HEAD only\n".to_owned();
            return (StatusCode::METHOD_NOT_ALLOWED, text);
        }
        match path {
            "/metrics" => {
                let mut text = String::new();
                (self.counters)(&mut text);
                (StatusCode::OK, text)
            }
            "/healthz" => (StatusCode::OK, "ok\n".to_owned()),
            "/readyz" if (self.is_ready)() => (StatusCode::OK, "ready\n".to_owned()),
            "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, "no links yet\n".to_owned()),
            _ => (StatusCode::NOT_FOUND, "not found\n".to_owned()),
        }
    }
}

impl<B> Service<Request<B>> for Probe {
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn call(&self, request: Request<B>) -> Self::Future {
        let (status, text) = self.answer(request.method(), request.uri().path());
        let mut response = Response::new(Full::new(Bytes::from(text)));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        ready(Ok(response))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn an_edge_is_ready_once_it_has_links() {
        let has_links = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&has_links);
        let probe = Probe::new(
            Arc::new(|out| out.push_str("comity_clicks_waiting 3\n")),
            Arc::new(move || asked.load(Ordering::Relaxed)),
        );
        let status = |path| probe.answer(&Method::GET, path).0.as_u16();
        assert_eq!(status("/healthz"), 200);
        assert_eq!(status("/readyz"), 503);
        has_links.store(true, Ordering::Relaxed);
        assert_eq!(status("/readyz"), 200);
        assert_eq!(status("/l1"), 404);
        let (_, text) = probe.answer(&Method::GET, "/metrics");
        assert!(text.contains("comity_clicks_waiting 3"));
        let (refused, _) = probe.answer(&Method::POST, "/metrics");
        assert_eq!(refused, StatusCode::METHOD_NOT_ALLOWED);
    }
}
