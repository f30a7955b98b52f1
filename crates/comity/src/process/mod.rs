//! One running Comity: database, redirect with its spool, web interface, jobs.

mod ambient;
mod edge;
mod links;
mod lone;
mod report;
mod role;
mod settings;
mod worker;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use comity_adapters::document::PdfPapers;
use comity_adapters::http::{GuardedClient, HttpConfig, Limits, SystemLookup};
use comity_adapters::mail::{NoMailServer, SmtpMailer};
use comity_adapters::rail::files::BankFiles;
use comity_adapters::rail::provider::HttpProviders;
use comity_adapters::{clock::SystemClock, random::OsRandom};
use comity_app::port::{Clock, HttpSender, Mailer, NoLinkTable, PayoutProviders};
use comity_app::{App, Config};
use comity_store::Store;
use comity_tracking::server::{ServerLimits, Shedder, TrustedProxies, serve};
use comity_web::{Options, WebState};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::command::Failure;

pub use lone::LoneEdge;
pub use role::Role;
pub use settings::{Settings, installation_secret};

/// How long a stopping process waits for its background work.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A process that listens; it serves until it is told to stop.
pub struct Process {
    /// The application.
    pub app: App,
    /// Address of the web interface, if this process serves it.
    pub web: Option<SocketAddr>,
    /// Address of the redirect host, if this process serves it.
    pub redirect: Option<SocketAddr>,
    settings: Settings,
    web_listener: Option<TcpListener>,
    edge: Option<(TcpListener, edge::Edge)>,
}

/// Opens the database of the settings and brings its schema up to date.
pub async fn open_store(settings: &Settings) -> Result<Store, Failure> {
    let store = match settings.database()? {
        Some(url) => Store::open_postgres(&url).await,
        None => {
            std::fs::create_dir_all(&settings.data_dir)
                .map_err(|error| Failure::new("could not create the data directory", &error))?;
            Store::open_sqlite(&settings.data_dir.join("comity.db")).await
        }
    }
    .map_err(|error| Failure::new("could not open the database", &error))?;
    store
        .migrate(SystemClock.now())
        .await
        .map_err(|error| Failure::new("could not migrate the database", &error))?;
    Ok(store)
}

/// Opens the SQLite file for filling it: faster, and only for data that can be
/// made again.
pub async fn open_store_unsynced(settings: &Settings) -> Result<Store, Failure> {
    let store = Store::open_sqlite_unsynced(&settings.data_dir.join("comity.db"))
        .await
        .map_err(|error| Failure::new("could not open the database", &error))?;
    store
        .migrate(SystemClock.now())
        .await
        .map_err(|error| Failure::new("could not migrate the database", &error))?;
    Ok(store)
}

/// The use cases over a database, without listeners, mail or redirect: for commands.
pub async fn offline(settings: &Settings) -> Result<App, Failure> {
    let config = Config {
        base_url: settings
            .public_url
            .clone()
            .unwrap_or_else(|| "http://localhost:3000".to_owned()),
        redirect_url: settings
            .redirect_url
            .clone()
            .unwrap_or_else(|| "http://localhost:3001".to_owned()),
        secret: settings::installation_secret(&settings.data_dir)?,
        address_key_days: settings.address_key_days,
    };
    over(open_store(settings).await?, config)
}

/// The use cases over a database that is only read: no key is needed, and none is made.
pub fn reading(store: Store) -> Result<App, Failure> {
    let config = Config {
        base_url: String::new(),
        redirect_url: String::new(),
        secret: [0; 32],
        address_key_days: 0,
    };
    over(store, config)
}

fn over(store: Store, config: Config) -> Result<App, Failure> {
    Ok(App {
        store,
        config: Arc::new(config),
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
        mailer: Arc::new(NoMailServer),
        http: outbound()?,
        links: Arc::new(NoLinkTable),
        clicks: Arc::new(NoLinkTable),
        files: Arc::new(BankFiles),
        providers: providers()?,
        papers: Arc::new(PdfPapers),
        live: App::live_channel(),
    })
}

/// Background work alone, until told to stop.
pub async fn work(settings: &Settings, stop: watch::Receiver<bool>) -> Result<(), Failure> {
    let app = App {
        mailer: mailer(settings)?,
        ..offline(settings).await?
    };
    worker::run(app.clone(), stop).await;
    app.store.close().await;
    Ok(())
}

