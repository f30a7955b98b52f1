//! The `comity` binary: reads the command line and runs one command.

mod command;
mod demo;
mod process;

use std::process::ExitCode;

use clap::Parser;

use command::Command;

/// A click allocates a dozen small buffers on one thread and frees some on
/// another; the system's allocator pays for that with locks.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Self-hosted partnership programs: links, attribution, commissions, payouts.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage.
#[derive(Parser)]
#[command(name = "comity", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("comity: {failure}");
            ExitCode::FAILURE
        }
    }
}
