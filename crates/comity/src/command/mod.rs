//! The subcommands, one file each; every one ends in success or in one line of failure.

mod attribution;
mod demo;
mod migrate;
mod openapi;
mod serve;
mod verify;

use std::fmt;

use clap::Subcommand;

/// What `comity` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Run the web interface, the redirect host and the background work.
    Serve(Box<serve::Serve>),

    /// Show the product on living, made-up data; nothing else is needed.
    Demo(demo::Demo),
    /// Check the ledger's chain, every balance and the audit log.
    Verify(verify::Verify),
    /// Bring the database schema up to date.
    Migrate(migrate::Migrate),
    /// Print the OpenAPI document of the API.
    Openapi(openapi::OpenApi),
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
            Self::Verify(command) => command.run(),
            Self::Migrate(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::Attribution(command) => command.run(),
        }
    }
}

/// Why a command failed, with its causes, on one line.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure in words.
    pub fn text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What was being done, and the error that stopped it.
    pub fn new(doing: impl fmt::Display, error: &dyn std::error::Error) -> Self {
        let mut text = format!("{doing}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            text.push_str(&format!(": {cause}"));
            source = cause.source();
        }
        Self(text)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
