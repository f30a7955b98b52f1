//! The counters: relaxed atomics, nothing else on the hot path.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::click::{Class, Leads};
use crate::collect::{Refusal, Route};
use crate::redirect::DeadEnd;

/// Upper bounds of the latency buckets in microseconds.
pub(crate) const BUCKETS: [u64; 11] = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000, 2_000_000,
];

/// What the redirect did since the process began.
#[derive(Debug, Default)]
pub struct Metrics {
    pub(crate) classes: [AtomicU64; 7],
    pub(crate) deep_links: AtomicU64,
    pub(crate) deep_links_refused: AtomicU64,
    pub(crate) dead_ends: [AtomicU64; 3],
    /// Landings, events and pixels taken in.
    pub(crate) told: [AtomicU64; 3],
    pub(crate) refusals: [AtomicU64; Refusal::ALL.len()],
    pub(crate) buckets: [AtomicU64; 12],
    pub(crate) micros: AtomicU64,
}

impl Metrics {
    pub(crate) fn count(&self, class: Class, leads: Leads) {
        self.classes[class as usize].fetch_add(1, Ordering::Relaxed);
        match leads {
            Leads::Stored => {}
            Leads::Deep => add(&self.deep_links),
            Leads::DeepRefused => add(&self.deep_links_refused),
        }
    }

    pub(crate) fn count_dead_end(&self, reason: DeadEnd) {
        add(&self.dead_ends[reason as usize]);
    }

    pub(crate) fn count_told(&self, route: Route) {
        let index = match route {
            Route::Visit => 0,
            Route::Event => 1,
            Route::Pixel => 2,
            Route::Script { .. } => return,
        };
        add(&self.told[index]);
    }

    pub(crate) fn count_refusal(&self, reason: Refusal) {
        add(&self.refusals[reason as usize]);
    }

    /// Requests a collector refused for one reason so far.
    #[must_use]
    pub fn refused(&self, reason: Refusal) -> u64 {
        self.refusals[reason as usize].load(Ordering::Relaxed)
    }

    pub(crate) fn time(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS.partition_point(|bound| *bound < micros);
        add(&self.buckets[bucket]);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Clicks of one class so far.
    #[must_use]
    pub fn clicks(&self, class: Class) -> u64 {
        self.classes[class as usize].load(Ordering::Relaxed)
    }
}

fn add(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
