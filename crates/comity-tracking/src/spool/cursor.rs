//! How far the spool has been shipped, kept durably in two alternating slots.

use std::io;

use super::storage::{SpoolFile, Storage};

const NAME: &str = "cursor";
/// The slots lie in different pages, so that a torn write spoils one only.
const SLOT: u64 = 4096;

/// A place in the journal: everything before it has been shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Segment number.
    pub segment: u64,
    /// Byte offset in the segment.
    pub offset: u64,
}

/// The cursor file.
pub(crate) struct CursorFile {
    file: Box<dyn SpoolFile>,
    /// Grows with every save; the slot with the larger one is the newer.
    turn: u64,
}

impl CursorFile {
    /// Opens (or makes) the cursor and reads it. A lost cursor is the beginning:
    /// the store knows clicks by id and takes none twice.
    pub(crate) fn open(storage: &dyn Storage) -> io::Result<(Self, Position)> {
        let exists = storage.list()?.iter().any(|name| name == NAME);
        let file = if exists {
            storage.open(NAME)?
        } else {
            storage.create(NAME, 2 * SLOT)?
        };
        let (turn, position) = newest(file.as_ref())?;
        Ok((Self { file, turn }, position))
    }

    /// Saves a position; durable when it returns.
    pub(crate) fn save(&mut self, position: Position) -> io::Result<()> {
        self.turn += 1;
        let mut bytes = [0; 28];
        bytes[..8].copy_from_slice(&self.turn.to_le_bytes());
        bytes[8..16].copy_from_slice(&position.segment.to_le_bytes());
        bytes[16..24].copy_from_slice(&position.offset.to_le_bytes());
        let sum = crc32fast::hash(&bytes[..24]);
        bytes[24..].copy_from_slice(&sum.to_le_bytes());
        self.file.write_at(&bytes, self.turn % 2 * SLOT)?;
        self.file.sync()
    }
}

/// Where the count of records never kept lies: in the cursor's file, because on a
/// full disk no other can be made.
const LOSSES: u64 = SLOT / 2;

/// Writes down how many records were never kept; nothing before there is a cursor.
pub(crate) fn save_losses(storage: &dyn Storage, count: u64) -> io::Result<()> {
    if !storage.list()?.iter().any(|name| name == NAME) {
        return Ok(());
    }
    let mut bytes = [0; 12];
    bytes[..8].copy_from_slice(&count.to_le_bytes());
    let sum = crc32fast::hash(&bytes[..8]);
    bytes[8..].copy_from_slice(&sum.to_le_bytes());
    let file = storage.open(NAME)?;
    file.write_at(&bytes, LOSSES)?;
    file.sync()
}

/// How many records were never kept, in the life of the spool.
pub(crate) fn losses(storage: &dyn Storage) -> io::Result<u64> {
    if !storage.list()?.iter().any(|name| name == NAME) {
        return Ok(0);
    }
    let mut bytes = [0; 12];
    storage.open(NAME)?.read_at(&mut bytes, LOSSES)?;
    let [mut count, mut sum] = [[0; 8], [0; 8]];
    count.copy_from_slice(&bytes[..8]);
    sum[..4].copy_from_slice(&bytes[8..]);
    let (count, sum) = (u64::from_le_bytes(count), u64::from_le_bytes(sum));
    let is_whole = u64::from(crc32fast::hash(&bytes[..8])) == sum;
    Ok(if is_whole { count } else { 0 })
}

/// Reads the cursor without touching anything.
pub(crate) fn peek(storage: &dyn Storage) -> io::Result<Position> {
    if storage.list()?.iter().any(|name| name == NAME) {
        Ok(newest(storage.open(NAME)?.as_ref())?.1)
    } else {
        Ok(Position::default())
    }
}

fn newest(file: &dyn SpoolFile) -> io::Result<(u64, Position)> {
    let mut best = (0, Position::default());
    for slot in 0..2 {
        let mut bytes = [0; 28];
        file.read_at(&mut bytes, slot * SLOT)?;
        let mut sum = [0; 4];
        sum.copy_from_slice(&bytes[24..]);
        let [turn, segment, offset] = [0, 8, 16].map(|at| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(word)
        });
        if crc32fast::hash(&bytes[..24]) == u32::from_le_bytes(sum) && turn > best.0 {
            best = (turn, Position { segment, offset });
        }
    }
    Ok(best)
}
