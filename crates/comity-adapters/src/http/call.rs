//! Whole exchanges with a few known hosts: any method, a bounded body, nothing shown to tenants.

use comity_app::port::HttpError;

use super::client::{GuardedClient, classify, header_map};
use super::guard::{Verdict, inspect};

/// Most bytes of an answer that are read: the longest page of transfers has some 200 kB.
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Body, cut at a megabyte.
    pub body: Vec<u8>,
}

impl GuardedClient {
    /// `GET` without a body, `POST` with one; redirects are not followed.
    pub async fn call(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, HttpError> {
        let (url, verdict) = inspect(url, &self.config)?;
        let client = match verdict {
            Verdict::Guarded => &self.guarded,
            Verdict::Trusted => &self.trusted,
        };
        let request = match body {
            Some(body) => client.post(url).body(body),
            None => client.get(url),
        };
        let sent = request.headers(header_map(headers)?).send().await;
        let mut response = sent.map_err(|error| classify(&error))?;
        let status = response.status().as_u16();
        let mut read = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
            let room = ANSWER_BYTES_MAX.saturating_sub(read.len());
            read.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if room == 0 {
                break;
            }
        }
        Ok(Answer { status, body: read })
    }
}
