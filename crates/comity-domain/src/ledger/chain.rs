//! The hash chain over a tenant's journals: any changed, lost, added or moved entry is found.
//!
//! `hash(n) = SHA-256(hash(n − 1) ‖ canonical(journal n))`, starting from 32 zero
//! bytes. The canonical form holds ids, codes, times and amounts and no personal
//! data, so erasing a person never breaks the chain. All integers are big-endian,
//! all texts are preceded by their length in two bytes:
//!
//! | part | bytes |
//! |---|---|
//! | version | `1` |
//! | journal id | 16 |
//! | time, microseconds | 8 |
//! | kind code, posting key | text, text |
//! | commission, event, payout | each `0`, or `1` and 16 |
//! | number of lines | 4 |
//! | per line: account code, currency, minor units | text, 3, 8 |

use sha2::{Digest, Sha256};

use super::{Journal, LedgerError};
use crate::{JournalId, RawId};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// What the first journal is chained to.
pub const GENESIS: Hash = [0; 32];

const VERSION: u8 = 1;

/// The canonical bytes of a journal.
#[must_use]
pub fn canonical(journal: &Journal) -> Vec<u8> {
    let mut out = Vec::with_capacity(96 + journal.lines().len() * 64);
    out.push(VERSION);
    out.extend_from_slice(&journal.id().bytes());
    out.extend_from_slice(&journal.at().micros().to_be_bytes());
    push_text(&mut out, journal.kind().code());
    push_text(&mut out, journal.key());
    let refs = journal.refs();
    push_id(&mut out, refs.commission.map(|id| id.0));
    push_id(&mut out, refs.event.map(|id| id.0));
    push_id(&mut out, refs.payout.map(|id| id.0));
    let count = u32::try_from(journal.lines().len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&count.to_be_bytes());
    for line in journal.lines() {
        push_text(&mut out, &line.account.to_string());
        out.extend_from_slice(line.amount.currency.code().as_bytes());
        out.extend_from_slice(&line.amount.minor.to_be_bytes());
    }
    out
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn push_id(out: &mut Vec<u8>, id: Option<RawId>) {
    match id {
        Some(id) => {
            out.push(1);
            out.extend_from_slice(&id.0);
        }
        None => out.push(0),
    }
}

/// The hash of an entry from the hash before it and its canonical bytes.
#[must_use]
pub fn chain_hash(previous: Hash, canonical: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(previous)
        .chain_update(canonical)
        .finalize()
        .into()
}

/// A stored entry as it was read back.
#[derive(Clone, Debug)]
pub struct ChainEntry {
    /// Place in the chain: 1, 2, 3, … without gaps.
    pub sequence: u64,
    /// The id it is stored under.
    pub id: JournalId,
    /// The stored hash.
    pub hash: Hash,
    /// The journal rebuilt from storage, or why it is none.
    pub journal: Result<Journal, LedgerError>,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// Entries before this one are missing, doubled or out of order.
    #[error("expected sequence {expected}")]
    Sequence {
        /// The sequence that should be here.
        expected: u64,
    },
    /// The lines are no journal.
    #[error(transparent)]
    Invalid(#[from] LedgerError),
    /// The content is not what was hashed.
    #[error("content does not match its hash")]
    Content,
    /// The chain ends elsewhere than was recorded: entries at the end are missing or added.
    #[error("chain does not end where it was recorded to end")]
    Head,
}

/// The place where a chain is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("chain broken at entry {sequence}, journal {journal}: {what}")]
pub struct BrokenAt {
    /// The stored sequence.
    pub sequence: u64,
    /// The stored journal id.
    pub journal: JournalId,
    /// What is wrong.
    pub what: Fault,
}

/// The end of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The last sequence; 0 for an empty chain.
    pub sequence: u64,
    /// The last hash.
    pub hash: Hash,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            sequence: 0,
            hash: GENESIS,
        }
    }
}

impl Head {
    /// The head after `journal` is appended; its hash is what storage keeps.
    #[must_use]
    pub fn append(self, journal: &Journal) -> Self {
        Self {
            sequence: self.sequence + 1,
            hash: chain_hash(self.hash, &canonical(journal)),
        }
    }

