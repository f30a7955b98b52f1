//! Attribution models over aggregated path data, for analysis (G2).
//!
//! These numbers compare channels; nobody is paid by them, so they are floating
//! point. The decision that pays ([`super`]) is integer arithmetic throughout.
//! Formulas and conventions: `docs/domain/attribution.md`.

mod heuristic;
mod markov;
mod paths;
mod shapley;

use std::fmt;
use std::str::FromStr;

use serde::ser::{Serialize, SerializeMap, Serializer};

pub use markov::MAX_CHANNELS as MARKOV_MAX_CHANNELS;
pub use paths::{Delimiter, Journey, PathData, PathError, PathProblem};

use crate::time::{DAY, HOUR, MINUTE};

/// A way of sharing conversions out over the channels of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Model {
    /// All to the first step.
    First,
    /// All to the last step.
    Last,
    /// Every step the same.
    Linear,
    /// Each step by `2^(-age / half-life)`; a path without times has one day per step.
    TimeDecay,
    /// 40 % first, 40 % last, the middle steps share 20 %.
    Position,
    /// First-order Markov chain, removal effects normalised to the conversions.
    Markov,
    /// Shapley value of the subset game.
    Shapley,
}

impl Model {
    /// Every model, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::First,
        Self::Last,
        Self::Linear,
        Self::TimeDecay,
        Self::Position,
        Self::Markov,
        Self::Shapley,
    ];

    /// The stable name used on the command line and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Linear => "linear",
            Self::TimeDecay => "time-decay",
            Self::Position => "position",
            Self::Markov => "markov",
            Self::Shapley => "shapley",
        }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Model {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        Self::ALL
            .into_iter()
            .find(|model| model.code() == text)
            .ok_or(ReportError::UnknownModel)
    }
}

/// The age after which a touch weighs half, in microseconds; at least a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfLife(i64);

impl Default for HalfLife {
    /// Seven days.
    fn default() -> Self {
        Self(7 * DAY)
    }
}

impl HalfLife {
    /// How many half-lives `days` are.
    fn elapsed(self, days: f64) -> f64 {
        days * (DAY as f64 / self.0 as f64)
    }
}

impl FromStr for HalfLife {
    type Err = ReportError;

    /// Reads a whole number and a unit: `7d`, `36h`, `90m`, `2w`.
    fn from_str(text: &str) -> Result<Self, ReportError> {
        let unit = match text.chars().last() {
            Some('m') => MINUTE,
            Some('h') => HOUR,
            Some('d') => DAY,
            Some('w') => 7 * DAY,
            _ => return Err(ReportError::HalfLife),
        };
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ReportError::HalfLife);
        }
        let count: i64 = digits.parse().map_err(|_| ReportError::HalfLife)?;
        match count.checked_mul(unit) {
            Some(micros) if micros > 0 => Ok(Self(micros)),
            _ => Err(ReportError::HalfLife),
        }
    }
}

/// Why a report could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// Not one of the models.
    #[error("unknown model; known are first, last, linear, time-decay, position, markov, shapley")]
    UnknownModel,
    /// Not a positive whole number with a unit.
    #[error("not a half-life; write a whole number and m, h, d or w, as in 7d")]
    HalfLife,
    /// The exact Markov solution would need too much memory and time.
    #[error("markov takes at most {limit} channels, the file has {found}")]
    TooManyChannels {
        /// Channels in the file.
        found: usize,
        /// The most that are solved.
        limit: usize,
    },
    /// Sums left the range of finite numbers.
    #[error("the numbers in the file are too large to add up")]
    OutOfRange,
}

/// What one channel gets under one model.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct ChannelCredit {
    /// Share of the conversions.
    pub conversions: f64,
    /// Share of the conversion value, in the unit of the file.
    pub value: f64,
}

/// The result of one model: a credit per channel, in the order of [`PathData::channels`].
#[derive(Debug, Clone, PartialEq)]
pub struct ModelReport {
    /// The model.
    pub model: Model,
    /// One credit per channel of the file, zero included.
    pub credits: Vec<ChannelCredit>,
}

/// Credits per model and channel; serialises as `{"models": {model: {channel: {…}}}}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Channel names, sorted.
    pub channels: Vec<String>,
    /// One result per requested model, in the order asked for.
    pub models: Vec<ModelReport>,
}

/// Runs `models` (repeated ones once) over `data`.
pub fn report(
    data: &PathData,
    models: &[Model],
    half_life: HalfLife,
) -> Result<Report, ReportError> {
    let mut results: Vec<ModelReport> = Vec::new();
    for &model in models {
        if results.iter().all(|done| done.model != model) {
            results.push(ModelReport {
                model,
                credits: credits(data, model, half_life)?,
            });
        }
    }
    Ok(Report {
        channels: data.channels().to_vec(),
        models: results,
    })
}

fn credits(
    data: &PathData,
    model: Model,
    half_life: HalfLife,
) -> Result<Vec<ChannelCredit>, ReportError> {
    let credits = match model {
        Model::First => heuristic::spread(data, heuristic::first),
        Model::Last => heuristic::spread(data, heuristic::last),
        Model::Linear => heuristic::spread(data, heuristic::linear),
        Model::TimeDecay => {
            heuristic::spread(data, |count| heuristic::time_decay(count, half_life))
        }
        Model::Position => heuristic::spread(data, heuristic::position),
        Model::Markov => markov::credits(data)?,
        Model::Shapley => shapley::credits(data),
    };
    let finite =
        |credit: &ChannelCredit| credit.conversions.is_finite() && credit.value.is_finite();
    if credits.iter().all(finite) {
        Ok(credits)
    } else {
        Err(ReportError::OutOfRange)
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("models", &ByModel(self))?;
        map.end()
    }
}

struct ByModel<'a>(&'a Report);

impl Serialize for ByModel<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let channels = &self.0.channels;
        serializer.collect_map(self.0.models.iter().map(|result| {
            (
                result.model.code(),
                ByChannel {
                    channels,
                    credits: &result.credits,
                },
            )
        }))
    }
}

struct ByChannel<'a> {
    channels: &'a [String],
    credits: &'a [ChannelCredit],
}

impl Serialize for ByChannel<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.channels.iter().zip(self.credits))
    }
}

#[cfg(test)]
mod tests;
