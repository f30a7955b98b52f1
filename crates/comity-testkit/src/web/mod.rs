//! The web interface in the process: no sockets, a clock that stands still, mail in memory.

mod answer;
mod client;
mod people;

use std::sync::Arc;

use axum::Router;
use comity_app::App;
use comity_tracking::server::Shedder;
use comity_web::{Options, WebState};
use tokio::sync::watch;

pub use answer::Answer;
pub use client::Client;
pub use people::{PASSWORD, Team};

use crate::app::{Fakes, MemoryMailer, with_fakes};
use crate::database;
use crate::fake::FakeClock;

/// A running web interface over an empty database.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: Arc<FakeClock>,
    /// Its mail.
    pub mail: Arc<MemoryMailer>,
    /// Its requests in flight.
    pub shedder: Shedder,
    router: Router,
    _stop: watch::Sender<bool>,
    _dir: tempfile::TempDir,
}

impl TestApp {
    /// Over a fresh SQLite database.
    pub async fn new() -> Self {
        let (store, dir) = database::sqlite().await;
        let Fakes {
            app, clock, mail, ..
        } = with_fakes(store);
        let (stop, stopping) = watch::channel(false);
        let options = Options::default();
        let shedder = options.shedder.clone();
        let state = WebState::new(app.clone(), options, stopping);
        Self {
            router: comity_web::router(state),
            app,
            clock,
            mail,
            shedder,
            _stop: stop,
            _dir: dir,
        }
    }

    /// A browser (or a program) that nobody knows yet.
    #[must_use]
    pub fn anonymous(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A program with an API key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Client {
        self.anonymous().bearer(key)
    }

    /// Runs the mail job until nothing is due.
    pub async fn run_mail(&self) {
        let registry = comity_app::job::Registry::default()
            .with(comity_app::message::JOB, comity_app::message::deliver)
            .with(comity_app::message::NOTICE_JOB, comity_app::message::notify)
            .with(
                comity_app::message::BROADCAST_JOB,
                comity_app::message::send_all,
            );
        while comity_app::job::run_due(&self.app, &registry)
            .await
            .expect("jobs run")
            > 0
        {}
    }
}
