//! Links by host and slug, read by every request and changed one at a time.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use comity_domain::ProgramId;

use super::entry::{LinkEntry, LinkKey, ProgramEntry};
use crate::destination::{DestinationError, normalise};

/// Readers meet a writer on one shard in 64, for the time of one hash insertion.
const SHARDS: usize = 64;

/// A change to the table.
#[derive(Debug, Clone)]
pub enum LinkChange {
    /// A program was added or its settings changed; holds for all its links at once.
    PutProgram(ProgramEntry),
    /// A link was added or changed.
    PutLink(LinkKey, LinkEntry),
    /// A link was deleted.
    RemoveLink(LinkKey),
}

/// Why a change was refused. The table is as before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The destination cannot be redirected to.
    #[error("link cannot be used")]
    Destination(#[from] DestinationError),
    /// The name of the click parameter is not a plain token.
    #[error("click parameter name must be 1 to 32 letters, digits, '_' or '-'")]
    Parameter,
}

/// A link with its program's settings.
#[derive(Debug, Clone)]
pub struct Found {
    /// The link.
    pub link: Arc<LinkEntry>,
    /// Its program.
    pub program: Arc<ProgramEntry>,
}

type Shard = HashMap<LinkKey, Arc<LinkEntry>>;

/// All links this process redirects.
///
/// A sharded map behind reader locks: a lookup costs one uncontended atomic
/// and one hash, a change touches one shard. (Swapping one immutable map would
/// copy a million entries for every change.)
pub struct LinkTable {
    hasher: RandomState,
    shards: Vec<RwLock<Shard>>,
    programs: RwLock<HashMap<ProgramId, Arc<ProgramEntry>>>,
    /// How many links each custom domain has: a domain with any is a name space of its own.
    hosts: RwLock<HashMap<String, usize>>,
    changes: AtomicU64,
}

impl Default for LinkTable {
    fn default() -> Self {
        Self::new()
    }
}

impl LinkTable {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            programs: RwLock::default(),
            hosts: RwLock::default(),
            changes: AtomicU64::new(0),
        }
    }

    /// Applies one change; visible to every request that starts afterwards.
    ///
    /// # Errors
    /// When the entry could not be redirected to; nothing is changed then.
    pub fn apply(&self, change: LinkChange) -> Result<(), TableError> {
        match change {
            LinkChange::PutProgram(program) => {
                check_parameter(&program.parameter)?;
                if let Some(fallback) = &program.fallback {
                    normalise(fallback)?;
                }
                write(&self.programs).insert(program.program, Arc::new(program));
            }
            LinkChange::PutLink(key, mut link) => {
                link.destination = normalise(&link.destination)?;
                let host = key.host.clone();
                let before = write(self.shard(&key)).insert(key, Arc::new(link));
                if before.is_none() {
                    self.count_host(host, 1);
                }
            }
            LinkChange::RemoveLink(key) => {
                if write(self.shard(&key)).remove(&key).is_some() {
                    self.count_host(key.host, -1);
                }
            }
        }
        self.changes.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Drops every link for which `keep` is false: used after a full reload.
    pub fn retain(&self, mut keep: impl FnMut(&LinkKey) -> bool) {
        for shard in &self.shards {
            let gone: Vec<_> = read(shard)
                .keys()
                .filter(|key| !keep(key))
                .cloned()
                .collect();
            for key in gone {
                // Removal cannot be refused: only additions are checked.
                let _ = self.apply(LinkChange::RemoveLink(key));
            }
        }
    }

    /// Finds the link a request asks for. `host` is lower case, without port.
    ///
    /// A slug is looked up as written, then in lower case: people retype links.
    #[must_use]
    pub fn find(&self, host: &str, slug: &str) -> Option<Found> {
        let host = read(&self.hosts)
            .contains_key(host)
            .then(|| host.to_owned());
        let mut key = LinkKey {
            host,
            slug: slug.to_owned(),
        };
        let mut link = self.get(&key);
        if link.is_none() && slug.bytes().any(|b| b.is_ascii_uppercase()) {
            key.slug.make_ascii_lowercase();
            link = self.get(&key);
        }
        let link = link?;
        let program = self.program(link.program)?;
        Some(Found { link, program })
    }

    /// The settings of a program.
    #[must_use]
    pub fn program(&self, program: ProgramId) -> Option<Arc<ProgramEntry>> {
        read(&self.programs).get(&program).cloned()
    }

    /// Number of links.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| read(shard).len()).sum()
    }

    /// Whether there are no links.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shards.iter().all(|shard| read(shard).is_empty())
    }

    /// Changes applied so far: tells whether a snapshot is out of date.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Relaxed)
    }

    /// Visits all programs.
    pub fn each_program(&self, mut visit: impl FnMut(&ProgramEntry)) {
        read(&self.programs)
            .values()
            .for_each(|program| visit(program));
    }

    /// Visits all links, shard by shard; changes made meanwhile may be missed.
    pub fn each_link(&self, mut visit: impl FnMut(&LinkKey, &LinkEntry)) {
        for shard in &self.shards {
            // Copied out, so that a slow visitor never holds up a writer.
            let links: Vec<_> = read(shard)
                .iter()
                .map(|(key, link)| (key.clone(), Arc::clone(link)))
                .collect();
            links.iter().for_each(|(key, link)| visit(key, link));
        }
    }

    fn get(&self, key: &LinkKey) -> Option<Arc<LinkEntry>> {
        read(self.shard(key)).get(key).cloned()
    }

    fn shard(&self, key: &LinkKey) -> &RwLock<Shard> {
        let hash = self.hasher.hash_one(key);
        // The remainder is below SHARDS, whatever the width of usize.
        &self.shards[usize::try_from(hash % SHARDS as u64).unwrap_or(0)]
    }

    fn count_host(&self, host: Option<String>, by: isize) {
        let Some(host) = host else { return };
        let mut hosts = write(&self.hosts);
        let count = hosts.entry(host.clone()).or_default();
        *count = count.saturating_add_signed(by);
        if *count == 0 {
            hosts.remove(&host);
        }
    }
}

fn check_parameter(name: &str) -> Result<(), TableError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if (1..=32).contains(&name.len()) && name.bytes().all(plain) {
        Ok(())
    } else {
        Err(TableError::Parameter)
    }
}

// A panic while a lock is held leaves whole entries behind, so the data stays usable.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
