//! The spool as the redirect sees it: append and wait.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::format;
use super::group::{Append, Group};
use super::journal::Journal;
use super::shelf::Shelf;
use super::storage::{Disk, Storage};
use super::{AppendError, Durability, SpoolError, SpoolOptions};

/// Most bytes that may wait for one commit: about 30,000 clicks, more than a
/// second of full load; whoever comes later is told at once.
const MAX_PENDING: usize = 8 << 20;
/// How often a full disk is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// A shared, bounded, durable queue of records.
pub struct Spool {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

pub(crate) struct Shared {
    pub storage: Arc<dyn Storage>,
    pub shelf: Arc<Shelf>,
    options: SpoolOptions,
    queue: Mutex<Queue>,
    /// Rung when the queue gets its first record and when the spool closes.
    bell: Condvar,
    reserve_bell: Condvar,
    writing: Mutex<Writing>,
    /// Tells the shipper that something was committed.
    pub committed: Notify,
    /// Where those who wait for a commit run, if the spool was opened there.
    runtime: Option<Handle>,
    pub counts: Counts,
}

#[derive(Default)]
struct Queue {
    records: Vec<u8>,
    count: u64,
    group: Arc<Group>,
    closed: bool,
}

struct Writing {
    journal: Journal,
    full_since: Option<Instant>,
}

/// Counters of one process's life.
#[derive(Default)]
pub(crate) struct Counts {
    pub recorded: AtomicU64,
    pub unrecorded: AtomicU64,
    pub groups: AtomicU64,
    pub shipped: AtomicU64,
    /// Microseconds UTC of the oldest click that waits for shipping; 0 for none.
    pub oldest: AtomicI64,
    pub stuck: AtomicBool,
}

/// How the spool is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Clicks made durable by this process.
    pub recorded: u64,
    /// Clicks that could not be kept; their visitors were redirected without a click id.
    pub unrecorded: u64,
    /// Group commits so far.
    pub groups: u64,
    /// Clicks stored by the sink.
    pub shipped: u64,
    /// Clicks that wait for the sink.
    pub waiting: u64,
    /// When the oldest waiting click was recorded, in microseconds UTC, if shipping is behind.
    pub oldest_micros: Option<i64>,
    /// Shipping stopped at a record this version cannot read.
    pub is_stuck: bool,
    /// Bytes of segments with records.
    pub used_bytes: u64,
    /// Bytes of spares in reserve.
    pub reserve_bytes: u64,
}

impl Spool {
    /// Opens the spool in a folder and starts its threads.
    ///
    /// # Errors
    /// When the folder cannot be used or the options make no sense.
    pub fn open(folder: &Path, options: SpoolOptions) -> Result<Self, SpoolError> {
        Self::on(Arc::new(Disk::open(folder)?), options)
    }

    /// The same on any storage.
    ///
    /// # Errors
    /// As [`Spool::open`].
    pub fn on(storage: Arc<dyn Storage>, options: SpoolOptions) -> Result<Self, SpoolError> {
        let journal = Journal::open(Arc::clone(&storage), &options)?;
        let shared = Arc::new(Shared {
            storage,
            shelf: Arc::clone(journal.shelf()),
            options,
            queue: Mutex::default(),
            bell: Condvar::new(),
            reserve_bell: Condvar::new(),
            counts: Counts {
                // What earlier processes recorded waits for shipping too.
                recorded: AtomicU64::new(journal.recovered()),
                ..Counts::default()
            },
            writing: Mutex::new(Writing {
                journal,
                full_since: None,
            }),
            committed: Notify::new(),
            runtime: Handle::try_current().ok(),
        });
        let mut threads = vec![start("spool-reserve", &shared, Shared::keep_reserve)?];
        if options.durability == Durability::Disk {
            threads.push(start("spool-commit", &shared, Shared::commit_groups)?);
        }
        Ok(Self {
            shared,
            threads: Mutex::new(threads),
        })
    }

    /// Appends one record. It is durable when the future resolves to `Ok`;
    /// with `durability = os` that is at once.
    pub fn append(&self, record: &[u8]) -> Append {
        let appended = match self.shared.options.durability {
            Durability::Disk => self.shared.enqueue(record).map(Append::waiting),
            Durability::Os => self
                .shared
                .write_now(record)
                .map(|()| Append::known(Ok(()))),
        };
        appended.unwrap_or_else(|error| {
            self.shared
                .counts
                .unrecorded
                .fetch_add(1, Ordering::Relaxed);
            Append::known(Err(error))
        })
    }

