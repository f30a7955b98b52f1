//! The same visitor on the same link again within seconds.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use comity_domain::{ClickId, LinkId, Timestamp, VisitorId, time::SECOND};

use crate::click::Origin;

/// Remembered visits: 64 × 2,048 slots of 40 bytes, 5 MB, whatever the load.
const SHARDS: usize = 64;
const SLOTS: usize = 2048;

/// What identifies a visit for this purpose.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The link.
    pub link: LinkId,
    /// The visitor whose cookie came with the request.
    pub returning: Option<VisitorId>,
    /// The visitor whose cookie goes out with the answer.
    pub visitor: Option<VisitorId>,
    /// Where the request came from.
    pub origin: Origin,
    /// The agent.
    pub user_agent: &'a str,
}

impl Visit<'_> {
    /// The same visit by the browser that calls itself so.
    pub(crate) fn by(self, user_agent: &str) -> Visit<'_> {
        Visit { user_agent, ..self }
    }
}

/// Recent clicks by visitor and link, bounded: a collision forgets the older
/// one, which can only make a duplicate count, never a first click not count.
pub struct Duplicates {
    hasher: RandomState,
    shards: Vec<Mutex<Vec<Slot>>>,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u64,
    at: Timestamp,
    click: ClickId,
}

impl Default for Duplicates {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| Mutex::new(Vec::new())).collect(),
        }
    }
}

impl Duplicates {
    /// The click this one repeats, if one within `seconds` is remembered;
    /// otherwise this one is remembered.
    ///
    /// A browser with a cookie is compared by it, one without by address and
    /// agent; the window begins at the click that counts and does not slide.
    pub fn check(
        &self,
        visit: &Visit<'_>,
        click: ClickId,
        now: Timestamp,
        seconds: u32,
    ) -> Option<ClickId> {
        if seconds == 0 {
            return None;
        }
        let window = i64::from(seconds) * SECOND;
        let (by_visitor, by_address) = self.keys(visit);
        let asked = visit.returning.map(&by_visitor).or(by_address)?;
        if let Some(first) = self.find(asked, now, window) {
            return Some(first);
        }
        let slot = |hash| Slot {
            hash,
            at: now,
            click,
        };
        if let Some(hash) = visit.visitor.map(by_visitor) {
            self.put(slot(hash));
        }
        if let Some(hash) = by_address {
            self.put(slot(hash));
        }
        None
    }

    /// Forgets a click that could not be recorded, so that no later one refers to it.
    pub fn forget(&self, visit: &Visit<'_>, click: ClickId) {
        let (by_visitor, by_address) = self.keys(visit);
        for hash in visit.visitor.map(by_visitor).into_iter().chain(by_address) {
            let mut slots = self
                .shard(hash)
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(slot) = slots
                .get_mut(index(hash))
                .filter(|slot| slot.click == click)
            {
                slot.hash = 0;
            }
        }
    }

    /// How a visit is found by visitor, and by address and agent.
    fn keys(&self, visit: &Visit<'_>) -> (impl Fn(VisitorId) -> u64, Option<u64>) {
        let link = visit.link.bytes();
        let by_address = visit
            .origin
            .hash
            .map(|address| self.hash(&(2u8, address, visit.user_agent, link)));
        (
            move |visitor: VisitorId| self.hash(&(1u8, visitor.bytes(), link)),
            by_address,
        )
    }

    fn hash(&self, key: &impl std::hash::Hash) -> u64 {
        // Zero marks an empty slot.
        self.hasher.hash_one(key).max(1)
    }

    fn find(&self, hash: u64, now: Timestamp, window: i64) -> Option<ClickId> {
        let slots = self
            .shard(hash)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let slot = slots.get(index(hash))?;
        // The distance both ways: the clock may have been set back meanwhile.
        let near = now.since(slot.at).unsigned_abs() < window.unsigned_abs();
        (slot.hash == hash && near).then_some(slot.click)
    }

    fn put(&self, slot: Slot) {
        let mut slots = self
            .shard(slot.hash)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if slots.is_empty() {
            slots.resize(SLOTS, Slot { hash: 0, ..slot });
        }
        slots[index(slot.hash)] = slot;
    }

    fn shard(&self, hash: u64) -> &Mutex<Vec<Slot>> {
        &self.shards[usize::try_from(hash % SHARDS as u64).unwrap_or(0)]
    }
}

fn index(hash: u64) -> usize {
    usize::try_from(hash / SHARDS as u64 % SLOTS as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::RawId;

    fn visit(returning: Option<u8>, address: u8) -> Visit<'static> {
        let visitor = |n| VisitorId(RawId([n; 16]));
        Visit {
            link: LinkId(RawId([1; 16])),
            returning: returning.map(visitor),
            visitor: Some(visitor(returning.unwrap_or(100))),
            origin: Origin {
                network: None,
                hash: Some([address; 16]),
            },
            user_agent: "Mozilla/5.0",
        }
    }

    fn click(n: u8) -> ClickId {
        ClickId(RawId([n; 16]))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_000 + seconds)
    }

    #[test]
    fn a_repeat_within_the_window_names_the_click_that_counts() {
        let table = Duplicates::default();
        assert_eq!(table.check(&visit(Some(1), 1), click(1), at(0), 10), None);
        assert_eq!(
            table.check(&visit(Some(1), 1), click(2), at(9), 10),
            Some(click(1))
        );
        assert_eq!(table.check(&visit(Some(1), 1), click(3), at(10), 10), None);
        assert_eq!(
            table.check(&visit(Some(1), 1), click(4), at(5), 10),
            Some(click(3)),
            "clock back"
        );
    }

    #[test]
    fn two_people_behind_one_address_both_count() {
        let table = Duplicates::default();
        assert_eq!(table.check(&visit(Some(1), 7), click(1), at(0), 10), None);
        assert_eq!(table.check(&visit(Some(2), 7), click(2), at(1), 10), None);
    }

    #[test]
    fn without_cookies_address_and_agent_decide() {
        let table = Duplicates::default();
        assert_eq!(table.check(&visit(None, 7), click(1), at(0), 10), None);
        assert_eq!(
            table.check(&visit(None, 7), click(2), at(1), 10),
            Some(click(1))
        );
        assert_eq!(
            table.check(&visit(Some(100), 8), click(3), at(1), 10),
            Some(click(1))
        );
        assert_eq!(table.check(&visit(None, 9), click(4), at(1), 10), None);
    }

    #[test]
    fn an_unrecorded_click_is_forgotten_and_zero_turns_it_off() {
        let table = Duplicates::default();
        assert_eq!(table.check(&visit(Some(1), 1), click(1), at(0), 10), None);
        table.forget(&visit(Some(1), 1), click(1));
        assert_eq!(table.check(&visit(Some(1), 1), click(2), at(1), 10), None);
        assert_eq!(table.check(&visit(Some(1), 1), click(3), at(1), 0), None);
    }
}
