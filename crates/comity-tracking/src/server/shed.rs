//! Who is served first when not everybody can be.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What a request is worth under overload: clicks are never sent again by
/// anybody, reports can be opened a minute later (RELIABILITY R10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Redirects and clicks.
    Click,
    /// Webhooks, postbacks and events: many senders try once only.
    Event,
    /// Pixels and scripts.
    Pixel,
    /// Pages of the portal and the admin app.
    Page,
    /// Reports and exports.
    Report,
}

impl Priority {
    /// All, the most important first.
    pub const ALL: [Self; 5] = [
        Self::Click,
        Self::Event,
        Self::Pixel,
        Self::Page,
        Self::Report,
    ];

    /// The name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Click => "click",
            Self::Event => "event",
            Self::Pixel => "pixel",
            Self::Page => "page",
            Self::Report => "report",
        }
    }

    /// How many requests may be in flight, whatever they are, for one more of
    /// this priority. A click waits for a commit that takes all of them at
    /// once; a page waits its turn at the database, so 512 of them are already
    /// a second or two of work.
    const fn limit(self) -> usize {
        match self {
            Self::Click => 16_384,
            Self::Event => 1_024,
            Self::Pixel => 768,
            Self::Page => 512,
            Self::Report => 128,
        }
    }
}

/// Admits requests up to a number in flight, the important ones last refused.
/// Clones share the count: all listeners of a process have one.
#[derive(Debug, Clone, Default)]
pub struct Shedder(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    in_flight: AtomicUsize,
    refused: [AtomicU64; Priority::ALL.len()],
}

impl Shedder {
    /// A permit to hold while the request runs, or `None`: answer 503 with
    /// `Retry-After` at once.
    #[must_use]
    pub fn admit(&self, priority: Priority) -> Option<Permit> {
        let before = self.0.in_flight.fetch_add(1, Ordering::Relaxed);
        // A refused request gives its place back when the permit is dropped.
        let permit = Permit(Arc::clone(&self.0));
        if before < priority.limit() {
            return Some(permit);
        }
        self.0.refused[priority as usize].fetch_add(1, Ordering::Relaxed);
        None
    }

    /// Requests in flight now.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.0.in_flight.load(Ordering::Relaxed)
    }

    /// Requests of a priority refused so far.
    #[must_use]
    pub fn refused(&self, priority: Priority) -> u64 {
        self.0.refused[priority as usize].load(Ordering::Relaxed)
    }
}

/// A place among the requests in flight.
#[derive(Debug)]
pub struct Permit(Arc<Counts>);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_refused_first_and_clicks_last() {
        let shedder = Shedder::default();
        let mut held = Vec::new();
        for (at, priority) in Priority::ALL.into_iter().enumerate().rev() {
            while let Some(permit) = shedder.admit(priority) {
                held.push(permit);
            }
            assert_eq!(shedder.in_flight(), priority.limit());
            assert_eq!(shedder.refused(priority), 1);
            // Everything more important still comes in.
            for more in &Priority::ALL[..at] {
                assert!(shedder.admit(*more).is_some(), "{more:?}");
            }
        }
        drop(held);
        assert_eq!(shedder.in_flight(), 0);
    }
}
