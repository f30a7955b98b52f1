//! Storms: a real redirect process is killed, filled, starved and flooded on this machine's
//! loopback, and what was acknowledged is held against what was stored.

pub(crate) mod clients;
mod db_down;
mod disk_full;
pub(crate) mod edge;
mod kill;
mod overload;
mod power_loss;
mod slow_clients;
mod soak;
mod tally;

use std::time::Duration;

use crate::Outcome;

pub const USAGE: &str = "\
cargo xtask storm <which> [--long] [--kills N]

  kill          kill -9 under 64 clients, again and again: nothing acknowledged is lost or doubled
  power-loss    every state the disk may be in when the power goes, rebuilt and recovered
  disk-full     the spool's disk fills up and is freed again: visitors are always sent on
  db-down       the store goes away and comes back: nothing is lost, the backlog drains
  slow-clients  thousands of half-open and trickling clients beside healthy ones
  soak          full load for a while: memory stays flat
  overload      many times more connections than the machine serves best

Short forms take under a minute each; --long is for a night or a release.
";

/// `cargo xtask storm …`
pub fn run(args: &[String]) -> Outcome {
    let is_long = args.iter().any(|arg| arg == "--long");
    match args.first().map(String::as_str) {
        Some("kill") => {
            let named = args
                .iter()
                .position(|arg| arg == "--kills")
                .and_then(|at| args.get(at + 1));
            let usual = if is_long { 1_000 } else { 50 };
            let kills = named.map_or(Ok(usual), |text| text.parse());
            kill::run(kills.map_err(|_| "--kills takes a number".to_owned())?)
        }
        Some("power-loss") => power_loss::run(is_long),
        Some("disk-full") => disk_full::run(is_long),
        Some("db-down") => db_down::run(if is_long { 60 } else { 10 }),
        Some("slow-clients") => slow_clients::run(if is_long { 5_000 } else { 1_000 }),
        Some("soak") => soak::run(Duration::from_secs(if is_long { 600 } else { 30 })),
        Some("overload") => overload::run(if is_long { 20 } else { 4 }),
        _ => Err(USAGE.to_owned()),
    }
}
