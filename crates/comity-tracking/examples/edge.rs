//! A redirect host alone, storing clicks in a file: for storms and benchmarks.
//!
//! `edge FOLDER [--listen ADDRESS] [--links N] [--durability disk|os] [--reserve-mib N]
//! [--max-mib N] [--segment-kib N] [--no-ship | --discard]` prints one JSON line when it is ready. Links are
//! `/l0`, `/l1`, …; clicks are stored in `FOLDER/stored`, a line with id and first sub-id each.
//! `--discard` ships without storing, so that memory is the redirect's own.
//! While there is a file `FOLDER/away`, storing fails like a database that is down.
#![expect(
    clippy::print_stdout,
    reason = "a command line tool speaks through stdout"
)]

use std::collections::HashSet;
use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use comity_domain::{
    ClickId, EnrollmentId, LinkId, PartnerId, ProgramId, RawId, TenantId, Timestamp,
};
use comity_tracking::click::{AddressKey, Click};
use comity_tracking::collect::HintRecord;
use comity_tracking::link::{LinkChange, LinkEntry, LinkKey, LinkState, LinkTable, ProgramEntry};
use comity_tracking::redirect::{Redirect, Tracker};
use comity_tracking::server::{ServerCounts, ServerLimits, TrustedProxies, serve};
use comity_tracking::spool::{ClickSink, Durability, Shipper, SinkError, Spool, SpoolOptions};
use comity_tracking::{Ambient, Reservoir};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The allocator of the `comity` binary, so that figures are the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The real clock and the real randomness.
struct System;

impl Ambient for System {
    #[expect(clippy::disallowed_methods, reason = "this is the port's other side")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the port's other side")]
    fn random(&self) -> [u8; 10] {
        Reservoir::draw(|bytes| {
            getrandom::fill(bytes).expect("the operating system gives randomness");
        })
    }
}

/// Clicks in a file; an id that is there is not written again.
struct Stored {
    known: Arc<Mutex<(File, HashSet<ClickId>)>>,
    away: PathBuf,
}

impl Stored {
    fn open(folder: &Path) -> Outcome<Self> {
        let path = folder.join("stored");
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let mut ids = HashSet::new();
        for line in BufReader::new(&file).lines() {
            let line = line?;
            let id = line.split(' ').next().unwrap_or_default();
            ids.insert(id.parse::<ClickId>()?);
        }
        let known = Arc::new(Mutex::new((file, ids)));
        Ok(Self {
            known,
            away: folder.join("away"),
        })
    }
}

/// A store that takes everything and keeps nothing.
struct Void;

impl ClickSink for Void {
    async fn store(&self, _clicks: &[Click]) -> Result<(), SinkError> {
        Ok(())
    }

    async fn hear(&self, _: &[HintRecord]) -> Result<(), SinkError> {
        Ok(())
    }
}

impl ClickSink for Stored {
    async fn store(&self, clicks: &[Click]) -> Result<(), SinkError> {
        if self.away.exists() {
            return Err(SinkError("away".into()));
        }
        let lines: Vec<(ClickId, Option<String>)> = clicks
            .iter()
            .map(|click| (click.id, click.sub_ids[0].clone()))
            .collect();
        let known = Arc::clone(&self.known);
        let task = tokio::task::spawn_blocking(move || {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            let (file, ids) = &mut *known;
            let mut text = String::new();
            for (id, label) in lines {
                if ids.insert(id) {
                    id.push_to(&mut text);
                    text.push(' ');
                    text.push_str(label.as_deref().unwrap_or_default());
                    text.push('\n');
                }
            }
            file.write_all(text.as_bytes())?;
            file.sync_data()
        });
        task.await
            .map_err(|e| SinkError(e.into()))?
            .map_err(|e| SinkError(e.into()))
    }

    async fn hear(&self, hints: &[HintRecord]) -> Result<(), SinkError> {
        // Its programs have no sites, so no page can tell it anything.
        if hints.is_empty() {
            Ok(())
        } else {
            Err(SinkError("hints have no place in this file".into()))
        }
    }
}

