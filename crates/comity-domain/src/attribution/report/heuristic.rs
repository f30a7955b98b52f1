//! Models that share a path out by the positions of its steps alone.

use super::paths::PathData;
use super::{ChannelCredit, HalfLife};

/// Adds up each journey's conversions and value by the weights that `weigh`
/// gives to its number of steps; a channel that occurs twice gets both shares.
pub(super) fn spread(data: &PathData, weigh: impl Fn(usize) -> Vec<f64>) -> Vec<ChannelCredit> {
    let mut credits = vec![ChannelCredit::default(); data.channels().len()];
    let mut by_count: Vec<Option<Vec<f64>>> = Vec::new();
    for journey in data.journeys() {
        if journey.conversions == 0.0 {
            continue;
        }
        let count = journey.steps.len();
        if by_count.len() <= count {
            by_count.resize(count + 1, None);
        }
        let weights = by_count[count].get_or_insert_with(|| normalised(weigh(count)));
        for (&step, weight) in journey.steps.iter().zip(weights) {
            credits[step].conversions += journey.conversions * *weight;
            credits[step].value += journey.value * *weight;
        }
    }
    credits
}

fn normalised(mut weights: Vec<f64>) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    for weight in &mut weights {
        *weight /= total;
    }
    weights
}

pub(super) fn first(count: usize) -> Vec<f64> {
    (0..count)
        .map(|step| if step == 0 { 1.0 } else { 0.0 })
        .collect()
}

pub(super) fn last(count: usize) -> Vec<f64> {
    (0..count)
        .map(|step| if step + 1 == count { 1.0 } else { 0.0 })
        .collect()
}

pub(super) fn linear(count: usize) -> Vec<f64> {
    vec![1.0; count]
}

/// The last step is at the conversion, each earlier one a day older.
pub(super) fn time_decay(count: usize, half_life: HalfLife) -> Vec<f64> {
    (0..count)
        .map(|step| (-half_life.elapsed((count - 1 - step) as f64)).exp2())
        .collect()
}

/// 40/20/40; two steps have no middle and get half each.
pub(super) fn position(count: usize) -> Vec<f64> {
    let middle = count.saturating_sub(2).max(1) as f64;
    (0..count)
        .map(|step| {
            if step == 0 || step + 1 == count {
                0.4
            } else {
                0.2 / middle
            }
        })
        .collect()
}
