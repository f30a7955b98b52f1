//! Outbound HTTP to addresses users typed in.

use super::Reply;

/// An answer, cut to what may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpReply {
    /// Status code.
    pub status: u16,
    /// `Retry-After` in seconds, when given.
    pub retry_after_seconds: Option<u32>,
    /// The first kilobyte of the body, as text.
    pub excerpt: String,
    /// Whole milliseconds from the first byte sent to the last received.
    pub duration_ms: u32,
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The address is not http(s), not public, or on a refused port.
    #[error("address refused: {0}")]
    Refused(&'static str),
    /// No answer in time.
    #[error("timed out")]
    TimedOut,
    /// Name, connection or protocol failure.
    #[error("could not connect")]
    Failed,
}

/// Sends requests through the one guarded client (RELIABILITY 3.3).
pub trait HttpSender: Send + Sync {
    /// Posts `body`; redirects are not followed.
    fn post<'a>(
        &'a self,
        url: &'a str,
        headers: &'a [(&'static str, String)],
        body: &'a [u8],
    ) -> Reply<'a, Result<HttpReply, HttpError>>;
}
