//! The subcommands, one file each; every one ends in success or in one line of failure.

mod attribution;
mod completions;
mod demo;
mod failure;
mod import;
mod migrate;
mod openapi;
mod place;
mod progress;
mod serve;
mod spool;
mod verify;

use std::path::Path;

use clap::Subcommand;

pub use failure::Failure;

/// What `comity` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Run the web interface, the redirect host and the background work.
    Serve(Box<serve::Serve>),
    /// Show the product on living, made-up data; nothing else is needed.
    Demo(demo::Demo),
    /// Bring partners, links or past events over from a CSV file.
    Import(Box<import::Import>),
    /// Check the ledger's chain, every balance and the audit log.
    Verify(verify::Verify),
    /// Show the click spool: segments, what waits, how far it was shipped.
    Spool(spool::SpoolCommand),
    /// Bring the database schema up to date.
    Migrate(migrate::Migrate),
    /// Print the OpenAPI document of the API.
    Openapi(openapi::OpenApi),
    /// Print completions for a shell.
    Completions(completions::Completions),
    /// Attribution models over path files.
    #[command(subcommand)]
    Attribution(attribution::Attribution),
}

impl Command {
    /// Runs the command to its end.
    pub fn run(self) -> Result<(), Failure> {
        match self {
            Self::Serve(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Verify(command) => command.run(),
            Self::Spool(command) => command.run(),
            Self::Migrate(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Attribution(command) => command.run(),
        }
    }
}

/// Writes a whole file, over one that is there.
fn written(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::new(path.display(), &error))
}
