//! R2, R6: no acknowledged record is lost, whatever the disk looks like when
//! the power comes back, and a full or failing disk is met by rule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::simulated::{Op, Simulated, crash_states};
use comity_tracking::spool::{AppendError, Durability, Journal, Reader, SpoolOptions, Storage};

const OPTIONS: SpoolOptions = SpoolOptions {
    commit_deadline: std::time::Duration::from_secs(2),
    durability: Durability::Disk,
    segment_bytes: 17_000,
    max_bytes: 17_000 * 8,
    reserve_bytes: 0,
};

fn record(number: u64) -> Vec<u8> {
    let length = 300 + (number as usize * 37) % 900;
    let mut bytes = vec![(number % 251) as u8; length];
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    bytes
}

fn number_of(record: &[u8]) -> u64 {
    let number = u64::from_le_bytes(record[..8].try_into().unwrap());
    assert_eq!(record, self::record(number), "a record came back changed");
    number
}

fn framed(numbers: impl Iterator<Item = u64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in numbers {
        let payload = record(number);
        let length = u32::try_from(payload.len()).unwrap().to_le_bytes();
        let mut sum = crc32fast::Hasher::new();
        sum.update(&length);
        sum.update(&payload);
        bytes.extend_from_slice(&length);
        bytes.extend_from_slice(&sum.finalize().to_le_bytes());
        bytes.extend_from_slice(&payload);
    }
    bytes
}

fn open(disk: &Simulated) -> (Journal, Reader) {
    let storage: Arc<dyn Storage> = Arc::new(disk.clone());
    let journal = Journal::open(Arc::clone(&storage), &OPTIONS).unwrap();
    let reader = Reader::of(storage, &journal).unwrap();
    (journal, reader)
}

fn read_all(reader: &Reader) -> Vec<u64> {
    let (records, _) = reader.read(usize::MAX).unwrap();
    records.iter().map(|record| number_of(record)).collect()
}

/// Sends `groups` groups of one to four records, shipping a batch after every third.
fn work(disk: &Simulated, groups: u64) {
    let (mut journal, mut reader) = open(disk);
    let mut next = 0;
    for group in 0..groups {
        let count = 1 + group * 7 % 4;
        let numbers = next..next + count;
        next += count;
        numbers.clone().for_each(|n| disk.mark(Op::Sent(n)));
        journal.write_group(&mut framed(numbers.clone())).unwrap();
        numbers.for_each(|n| disk.mark(Op::Acked(n)));
        if group % 3 == 2 {
            let (records, position) = reader.read(9).unwrap();
            records
                .iter()
                .for_each(|record| disk.mark(Op::Stored(number_of(record))));
            reader.advance(position).unwrap();
        }
    }
}

#[derive(Default)]
struct Marks {
    sent: BTreeSet<u64>,
    acked: BTreeSet<u64>,
    stored: BTreeSet<u64>,
}

fn marks(log: &[Op]) -> Marks {
    let mut marks = Marks::default();
    for op in log {
        match op {
            Op::Sent(n) => marks.sent.insert(*n),
            Op::Acked(n) => marks.acked.insert(*n),
            Op::Stored(n) => marks.stored.insert(*n),
            _ => continue,
        };
    }
    marks
}

#[test]
fn no_acknowledged_record_is_lost_in_any_crash_state() {
    let disk = Simulated::default();
    // The long form of `cargo xtask storm power-loss` asks for more.
    let groups = std::env::var("COMITY_CRASH_GROUPS").map_or(150, |text| text.parse().unwrap());
    work(&disk, groups);
    let log = disk.log();
    let mut states = 0;
    let mut by_length: BTreeMap<usize, Marks> = BTreeMap::new();
    crash_states(&log, |length, files| {
        states += 1;
        let marks = by_length
            .entry(length)
            .or_insert_with(|| marks(&log[..length]));
        let disk = Simulated::with(files);
        let (mut journal, reader) = open(&disk);
        let found = read_all(&reader);
        let distinct: BTreeSet<_> = found.iter().copied().collect();
        assert_eq!(
            distinct.len(),
            found.len(),
            "doubled after {length} operations"
        );
        assert!(
            distinct.is_subset(&marks.sent),
            "invented after {length} operations"
        );
        let kept: BTreeSet<_> = distinct.union(&marks.stored).copied().collect();
        let lost: Vec<_> = marks.acked.difference(&kept).collect();
        assert!(lost.is_empty(), "lost {lost:?} after {length} operations");

        // The spool works on, and what recovery showed survives the next crash.
        journal
            .write_group(&mut framed(std::iter::once(1_000_000)))
            .unwrap();
        let again = read_all(&open(&disk).1);
        assert_eq!(again, [found, vec![1_000_000]].concat());
    });
    println!("{states} crash states, nothing acknowledged lost, doubled or invented");
    assert!(states >= 10_000, "only {states} crash states");
}

#[test]
fn a_full_disk_refuses_keeps_what_it_has_and_heals() {
    let disk = Simulated::default();
    // Room for two segments and the cursor.
    disk.set_room(Some(17_000 * 2 + 8192));
    let (mut journal, mut reader) = open(&disk);
    let mut acked = Vec::new();
    let refused = (0..).find_map(
        |n| match journal.write_group(&mut framed(std::iter::once(n))) {
            Ok(_) => {
                acked.push(n);
                None
            }
            Err(error) => Some(error),
        },
    );
    assert_eq!(refused, Some(AppendError::Full));
    assert_eq!(
        journal.write_group(&mut framed(0..1)),
        Err(AppendError::Full)
    );
    assert_eq!(read_all(&reader), acked);

    let (_, position) = reader.read(usize::MAX).unwrap();
    reader.advance(position).unwrap();
    journal.write_group(&mut framed(7..8)).unwrap();
    assert_eq!(read_all(&reader), [7]);
}

#[test]
fn the_spool_is_bounded() {
    let disk = Simulated::default();
    let (mut journal, _reader) = open(&disk);
    let refused = (0..).find_map(|n| journal.write_group(&mut framed(n..n + 1)).err());
    assert_eq!(refused, Some(AppendError::Full));
    let segments = disk
        .list()
        .unwrap()
        .iter()
        .filter(|name| name.starts_with("segment-"))
        .count();
    assert_eq!(segments, 8);
}

#[test]
fn after_a_failed_write_nothing_more_goes_into_that_segment() {
    let disk = Simulated::default();
    let (mut journal, reader) = open(&disk);
    journal.write_group(&mut framed(0..3)).unwrap();
    disk.set_failing(true);
    assert_eq!(journal.write_group(&mut framed(3..4)), Err(AppendError::Io));
    disk.set_failing(false);
    journal.write_group(&mut framed(4..6)).unwrap();
    assert_eq!(read_all(&reader), [0, 1, 2, 4, 5]);
    assert_eq!(read_all(&open(&disk).1), [0, 1, 2, 4, 5]);
}