struct Settings {
    folder: String,
    listen: String,
    links: u64,
    spool: SpoolOptions,
    shipping: Shipping,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shipping {
    None,
    Discard,
    File,
}

fn settings() -> Outcome<Settings> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: edge FOLDER [options]")?;
    let mut settings = Settings {
        folder,
        listen: "127.0.0.1:0".to_owned(),
        links: 100,
        spool: SpoolOptions::default(),
        shipping: Shipping::File,
    };
    while let Some(flag) = args.next() {
        if flag == "--no-ship" || flag == "--discard" {
            settings.shipping = match flag.as_str() {
                "--discard" => Shipping::Discard,
                _ => Shipping::None,
            };
            continue;
        }
        let value = args.next().ok_or_else(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--listen" => settings.listen = value,
            "--links" => settings.links = value.parse()?,
            "--durability" if value == "disk" => settings.spool.durability = Durability::Disk,
            "--durability" if value == "os" => settings.spool.durability = Durability::Os,
            "--reserve-mib" => settings.spool.reserve_bytes = value.parse::<u64>()? << 20,
            "--segment-kib" => settings.spool.segment_bytes = value.parse::<u64>()? << 10,
            "--max-mib" => settings.spool.max_bytes = value.parse::<u64>()? << 20,
            _ => return Err(format!("unknown option {flag} {value}").into()),
        }
    }
    Ok(settings)
}

fn links(count: u64) -> Outcome<LinkTable> {
    let table = LinkTable::new();
    let id = |n: u64| {
        let mut bytes = [1; 16];
        bytes[8..].copy_from_slice(&n.to_be_bytes());
        RawId(bytes)
    };
    let mut program = ProgramEntry::new(ProgramId(id(0)), TenantId(id(0)));
    program.utm = vec![("utm_source".to_owned(), "{partner}".to_owned())];
    table.apply(LinkChange::PutProgram(program))?;
    for n in 0..count {
        let link = LinkEntry {
            link: LinkId(id(n)),
            program: ProgramId(id(0)),
            partner: PartnerId(id(n / 10)),
            enrollment: EnrollmentId(id(n / 10)),
            destination: format!("https://shop.example/product/{n}?color=blue"),
            partner_code: format!("p{}", n / 10),
            utm: Vec::new(),
            state: LinkState::Active,
            expires_at: None,
        };
        table.apply(LinkChange::PutLink(LinkKey::shared(format!("l{n}")), link))?;
    }
    Ok(table)
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Outcome<()> {
    let settings = settings()?;
    let folder = Path::new(&settings.folder);
    let spool = Arc::new(Spool::open(&folder.join("spool"), settings.spool)?);
    let (stop, stopping) = watch::channel(());
    let tracker = Arc::new(Tracker::new(
        Arc::new(links(settings.links)?),
        Arc::clone(&spool),
        Arc::new(System),
        AddressKey::new(&[7; 32]),
    ));
    let redirect = Redirect::new(
        tracker,
        Box::new(|_, reason| format!("{reason:?}").into_bytes()),
        TrustedProxies::default(),
        false,
    );
    let listener = TcpListener::bind(&settings.listen).await?;
    println!(
        "{{\"address\": \"{}\", \"recovered\": {}}}",
        listener.local_addr()?,
        spool.backlog().waiting
    );
    // The sink reads all it has; a redirect host does not wait for its store.
    let shipping = tokio::spawn(ship(
        settings.shipping,
        Arc::clone(&spool),
        folder.to_owned(),
        stopping,
    ));
    // One machine plays all clients here.
    let limits = ServerLimits {
        connections_per_client: 50_000,
        ..ServerLimits::default()
    };
    let mut terminated = signal(SignalKind::terminate())?;
    let shutdown = async move {
        terminated.recv().await;
    };
    serve(
        listener,
        redirect,
        limits,
        Arc::new(ServerCounts::default()),
        shutdown,
    )
    .await;
    drop(stop);
    shipping.await??;
    let backlog = spool.backlog();
    println!(
        "{{\"recorded\": {}, \"unrecorded\": {}, \"groups\": {}, \"shipped\": {}}}",
        backlog.recorded, backlog.unrecorded, backlog.groups, backlog.shipped
    );
    Ok(())
}

async fn ship(
    shipping: Shipping,
    spool: Arc<Spool>,
    folder: PathBuf,
    mut stopping: watch::Receiver<()>,
) -> Outcome<()> {
    let stopped = async move {
        let _ = stopping.changed().await;
    };
    match shipping {
        Shipping::None => {}
        Shipping::Discard => Shipper::new(&spool, Void)?.run(stopped).await,
        Shipping::File => {
            let sink = tokio::task::spawn_blocking(move || Stored::open(&folder)).await??;
            Shipper::new(&spool, sink)?.run(stopped).await;
        }
    }
    Ok(())
}
