//! The subcommands, one file each; every one ends in success or in one line of failure.

/// Prints a line of a command's result.
macro_rules! say {
    ($($part:tt)*) => { $crate::command::print(format_args!($($part)*)) };
}

mod attribution;
mod backup;
mod completions;
mod copy;
mod demo;
mod doctor;
mod export;
mod failure;
mod import;
mod manifest;
mod migrate;
mod openapi;
mod payout;
mod place;
mod progress;
mod replay;
mod restore;
mod serve;
mod spool;
mod transfer;
mod user;
mod verify;
mod worker;

use std::fmt;
use std::io::{Write, stdout};
use std::path::Path;

use clap::Subcommand;

pub use failure::Failure;

/// What `comity` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Run the web interface, the redirect host and the background work.
    Serve(Box<serve::Serve>),
    /// Do background work only: mails, webhooks, imports, hold periods.
    Worker(Box<worker::Worker>),
    /// Show the product on living, made-up data; nothing else is needed.
    Demo(demo::Demo),
    /// Bring partners, links or past events over from a CSV file.
    Import(Box<import::Import>),
    /// Write partners, links, events, commissions or payouts as CSV or JSON lines.
    Export(Box<export::Export>),
    /// People of the team: add, shut out, let in again.
    #[command(subcommand)]
    User(user::User),
    /// Payout runs: preview, create, approve, file, reconcile.
    #[command(subcommand)]
    Payout(payout::Payout),
    /// Decide the past under a draft of the rules; writes nothing.
    Replay(Box<replay::Replay>),
    /// Copy a running installation into a new directory.
    Backup(backup::Backup),
    /// Put a backup in the place of a stopped installation.
    Restore(restore::Restore),
    /// Copy everything into another, empty database: SQLite or PostgreSQL.
    Copy(copy::Copy),
    /// What is wrong with an installation, and what to do about it.
    Doctor(Box<doctor::Doctor>),
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
            Self::Worker(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::User(command) => command.run(),
            Self::Payout(command) => command.run(),
            Self::Replay(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Copy(command) => command.run(),
            Self::Doctor(command) => command.run(),
            Self::Verify(command) => command.run(),
            Self::Spool(command) => command.run(),
            Self::Migrate(command) => command.run(),
            Self::Openapi(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Attribution(command) => command.run(),
        }
    }
}

/// Prints a line on standard output. A reader that went away, as `head` does, is no failure.
fn print(text: fmt::Arguments<'_>) {
    let _ = writeln!(stdout(), "{text}");
}

/// Writes a whole file, over one that is there.
fn written(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|error| Failure::new(path.display(), &error))
}
