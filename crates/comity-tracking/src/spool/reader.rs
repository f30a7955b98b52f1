//! The read side of the spool: committed records from the cursor on.

use std::io;
use std::sync::Arc;

use super::cursor::{CursorFile, Position};
use super::format::{self, HEADER};
use super::journal::Journal;
use super::shelf::{Shelf, segment_name};
use super::storage::Storage;

/// Reads committed records in order and remembers how far they were shipped.
pub struct Reader {
    storage: Arc<dyn Storage>,
    shelf: Arc<Shelf>,
    cursor: CursorFile,
    shipped: Position,
}

impl Reader {
    /// A reader of what `journal` writes.
    ///
    /// # Errors
    /// When the cursor can be neither read nor made.
    pub fn of(storage: Arc<dyn Storage>, journal: &Journal) -> io::Result<Self> {
        Self::new(storage, Arc::clone(journal.shelf()))
    }

    pub(crate) fn new(storage: Arc<dyn Storage>, shelf: Arc<Shelf>) -> io::Result<Self> {
        let (cursor, shipped) = CursorFile::open(storage.as_ref())?;
        Ok(Self {
            storage,
            shelf,
            cursor,
            shipped,
        })
    }

    /// Reads at most `limit` records and the position behind them. No records
    /// means that everything committed has been shipped.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn read(&self, limit: usize) -> io::Result<(Vec<Vec<u8>>, Position)> {
        let mut records = Vec::new();
        let mut at = self.shipped;
        while records.len() < limit {
            let Some(bound) = self.shelf.readable(at.segment) else {
                break;
            };
            if bound.segment > at.segment {
                at = Position {
                    segment: bound.segment,
                    offset: HEADER,
                };
            }
            if at.offset >= bound.offset {
                if !self.shelf.is_sealed(at.segment) || !self.has_later(at.segment) {
                    break;
                }
                at = Position {
                    segment: at.segment + 1,
                    offset: HEADER,
                };
                continue;
            }
            let file = self.storage.open(&segment_name(at.segment))?;
            let mut count = records.len();
            let start = at.offset.max(HEADER);
            let (next, _) =
                format::scan(file.as_ref(), at.segment, start, bound.offset, |payload| {
                    if count == limit {
                        return false;
                    }
                    count += 1;
                    records.push(payload.to_vec());
                    true
                })?;
            if next == at.offset {
                // Committed bytes that no longer read back: the disk lost them after the fact.
                return Err(io::ErrorKind::InvalidData.into());
            }
            at.offset = next;
        }
        Ok((records, at))
    }

    /// Remembers durably that everything before `position` is stored, and
    /// gives the space back.
    ///
    /// # Errors
    /// When the disk refuses; the records will be read again.
    pub fn advance(&mut self, position: Position) -> io::Result<()> {
        self.cursor.save(position)?;
        self.shipped = position;
        self.shelf.release(position)
    }

    /// Everything before this is stored elsewhere.
    #[must_use]
    pub fn shipped(&self) -> Position {
        self.shipped
    }

    fn has_later(&self, segment: u64) -> bool {
        self.shelf.readable(segment + 1).is_some()
    }
}
