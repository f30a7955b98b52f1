//! What lies in a spool folder, for `comity spool`. Reads only.

use std::io;

use super::cursor::{self, Position};
use super::format::{self, HEADER, Stop};
use super::shelf::{DAMAGED, SEGMENT, SPARE, number_in};
use super::storage::Storage;
use crate::click::{self, Click};
use crate::codec::DecodeError;
use crate::collect::{self, HintRecord};

/// A record that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// A click.
    Click(Box<Click>),
    /// What a page told.
    Hint(Box<HintRecord>),
}

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentReport {
    /// File name.
    pub name: String,
    /// Segment number.
    pub number: u64,
    /// Readable records.
    pub records: u64,
    /// Of those, how many the cursor has not passed.
    pub waiting: u64,
    /// Records this version cannot read.
    pub unreadable: u64,
    /// Bytes up to the end of the last readable record.
    pub bytes: u64,
    /// Whether it ends with an end mark.
    pub is_sealed: bool,
}

/// A whole spool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpoolReport {
    /// How far it has been shipped.
    pub shipped: Position,
    /// The segments in order, damaged ones last.
    pub segments: Vec<SegmentReport>,
    /// Number of spares.
    pub spares: u64,
    /// Records that could not be kept in the life of the spool; their visitors were sent on.
    pub unrecorded: u64,
}

/// Reads a spool folder and shows every waiting record to `visit`. Safe beside
/// a running process: the newest group may be missing then.
///
/// # Errors
/// When the folder cannot be read.
pub fn inspect(storage: &dyn Storage, mut visit: impl FnMut(&Waiting)) -> io::Result<SpoolReport> {
    let shipped = cursor::peek(storage)?;
    let names = storage.list()?;
    let spares = names
        .iter()
        .filter(|name| number_in(name, SPARE).is_some())
        .count() as u64;
    let mut found: Vec<_> = names
        .iter()
        .filter_map(|name| {
            let whole = number_in(name, SEGMENT).map(|number| (false, number));
            let (damaged, number) =
                whole.or_else(|| number_in(name, DAMAGED).map(|number| (true, number)))?;
            Some((damaged, number, name.clone()))
        })
        .collect();
    found.sort();
    let mut segments = Vec::new();
    for (_, number, name) in found {
        segments.push(report(storage, name, number, shipped, &mut visit)?);
    }
    Ok(SpoolReport {
        shipped,
        segments,
        spares,
        unrecorded: cursor::losses(storage)?,
    })
}

fn read(payload: &[u8]) -> Result<Waiting, DecodeError> {
    if collect::is_hint(payload) {
        collect::decode(payload).map(|hint| Waiting::Hint(Box::new(hint)))
    } else {
        click::decode(payload).map(|click| Waiting::Click(Box::new(click)))
    }
}

fn report(
    storage: &dyn Storage,
    name: String,
    number: u64,
    shipped: Position,
    visit: &mut impl FnMut(&Waiting),
) -> io::Result<SegmentReport> {
    let file = storage.open(&name)?;
    let mut report = SegmentReport {
        name,
        number,
        records: 0,
        waiting: 0,
        unreadable: 0,
        bytes: HEADER,
        is_sealed: false,
    };
    if format::number_of(file.as_ref())? != Some(number) {
        return Ok(report);
    }
    let mut at = HEADER;
    let (end, stop) = format::scan(file.as_ref(), number, HEADER, u64::MAX, |payload| {
        let waits = Position {
            segment: number,
            offset: at,
        } >= shipped;
        at += (format::FRAME + payload.len()) as u64;
        report.records += 1;
        report.waiting += u64::from(waits);
        match read(payload) {
            Ok(record) if waits => visit(&record),
            Ok(_) => {}
            Err(_) => report.unreadable += 1,
        }
        true
    })?;
    report.bytes = end;
    report.is_sealed = stop == Stop::Sealed;
    Ok(report)
}
