//! R10: many more connections than serve best; the work done must not collapse.

use std::path::Path;

use super::edge::{self, Edge, Scratch};
use crate::{Outcome, need, process};

/// The load that serves best here, and its multiples.
const BASE: u32 = 64;
const TIMES: [u32; 4] = [1, 2, 5, 10];
/// Share of the best throughput that must be left at every load.
const GOODPUT: f64 = 0.9;

pub fn run(seconds: u32) -> Outcome {
    let wrk = need::on_path("wrk").ok_or("wrk is missing: apt-get install wrk")?;
    let binary = edge::build()?;
    let scratch = Scratch::new("overload")?;
    let edge = Edge::start(&binary, &scratch.0, &[])?;
    let address = format!("http://{}/l1", edge.address);
    load(&wrk, &address, BASE, 2)?;
    println!("\n| load | connections | answers/s | p99 | not answered |\n|---|---|---|---|---|");
    let (mut best, mut worst) = (0.0_f64, f64::MAX);
    for times in TIMES {
        let round = load(&wrk, &address, BASE * times, seconds)?;
        println!(
            "| {times}× | {} | {:.0} | {} | {} |",
            BASE * times,
            round.per_second,
            round.p99,
            round.failed
        );
        best = best.max(round.per_second);
        worst = worst.min(round.per_second);
    }
    let facts = edge.stop()?;
    println!("\n{facts}");
    if worst < GOODPUT * best {
        return Err(format!(
            "throughput fell to {:.0} % of the best",
            worst / best * 100.0
        ));
    }
    Ok(())
}

struct Round {
    per_second: f64,
    p99: String,
    failed: String,
}

fn load(wrk: &Path, address: &str, connections: u32, seconds: u32) -> Result<Round, String> {
    let mut command = process::command(wrk);
    command.args([
        "-t2",
        "--latency",
        "-c",
        &connections.to_string(),
        "-d",
        &seconds.to_string(),
    ]);
    command.args([
        "-H",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
        address,
    ]);
    let said = process::output(&mut command)?;
    let field = |name: &str| {
        let line = said
            .lines()
            .find_map(|line| line.trim().strip_prefix(name))?;
        Some(line.trim().to_owned())
    };
    let per_second = field("Requests/sec:").and_then(|text| text.parse().ok());
    Ok(Round {
        per_second: per_second.ok_or("wrk said nothing")?,
        p99: field("99%").unwrap_or_default(),
        failed: field("Socket errors:").unwrap_or_else(|| "0".to_owned()),
    })
}
