//! The `comity` binary: reads the command line and runs one command.

mod command;
mod config;
mod demo;
mod process;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use command::{Command, Failure};

/// A click allocates a dozen small buffers on one thread and frees some on
/// another; the system's allocator pays for that with locks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Self-hosted partnership programs: links, attribution, commissions, payouts.
///
/// Settings come from flags, then COMITY_… variables, then comity.toml, then defaults.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was refused or found,
/// 130 stopped by Ctrl-C (the same command goes on where it stopped).
#[derive(Parser)]
#[command(name = "comity", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// File with settings; ./comity.toml if there is one.
    #[arg(long, global = true, env = "COMITY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Cli {
    /// The command line as it is written, without a file of settings.
    fn plain() -> clap::Command {
        Self::command()
    }
}

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("comity: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn start() -> Result<(), Failure> {
    let mut line = Cli::plain();
    if let Some(file) = config::File::find(std::env::args_os())? {
        line = file.apply(line)?;
    }
    let matches = line.get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    cli.command.run()
}
