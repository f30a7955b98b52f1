//! `comity migrate`: brings a database's schema up to date without serving.

use clap::Args;

use super::Failure;
use super::place::Place;
use super::serve::runtime;
use crate::process::open_store;

/// Bring the database schema up to date; `serve` does the same at its start.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    /// Migrates and says where the schema stands.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            let store = open_store(&self.place.settings()).await?;
            let version = store
                .schema_version()
                .await
                .map_err(|error| Failure::new("could not read the schema version", &error))?;
            say!("schema {version} on {}", store.engine());
            store.close().await;
            Ok(())
        })
    }
}
