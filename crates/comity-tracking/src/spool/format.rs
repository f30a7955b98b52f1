//! Segments as bytes: a header, framed records, an end mark.
//!
//! Header (32 bytes): magic, segment number, CRC-32 of both, zeros.
//! Record: length (u32), checksum (u32), payload. The checksum is the CRC-32
//! of length and payload, XORed with a salt made from the segment number: a
//! recycled segment's old records are never taken for new ones. A record of
//! length `u32::MAX` marks the end of a sealed segment.

use std::io;

use super::storage::SpoolFile;

/// Bytes before the first record.
pub(crate) const HEADER: u64 = 32;
/// Bytes before a payload.
pub(crate) const FRAME: usize = 8;
/// Largest payload; a click with every field at its bound takes about 9 kB.
pub(crate) const MAX_PAYLOAD: usize = 16 * 1024;
const MAGIC: &[u8; 8] = b"CMTYSPL\x01";
const END: u32 = u32::MAX;
/// How much is read at once; must hold the largest record.
const CHUNK: usize = 256 * 1024;

/// The header of segment `number`, followed by an empty frame.
pub(crate) fn header(number: u64) -> [u8; 40] {
    let mut bytes = [0; 40];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    let sum = crc32fast::hash(&bytes[..16]);
    bytes[16..20].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// The segment number in a file's header, when the header is whole.
pub(crate) fn number_of(file: &dyn SpoolFile) -> io::Result<Option<u64>> {
    let mut bytes = [0; 40];
    file.read_at(&mut bytes, 0)?;
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[8..16]);
    let number = u64::from_le_bytes(number);
    Ok((bytes[..20] == header(number)[..20]).then_some(number))
}

fn salt(number: u64) -> u32 {
    crc32fast::hash(&number.to_le_bytes())
}

fn sum(length: u32, payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&length.to_le_bytes());
    hasher.update(payload);
    hasher.finalize()
}

/// Appends an unsalted frame and the payload. `false` when it is too large.
pub(crate) fn frame(buffer: &mut Vec<u8>, payload: &[u8]) -> bool {
    let Some(length) = u32::try_from(payload.len())
        .ok()
        .filter(|_| (1..=MAX_PAYLOAD).contains(&payload.len()))
    else {
        return false;
    };
    buffer.extend_from_slice(&length.to_le_bytes());
    buffer.extend_from_slice(&sum(length, payload).to_le_bytes());
    buffer.extend_from_slice(payload);
    true
}

/// Salts the frames at the front of `records` for segment `number`, as many as
/// fit into `room`; returns the bytes and the records taken.
pub(crate) fn salt_frames(records: &mut [u8], number: u64, room: u64) -> (usize, u64) {
    let salt = salt(number);
    let room = usize::try_from(room).unwrap_or(usize::MAX);
    let (mut at, mut count) = (0, 0);
    while let Some(frame) = records.get(at..at + FRAME) {
        let end = at + FRAME + word(frame, 0) as usize;
        if end > room {
            break;
        }
        let salted = word(frame, 4) ^ salt;
        records[at + 4..at + FRAME].copy_from_slice(&salted.to_le_bytes());
        (at, count) = (end, count + 1);
    }
    (at, count)
}

/// The end mark of segment `number`.
pub(crate) fn end_mark(number: u64) -> [u8; FRAME] {
    let mut bytes = [0; FRAME];
    bytes[..4].copy_from_slice(&END.to_le_bytes());
    bytes[4..].copy_from_slice(&(sum(END, &[]) ^ salt(number)).to_le_bytes());
    bytes
}

/// What follows the last record that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The end mark: the segment is whole.
    Sealed,
    /// Not a record: the end of an unsealed segment, a torn tail or damage.
    Broken,
    /// The bound the caller gave, or the caller had enough.
    Bound,
}

/// Reads records of segment `number` from `offset` up to `bound`, as long as
/// `visit` says so. Returns where the next record begins and why it stopped.
pub(crate) fn scan(
    file: &dyn SpoolFile,
    number: u64,
    offset: u64,
    bound: u64,
    mut visit: impl FnMut(&[u8]) -> bool,
) -> io::Result<(u64, Stop)> {
    let salt = salt(number);
    // A shipper that keeps up reads a few records at a time: no more is fetched.
    let wanted = bound.saturating_sub(offset).saturating_add(FRAME as u64);
    let mut chunk = vec![0; usize::try_from(wanted).unwrap_or(CHUNK).min(CHUNK)];
    let mut at = offset;
    loop {
        let filled = file.read_at(&mut chunk, at)?;
        let mut rest = &chunk[..filled];
        loop {
            if at >= bound {
                return Ok((at, Stop::Bound));
            }
            let Some((head, tail)) = rest.split_at_checked(FRAME) else {
                break;
            };
            let (length, expected) = (word(head, 0), word(head, 4) ^ salt);
            if length == END && expected == sum(END, &[]) {
                return Ok((at, Stop::Sealed));
            }
            if length == 0 || length as usize > MAX_PAYLOAD {
                return Ok((at, Stop::Broken));
            }
            let Some((payload, tail)) = tail.split_at_checked(length as usize) else {
                break;
            };
            if sum(length, payload) != expected {
                return Ok((at, Stop::Broken));
            }
            if !visit(payload) {
                return Ok((at, Stop::Bound));
            }
            at += (FRAME + payload.len()) as u64;
            rest = tail;
        }
        // A full chunk holds a whole record or all up to the bound, so the next one makes progress.
        if filled < CHUNK {
            return Ok((at, Stop::Broken));
        }
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}