    /// Checks the next stored entry and moves on; for reading page by page.
    pub fn verify_next(&mut self, entry: &ChainEntry) -> Result<(), BrokenAt> {
        let broken = |what| BrokenAt {
            sequence: entry.sequence,
            journal: entry.id,
            what,
        };
        let expected = self.sequence + 1;
        if entry.sequence != expected {
            return Err(broken(Fault::Sequence { expected }));
        }
        let journal = entry
            .journal
            .as_ref()
            .map_err(|&error| broken(error.into()))?;
        let next = self.append(journal);
        if journal.id() != entry.id || next.hash != entry.hash {
            return Err(broken(Fault::Content));
        }
        *self = next;
        Ok(())
    }
}

/// Verifies a whole chain in one pass with constant memory; returns where it ends.
///
/// A cut-off tail still verifies by itself: compare the result with the recorded head.
pub fn verify_chain(entries: impl IntoIterator<Item = ChainEntry>) -> Result<Head, BrokenAt> {
    let mut head = Head::default();
    for entry in entries {
        head.verify_next(&entry)?;
    }
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::recipe::{Earning, Stamp, accrue};
    use crate::ledger::{Cost, JournalParts};
    use crate::{CommissionId, Currency, EnrollmentId, Money, ProgramId, Timestamp};

    fn journal(number: u64) -> Journal {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&number.to_be_bytes());
        let raw = RawId(bytes);
        let earning = Earning {
            commission: CommissionId(raw),
            enrollment: EnrollmentId(RawId([1; 16])),
            program: ProgramId(RawId([2; 16])),
            cost: Cost::Commission,
            event: None,
        };
        let at = Timestamp::from_seconds(1_700_000_000);
        let stamp = Stamp {
            id: JournalId(raw),
            at,
        };
        accrue(stamp, &earning, Money::new(1_250, Currency::EUR)).unwrap()
    }

    fn chain(count: u64) -> impl Iterator<Item = ChainEntry> {
        let mut head = Head::default();
        (1..=count).map(move |sequence| {
            let journal = journal(sequence);
            head = head.append(&journal);
            ChainEntry {
                sequence,
                id: journal.id(),
                hash: head.hash,
                journal: Ok(journal),
            }
        })
    }

    fn parts(journal: &Journal) -> JournalParts {
        JournalParts {
            id: journal.id(),
            at: journal.at(),
            kind: journal.kind(),
            key: journal.key().to_owned(),
            refs: journal.refs(),
            lines: journal.lines().to_vec(),
        }
    }

    fn fault_after(change: impl FnOnce(&mut Vec<ChainEntry>)) -> Option<(u64, Fault)> {
        let mut entries: Vec<_> = chain(20).collect();
        change(&mut entries);
        verify_chain(entries)
            .err()
            .map(|broken| (broken.sequence, broken.what))
    }

    #[test]
    fn i3_every_kind_of_tampering_is_located() {
        let changed = |change: fn(&mut JournalParts)| {
            fault_after(|entries| {
                let mut content = parts(entries[9].journal.as_ref().unwrap());
                change(&mut content);
                entries[9].journal = Journal::new(content);
            })
        };
        assert_eq!(fault_after(|_| ()), None);
        let content = Some((10, Fault::Content));
        assert_eq!(changed(|p| p.at = p.at.plus(1)), content);
        assert_eq!(changed(|p| p.key.push('x')), content);
        assert_eq!(
            changed(|p| p.lines.iter_mut().for_each(|l| l.amount.minor *= 2)),
            content
        );
        assert_eq!(changed(|p| p.lines.reverse()), content);
        assert_eq!(
            changed(|p| p.lines[0].amount.minor += 1),
            Some((10, Fault::Invalid(LedgerError::Unbalanced(Currency::EUR))))
        );
        assert_eq!(fault_after(|e| e[9].hash[3] ^= 1), content);
        let gap = Fault::Sequence { expected: 10 };
        assert_eq!(fault_after(|e| drop(e.remove(9))), Some((11, gap)));
        assert_eq!(fault_after(|e| e.swap(9, 10)), Some((11, gap)));
    }

    #[test]
    fn the_canonical_form_is_frozen() {
        // The digest was computed from the documented layout by another program.
        let bytes = canonical(&journal(7));
        let digest: String = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(bytes.len(), 209);
        assert_eq!(
            digest,
            "3aa04d5c9af10dacd26acf22c429cf2f9cbdd943ce0514c4659129e3cfefc6e5"
        );
    }

    #[test]
    fn a_million_entries_verify() {
        let head = verify_chain(chain(1_000_000)).unwrap();
        assert_eq!(head.sequence, 1_000_000);
    }
}
