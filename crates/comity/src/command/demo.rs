//! `comity demo`: the product on living, made-up data.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Failure;
use super::serve::{logging, runtime, until_signal};
use crate::demo;
use crate::process::{Process, Settings, installation_secret};

/// Show the product on made-up data that lives on while it runs.
#[derive(Args)]
pub struct Demo {
    /// Port of the web interface; links are on the next one.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Where the made-up data is kept.
    #[arg(long, default_value = "./comity-data/demo")]
    data: PathBuf,
    /// Forget the old data and start again.
    #[arg(long)]
    fresh: bool,
    /// Print one JSON line once everything is ready.
    #[arg(long)]
    json: bool,
    /// No simulated visitors.
    #[arg(long)]
    quiet: bool,
}

impl Demo {
    /// Seeds if needed, serves until stopped.
    pub fn run(self) -> Result<(), Failure> {
        logging(false);
        runtime()?.block_on(async {
            if self.fresh {
                demo::forget(&self.data)?;
            }
            let settings = self.settings();
            let secret = installation_secret(&settings.data_dir)?;
            if !self.json {
                eprintln!("Making a year of data the first time takes a few seconds …");
            }
            demo::seed(&settings, secret).await?;
            let process = Process::start(settings).await?;
            let wrong =
                |error: comity_app::AppError| Failure::new("could not make login links", &error);
            let invitation = demo::invite(&process).await.map_err(wrong)?;
            let stop = until_signal();
            if let Some(redirect) = process.redirect.filter(|_| !self.quiet) {
                let app = process.app.clone();
                tokio::spawn(demo::simulate(app, redirect, stop.clone()));
            }
            self.greet(&process, &invitation);
            process.run(stop).await
        })
    }

    fn settings(&self) -> Settings {
        Settings {
            listen: format!("127.0.0.1:{}", self.port),
            redirect_listen: format!("127.0.0.1:{}", self.port.saturating_add(1)),
            ..Settings::at(self.data.clone(), None)
        }
    }

    #[expect(
        clippy::print_stdout,
        reason = "the addresses are this command's result"
    )]
    fn greet(&self, process: &Process, invitation: &demo::Invitation) {
        let config = &process.app.config;
        if self.json {
            let line = json!({
                "base_url": config.base_url,
                "redirect_url": config.redirect_url,
                "owner_login_url": invitation.owner_login_url,
                "manager_login_url": invitation.manager_login_url,
                "partner_login_url": invitation.partner_login_url,
                "api_key": invitation.api_key,
                "sample_link_url": invitation.sample_link_url,
                "webhook_urls": invitation.webhook_urls,
            });
            println!("{line}");
            return;
        }
        println!("Comity is at {}\n", config.base_url);
        println!("  owner    {}", invitation.owner_login_url);
        println!("  manager  {}", invitation.manager_login_url);
        println!("  partner  {}\n", invitation.partner_login_url);
        println!("  a link   {}", invitation.sample_link_url);
        println!("  API key  {}\n", invitation.api_key);
        println!(
            "The data lives in {}; --fresh starts again. Ctrl-C stops.",
            self.data.display()
        );
    }
}
