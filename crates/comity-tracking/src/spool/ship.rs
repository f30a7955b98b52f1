//! Shipping: from the spool into the store, exactly once in effect.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use comity_domain::Timestamp;
use tokio::time::{sleep, timeout};

use super::handle::{Shared, Spool};
use super::reader::Reader;
use crate::click::{self, Click};
use crate::codec::DecodeError;
use crate::collect::{self, HintRecord};

/// Clicks per batch: one transaction of the store; larger ones gain nothing.
const BATCH: usize = 4096;
/// How long clicks may gather before a batch that is not full is shipped.
const LINGER: Duration = Duration::from_millis(50);
/// First and longest wait after the sink failed.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// Why a batch was not stored. It will be offered again.
#[derive(Debug, thiserror::Error)]
#[error("could not store clicks")]
pub struct SinkError(#[from] pub Box<dyn std::error::Error + Send + Sync>);

/// Where clicks are stored for good.
///
/// `store` returns `Ok` only when all clicks are durable there. It must take a
/// click id it already has as a success without effect: after a crash the last
/// batch comes again.
pub trait ClickSink: Send + Sync + 'static {
    /// Stores a batch, in order of recording.
    fn store(&self, clicks: &[Click]) -> impl Future<Output = Result<(), SinkError>> + Send;

    /// Stores what pages told since; their clicks are stored already. As with
    /// clicks, a hint it has is a success without effect.
    fn hear(&self, hints: &[HintRecord]) -> impl Future<Output = Result<(), SinkError>> + Send;
}

/// A batch, sorted by kind; within each in order of recording.
#[derive(Default)]
struct Batch {
    clicks: Vec<Click>,
    hints: Vec<HintRecord>,
}

impl Batch {
    fn read(records: &[Vec<u8>]) -> Result<Self, DecodeError> {
        let mut batch = Self::default();
        for record in records {
            if collect::is_hint(record) {
                batch.hints.push(collect::decode(record)?);
            } else {
                batch.clicks.push(click::decode(record)?);
            }
        }
        Ok(batch)
    }

    /// When its first record was made.
    fn since(&self) -> Option<Timestamp> {
        let click = self.clicks.first().map(|click| click.at);
        let hint = self.hints.first().map(|hint| hint.at);
        click.into_iter().chain(hint).min()
    }
}

/// Why shipping made no progress.
#[derive(Debug, thiserror::Error)]
pub enum ShipError {
    /// The sink is unavailable.
    #[error("sink refused")]
    Sink(#[from] SinkError),
    /// The spool cannot be read.
    #[error("could not read the spool")]
    Io(#[from] io::Error),
    /// A record is from a newer version of the program: nothing is skipped.
    #[error("spool holds a record this version cannot read")]
    Record(#[from] DecodeError),
}

/// Moves clicks from a spool to a sink.
pub struct Shipper<S> {
    shared: Arc<Shared>,
    /// Taken while a blocking thread uses it.
    reader: Option<Reader>,
    sink: S,
}

impl<S: ClickSink> Shipper<S> {
    /// A shipper; one per spool.
    ///
    /// # Errors
    /// When the cursor can be neither read nor made.
    pub fn new(spool: &Spool, sink: S) -> io::Result<Self> {
        let shared = Arc::clone(spool.shared());
        let reader = Reader::new(Arc::clone(&shared.storage), Arc::clone(&shared.shelf))?;
        Ok(Self {
            shared,
            reader: Some(reader),
            sink,
        })
    }

    /// Ships one batch; returns how many records it held.
    ///
    /// # Errors
    /// When nothing was shipped; calling again is safe.
    pub async fn step(&mut self) -> Result<usize, ShipError> {
        // Decoded beside the reading, off the threads that answer requests.
        let read = |reader: &mut Reader| {
            let (records, next) = reader.read(BATCH)?;
            Ok((Batch::read(&records), records.len(), next))
        };
        let (batch, count, next) = self.with_reader(read).await?;
        let batch =
            batch.inspect_err(|_| self.shared.counts.stuck.store(true, Ordering::Relaxed))?;
        let Some(since) = batch.since() else {
            self.shared.counts.oldest.store(0, Ordering::Relaxed);
            return Ok(0);
        };
        self.shared
            .counts
            .oldest
            .store(since.micros(), Ordering::Relaxed);
        if !batch.clicks.is_empty() {
            self.sink.store(&batch.clicks).await?;
        }
        if !batch.hints.is_empty() {
            self.sink.hear(&batch.hints).await?;
        }
        let advance = move |reader: &mut Reader| {
            // Thousands of small pieces: freed off those threads too.
            drop(batch);
            reader.advance(next)
        };
        self.with_reader(advance).await?;
        self.shared
            .counts
            .shipped
            .fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }

    /// Ships until `shutdown` resolves, then once more what is left, if the
    /// sink takes it. Failures are tried again with growing pauses.
    pub async fn run(mut self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut pause = BACKOFF.0;
        loop {
            let wait = match self.step().await {
                Ok(BATCH) => continue,
                Ok(count) => {
                    pause = BACKOFF.0;
                    if count == 0 { None } else { Some(LINGER) }
                }
                Err(error) => {
                    tracing::warn!(%error, "clicks wait in the spool");
                    let now = pause;
                    pause = (pause * 2).min(BACKOFF.1);
                    Some(now)
                }
            };
            let shared = Arc::clone(&self.shared);
            let pause = async {
                match wait {
                    Some(wait) => sleep(wait).await,
                    None => {
                        shared.committed.notified().await;
                        sleep(LINGER).await;
                    }
                }
            };
            tokio::select! {
                () = pause => {}
                () = &mut shutdown => break,
            }
        }
        // Bounded: a store that hangs must not hold up the end of the process.
        let drain = async { while matches!(self.step().await, Ok(1..)) {} };
        let _ = timeout(BACKOFF.1, drain).await;
    }

    /// Runs file work off the async threads.
    async fn with_reader<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Reader) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let mut reader = match self.reader.take() {
            Some(reader) => reader,
            // An earlier step was cancelled half way; the cursor file knows where to go on.
            None => Reader::new(
                Arc::clone(&self.shared.storage),
                Arc::clone(&self.shared.shelf),
            )?,
        };
        let task = tokio::task::spawn_blocking(move || {
            let outcome = work(&mut reader);
            (reader, outcome)
        });
        let (reader, outcome) = task.await.map_err(io::Error::other)?;
        self.reader = Some(reader);
        outcome
    }
}
