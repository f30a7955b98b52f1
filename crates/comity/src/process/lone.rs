//! An edge in a process of its own: it redirects with or without the database.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use comity_adapters::document::PdfPapers;
use comity_adapters::mail::NoMailServer;
use comity_adapters::rail::files::BankFiles;
use comity_adapters::{clock::SystemClock, random::OsRandom};
use comity_app::{App, Config};
use comity_store::Store;
use comity_tracking::server::{ServerLimits, TrustedProxies, serve};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::edge::Edge;
use super::{LAST_WORDS, Settings, bind, installation_secret, outbound, stopped};
use crate::command::Failure;

/// Pause between tries to reach the database.
const RETRY: Duration = Duration::from_secs(1);

/// A redirect host that ships into a store others serve.
pub struct LoneEdge {
    /// Its address.
    pub redirect: SocketAddr,
    /// Where machines ask for counters and readiness, if anywhere.
    pub probe: Option<SocketAddr>,
    settings: Settings,
    config: Arc<Config>,
    listener: TcpListener,
    probe_listener: Option<TcpListener>,
    edge: Edge,
}

impl LoneEdge {
    /// Binds the listener and opens spool and snapshot; no database is needed.
    pub async fn start(settings: Settings) -> Result<Self, Failure> {
        if settings.database()?.is_none() {
            return Err(Failure::usage(
                "an edge of its own ships into PostgreSQL: give --database-url",
            ));
        }
        let listener = bind(&settings.redirect_listen).await?;
        let redirect = listener
            .local_addr()
            .map_err(|error| Failure::new("could not read an address", &error))?;
        let probe_listener = match &settings.probe_listen {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        let local = || format!("http://localhost:{}", redirect.port());
        let redirect_url = settings.redirect_url.clone().unwrap_or_else(local);
        let config = Config {
            base_url: settings.public_url.clone().unwrap_or_default(),
            redirect_url,
            secret: installation_secret(&settings.data_dir)?,
            address_key_days: settings.address_key_days,
        };
        let edge = Edge::open(&settings, &config)?;
        Ok(Self {
            redirect,
            probe: super::local(probe_listener.as_ref())?,
            probe_listener,
            config: Arc::new(config),
            settings,
            listener,
            edge,
        })
    }

    /// Redirects at once; links, shipping and reports begin when the database answers.
    pub async fn run(self, stop: watch::Receiver<bool>) -> Result<(), Failure> {
        let trusted = TrustedProxies::parse(&self.settings.trusted_proxies)
            .map_err(|error| Failure::new("trusted_proxies", &error))?;
        let limits = ServerLimits {
            trusted: trusted.clone(),
            ..ServerLimits::default()
        };
        let (service, counts) = (self.edge.service(trusted), self.edge.counts());
        let redirect = serve(
            self.listener,
            service,
            limits,
            counts,
            stopped(stop.clone()),
        );
        let probe = self.probe_listener.map(|listener| {
            let (service, ends) = (self.edge.probe(), stopped(stop.clone()));
            serve(
                listener,
                service,
                ServerLimits::default(),
                Arc::default(),
                ends,
            )
        });
        let http = outbound()?;
        let behind = async {
            let Some(url) = self.settings.database()? else {
                return Ok(());
            };
            let Some(store) = reach(&url, &stop).await else {
                return Ok(());
            };
            let app = App {
                store,
                config: Arc::clone(&self.config),
                clock: Arc::new(SystemClock),
                random: Arc::new(OsRandom),
                mailer: Arc::new(NoMailServer),
                http,
                links: self.edge.changes(),
                clicks: self.edge.catch_up(),
                files: Arc::new(BankFiles),
                providers: super::providers()?,
                papers: Arc::new(PdfPapers),
                live: App::live_channel(),
            };
            while self.edge.load_links(&app).await.is_err() {
                // The schema may not be there yet: another process makes it.
                if tokio::time::timeout(RETRY, stopped(stop.clone()))
                    .await
                    .is_ok()
                {
                    return Ok(());
                }
            }
            tracing::info!("links are loaded, clicks are shipped");
            let work = self.edge.work(&app, &stop)?;
            stopped(stop.clone()).await;
            if tokio::time::timeout(LAST_WORDS, work).await.is_err() {
                tracing::warn!("clicks are left in the spool; they are shipped at the next start");
            }
            app.store.close().await;
            Ok(())
        };
        let ((), (), behind) = tokio::join!(redirect, super::maybe(probe), behind);
        behind
    }
}

/// Opens the database as soon as it answers; `None` when told to stop before.
async fn reach(url: &str, stop: &watch::Receiver<bool>) -> Option<Store> {
    loop {
        match Store::open_postgres(url).await {
            Ok(store) => return Some(store),
            Err(error) => tracing::warn!("the database does not answer: {error}"),
        }
        let pause = tokio::time::timeout(RETRY, stopped(stop.clone()));
        if pause.await.is_ok() {
            return None;
        }
    }
}
