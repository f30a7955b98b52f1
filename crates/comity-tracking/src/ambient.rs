//! Where the hot path gets time and randomness from.

use comity_domain::{ClickId, RawId, Timestamp, VisitorId};

/// The clock and the operating system's randomness, as a port.
///
/// The binary implements it once; tests give fixed answers.
pub trait Ambient: Send + Sync + 'static {
    /// The time now, UTC.
    fn now(&self) -> Timestamp;

    /// Ten unguessable bytes (80 bits) for one id.
    fn random(&self) -> [u8; 10];

    /// A fresh click id: time-ordered, unguessable.
    fn click_id(&self, now: Timestamp) -> ClickId {
        ClickId(RawId::from_parts(now, self.random()))
    }

    /// A fresh visitor id.
    fn visitor_id(&self, now: Timestamp) -> VisitorId {
        VisitorId(RawId::from_parts(now, self.random()))
    }
}
