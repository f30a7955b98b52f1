//! Deterministic stand-ins for time and randomness.

use std::sync::Mutex;

use comity_domain::{RawId, Timestamp};

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct FakeClock(Mutex<Timestamp>);

impl FakeClock {
    /// Starts at `at`.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        Self(Mutex::new(at))
    }

    /// The current instant.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().expect("clock lock")
    }

    /// Moves time forward (or back) by `micros`.
    pub fn advance(&self, micros: i64) {
        let mut now = self.0.lock().expect("clock lock");
        *now = now.plus(micros);
    }
}

/// Randomness from a seed (SplitMix64): the same seed gives the same bytes.
#[derive(Debug)]
pub struct SeededRandom(Mutex<u64>);

impl SeededRandom {
    /// Starts from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().expect("random lock");
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }

    /// The next id, made at `at`.
    pub fn id(&self, at: Timestamp) -> RawId {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        RawId::from_parts(at, bytes)
    }
}
