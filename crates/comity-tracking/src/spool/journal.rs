//! The journal itself: recovery, group writes, sealing. Single-threaded.

use std::io;
use std::sync::Arc;

use super::cursor::{self, Position};
use super::format::{self, FRAME, HEADER, Stop};
use super::shelf::{Fate, SEGMENT, SPARE, Sealed, Shelf, number_in, segment_name};
use super::storage::{SpoolFile, Storage};
use super::{AppendError, Durability, SpoolError, SpoolOptions};

/// The write side of the spool.
pub struct Journal {
    storage: Arc<dyn Storage>,
    shelf: Arc<Shelf>,
    durability: Durability,
    active: Option<Active>,
    next_number: u64,
    recovered: u64,
}

struct Active {
    file: Box<dyn SpoolFile>,
    number: u64,
    offset: u64,
    size: u64,
}

impl Journal {
    /// Opens the journal: finds what earlier processes left, cuts torn tails,
    /// and begins a new segment. A full disk does not stop it.
    ///
    /// # Errors
    /// When the storage cannot be read or the options make no sense.
    pub fn open(storage: Arc<dyn Storage>, options: &SpoolOptions) -> Result<Self, SpoolError> {
        if options.segment_bytes < format::MAX_PAYLOAD as u64 + 128 {
            return Err(SpoolError::Options("segment_bytes is below 17 kB"));
        }
        if options.max_bytes < 2 * options.segment_bytes {
            return Err(SpoolError::Options("max_bytes is below two segments"));
        }
        let shelf = Shelf::new(
            Arc::clone(&storage),
            options.segment_bytes,
            options.max_bytes,
        );
        let mut journal = Self {
            storage,
            shelf: Arc::new(shelf),
            durability: options.durability,
            active: None,
            next_number: 1,
            recovered: 0,
        };
        journal.recover()?;
        // A full disk is met again, and counted, when the first click arrives.
        let _ = journal.begin_segment();
        Ok(journal)
    }

    /// Records found unshipped when the journal was opened.
    #[must_use]
    pub fn recovered(&self) -> u64 {
        self.recovered
    }

    pub(crate) fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    fn recover(&mut self) -> io::Result<()> {
        let shipped = cursor::peek(self.storage.as_ref())?;
        self.next_number = shipped.segment + 1;
        let names = self.storage.list()?;
        for name in &names {
            if let Some(serial) = number_in(name, SPARE) {
                self.recover_spare(name, serial)?;
            }
        }
        let mut numbers: Vec<_> = names.iter().filter_map(|n| number_in(n, SEGMENT)).collect();
        numbers.sort_unstable();
        let last = numbers.last().copied();
        for number in numbers {
            self.next_number = self.next_number.max(number + 1);
            self.recover_segment(number, shipped, last == Some(number))?;
        }
        self.shelf.release(shipped)
    }

    fn recover_spare(&mut self, name: &str, serial: u64) -> io::Result<()> {
        let file = self.storage.open(name)?;
        if file.size()? != self.shelf.segment_bytes() {
            // Half made when the process died, or the option changed.
            return self.storage.remove(name);
        }
        self.shelf.add_spare(serial);
        // An old number in a spare must not be given out again: the salts would match.
        let old = format::number_of(file.as_ref())?;
        self.next_number = self.next_number.max(old.unwrap_or(0) + 1);
        Ok(())
    }

    fn recover_segment(&mut self, number: u64, shipped: Position, last: bool) -> io::Result<()> {
        let file = self.storage.open(&segment_name(number))?;
        let mut count = 0;
        let (end, stop) = if format::number_of(file.as_ref())? == Some(number) {
            let start = if shipped.segment == number {
                shipped.offset
            } else {
                HEADER
            };
            format::scan(file.as_ref(), number, start.max(HEADER), u64::MAX, |_| {
                count += 1;
                true
            })?
        } else {
            (HEADER, Stop::Broken)
        };
        if number >= shipped.segment {
            self.recovered += count;
        }
        let fate = match stop {
            Stop::Sealed => Fate::Recycle,
            // The process died here: what can be read becomes durable, the tail is cut.
            Stop::Broken | Stop::Bound if last => {
                file.sync()?;
                file.write_at(&format::end_mark(number), end)?;
                file.sync()?;
                Fate::Recycle
            }
            Stop::Broken | Stop::Bound => {
                tracing::error!(segment = number, offset = end, "spool segment is damaged");
                Fate::SetAside
            }
        };
        self.shelf.seal(number, Sealed { end, fate });
        Ok(())
    }

