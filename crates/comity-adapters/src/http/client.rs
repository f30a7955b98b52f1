//! The outbound client: no redirects, no proxies, no cookies, bounded in time and size.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use comity_app::port::{HttpError, HttpReply, HttpSender, Reply};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, redirect};

use super::guard::{GuardedResolver, HttpConfig, Lookup, NotPublic, Verdict, inspect};

/// How much of an answer is shown to the tenant.
const EXCERPT_BYTES_MAX: usize = 1_024;

/// Bounds of one exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest whole exchange, body included.
    pub total: Duration,
    /// Most bytes of an answer that are read; the rest is not waited for.
    pub body_bytes_max: usize,
}

impl Default for Limits {
    /// RELIABILITY 3.3: 5 s to connect, 15 s in total, 256 kB.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
            body_bytes_max: 256 * 1_024,
        }
    }
}

/// The one client for addresses that users typed in.
#[derive(Clone)]
pub struct GuardedClient {
    pub(super) config: HttpConfig,
    limits: Limits,
    pub(super) guarded: Client,
    pub(super) trusted: Client,
}

impl GuardedClient {
    /// Builds the client; fails only when TLS cannot be set up.
    pub fn new(
        config: HttpConfig,
        limits: Limits,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, HttpError> {
        // Another part of the process may have chosen the same provider before: that is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = || {
            Client::builder()
                .connect_timeout(limits.connect)
                .timeout(limits.total)
                .redirect(redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .pool_max_idle_per_host(2)
                .user_agent(concat!("Comity/", env!("CARGO_PKG_VERSION")))
        };
        let guarded = builder()
            .dns_resolver(Arc::new(GuardedResolver(lookup)))
            .build();
        Ok(Self {
            config,
            limits,
            guarded: guarded.map_err(|_| HttpError::Failed)?,
            trusted: builder().build().map_err(|_| HttpError::Failed)?,
        })
    }

    async fn exchange(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
    ) -> Result<HttpReply, HttpError> {
        let (url, verdict) = inspect(url, &self.config)?;
        let client = match verdict {
            Verdict::Guarded => &self.guarded,
            Verdict::Trusted => &self.trusted,
        };
        let headers = header_map(headers)?;
        let start = Instant::now();
        let sent = client.post(url).headers(headers).body(body.to_vec()).send();
        let mut response = sent.await.map_err(|error| classify(&error))?;
        let excerpt = excerpt(&mut response, self.limits.body_bytes_max).await?;
        Ok(HttpReply {
            status: response.status().as_u16(),
            retry_after_seconds: retry_after(response.headers()),
            excerpt,
            duration_ms: u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX),
        })
    }
}

impl HttpSender for GuardedClient {
    fn post<'a>(
        &'a self,
        url: &'a str,
        headers: &'a [(&'static str, String)],
        body: &'a [u8],
    ) -> Reply<'a, Result<HttpReply, HttpError>> {
        Box::pin(self.exchange(url, headers, body))
    }
}

pub(super) fn header_map(headers: &[(&'static str, String)]) -> Result<HeaderMap, HttpError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = HeaderName::try_from(*name).map_err(|_| HttpError::Refused("header"))?;
        let value = HeaderValue::from_str(value).map_err(|_| HttpError::Refused("header"))?;
        map.insert(name, value);
    }
    Ok(map)
}

/// Reads the answer up to its limit and keeps the beginning. Nothing is decompressed.
async fn excerpt(response: &mut Response, body_bytes_max: usize) -> Result<String, HttpError> {
    let mut kept = Vec::new();
    let mut read = 0;
    while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
        let room = EXCERPT_BYTES_MAX - kept.len();
        kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
        read += chunk.len();
        if read >= body_bytes_max {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&kept).into_owned())
}

/// `Retry-After` in seconds; its date form is not used by webhook receivers and is ignored.
fn retry_after(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

pub(super) fn classify(error: &reqwest::Error) -> HttpError {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if inner.is::<NotPublic>() {
            return HttpError::Refused("not public");
        }
        source = inner.source();
    }
    if error.is_timeout() {
        HttpError::TimedOut
    } else {
        HttpError::Failed
    }
}
