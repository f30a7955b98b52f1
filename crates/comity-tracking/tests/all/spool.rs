//! The spool as a whole: threads, shipping, restarts, inspection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::simulated::Simulated;
use crate::stage::{Collected, Stage};
use comity_domain::ClickId;
use comity_tracking::click::Click;
use comity_tracking::collect::HintRecord;
use comity_tracking::spool::{
    AppendError, ClickSink, Disk, Durability, Shipper, SinkError, Spool, SpoolOptions, Waiting,
    inspect,
};

const SMALL: SpoolOptions = SpoolOptions {
    durability: Durability::Disk,
    segment_bytes: 20_000,
    max_bytes: 400_000,
    reserve_bytes: 40_000,
    commit_deadline: Duration::from_secs(2),
};

/// Clicks made by the redirect, as bytes of their own spool.
async fn clicks(count: usize) -> Vec<Click> {
    let stage = Stage::new();
    for n in 0..count {
        stage.get(&format!("/a?s1={n}"), &[]).await;
    }
    stage.recorded().await
}

fn bytes(click: &Click) -> Vec<u8> {
    let mut bytes = Vec::new();
    comity_tracking::click::encode(click, &mut bytes);
    bytes
}

fn ids(clicks: &[Click]) -> Vec<ClickId> {
    clicks.iter().map(|click| click.id).collect()
}

/// Refuses every other batch.
#[derive(Clone, Default)]
struct Flaky {
    inner: Collected,
    calls: Arc<AtomicU32>,
}

impl ClickSink for Flaky {
    async fn store(&self, clicks: &[Click]) -> Result<(), SinkError> {
        if self.calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            return Err(SinkError("the database is away".into()));
        }
        self.inner.store(clicks).await
    }

    async fn hear(&self, hints: &[HintRecord]) -> Result<(), SinkError> {
        self.inner.hear(hints).await
    }
}

#[tokio::test]
async fn clicks_reach_the_sink_once_and_in_order_over_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let all = clicks(500).await;
    let sink = Flaky::default();
    for part in all.chunks(120) {
        let spool = Spool::open(folder.path(), SMALL).unwrap();
        let appends: Vec<_> = part
            .iter()
            .map(|click| spool.append(&bytes(click)))
            .collect();
        for append in appends {
            append.await.unwrap();
        }
        let mut shipper = Shipper::new(&spool, sink.clone()).unwrap();
        assert!(shipper.step().await.is_err(), "the first call is refused");
        while shipper.step().await.unwrap_or(1) > 0 {}
        assert_eq!(spool.backlog().waiting, 0);
    }
    assert_eq!(ids(&sink.inner.0.lock().unwrap()), ids(&all));
}

#[tokio::test]
async fn what_was_not_shipped_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let all = clicks(50).await;
    let spool = Spool::open(folder.path(), SMALL).unwrap();
    for click in &all {
        spool.append(&bytes(click)).await.unwrap();
    }
    drop(spool);
    let mut seen = Vec::new();
    let disk = Disk::open(folder.path()).unwrap();
    let report = inspect(&disk, |record| {
        if let Waiting::Click(click) = record {
            seen.push(click.id);
        }
    })
    .unwrap();
    assert_eq!(seen, ids(&all));
    assert_eq!(report.segments.iter().map(|s| s.waiting).sum::<u64>(), 50);
    assert_eq!(report.segments.iter().map(|s| s.unreadable).sum::<u64>(), 0);

    let spool = Spool::open(folder.path(), SMALL).unwrap();
    assert_eq!(spool.backlog().waiting, 50);
    let sink = Collected::default();
    let mut shipper = Shipper::new(&spool, sink.clone()).unwrap();
    assert_eq!(shipper.step().await.unwrap(), 50);
    assert_eq!(ids(&sink.0.lock().unwrap()), ids(&all));
}

#[tokio::test]
async fn many_writers_share_commits() {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::open(folder.path(), SMALL).unwrap();
    let all = clicks(200).await;
    let appends: Vec<_> = all
        .iter()
        .map(|click| spool.append(&bytes(click)))
        .collect();
    for append in appends {
        append.await.unwrap();
    }
    let backlog = spool.backlog();
    assert_eq!((backlog.recorded, backlog.unrecorded), (200, 0));
    assert!(backlog.groups <= 200);
}

/// A disk that hangs holds up nobody, and what it wrote in the end is shipped.
#[tokio::test]
async fn a_disk_that_hangs_is_given_up_and_taken_back() {
    let disk = Simulated::default();
    let options = SpoolOptions {
        commit_deadline: Duration::from_millis(1),
        ..SMALL
    };
    let spool = Spool::on(Arc::new(disk.clone()), options).unwrap();
    let all = clicks(3).await;
    disk.set_hanging(true);
    let (first, second) = (spool.append(&bytes(&all[0])), spool.append(&bytes(&all[1])));
    assert_eq!(first.await, Err(AppendError::Late));
    assert_eq!(second.await, Err(AppendError::Late));
    disk.set_hanging(false);
    // The deadline is far below what even a fast disk needs now and then.
    while spool.append(&bytes(&all[2])).await.is_err() {}
    let sink = Collected::default();
    let mut shipper = Shipper::new(&spool, sink.clone()).unwrap();
    while shipper.step().await.unwrap() > 0 {}
    assert_eq!(ids(&sink.0.lock().unwrap())[..2], ids(&all[..2]));
}

#[tokio::test]
async fn a_record_of_a_newer_version_stops_shipping_and_is_not_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::open(folder.path(), SMALL).unwrap();
    spool.append(&[250, 1, 2, 3]).await.unwrap();
    let sink = Collected::default();
    let mut shipper = Shipper::new(&spool, sink.clone()).unwrap();
    assert!(shipper.step().await.is_err());
    assert!(spool.backlog().is_stuck);
    assert_eq!(spool.backlog().waiting, 1);
}

/// R6: a full disk costs clicks, never visitors, and they are counted.
#[tokio::test]
async fn a_full_disk_is_counted_and_shipping_heals_it() {
    let disk = Simulated::default();
    disk.set_room(Some(20_000 * 2 + 8_192));
    let options = SpoolOptions {
        reserve_bytes: 0,
        ..SMALL
    };
    let spool = Spool::on(Arc::new(disk.clone()), options).unwrap();
    let all = clicks(300).await;
    let mut kept = Vec::new();
    for click in &all {
        if spool.append(&bytes(click)).await.is_ok() {
            kept.push(click.id);
        }
    }
    let backlog = spool.backlog();
    assert_eq!(backlog.recorded, kept.len() as u64);
    assert_eq!(backlog.unrecorded, (all.len() - kept.len()) as u64);
    assert!(backlog.unrecorded > 0);
    let sink = Collected::default();
    let mut shipper = Shipper::new(&spool, sink.clone()).unwrap();
    while shipper.step().await.unwrap() > 0 {}
    assert_eq!(ids(&sink.0.lock().unwrap()), kept);
    spool.append(&bytes(&all[0])).await.unwrap();
    // What was lost is remembered where a full disk has room for it, and across restarts.
    let lost = backlog.unrecorded;
    drop((shipper, spool));
    assert_eq!(inspect(&disk, |_| {}).unwrap().unrecorded, lost);
    let spool = Spool::on(Arc::new(disk.clone()), options).unwrap();
    assert_eq!(spool.backlog().unrecorded, 0, "of this process");
    drop(spool);
    assert_eq!(inspect(&disk, |_| {}).unwrap().unrecorded, lost);
}