    /// Writes framed records and makes them as durable as the options say.
    /// Returns how many records were written.
    ///
    /// # Errors
    /// When the disk is full or failed: none, or only whole records from the
    /// front, are kept, and none of the group may be acknowledged.
    pub fn write_group(&mut self, records: &mut [u8]) -> Result<u64, AppendError> {
        let (mut rest, mut written) = (records, 0);
        while !rest.is_empty() {
            if self.active.is_none() {
                self.begin_segment().map_err(refusal)?;
            }
            let Some(active) = &mut self.active else {
                return Err(AppendError::Io);
            };
            // Room for the end mark is always kept.
            let room = active.size - active.offset - FRAME as u64;
            let (length, count) = format::salt_frames(rest, active.number, room);
            if length == 0 {
                self.seal_active().map_err(refusal)?;
                continue;
            }
            let (now, later) = rest.split_at_mut(length);
            if let Err(error) = write(active, now, self.durability) {
                tracing::error!(segment = active.number, %error, "spool segment failed");
                self.abandon_active();
                return Err(AppendError::Io);
            }
            self.shelf.commit(Position {
                segment: active.number,
                offset: active.offset,
            });
            written += count;
            rest = later;
        }
        Ok(written)
    }

    fn begin_segment(&mut self) -> io::Result<()> {
        let serial = match self.shelf.take_spare() {
            Some(serial) => serial,
            None => self.shelf.make_spare()?,
        };
        match self.turn_into_segment(serial) {
            Ok(active) => {
                self.shelf.commit(Position {
                    segment: active.number,
                    offset: active.offset,
                });
                self.active = Some(active);
                Ok(())
            }
            Err(error) => {
                self.shelf.add_spare(serial);
                Err(error)
            }
        }
    }

    fn turn_into_segment(&mut self, serial: u64) -> io::Result<Active> {
        let spare = format!("{SPARE}{serial:x}");
        let file = self.storage.open(&spare)?;
        let size = file.size()?;
        let number = self.next_number;
        file.write_at(&format::header(number), 0)?;
        file.sync()?;
        self.storage.rename(&spare, &segment_name(number))?;
        self.next_number += 1;
        Ok(Active {
            file,
            number,
            offset: HEADER,
            size,
        })
    }

    /// Ends the active segment; the next write begins another.
    fn seal_active(&mut self) -> io::Result<()> {
        let Some(active) = self.active.take() else {
            return Ok(());
        };
        let sealed = Sealed {
            end: active.offset,
            fate: Fate::Recycle,
        };
        // The mark must be durable before a later segment exists: recovery
        // takes an unmarked segment that is not the last for damage.
        let marked = active
            .file
            .write_at(&format::end_mark(active.number), active.offset)
            .and_then(|()| active.file.sync());
        self.shelf.seal(active.number, sealed);
        marked
    }

    /// After a failed write or sync nothing about the segment's tail is known:
    /// what was committed stays readable, nothing more is written to it.
    fn abandon_active(&mut self) {
        if let Some(active) = self.active.take() {
            let sealed = Sealed {
                end: active.offset,
                fate: Fate::SetAside,
            };
            self.shelf.seal(active.number, sealed);
        }
    }
}

fn write(active: &mut Active, bytes: &[u8], durability: Durability) -> io::Result<()> {
    active.file.write_at(bytes, active.offset)?;
    if durability == Durability::Disk {
        active.file.sync()?;
    }
    active.offset += bytes.len() as u64;
    Ok(())
}

fn refusal(error: io::Error) -> AppendError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => AppendError::Full,
        _ => AppendError::Io,
    }
}
