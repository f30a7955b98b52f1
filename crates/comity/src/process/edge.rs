//! The redirect host of this process: link table, spool, and the way to the store.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use comity_app::port::{ClickSource, LinkChanges, Reply};
use comity_app::tracking::{self, Heard, ShippedClick, ship_clicks};
use comity_app::{App, Config};
use comity_domain::link::DestinationSigner;
use comity_domain::tracking::AddressKeys;
use comity_domain::{LinkId, RawId, VisitorId};
use comity_tracking::Ambient;
use comity_tracking::click::{Channel, Click};
use comity_tracking::collect::HintRecord;
use comity_tracking::link::{LinkTable, load};
use comity_tracking::metrics::{self, Probe};
use comity_tracking::redirect::{DeadEnd, Redirect, Tracker};
use comity_tracking::server::{ServerCounts, Shedder, TrustedProxies};
use comity_tracking::spool::{ClickSink, Durability, Shipper, SinkError, Spool, SpoolOptions};
use comity_ui::i18n::Lang;
use comity_ui::public::gone;
use tokio::sync::{mpsc, watch};

use super::ambient::System;
use super::report::{Reporter, edge_id};
use super::{Settings, links, stopped};
use crate::command::Failure;

/// An event waits at most this long for clicks that are still in the spool.
const CATCH_UP: Duration = Duration::from_millis(500);
/// How often is looked whether the address key's period is over.
const KEY_CHECK: Duration = Duration::from_secs(10);
/// Changed links waiting to be taken into the table; more come by the poll.
const PENDING_CHANGES: usize = 1_024;

/// Everything the redirect needs.
pub struct Edge {
    tracker: Arc<Tracker>,
    table: Arc<LinkTable>,
    spool: Arc<Spool>,
    snapshot: PathBuf,
    keys: AddressKeys,
    id: RawId,
    address: String,
    is_https: bool,
    counts: Arc<ServerCounts>,
    changes: mpsc::Sender<LinkId>,
    changed: std::sync::Mutex<Option<mpsc::Receiver<LinkId>>>,
}

impl Edge {
    /// Opens the spool and, if there is one, the last snapshot of the links.
    pub fn open(settings: &Settings, config: &Config) -> Result<Self, Failure> {
        let durability = if settings.durability == "os" {
            Durability::Os
        } else {
            Durability::Disk
        };
        let options = SpoolOptions {
            durability,
            reserve_bytes: settings.spool_reserve_mib << 20,
            max_bytes: settings.spool_max_mib << 20,
            ..SpoolOptions::default()
        };
        let spool = Spool::open(&settings.data_dir.join("spool"), options)
            .map_err(|error| Failure::new("could not open the click spool", &error))?;
        let (spool, table) = (Arc::new(spool), Arc::new(LinkTable::new()));
        let snapshot = settings.data_dir.join("links.snapshot");
        if let Err(error) = load(&table, &snapshot) {
            tracing::warn!("the link snapshot was not used: {error}");
        }
        let keys = config.address_keys();
        let key = keys.at(System.now());
        let tracker = Tracker::new(table.clone(), spool.clone(), Arc::new(System), key);
        let tracker = tracker.with_signer(DestinationSigner::new(&config.secret));
        let (changes, changed) = mpsc::channel(PENDING_CHANGES);
        Ok(Self {
            tracker: Arc::new(tracker),
            table,
            spool,
            snapshot,
            keys,
            id: edge_id(&settings.data_dir, System.now())?,
            address: config.redirect_url.clone(),
            is_https: config.redirect_url.starts_with("https://"),
            counts: Arc::default(),
            changes,
            changed: std::sync::Mutex::new(Some(changed)),
        })
    }

    /// Counters of the redirect's connections.
    pub fn counts(&self) -> Arc<ServerCounts> {
        self.counts.clone()
    }

    /// Who is served when not everybody can be.
    pub fn shedder(&self) -> Shedder {
        self.tracker.shedder.clone()
    }

    /// Appends the counters of the redirect to the metrics.
    pub fn metrics(&self) -> Arc<dyn Fn(&mut String) + Send + Sync> {
        let (tracker, spool, counts) = (
            self.tracker.clone(),
            self.spool.clone(),
            self.counts.clone(),
        );
        Arc::new(move |out| {
            let backlog = spool.backlog();
            metrics::export(&tracker.metrics, &backlog, &counts, &tracker.shedder, out);
        })
    }

    /// What machines ask: counters, life, and whether there are links to follow.
    pub fn probe(&self) -> Probe {
        let table = self.table.clone();
        Probe::new(self.metrics(), Arc::new(move || !table.is_empty()))
    }

    /// Tells this table about changes made in this process.
    pub fn changes(&self) -> Arc<dyn LinkChanges> {
        Arc::new(Changes(self.changes.clone()))
    }

    /// Lets events wait for clicks that are not shipped yet.
    pub fn catch_up(&self) -> Arc<dyn ClickSource> {
        Arc::new(Waiting(self.spool.clone()))
    }

    /// Fills the table from the database.
    pub async fn load_links(&self, app: &App) -> Result<(), Failure> {
        let loaded = links::load_all(app, &self.table).await;
        loaded.map_err(|error| Failure::new("could not load the links", &error))?;
        let changed = self
            .changed
            .lock()
            .ok()
            .and_then(|mut changed| changed.take());
        if let Some(changed) = changed {
            tokio::spawn(links::take_changes(
                app.clone(),
                self.table.clone(),
                changed,
            ));
        }
        Ok(())
    }

