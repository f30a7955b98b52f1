//! Measured times of one address.

use std::time::Duration;

/// Times in the order measured, and the size of the last body.
#[derive(Default)]
pub struct Sample {
    times: Vec<Duration>,
    pub bytes: usize,
}

impl Sample {
    pub fn add(&mut self, took: Duration, bytes: usize) {
        self.times.push(took);
        self.bytes = bytes;
    }

    /// Takes over what another connection measured.
    pub fn join(&mut self, other: Self) {
        self.times.extend(other.times);
    }

    /// How many times there are.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Nearest-rank quantile in milliseconds; `share` from 0 to 1.
    pub fn quantile_ms(&self, share: f64) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil().max(1.0);
        // A rank is at most the number of samples, far below 2^52.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "see above"
        )]
        let at = rank as usize - 1;
        sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let mut sample = Sample::default();
        for ms in [4, 1, 3, 2] {
            sample.add(Duration::from_millis(ms), 10);
        }
        assert!((sample.quantile_ms(0.5) - 2.0).abs() < 1e-9);
        assert!((sample.quantile_ms(0.99) - 4.0).abs() < 1e-9);
        assert!(sample.quantile_ms(0.0) > 0.0);
    }
}
