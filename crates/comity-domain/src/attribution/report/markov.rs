//! First-order Markov attribution by exact solution of the absorbing chain.
//!
//! States are the channels; a journey enters at its first step and ends in
//! *converted* or *lost*. Transitions of a channel to itself are dropped.
//! Removing channel `k` sends every arrival at `k` to *lost*, so what is lost
//! is `P(reach k) · P(convert from k)`: one inverse `N = (I - Q)⁻¹` gives all
//! removal effects, where removing one channel after another would need as many.

use super::paths::PathData;
use super::{ChannelCredit, ReportError};

/// The most channels solved: the dense inverse takes `n²` numbers (32 MB here) and `n³` steps.
pub const MAX_CHANNELS: usize = 2_000;

/// Transition weights between channels, row by row.
struct Chain {
    count: usize,
    enter: Vec<f64>,
    moves: Vec<f64>,
    convert: Vec<f64>,
    lose: Vec<f64>,
}

pub(super) fn credits(data: &PathData) -> Result<Vec<ChannelCredit>, ReportError> {
    let count = data.channels().len();
    if count > MAX_CHANNELS {
        return Err(ReportError::TooManyChannels {
            found: count,
            limit: MAX_CHANNELS,
        });
    }
    let effects = Chain::count(data).removal_losses();
    let total: f64 = effects.iter().sum();
    let conversions: f64 = data
        .journeys()
        .iter()
        .map(|journey| journey.conversions)
        .sum();
    let value: f64 = data.journeys().iter().map(|journey| journey.value).sum();
    if conversions == 0.0 {
        return Ok(vec![ChannelCredit::default(); count]);
    }
    let share = |effect: &f64| effect / total;
    let credit = |share: f64| ChannelCredit {
        conversions: conversions * share,
        value: value * share,
    };
    Ok(effects.iter().map(share).map(credit).collect())
}

impl Chain {
    /// Counts transitions, each journey weighing its conversions and its losses.
    fn count(data: &PathData) -> Self {
        let count = data.channels().len();
        let mut chain = Self {
            count,
            enter: vec![0.0; count],
            moves: vec![0.0; count * count],
            convert: vec![0.0; count],
            lose: vec![0.0; count],
        };
        for journey in data.journeys() {
            let weight = journey.conversions + journey.nulls;
            let (Some(&first), Some(&last)) = (journey.steps.first(), journey.steps.last()) else {
                continue;
            };
            chain.enter[first] += weight;
            for pair in journey.steps.windows(2) {
                if pair[0] != pair[1] {
                    chain.moves[pair[0] * count + pair[1]] += weight;
                }
            }
            chain.convert[last] += journey.conversions;
            chain.lose[last] += journey.nulls;
        }
        chain
    }

    /// Per channel: the probability that a journey reaches it and then converts.
    fn removal_losses(mut self) -> Vec<f64> {
        self.normalise();
        let Self {
            count,
            enter,
            moves,
            convert,
            ..
        } = self;
        let visits = inverse_of_identity_minus(moves, count);
        let row = |from: usize| &visits[from * count..(from + 1) * count];
        (0..count)
            .map(|k| {
                let expected: f64 = (0..count).map(|from| enter[from] * row(from)[k]).sum();
                let reach = expected / row(k)[k];
                let converts: f64 = row(k).iter().zip(&convert).map(|(n, c)| n * c).sum();
                reach * converts
            })
            .collect()
    }

    /// Turns weights into probabilities; a channel seen only in rows of weight zero keeps none.
    fn normalise(&mut self) {
        let entered: f64 = self.enter.iter().sum();
        scale(&mut self.enter, entered);
        for from in 0..self.count {
            let row = &mut self.moves[from * self.count..(from + 1) * self.count];
            let total = row.iter().sum::<f64>() + self.convert[from] + self.lose[from];
            scale(row, total);
            scale(&mut self.convert[from..=from], total);
            scale(&mut self.lose[from..=from], total);
        }
    }
}

fn scale(weights: &mut [f64], total: f64) {
    if total > 0.0 {
        for weight in weights {
            *weight /= total;
        }
    }
}

/// Inverts `I - Q` in place by Gauss-Jordan elimination. `I - Q` is a diagonally
/// dominant M-matrix from which the end is always reachable: pivots stay
/// positive and no row exchange is needed.
fn inverse_of_identity_minus(mut matrix: Vec<f64>, count: usize) -> Vec<f64> {
    for (index, entry) in matrix.iter_mut().enumerate() {
        let diagonal = index / count == index % count;
        *entry = if diagonal { 1.0 } else { 0.0 } - *entry;
    }
    let mut pivot_row = vec![0.0; count];
    for k in 0..count {
        let pivot = matrix[k * count + k];
        matrix[k * count + k] = 1.0;
        let row = &mut matrix[k * count..(k + 1) * count];
        row.iter_mut().for_each(|entry| *entry /= pivot);
        pivot_row.copy_from_slice(row);
        for (index, row) in matrix.chunks_exact_mut(count).enumerate() {
            let factor = row[k];
            if index == k || factor == 0.0 {
                continue;
            }
            row[k] = 0.0;
            row.iter_mut()
                .zip(&pivot_row)
                .for_each(|(entry, p)| *entry -= factor * p);
        }
    }
    matrix
}
