//! The redirect process alone beside nginx: both durabilities, few links and a million, and how
//! fast its spool is read. Rounds are interleaved and the medians compared.

use std::path::Path;
use std::time::{Duration, Instant};

use super::redirect::{Anchor, Round, find_nginx, median, round};
use crate::storm::edge::{self, Edge, Scratch};
use crate::{Outcome, need};

const ROUNDS: usize = 5;
const CONNECTIONS: [&str; 2] = ["64", "256"];
/// A large shop's worth of links, and a starter's.
const LINKS: [&str; 2] = ["1000", "1000000"];
const LABELS: [&str; 4] = [
    "nginx `return 302`, buffered log",
    "click on disk (`disk`)",
    "click with the system (`os`)",
    "`disk`, a million links",
];

/// `cargo xtask bench redirect`
pub fn redirect() -> Outcome {
    let wrk = need::on_path("wrk").ok_or("wrk is missing: apt-get install wrk")?;
    let nginx = find_nginx().ok_or("nginx is missing: apt-get install nginx-light")?;
    let binary = edge::build()?;
    let scratch = Scratch::new("bench")?;
    let start = |name: &str, durability: &str, links: &str| {
        let options = ["--durability", durability, "--links", links];
        Edge::start(&binary, &scratch.0.join(name), &options)
    };
    let edges = [
        start("disk", "disk", LINKS[0])?,
        start("os", "os", LINKS[0])?,
        start("many", "disk", LINKS[1])?,
    ];
    let anchor = Anchor::start(&nginx)?;
    println!("{}", super::machine());
    for connections in CONNECTIONS {
        let mut rounds: [Vec<Round>; 4] = Default::default();
        for _ in 0..ROUNDS {
            rounds[0].push(round(
                &wrk,
                &anchor.address,
                &anchor.workers()?,
                connections,
            )?);
            for (edge, rounds) in edges.iter().zip(&mut rounds[1..]) {
                let address = format!("http://{}/l7", edge.address);
                rounds.push(round(&wrk, &address, &[edge.pid()], connections)?);
            }
        }
        print(connections, rounds)?;
    }
    println!("\n{}", super::machine());
    Ok(())
}

fn print(connections: &str, rounds: [Vec<Round>; 4]) -> Outcome {
    println!(
        "\n| {connections} connections | requests/s | ratio | p99 | server CPU each | ratio |"
    );
    println!("|---|---|---|---|---|---|");
    let mut first: Option<(f64, f64)> = None;
    for (label, rounds) in LABELS.iter().zip(rounds) {
        let round = median(rounds)?;
        let (rate, cpu) = *first.get_or_insert((round.per_second, round.cpu_us));
        println!(
            "| {label} | {:.0} | {:.2} | {} | {:.1} µs | {:.2} |",
            round.per_second,
            round.per_second / rate,
            round.p99,
            round.cpu_us,
            round.cpu_us / cpu
        );
    }
    Ok(())
}

/// `cargo xtask bench ship`: a spool filled under load, then read, decoded and stored in a file.
pub fn ship() -> Outcome {
    let wrk = need::on_path("wrk").ok_or("wrk is missing: apt-get install wrk")?;
    let binary = edge::build()?;
    let scratch = Scratch::new("ship")?;
    let edge = Edge::start(&binary, &scratch.0, &["--no-ship"])?;
    let address = format!("http://{}/l7", edge.address);
    round(&wrk, &address, &[edge.pid()], CONNECTIONS[1])?;
    edge.stop()?;
    let began = Instant::now();
    let edge = Edge::start(&binary, &scratch.0, &[])?;
    let waiting = edge.recovered;
    while stored(&scratch.0) < waiting {
        if began.elapsed() > Duration::from_secs(120) {
            return Err("the spool did not drain".to_owned());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = began.elapsed().as_secs_f64();
    println!("\n{waiting} clicks recovered, decoded and stored in {took:.2} s");
    println!(
        "{:.0} clicks a second, start of the process included",
        waiting as f64 / took
    );
    edge.stop().map(drop)
}

/// Lines of the sink's file so far.
fn stored(folder: &Path) -> u64 {
    let bytes = std::fs::read(folder.join("stored")).unwrap_or_default();
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}