    /// Ships the spool, follows the links, changes the address key and reports, until
    /// told to stop.
    pub fn work(
        &self,
        app: &App,
        stop: &watch::Receiver<bool>,
    ) -> Result<impl Future<Output = ()> + use<>, Failure> {
        let shipper = Shipper::new(&self.spool, Sink(app.clone()))
            .map_err(|error| Failure::new("could not read the click spool", &error))?;
        let shipping = tokio::spawn(shipper.run(stopped(stop.clone())));
        let following = tokio::spawn(links::follow(
            app.clone(),
            self.table.clone(),
            self.snapshot.clone(),
            stop.clone(),
        ));
        let keeping = tokio::spawn(keep_key(self.tracker.clone(), self.keys, stop.clone()));
        let reporter = Reporter {
            id: self.id,
            address: self.address.clone(),
            spool: self.spool.clone(),
        };
        let reporting = tokio::spawn(reporter.run(app.clone(), stop.clone()));
        Ok(async move {
            let _ = tokio::join!(shipping, following, keeping, reporting);
        })
    }

    /// The redirect as a service.
    pub fn service(&self, trusted: TrustedProxies) -> Redirect {
        Redirect::new(
            self.tracker.clone(),
            Box::new(dead_end),
            trusted,
            self.is_https,
        )
    }
}

/// The friendly page of a link that leads nowhere.
fn dead_end(language: &str, reason: DeadEnd) -> Vec<u8> {
    let lang = Lang::from_header(language).unwrap_or_default();
    let reason = match reason {
        DeadEnd::Unknown => gone::Reason::Unknown,
        DeadEnd::Paused => gone::Reason::Paused,
        DeadEnd::Expired => gone::Reason::Expired,
    };
    gone::standalone(lang, reason).into_string().into_bytes()
}

/// Replaces the address key when its period is over.
async fn keep_key(tracker: Arc<Tracker>, keys: AddressKeys, stop: watch::Receiver<bool>) {
    let mut period = keys.period(tracker.now());
    while tokio::time::timeout(KEY_CHECK, stopped(stop.clone()))
        .await
        .is_err()
    {
        let now = tracker.now();
        if keys.period(now) != period {
            period = keys.period(now);
            tracker.rotate_address_key(keys.at(now));
        }
    }
}

struct Changes(mpsc::Sender<LinkId>);

impl LinkChanges for Changes {
    fn changed(&self, links: &[LinkId]) {
        for link in links {
            // A full queue is fine: the poll finds the change within a second.
            let _ = self.0.try_send(*link);
        }
    }
}

struct Waiting(Arc<Spool>);

impl ClickSource for Waiting {
    fn catch_up(&self) -> Reply<'_, ()> {
        Box::pin(async {
            let empty = async {
                while self.0.backlog().waiting > 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            // Late clicks are not an error: the event waits in the store then.
            let _ = tokio::time::timeout(CATCH_UP, empty).await;
        })
    }
}

struct Sink(App);

impl ClickSink for Sink {
    async fn store(&self, clicks: &[Click]) -> Result<(), SinkError> {
        let batch: Vec<ShippedClick> = clicks.iter().map(shipped).collect();
        ship_clicks(&self.0, &batch)
            .await
            .map_err(|error| SinkError(Box::new(error)))
    }

    async fn hear(&self, hints: &[HintRecord]) -> Result<(), SinkError> {
        let batch: Vec<(RawId, Heard)> = hints.iter().map(heard).collect();
        tracking::hear(&self.0, &batch)
            .await
            .map_err(|error| SinkError(Box::new(error)))
    }
}

fn heard(record: &HintRecord) -> (RawId, Heard) {
    let heard = Heard {
        tenant: record.tenant,
        program: record.program,
        at: record.at,
        hint: record.hint.clone(),
    };
    (record.id, heard)
}

fn shipped(click: &Click) -> ShippedClick {
    // Without cookies every click is a visitor of its own.
    let visitor = click.visitor.unwrap_or(VisitorId(RawId(click.id.bytes())));
    let sub_ids: serde_json::Map<String, serde_json::Value> = (1..)
        .zip(&click.sub_ids)
        .filter_map(|(number, value)| Some((format!("s{number}"), value.clone()?.into())))
        .collect();
    let stored = tracking::Click {
        id: click.id,
        tenant: click.tenant,
        program: click.program,
        link: click.link,
        partner: click.partner,
        enrollment: click.enrollment,
        visitor,
        at: click.at,
        class: click.verdict.class.name().to_owned(),
        reason: click.verdict.reason.clone().into_owned(),
        qr: click.channel == Channel::Qr,
        ip_prefix: click
            .origin
            .network
            .map(|network| network.to_string())
            .unwrap_or_default(),
        ip_hash: click
            .origin
            .hash
            .map(|hash| hash.to_vec())
            .unwrap_or_default(),
        user_agent: click.user_agent.clone(),
        referrer: click.referrer.clone().unwrap_or_default(),
        destination: click.destination.clone(),
        sub_ids_json: serde_json::Value::Object(sub_ids).to_string(),
    };
    ShippedClick {
        click: stored,
        counts: click.verdict.class.is_attributable(),
        stands_for: click.duplicate_of,
    }
}