impl Process {
    /// Binds the listeners of the process's roles, opens database and spool, fills the link table.
    pub async fn start(settings: Settings) -> Result<Self, Failure> {
        if !Role::ALL.iter().all(|role| settings.has(*role)) && settings.database()?.is_none() {
            return Err(Failure::usage(
                "processes with a part of the roles share PostgreSQL: give --database-url",
            ));
        }
        let web_listener = bind_if(settings.has(Role::Web), &settings.listen).await?;
        let redirect_listener =
            bind_if(settings.has(Role::Edge), &settings.redirect_listen).await?;
        let (web, redirect) = (
            local(web_listener.as_ref())?,
            local(redirect_listener.as_ref())?,
        );
        let port = |bound: Option<SocketAddr>, usual| bound.map_or(usual, |bound| bound.port());
        let store = open_store(&settings).await?;
        let config = Config {
            base_url: settings
                .public_url
                .clone()
                .unwrap_or_else(|| format!("http://localhost:{}", port(web, 3000))),
            redirect_url: settings
                .redirect_url
                .clone()
                .unwrap_or_else(|| format!("http://localhost:{}", port(redirect, 3001))),
            secret: settings::installation_secret(&settings.data_dir)?,
            address_key_days: settings.address_key_days,
        };
        let edge = match redirect_listener {
            Some(listener) => Some((listener, edge::Edge::open(&settings, &config)?)),
            None => None,
        };
        let ports = edge
            .as_ref()
            .map(|(_, edge)| (edge.changes(), edge.catch_up()));
        let (links, clicks) = ports.unwrap_or((Arc::new(NoLinkTable), Arc::new(NoLinkTable)));
        let app = App {
            store,
            config: Arc::new(config),
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            mailer: mailer(&settings)?,
            http: outbound()?,
            links,
            clicks,
            files: Arc::new(BankFiles),
            providers: providers()?,
            papers: Arc::new(PdfPapers),
            live: App::live_channel(),
        };
        if let Some((_, edge)) = &edge {
            edge.load_links(&app).await?;
        }
        Ok(Self {
            app,
            web,
            redirect,
            settings,
            web_listener,
            edge,
        })
    }

    /// Serves until `stop` turns true, then finishes what is in flight.
    pub async fn run(self, stop: watch::Receiver<bool>) -> Result<(), Failure> {
        let trusted = TrustedProxies::parse(&self.settings.trusted_proxies)
            .map_err(|error| Failure::new("trusted_proxies", &error))?;
        let options = Options {
            trusted_proxies: trusted.clone(),
            fixed_settings: self.settings.fixed(),
            hot_path: self.edge.as_ref().map(|(_, edge)| edge.metrics()),
            metrics_token: self.settings.metrics_token()?,
            shedder: match &self.edge {
                Some((_, edge)) => edge.shedder(),
                None => Shedder::default(),
            },
        };
        let state = WebState::new(self.app.clone(), options, stop.clone());
        let router = comity_web::router(state);
        let limits = || ServerLimits {
            trusted: trusted.clone(),
            ..ServerLimits::default()
        };
        let web = async {
            if let Some(listener) = self.web_listener {
                let (service, counts) = (comity_web::service(router), Arc::default());
                serve(listener, service, limits(), counts, stopped(stop.clone())).await;
            }
        };
        let mut redirecting = None;
        let mut recording = None;
        if let Some((listener, edge)) = self.edge {
            recording = Some(tokio::spawn(edge.work(&self.app, &stop)?));
            let (service, counts) = (edge.service(trusted.clone()), edge.counts());
            let ends = stopped(stop.clone());
            redirecting = Some(serve(listener, service, limits(), counts, ends));
        }
        let has_work = self.settings.has(Role::Worker);
        let working = has_work.then(|| tokio::spawn(worker::run(self.app.clone(), stop.clone())));
        tokio::join!(web, maybe(redirecting), stopped(stop.clone()));
        let rest = async { tokio::join!(finish(recording), finish(working)) };
        if tokio::time::timeout(LAST_WORDS, rest).await.is_err() {
            tracing::warn!("background work did not end in time; it goes on at the next start");
        }
        self.app.store.close().await;
        Ok(())
    }
}

/// Waits for a task, if there is one.
async fn finish(task: Option<JoinHandle<()>>) {
    if let Some(task) = task
        && task.await.is_err()
    {
        tracing::error!("background work panicked");
    }
}

/// Runs a future, if there is one.
async fn maybe(future: Option<impl Future<Output = ()>>) {
    if let Some(future) = future {
        future.await;
    }
}

async fn bind_if(wanted: bool, address: &str) -> Result<Option<TcpListener>, Failure> {
    if wanted {
        bind(address).await.map(Some)
    } else {
        Ok(None)
    }
}

fn local(listener: Option<&TcpListener>) -> Result<Option<SocketAddr>, Failure> {
    let address = listener.map(TcpListener::local_addr).transpose();
    address.map_err(|error| Failure::new("could not read an address", &error))
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // A dropped sender is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn bind(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::new(format!("could not listen on {address}"), &error))
}

fn mailer(settings: &Settings) -> Result<Arc<dyn Mailer>, Failure> {
    match settings.mail.server()? {
        None => Ok(Arc::new(NoMailServer)),
        Some(mail) => {
            let mailer = SmtpMailer::new(&mail, Arc::new(SystemClock))
                .map_err(|error| Failure::new("mail settings", &error))?;
            Ok(Arc::new(mailer))
        }
    }
}

pub(crate) fn providers() -> Result<Arc<dyn PayoutProviders>, Failure> {
    let client = GuardedClient::new(
        HttpConfig::default(),
        Limits::default(),
        Arc::new(SystemLookup),
    )
    .map_err(|error| Failure::new("could not set up outbound connections", &error))?;
    Ok(Arc::new(HttpProviders::new(client)))
}

fn outbound() -> Result<Arc<dyn HttpSender>, Failure> {
    let client = GuardedClient::new(
        HttpConfig::default(),
        Limits::default(),
        Arc::new(SystemLookup),
    )
    .map_err(|error| Failure::new("could not set up outbound connections", &error))?;
    Ok(Arc::new(client))
}
