//! Group commit: from the queue onto the disk, and to those who wait for it.

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::AppendError;
use super::format;
use super::group::Group;
use super::handle::{Queue, RETRY, Shared, Writing, lock};

/// Most bytes that may wait for one commit: about 30,000 clicks, more than a
/// second of full load; whoever comes later is told at once.
const MAX_PENDING: usize = 8 << 20;
/// A group of this size shows load: the next one is worth waiting for.
const CROWD: u64 = 8;
/// How long at most; about half of what a commit takes.
const GATHER: Duration = Duration::from_millis(1);

impl Shared {
    pub(super) fn enqueue(&self, record: &[u8]) -> Result<Arc<Group>, AppendError> {
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
        let is_awaited = was_empty || queue.count == queue.wanted;
        drop(queue);
        if is_awaited {
            self.bell.notify_one();
        }
        Ok(group)
    }

    /// The commit thread: everything that arrived while the last group was
    /// being written is the next group, so groups grow with the load.
    pub(super) fn commit_groups(&self) {
        let mut records = Vec::new();
        let mut last = 0;
        loop {
            let mut queue = lock(&self.queue);
            queue.written = None;
            while queue.records.is_empty() {
                if queue.closed {
                    return;
                }
                queue = self
                    .bell
                    .wait(queue)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            if last >= CROWD && queue.count < last && !queue.closed {
                queue = self.gather(queue, last);
            }
            last = queue.count;
            std::mem::swap(&mut queue.records, &mut records);
            let next = Arc::new(Group::for_about(queue.count));
            let group = std::mem::replace(&mut queue.group, next);
            let count = std::mem::take(&mut queue.count);
            queue.written = Some((Arc::clone(&group), Instant::now()));
            drop(queue);
            let outcome = self.commit(&mut records, count);
            group.finish(outcome, self.runtime.as_ref());
            records.clear();
        }
    }

    pub(super) fn write_now(&self, record: &[u8]) -> Result<(), AppendError> {
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

    /// Those who were just told come again in a moment. A commit for the first
    /// few of them would cost as much as one for all, and make all others wait.
    fn gather<'a>(&self, mut queue: MutexGuard<'a, Queue>, last: u64) -> MutexGuard<'a, Queue> {
        queue.wanted = last;
        let few = |queue: &mut Queue| queue.count < queue.wanted && !queue.closed;
        let gathered = self.bell.wait_timeout_while(queue, GATHER, few);
        let mut queue = gathered.unwrap_or_else(PoisonError::into_inner).0;
        queue.wanted = 0;
        queue
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

    /// Whoever waits for a commit that has taken too long is told so. Their
    /// records may become durable yet; nobody has heard of them.
    pub(super) fn give_up_late(&self) {
        let late = {
            let mut queue = lock(&self.queue);
            let since = queue.written.as_ref().map(|(_, since)| since.elapsed());
            if since.is_none_or(|since| since < self.options.commit_deadline) {
                return;
            }
            let waiting = std::mem::take(&mut queue.group);
            // Only once: those who come from now on wait for as long again.
            let written = queue.written.as_mut();
            let written = written.map(|(group, since)| {
                *since = Instant::now();
                std::mem::take(group)
            });
            [Some(waiting), written]
        };
        for group in late.into_iter().flatten() {
            group.finish(Err(AppendError::Late), self.runtime.as_ref());
        }
    }
}
