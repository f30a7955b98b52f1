//! Developer commands: `cargo xtask <command>`; `cargo xtask` alone lists them.
#![expect(
    clippy::print_stdout,
    reason = "a command line tool speaks through stdout"
)]

mod bench;
mod database;
mod demo;
mod e2e;
mod gate;
mod licence;
mod lint;
mod need;
mod openapi;
mod pages;
mod process;
mod steps;
mod storm;
mod tidy;

use std::process::ExitCode;

/// What a command answers: nothing, or one message a person can act on.
type Outcome = Result<(), String>;

const USAGE: &str = "\
cargo xtask <command>

  test [--quick]           the whole gate: needs, format, lints, tidy, tests on SQLite and PostgreSQL,
                           OpenAPI drift, browser journeys (--quick leaves the browser out)
  lint                     format, clippy, licences and dependency bans
  tidy                     the rules that clippy cannot see
  db [-- COMMAND…]         a private PostgreSQL: for COMMAND, or until Enter or Ctrl-C
  openapi [--write]        docs/openapi.json against the binary
  pages [--no-shots]       every page with sample data into target/pages: axe, overflow, pictures
  e2e [--fuzz] [--full]    browser journeys against the demo; --fuzz also fuzzes the API,
                           --full takes the pictures in every size, theme and language
  bench [redirect|open|events|ship|decide|replay|verify]
                           build, start, memory, page and redirect figures of this machine;
                           the redirect process alone beside nginx (closed loop; open loop
                           at fixed rates); sales through the API; its spool;
                           decisions, a replay and a chain in the pure engine
  storm WHICH [--long]     kill | power-loss | disk-full | db-down | slow-clients | soak |
                           overload
  doctor [--fix]           what is missing on this machine; --fix installs it (Debian, root or sudo)
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let outcome = match args.first().map(String::as_str) {
        Some("test") => gate::run(has("--quick")),
        Some("lint") => lint::run(),
        Some("tidy") => tidy::run(),
        Some("db") => database::command(&args[1..]),
        Some("openapi") => openapi::run(has("--write")),
        Some("pages") => pages::run(!has("--no-shots")),
        Some("e2e") => e2e::run(has("--fuzz"), has("--full")),
        Some("bench") => bench::command(args.get(1).map(String::as_str)),
        Some("storm") => storm::run(&args[1..]),
        Some("doctor") => need::doctor(has("--fix")),
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(format!("unknown command `{other}`\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
