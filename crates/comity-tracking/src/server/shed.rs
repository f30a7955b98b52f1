//! Who is served first when not everybody can be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a request is worth under overload: clicks are never sent again by
/// anybody, reports can be opened a minute later.
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
    /// The share of the capacity, in percent, that requests up to this priority may fill.
    fn share(self) -> usize {
        match self {
            Self::Click => 100,
            Self::Event => 90,
            Self::Pixel => 75,
            Self::Page => 60,
            Self::Report => 30,
        }
    }
}

/// Admits requests up to a number in flight, the important ones last refused.
#[derive(Debug, Clone)]
pub struct Shedder {
    in_flight: Arc<AtomicUsize>,
    capacity: usize,
}

impl Shedder {
    /// At most `capacity` requests at once.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            in_flight: Arc::default(),
            capacity,
        }
    }

    /// A permit to hold while the request runs, or `None`: answer 503 with
    /// `Retry-After` at once.
    #[must_use]
    pub fn admit(&self, priority: Priority) -> Option<Permit> {
        let limit = (self.capacity * priority.share()).div_ceil(100);
        let before = self.in_flight.fetch_add(1, Ordering::Relaxed);
        let permit = Permit(Arc::clone(&self.in_flight));
        // A refused request gives its place back when the permit is dropped here.
        (before < limit).then_some(permit)
    }

    /// Requests in flight now.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.in_flight.load(Ordering::Relaxed)
    }
}

/// A place among the requests in flight.
#[derive(Debug)]
pub struct Permit(Arc<AtomicUsize>);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_refused_first_and_clicks_last() {
        let shedder = Shedder::new(10);
        let held: Vec<_> = (0..3)
            .map(|_| shedder.admit(Priority::Report).unwrap())
            .collect();
        assert!(shedder.admit(Priority::Report).is_none());
        let more: Vec<_> = (0..6)
            .map(|_| shedder.admit(Priority::Event).unwrap())
            .collect();
        assert!(shedder.admit(Priority::Event).is_none());
        let last = shedder.admit(Priority::Click).unwrap();
        assert!(shedder.admit(Priority::Click).is_none());
        drop((held, more, last));
        assert_eq!(shedder.in_flight(), 0);
    }
}
