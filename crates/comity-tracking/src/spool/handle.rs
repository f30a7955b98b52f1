//! The spool as the redirect sees it: append and wait.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::cursor;
use super::group::{Append, Group};
use super::journal::Journal;
use super::shelf::Shelf;
use super::storage::{Disk, Storage};
use super::{Durability, SpoolError, SpoolOptions};

/// How often a full disk is tried again.
pub(super) const RETRY: Duration = Duration::from_secs(1);
/// How often is looked whether the disk hangs.
const TICK: Duration = Duration::from_millis(250);

/// A shared, bounded, durable queue of records.
pub struct Spool {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

pub(crate) struct Shared {
    pub storage: Arc<dyn Storage>,
    pub shelf: Arc<Shelf>,
    pub(super) options: SpoolOptions,
    /// Records earlier processes could not keep.
    lost_before: u64,
    pub(super) queue: Mutex<Queue>,
    /// Rung when the queue gets its first record or as many as are wanted, and when the spool closes.
    pub(super) bell: Condvar,
    /// Rung when the spool closes: the other threads look around from time to time.
    closing: Condvar,
    pub(super) writing: Mutex<Writing>,
    /// Tells the shipper that something was committed.
    pub committed: Notify,
    /// Where those who wait for a commit run, if the spool was opened there.
    pub(super) runtime: Option<Handle>,
    pub counts: Counts,
}

#[derive(Default)]
pub(super) struct Queue {
    pub records: Vec<u8>,
    pub count: u64,
    pub group: Arc<Group>,
    /// How many records the commit thread waits for, if it has some already.
    pub wanted: u64,
    /// The group being written, and since when.
    pub written: Option<(Arc<Group>, Instant)>,
    pub closed: bool,
}

pub(super) struct Writing {
    pub journal: Journal,
    pub full_since: Option<Instant>,
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
        let lost_before = cursor::losses(storage.as_ref())?;
        let shared = Arc::new(Shared {
            storage,
            shelf: Arc::clone(journal.shelf()),
            options,
            lost_before,
            queue: Mutex::default(),
            bell: Condvar::new(),
            closing: Condvar::new(),
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
            threads.push(start("spool-watch", &shared, Shared::watch_commits)?);
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

    /// Counts a record nobody waited for any longer as not kept.
    pub(crate) fn count_late(&self) {
        let counts = &self.shared.counts;
        counts.unrecorded.fetch_add(1, Ordering::Relaxed);
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
        self.shared.closing.notify_all();
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
    /// The reserve thread: makes spares ahead of need, off the commit path, and
    /// writes down what could not be kept.
    fn keep_reserve(&self) {
        let mut written = 0;
        loop {
            // One at a time: a start must not keep the disk busy for the whole reserve.
            if self.shelf.bytes().0 < self.options.reserve_bytes
                && let Ok(serial) = self.shelf.make_spare()
            {
                self.shelf.add_spare(serial);
            }
            let closes = self.closes_within(RETRY);
            let lost = self.counts.unrecorded.load(Ordering::Relaxed);
            if lost != written
                && cursor::save_losses(self.storage.as_ref(), self.lost_before + lost).is_ok()
            {
                written = lost;
            }
            if closes {
                return;
            }
        }
    }

    /// The watch thread: a disk that hangs must not hold up visitors.
    fn watch_commits(&self) {
        while !self.closes_within(TICK) {
            self.give_up_late();
        }
    }

    fn closes_within(&self, pause: Duration) -> bool {
        let queue = lock(&self.queue);
        if queue.closed {
            return true;
        }
        let rest = self.closing.wait_timeout(queue, pause);
        rest.unwrap_or_else(PoisonError::into_inner).0.closed
    }
}

fn start(name: &str, shared: &Arc<Shared>, run: fn(&Shared)) -> std::io::Result<JoinHandle<()>> {
    let shared = Arc::clone(shared);
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || run(&shared))
}

// Every critical section leaves its data whole, so a poisoned lock is usable.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
