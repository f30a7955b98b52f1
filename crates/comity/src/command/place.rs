//! Where a command finds the data, and whose data it means.

use std::path::PathBuf;

use clap::Args;
use comity_app::App;
use comity_domain::program::Program;
use comity_store::tenant::{self, Tenant};
use comity_store::{StoreError, program};

use super::Failure;
use crate::process::{Settings, offline};

/// More organisations than this are named by their short name, not listed.
const MAX_LISTED: i64 = 100;

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Data directory.
    #[arg(
        long,
        visible_alias = "data-dir",
        env = "COMITY_DATA_DIR",
        default_value = "./comity-data"
    )]
    pub data: PathBuf,
    /// PostgreSQL instead of the SQLite file in it.
    #[arg(long, env = "COMITY_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File that holds that address, so that no password stands in a list of processes.
    #[arg(long, env = "COMITY_DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
}

impl Place {
    /// Settings that open this data and nothing else.
    pub fn settings(&self) -> Settings {
        Settings {
            database_url_file: self.database_url_file.clone(),
            ..Settings::at(self.data.clone(), self.database_url.clone())
        }
    }

    /// The use cases over this data.
    pub async fn app(&self) -> Result<App, Failure> {
        offline(&self.settings()).await
    }
}

/// Which organisation, where an installation has several.
#[derive(Debug, Clone, Args)]
pub struct Whose {
    /// Short name of the organisation; needed only where there are several.
    #[arg(long, value_name = "SLUG")]
    organisation: Option<String>,
}

impl Whose {
    /// The organisation that is meant.
    pub async fn tenant(&self, app: &App) -> Result<Tenant, Failure> {
        let failed = |error: StoreError| Failure::new("could not read the organisations", &error);
        let mut tx = app.store.read().await.map_err(failed)?;
        if let Some(slug) = &self.organisation {
            let found = tenant::by_slug(&mut tx, slug).await.map_err(failed)?;
            return found.ok_or_else(|| Failure::text(format!("no organisation `{slug}`")));
        }
        let mut all = tenant::list(&mut tx, None, MAX_LISTED)
            .await
            .map_err(failed)?;
        match all.len() {
            0 => Err(Failure::text(
                "there is no organisation yet: start `comity serve` and open the set-up link",
            )),
            1 => Ok(all.remove(0)),
            _ => {
                let names: Vec<String> = all.into_iter().map(|tenant| tenant.slug).collect();
                let names = names.join(", ");
                Err(Failure::usage(format!(
                    "say which with --organisation: {names}"
                )))
            }
        }
    }
}

/// The program with this short name, or the only one.
pub async fn program(app: &App, slug: Option<&str>) -> Result<Program, Failure> {
    let failed = |error: StoreError| Failure::new("could not read the programs", &error);
    let mut tx = app.store.read().await.map_err(failed)?;
    if let Some(slug) = slug {
        let found = program::by_slug(&mut tx, slug).await.map_err(failed)?;
        return found.ok_or_else(|| Failure::text(format!("no program `{slug}`")));
    }
    let mut all = Vec::new();
    for tenant in tenant::list(&mut tx, None, MAX_LISTED)
        .await
        .map_err(failed)?
    {
        all.extend(program::list(&mut tx, tenant.id).await.map_err(failed)?);
    }
    match all.len() {
        0 => Err(Failure::text("there is no program yet")),
        1 => Ok(all.remove(0)),
        _ => {
            let names: Vec<String> = all.iter().map(|program| program.slug.to_string()).collect();
            let names = names.join(", ");
            Err(Failure::usage(format!("say which with --program: {names}")))
        }
    }
}
