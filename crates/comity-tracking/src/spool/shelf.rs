//! Which segments and spares exist: shared by the writer and the shipper.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cursor::Position;
use super::format::HEADER;
use super::storage::Storage;

pub(crate) const SEGMENT: &str = "segment-";
pub(crate) const SPARE: &str = "spare-";
pub(crate) const DAMAGED: &str = "damaged-";

pub(crate) fn segment_name(number: u64) -> String {
    format!("{SEGMENT}{number:016x}")
}

pub(crate) fn number_in(name: &str, prefix: &str) -> Option<u64> {
    name.strip_prefix(prefix)
        .and_then(|hex| u64::from_str_radix(hex, 16).ok())
}

/// A segment that takes no more records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sealed {
    /// Where its records end.
    pub end: u64,
    /// Whether the file may be used again.
    pub fate: Fate,
}

/// What becomes of a shipped segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It becomes a spare.
    Recycle,
    /// Its chain of records broke before the end: it is set aside for the operator.
    SetAside,
}

#[derive(Default)]
struct Inventory {
    sealed: BTreeMap<u64, Sealed>,
    /// The segment being written, and how much of it is committed.
    active: Option<Position>,
    spares: Vec<u64>,
    next_spare: u64,
}

/// The inventory of files, behind a lock that is never held over a sync.
pub(crate) struct Shelf {
    storage: Arc<dyn Storage>,
    segment_bytes: u64,
    max_files: u64,
    inventory: Mutex<Inventory>,
}

impl Shelf {
    pub(crate) fn new(storage: Arc<dyn Storage>, segment_bytes: u64, max_bytes: u64) -> Self {
        let max_files = max_bytes / segment_bytes;
        Self {
            storage,
            segment_bytes,
            max_files,
            inventory: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inventory> {
        self.inventory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn segment_bytes(&self) -> u64 {
        self.segment_bytes
    }

    pub(crate) fn seal(&self, number: u64, sealed: Sealed) {
        let mut inventory = self.lock();
        inventory.sealed.insert(number, sealed);
        if inventory
            .active
            .is_some_and(|active| active.segment == number)
        {
            inventory.active = None;
        }
    }

    pub(crate) fn commit(&self, position: Position) {
        self.lock().active = Some(position);
    }

    /// The segment at or after `number` that can be read, and its bound.
    pub(crate) fn readable(&self, number: u64) -> Option<Position> {
        let inventory = self.lock();
        let sealed = inventory.sealed.range(number..).next();
        sealed
            .map(|(&segment, sealed)| Position {
                segment,
                offset: sealed.end,
            })
            .or_else(|| inventory.active.filter(|active| active.segment >= number))
    }

    pub(crate) fn is_sealed(&self, number: u64) -> bool {
        self.lock().sealed.contains_key(&number)
    }

    /// Spares and segments with records, in bytes.
    pub(crate) fn bytes(&self) -> (u64, u64) {
        let inventory = self.lock();
        let used = inventory.sealed.len() as u64 + u64::from(inventory.active.is_some());
        (
            inventory.spares.len() as u64 * self.segment_bytes,
            used * self.segment_bytes,
        )
    }

    pub(crate) fn add_spare(&self, serial: u64) {
        let mut inventory = self.lock();
        inventory.spares.push(serial);
        inventory.next_spare = inventory.next_spare.max(serial + 1);
    }

    pub(crate) fn take_spare(&self) -> Option<u64> {
        self.lock().spares.pop()
    }

    /// Makes a spare unless the spool has reached its bound.
    pub(crate) fn make_spare(&self) -> io::Result<u64> {
        let serial = {
            let mut inventory = self.lock();
            let active = u64::from(inventory.active.is_some());
            let files = (inventory.sealed.len() + inventory.spares.len()) as u64 + active;
            if files >= self.max_files {
                return Err(io::ErrorKind::StorageFull.into());
            }
            inventory.next_spare += 1;
            inventory.next_spare - 1
        };
        self.storage
            .create(&format!("{SPARE}{serial:x}"), self.segment_bytes)?;
        Ok(serial)
    }

    /// Everything before `shipped` is stored elsewhere: its files become spares.
    pub(crate) fn release(&self, shipped: Position) -> io::Result<()> {
        loop {
            let (number, sealed, serial) = {
                let mut inventory = self.lock();
                let Some((&number, &sealed)) = inventory.sealed.iter().next() else {
                    return Ok(());
                };
                let done = number < shipped.segment
                    || (number == shipped.segment && shipped.offset >= sealed.end);
                if !done && sealed.end > HEADER {
                    return Ok(());
                }
                inventory.next_spare += 1;
                (number, sealed, inventory.next_spare - 1)
            };
            let name = segment_name(number);
            match sealed.fate {
                Fate::Recycle => {
                    self.storage.rename(&name, &format!("{SPARE}{serial:x}"))?;
                    self.add_spare(serial);
                }
                Fate::SetAside => {
                    self.storage
                        .rename(&name, &format!("{DAMAGED}{number:016x}"))?;
                }
            }
            self.lock().sealed.remove(&number);
        }
    }
}
