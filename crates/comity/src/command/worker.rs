//! `comity worker`: background work alone, beside servers that do not do it.

use clap::Args;

use super::Failure;
use super::serve::{logging, runtime, until_signal};
use crate::process::{Settings, work};

/// Do background work only: mails, webhooks, imports, hold periods. Several may run at once.
#[derive(Args)]
pub struct Worker {
    #[command(flatten)]
    settings: Settings,
    /// One JSON object per log line.
    #[arg(long, env = "COMITY_LOG_JSON")]
    log_json: bool,
}

impl Worker {
    /// Works until SIGINT or SIGTERM.
    pub fn run(self) -> Result<(), Failure> {
        logging(self.log_json);
        runtime()?.block_on(async {
            tracing::info!("working");
            work(&self.settings, until_signal()).await
        })
    }
}
