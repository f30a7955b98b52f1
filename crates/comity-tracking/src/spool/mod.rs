//! The click spool: a segmented journal on this machine's disk.
//!
//! Clicks are appended, made durable in groups (one `fdatasync` for all that
//! arrived while the last one ran), and shipped to the store from behind. A
//! segment's life: `spare-…` (zero-filled, so that its blocks are reserved and
//! a sync moves data only) → `segment-…` → shipped → `spare-…` again.

mod commit;
mod cursor;
mod format;
mod group;
mod handle;
mod inspect;
mod journal;
mod reader;
mod shelf;
mod ship;
mod storage;

pub use cursor::Position;
pub use group::Append;
pub use handle::{Backlog, Spool};
pub use inspect::{SegmentReport, SpoolReport, Waiting, inspect};
pub use journal::Journal;
pub use reader::Reader;
pub use ship::{ClickSink, ShipError, Shipper, SinkError};
pub use storage::{Disk, SpoolFile, Storage};

use std::io;
use std::time::Duration;

/// What an acknowledged click has survived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `fdatasync`: kill -9 and power loss.
    Disk,
    /// Handed to the operating system: kill -9, but not power loss (up to
    /// about half a minute of clicks, the kernel's write-back interval).
    Os,
}

/// How the spool behaves.
#[derive(Debug, Clone, Copy)]
pub struct SpoolOptions {
    /// What an acknowledged click has survived.
    pub durability: Durability,
    /// Size of one segment in bytes; at least 17 kB.
    pub segment_bytes: u64,
    /// Most bytes all segments and spares may take; at least two segments.
    pub max_bytes: u64,
    /// Bytes of spares kept ready, so that a full disk stops nothing at once.
    pub reserve_bytes: u64,
    /// How long a record may wait for the disk. After that its visitor is sent
    /// on without a click id: a disk that hangs must not hold up anybody.
    pub commit_deadline: Duration,
}

impl Default for SpoolOptions {
    /// Disk durability, 16 MiB segments (about 60,000 clicks), 4 GiB in all, 32 MiB in reserve,
    /// two seconds for a commit.
    fn default() -> Self {
        Self {
            durability: Durability::Disk,
            segment_bytes: 16 << 20,
            max_bytes: 4 << 30,
            reserve_bytes: 32 << 20,
            commit_deadline: Duration::from_secs(2),
        }
    }
}

/// Why a click could not be kept. The redirect goes on and counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The disk is full or the spool has reached its bound.
    #[error("spool is full")]
    Full,
    /// The disk cannot keep up: too much waits for it already.
    #[error("spool is behind")]
    Behind,
    /// The disk has not answered in time; the record may or may not become durable.
    #[error("spool did not answer in time")]
    Late,
    /// The disk failed.
    #[error("spool could not write")]
    Io,
    /// The process is ending.
    #[error("spool is closed")]
    Closed,
    /// The record is larger than a record may be.
    #[error("record is too large")]
    TooLarge,
}

/// Why a spool cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk refused.
    #[error("could not access the spool")]
    Io(#[from] io::Error),
    /// The options contradict themselves.
    #[error("spool options: {0}")]
    Options(&'static str),
}
