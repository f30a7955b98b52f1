//! Dice that fall the same way every time (SplitMix64, integers only).

use std::sync::Mutex;

use comity_app::port::Random;

/// The story's dice.
#[derive(Debug)]
pub struct Chance(Mutex<u64>);

impl Chance {
    /// Dice from a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    /// The next 64 bits.
    pub fn next(&self) -> u64 {
        let mut state = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// True `of_thousand` times in a thousand.
    pub fn happens(&self, of_thousand: u64) -> bool {
        self.below(1_000) < of_thousand
    }

    /// One of the choices.
    pub fn pick<T: Copy>(&self, choices: &[T]) -> T {
        let index = usize::try_from(self.below(choices.len() as u64)).unwrap_or(0);
        choices[index]
    }

    /// Whole part of `thousandths / 1000`, the rest by chance: 2,300 is 2 or 3.
    pub fn about(&self, thousandths: u64) -> u64 {
        thousandths / 1_000 + u64::from(self.below(1_000) < thousandths % 1_000)
    }
}

impl Random for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}
