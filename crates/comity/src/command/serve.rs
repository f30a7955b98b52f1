//! `comity serve`: the whole product in one process, or a part of it.

use clap::Args;
use comity_app::team;
use tokio::sync::watch;

use super::Failure;
use crate::process::{LoneEdge, Process, Role, Settings};

/// Run until stopped.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    settings: Settings,
    /// One JSON object per log line.
    #[arg(long, env = "COMITY_LOG_JSON")]
    log_json: bool,
}

impl Serve {
    /// Serves until SIGINT or SIGTERM.
    pub fn run(self) -> Result<(), Failure> {
        logging(self.log_json);
        runtime()?.block_on(async {
            if self.settings.roles.iter().all(|role| *role == Role::Edge) {
                return lone(self.settings).await;
            }
            let process = Process::start(self.settings).await?;
            tracing::info!(web = ?process.web, redirect = ?process.redirect, "listening");
            greet(&process).await?;
            let stop = until_signal();
            process.run(stop).await
        })
    }
}

/// An edge alone: it needs no database to begin.
#[expect(clippy::print_stdout, reason = "the address is this command's result")]
async fn lone(settings: Settings) -> Result<(), Failure> {
    let edge = LoneEdge::start(settings).await?;
    println!("Links are at {}.", edge.redirect);
    if let Some(probe) = edge.probe {
        println!("Counters and readiness are at {probe}.");
    }
    edge.run(until_signal()).await
}

/// What a start prints: where to go.
#[expect(clippy::print_stdout, reason = "the address is this command's result")]
async fn greet(process: &Process) -> Result<(), Failure> {
    let (app, config) = (&process.app, &process.app.config);
    println!(
        "Comity is at {}, links are at {}.",
        config.base_url, config.redirect_url
    );
    let token = team::setup_token(app).await;
    if let Some(token) = token.map_err(|error| Failure::new("could not prepare set-up", &error))? {
        let address = format!("{}/setup?token={token}", config.base_url);
        println!("Open {address} to set it up (works once, for 30 minutes).");
    }
    if !app.mailer.is_configured() {
        println!("No mail server is set: mails wait under Settings › Outbox.");
    }
    Ok(())
}

/// The runtime every server command uses.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new("could not start", &error))
}

/// Logs to standard error: text for people, JSON for machines; `COMITY_LOG` filters.
pub fn logging(json: bool) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("COMITY_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second call, as in tests, keeps the first.
    let _ = if json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}

/// Turns true at the first SIGINT or SIGTERM.
pub fn until_signal() -> watch::Receiver<bool> {
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
        let terminated = async {
            match &mut terminate {
                Some(signal) => {
                    signal.recv().await;
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
        let _ = stop.send(true);
    });
    stopping
}