    /// Counters for metrics, `comity spool` and the "data is late" notice.
    #[must_use]
    pub fn backlog(&self) -> Backlog {
        let counts = &self.shared.counts;
        let [recorded, unrecorded, groups, shipped] = [
            &counts.recorded,
            &counts.unrecorded,
            &counts.groups,
            &counts.shipped,
        ]
        .map(|count| count.load(Ordering::Relaxed));
        let (reserve_bytes, used_bytes) = self.shared.shelf.bytes();
        Backlog {
            recorded,
            unrecorded,
            groups,
            shipped,
            waiting: recorded.saturating_sub(shipped),
            oldest_micros: Some(counts.oldest.load(Ordering::Relaxed)).filter(|&at| at != 0),
            is_stuck: counts.stuck.load(Ordering::Relaxed),
            used_bytes,
            reserve_bytes,
        }
    }

    /// Commits what waits and stops the threads; later appends are refused.
    pub fn close(&self) {
        lock(&self.shared.queue).closed = true;
        self.shared.bell.notify_all();
        self.shared.reserve_bell.notify_all();
        for thread in lock(&self.threads).drain(..) {
            if thread.join().is_err() {
                tracing::error!("a spool thread panicked");
            }
        }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn enqueue(&self, record: &[u8]) -> Result<Arc<Group>, AppendError> {
        let mut queue = lock(&self.queue);
        if queue.closed {
            return Err(AppendError::Closed);
        }
        if queue.records.len() >= MAX_PENDING {
            return Err(AppendError::Behind);
        }
        let was_empty = queue.records.is_empty();
        if !format::frame(&mut queue.records, record) {
            return Err(AppendError::TooLarge);
        }
        queue.count += 1;
        let group = Arc::clone(&queue.group);
        drop(queue);
        if was_empty {
            self.bell.notify_one();
        }
        Ok(group)
    }

    /// The commit thread: everything that arrived while the last group was
    /// being written is the next group, so groups grow with the load.
    fn commit_groups(&self) {
        let mut records = Vec::new();
        loop {
            let mut queue = lock(&self.queue);
            while queue.records.is_empty() {
                if queue.closed {
                    return;
                }
                queue = self
                    .bell
                    .wait(queue)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            std::mem::swap(&mut queue.records, &mut records);
            let group = std::mem::take(&mut queue.group);
            let count = std::mem::take(&mut queue.count);
            drop(queue);
            let outcome = self.commit(&mut records, count);
            group.finish(outcome, self.runtime.as_ref());
            records.clear();
        }
    }

    fn write_now(&self, record: &[u8]) -> Result<(), AppendError> {
        if lock(&self.queue).closed {
            return Err(AppendError::Closed);
        }
        let mut framed = Vec::with_capacity(record.len() + format::FRAME);
        if !format::frame(&mut framed, record) {
            return Err(AppendError::TooLarge);
        }
        let mut writing = lock(&self.writing);
        self.write(&mut writing, &mut framed)?;
        drop(writing);
        self.count_committed(1);
        Ok(())
    }

    fn commit(&self, records: &mut [u8], count: u64) -> Result<(), AppendError> {
        let outcome = self.write(&mut lock(&self.writing), records);
        match outcome {
            Ok(()) => self.count_committed(count),
            Err(_) => {
                self.counts.unrecorded.fetch_add(count, Ordering::Relaxed);
            }
        }
        outcome
    }

    fn write(&self, writing: &mut Writing, records: &mut [u8]) -> Result<(), AppendError> {
        let waits = writing
            .full_since
            .is_some_and(|since| since.elapsed() < RETRY);
        if waits && self.shelf.bytes().0 == 0 {
            return Err(AppendError::Full);
        }
        let outcome = writing.journal.write_group(records).map(|_| ());
        writing.full_since = (outcome == Err(AppendError::Full)).then(Instant::now);
        outcome
    }

    fn count_committed(&self, count: u64) {
        self.counts.recorded.fetch_add(count, Ordering::Relaxed);
        self.counts.groups.fetch_add(1, Ordering::Relaxed);
        self.committed.notify_one();
    }

    /// The reserve thread: makes spares ahead of need, off the commit path.
    fn keep_reserve(&self) {
        loop {
            // One at a time: a start must not keep the disk busy for the whole reserve.
            if self.shelf.bytes().0 < self.options.reserve_bytes
                && let Ok(serial) = self.shelf.make_spare()
            {
                self.shelf.add_spare(serial);
            }
            let queue = lock(&self.queue);
            if queue.closed {
                return;
            }
            let rest = self.reserve_bell.wait_timeout(queue, RETRY);
            drop(rest.unwrap_or_else(PoisonError::into_inner));
        }
    }
}

fn start(name: &str, shared: &Arc<Shared>, run: fn(&Shared)) -> std::io::Result<JoinHandle<()>> {
    let shared = Arc::clone(shared);
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || run(&shared))
}

// Every critical section leaves its data whole, so a poisoned lock is usable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
