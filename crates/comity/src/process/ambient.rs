//! Time and randomness for the hot path.

use comity_adapters::{clock::SystemClock, random::OsRandom};
use comity_app::port::{Clock, Random};
use comity_domain::Timestamp;
use comity_tracking::{Ambient, Reservoir};

/// The real clock and the operating system's randomness.
pub struct System;

impl Ambient for System {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    fn random(&self) -> [u8; 10] {
        Reservoir::draw(|stock| OsRandom.fill(stock))
    }
}
