//! Agents judged before: a few hundred of them make most of the traffic, and
//! running the patterns costs more than everything else classification does.

use std::cell::RefCell;

use super::agent::{AgentKind, agent_kind};

/// Agents each thread remembers; with their longest text, 300 kB.
const SLOTS: usize = 512;

#[derive(Clone)]
struct Known {
    agent: Box<str>,
    kind: Option<AgentKind>,
}

thread_local! {
    static KNOWN: RefCell<Vec<Option<Known>>> = const { RefCell::new(Vec::new()) };
}

/// As [`agent_kind`], remembered. The whole text is compared: two agents that
/// fall into one slot take turns, and are never taken for each other.
pub(super) fn kind(agent: &str) -> Option<AgentKind> {
    KNOWN.with_borrow_mut(|known| {
        if known.is_empty() {
            known.resize(SLOTS, None);
        }
        let slot = &mut known[slot(agent)];
        if let Some(known) = slot.as_ref().filter(|known| *known.agent == *agent) {
            return known.kind;
        }
        let kind = agent_kind(agent);
        *slot = Some(Known {
            agent: agent.into(),
            kind,
        });
        kind
    })
}

/// A cheap mix of the bytes, eight at a time: it only has to spread honest agents.
fn slot(agent: &str) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(ODD);
    let (words, rest) = agent.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(agent.len() as u64, |hash, word| {
        mix(hash, u64::from_le_bytes(*word))
    });
    let hash = rest
        .iter()
        .fold(hash, |hash, byte| mix(hash, u64::from(*byte)));
    usize::try_from(hash >> 32).unwrap_or(0) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_the_patterns_say() {
        // More agents than slots, so that they push each other out.
        let agents: Vec<String> = (0..2 * SLOTS)
            .map(|n| match n % 3 {
                0 => format!(
                    "Mozilla/5.0 (X11; Linux x86_64; rv:{n}.0) Gecko/20100101 Firefox/{n}.0"
                ),
                1 => format!("examplebot/{n}.0 (+https://bot.test)"),
                _ => format!("curl/{n}"),
            })
            .collect();
        for _ in 0..2 {
            for agent in &agents {
                assert_eq!(kind(agent), agent_kind(agent), "{agent}");
            }
        }
        assert_eq!(kind(""), Some(AgentKind::Absent));
    }
}
