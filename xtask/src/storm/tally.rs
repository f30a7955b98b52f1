//! What was sent, acknowledged and stored, held against each other.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::Duration;

use super::clients::Seen;
use crate::Outcome;

/// The label of requests that are not the crowd's.
pub const PROBE_LABEL: &str = "probe";

/// The answer of a storm.
pub struct Tally {
    sent: u64,
    acked: HashSet<String>,
    without_id: u64,
    refused: u64,
    stored: u64,
    lost: u64,
    doubled: u64,
    invented: u64,
    in_doubt: u64,
    times: Vec<Duration>,
}

impl Tally {
    /// Compares what clients saw with the file of stored clicks.
    pub fn new(seen: Vec<Seen>, folder: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(folder.join("stored")).map_err(|e| e.to_string())?;
        let (mut ids, mut labels): (BTreeMap<&str, u64>, BTreeMap<&str, u64>) = Default::default();
        let mut invented = 0;
        for line in text.lines() {
            let (id, label) = line.split_once(' ').ok_or("a stored line is torn")?;
            *ids.entry(id).or_default() += 1;
            if label == PROBE_LABEL {
                continue;
            }
            *labels.entry(label).or_default() += 1;
            let known = label.split_once('-').and_then(|(client, number)| {
                let seen = seen.get(client.parse::<usize>().ok()?)?;
                Some(number.parse::<u64>().ok()? < seen.sent)
            });
            invented += u64::from(known != Some(true));
        }
        let sum = |count: fn(&Seen) -> u64| seen.iter().map(count).sum();
        let (sent, without_id, refused) =
            (sum(|s| s.sent), sum(|s| s.without_id), sum(|s| s.refused));
        let twice = |counts: &BTreeMap<&str, u64>| counts.values().filter(|n| **n > 1).count();
        let doubled = (twice(&ids) + twice(&labels)) as u64;
        let mut times: Vec<_> = seen.iter().flat_map(|s| s.times.iter().copied()).collect();
        times.sort_unstable();
        let acked: HashSet<String> = seen.into_iter().flat_map(|s| s.acked).collect();
        let lost = acked
            .iter()
            .filter(|id| !ids.contains_key(id.as_str()))
            .count() as u64;
        let in_doubt = ids.keys().filter(|id| !acked.contains(**id)).count() as u64;
        let stored = ids.len() as u64;
        Ok(Self {
            sent,
            acked,
            without_id,
            refused,
            stored,
            lost,
            doubled,
            invented,
            in_doubt,
            times,
        })
    }

    pub fn acked(&self) -> u64 {
        self.acked.len() as u64
    }

    pub fn without_id(&self) -> u64 {
        self.without_id
    }

    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Prints the counts; an error when a promise was broken.
    pub fn report(&self) -> Outcome {
        println!("| sent | acknowledged | stored | lost | doubled | invented | in doubt |");
        println!("|---|---|---|---|---|---|---|");
        println!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.sent,
            self.acked(),
            self.stored,
            self.lost,
            self.doubled,
            self.invented,
            self.in_doubt
        );
        println!(
            "sent on without a click id: {}; answers other than 302: {}; \
             answer median {:.1} ms, p99 {:.1} ms",
            self.without_id,
            self.refused,
            millis(quantile(&self.times, 50)),
            millis(quantile(&self.times, 99)),
        );
        if self.lost + self.doubled + self.invented > 0 {
            return Err("an acknowledged click was lost, doubled or invented".to_owned());
        }
        if self.acked.is_empty() {
            return Err("nothing was acknowledged: the storm proved nothing".to_owned());
        }
        Ok(())
    }
}

/// The value below which `percent` of the sorted times lie.
pub fn quantile(sorted: &[Duration], percent: usize) -> Duration {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
