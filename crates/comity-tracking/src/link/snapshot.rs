//! The link table on disk, so that a cold start needs no database.
//!
//! One file: magic, version, programs, links, CRC-32 of all before. It is
//! written beside the old one and renamed over it, so a reader sees the old or
//! the new table, never half of one.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use comity_domain::{EnrollmentId, LinkId, PartnerId, ProgramId, TenantId};

use super::entry::{CookieRule, LinkEntry, LinkKey, LinkState, ProgramEntry};
use super::table::{LinkChange, LinkTable, TableError};
use crate::codec::{DecodeError, Decoder, Encoder};
use crate::destination::AllowList;

const MAGIC: &[u8; 8] = b"CMTYLNK\x01";

/// Why a snapshot could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The disk refused.
    #[error("could not access the link snapshot")]
    Io(#[from] io::Error),
    /// The file is not a whole snapshot of this version.
    #[error("link snapshot is damaged or from another version")]
    Damaged,
    /// The file is whole but its content makes no sense.
    #[error("link snapshot could not be read")]
    Content(#[from] DecodeError),
    /// The table refused an entry that an older version accepted.
    #[error("link snapshot holds an entry that cannot be used")]
    Entry(#[from] TableError),
}

/// Writes all links and programs to `path`, durably and atomically.
///
/// # Errors
/// When the disk refuses; an older snapshot stays as it was.
pub fn save(table: &LinkTable, path: &Path) -> Result<(), SnapshotError> {
    let beside = path.with_extension("new");
    let mut file = Summed {
        to: BufWriter::new(File::create(&beside)?),
        sum: Default::default(),
    };
    file.write_all(MAGIC)?;
    let mut failed = Ok(());
    let mut buffer = Vec::new();
    let mut flush = |tag: u8, fill: &dyn Fn(&mut Encoder<'_>)| {
        buffer.clear();
        buffer.push(tag);
        fill(&mut Encoder(&mut buffer));
        if failed.is_ok() {
            failed = file.write_all(&buffer);
        }
    };
    table.each_program(|program| flush(1, &|out| put_program(out, program)));
    table.each_link(|key, link| flush(2, &|out| put_link(out, key, link)));
    flush(0, &|_| {});
    failed?;
    let sum = file.sum.clone().finalize();
    file.write_all(&sum.to_le_bytes())?;
    file.to
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    std::fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Reads the snapshot at `path` into `table`; `false` when there is none.
///
/// # Errors
/// When the file is damaged; the table is untouched then.
pub fn load(table: &LinkTable, path: &Path) -> Result<bool, SnapshotError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let (body, sum) = bytes
        .split_last_chunk::<4>()
        .ok_or(SnapshotError::Damaged)?;
    if crc32fast::hash(body) != u32::from_le_bytes(*sum) {
        return Err(SnapshotError::Damaged);
    }
    let mut from = Decoder(body.strip_prefix(MAGIC).ok_or(SnapshotError::Damaged)?);
    loop {
        match from.byte()? {
            0 => break,
            1 => table.apply(LinkChange::PutProgram(get_program(&mut from)?))?,
            2 => {
                let (key, link) = get_link(&mut from)?;
                table.apply(LinkChange::PutLink(key, link))?;
            }
            _ => return Err(SnapshotError::Damaged),
        }
    }
    from.finish()?;
    Ok(true)
}

/// Passes bytes on and keeps their checksum.
struct Summed<W> {
    to: W,
    sum: crc32fast::Hasher,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn put_program(out: &mut Encoder<'_>, program: &ProgramEntry) {
    out.id(program.program.0);
    out.id(program.tenant.0);
    let entries = program.allow.entries();
    out.number(entries.len() as u64);
    entries.iter().for_each(|entry| out.text(entry));
    put_pairs(out, &program.utm);
    out.maybe_text(program.fallback.as_deref());
    out.text(&program.parameter);
    out.byte(program.cookies as u8);
    out.maybe_text(program.cookie_domain.as_deref());
    out.number(program.cookie_days.into());
    out.number(program.duplicate_seconds.into());
}

fn get_program(from: &mut Decoder<'_>) -> Result<ProgramEntry, DecodeError> {
    Ok(ProgramEntry {
        program: ProgramId(from.id()?),
        tenant: TenantId(from.id()?),
        allow: get_allow(from)?,
        utm: get_pairs(from)?,
        fallback: from.maybe_text()?,
        parameter: from.text()?,
        cookies: match from.byte()? {
            0 => CookieRule::Always,
            1 => CookieRule::WithConsent,
            2 => CookieRule::Never,
            _ => return Err(DecodeError::Invalid),
        },
        cookie_domain: from.maybe_text()?,
        cookie_days: small(from)?,
        duplicate_seconds: small(from)?,
    })
}

fn get_allow(from: &mut Decoder<'_>) -> Result<AllowList, DecodeError> {
    let mut entries = Vec::new();
    for _ in 0..from.number()? {
        entries.push(from.text()?);
    }
    // An entry that became a public suffix since is dropped: fewer hosts, never more.
    Ok(AllowList::parse_lenient(&entries))
}

fn put_link(out: &mut Encoder<'_>, key: &LinkKey, link: &LinkEntry) {
    out.maybe_text(key.host.as_deref());
    out.text(&key.slug);
    for id in [
        link.link.0,
        link.program.0,
        link.partner.0,
        link.enrollment.0,
    ] {
        out.id(id);
    }
    out.text(&link.destination);
    out.text(&link.partner_code);
    put_pairs(out, &link.utm);
    out.byte(link.state as u8);
    out.maybe(link.expires_at, |out, at| out.time(at));
}

fn get_link(from: &mut Decoder<'_>) -> Result<(LinkKey, LinkEntry), DecodeError> {
    let key = LinkKey {
        host: from.maybe_text()?,
        slug: from.text()?,
    };
    let link = LinkEntry {
        link: LinkId(from.id()?),
        program: ProgramId(from.id()?),
        partner: PartnerId(from.id()?),
        enrollment: EnrollmentId(from.id()?),
        destination: from.text()?,
        partner_code: from.text()?,
        utm: get_pairs(from)?,
        state: match from.byte()? {
            0 => LinkState::Active,
            1 => LinkState::Paused,
            2 => LinkState::Expired,
            _ => return Err(DecodeError::Invalid),
        },
        expires_at: from.maybe(Decoder::time)?,
    };
    Ok((key, link))
}

fn put_pairs(out: &mut Encoder<'_>, pairs: &[(String, String)]) {
    out.number(pairs.len() as u64);
    for (name, value) in pairs {
        out.text(name);
        out.text(value);
    }
}

fn get_pairs(from: &mut Decoder<'_>) -> Result<Vec<(String, String)>, DecodeError> {
    (0..from.number()?)
        .map(|_| Ok((from.text()?, from.text()?)))
        .collect()
}

fn small(from: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    u32::try_from(from.number()?).map_err(|_| DecodeError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_domain::{RawId, Timestamp};

    fn filled() -> LinkTable {
        let table = LinkTable::new();
        let mut program = ProgramEntry::new(ProgramId(RawId([1; 16])), TenantId(RawId([2; 16])));
        program.allow = AllowList::parse(&["shop.example:8443", "shop.example"]).unwrap();
        program.utm = vec![("utm_source".to_owned(), "{partner}".to_owned())];
        program.fallback = Some("https://shop.example/sorry".to_owned());
        program.cookies = CookieRule::WithConsent;
        table.apply(LinkChange::PutProgram(program)).unwrap();
        for n in 0..100u8 {
            let link = LinkEntry {
                link: LinkId(RawId([n; 16])),
                program: ProgramId(RawId([1; 16])),
                partner: PartnerId(RawId([3; 16])),
                enrollment: EnrollmentId(RawId([4; 16])),
                destination: format!("https://shop.example/p/{n}"),
                partner_code: "ann".to_owned(),
                utm: Vec::new(),
                state: LinkState::Paused,
                expires_at: Some(Timestamp::from_seconds(i64::from(n))),
            };
            let host = (n % 3 == 0).then(|| "go.shop.example".to_owned());
            let key = LinkKey {
                host,
                slug: format!("s{n}"),
            };
            table.apply(LinkChange::PutLink(key, link)).unwrap();
        }
        table
    }

    fn content(table: &LinkTable) -> Vec<(LinkKey, LinkEntry)> {
        let mut all = Vec::new();
        table.each_link(|key, link| all.push((key.clone(), link.clone())));
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    #[test]
    fn a_snapshot_brings_the_table_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.snapshot");
        let (before, after) = (filled(), LinkTable::new());
        assert!(!load(&after, &path).unwrap());
        save(&before, &path).unwrap();
        assert!(load(&after, &path).unwrap());
        assert_eq!(content(&before), content(&after));
        let id = ProgramId(RawId([1; 16]));
        assert_eq!(before.program(id), after.program(id));
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("links.snapshot");
        save(&filled(), &path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for at in (0..whole.len()).step_by(41) {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            for damaged in [&whole[..at], &flipped[..]] {
                std::fs::write(&path, damaged).unwrap();
                let table = LinkTable::new();
                assert!(load(&table, &path).is_err());
                assert!(table.is_empty());
            }
        }
    }
}
