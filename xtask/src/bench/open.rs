//! Redirects at fixed rates, timed from when each request was due: a closed loop asks less of a
//! server that is slow and so hides its worst answers (coordinated omission).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::redirect::{Anchor, find_nginx};
use crate::storm::clients::Connection;
use crate::storm::edge::{self, Edge, Scratch};
use crate::{Outcome, need};

/// Requests a second, all connections together.
const RATES: [u32; 4] = [1_000, 4_000, 8_000, 12_000];
const CONNECTIONS: u32 = 64;
/// Visitors who wait longer have left.
const USELESS: Duration = Duration::from_secs(1);

/// What came of one rate.
struct Round {
    answered: usize,
    refused: usize,
    /// Sorted, from the intended time of sending to the end of the answer.
    times: Vec<Duration>,
}

/// `cargo xtask bench open`
pub fn run(seconds: u32) -> Outcome {
    let nginx = find_nginx()
        .or_else(|| need::on_path("nginx"))
        .ok_or("nginx is missing: apt-get install nginx-light")?;
    let binary = edge::build()?;
    let scratch = Scratch::new("open")?;
    let edge = Edge::start(&binary, &scratch.0, &[])?;
    let anchor = Anchor::start(&nginx)?;
    let theirs = super::connection::split(&anchor.address)?.0;
    let theirs: SocketAddr = theirs
        .trim_start_matches("http://")
        .parse()
        .map_err(|_| "the anchor has no address")?;
    println!("{}", super::machine());
    println!("\n| asked a second | server | answered | p50 | p99 | p99.9 | longest | over 1 s |");
    println!("|---|---|---|---|---|---|---|---|");
    for rate in RATES {
        for (name, address) in [("nginx", theirs), ("comity, `disk`", edge.address)] {
            print(rate, name, seconds, &round(address, rate, seconds)?);
        }
    }
    println!("\n{}", super::machine());
    edge.stop().map(drop)
}

fn print(rate: u32, name: &str, seconds: u32, round: &Round) {
    let at = |share: f64| millis(quantile(&round.times, share));
    let late = round.times.iter().filter(|time| **time > USELESS).count();
    println!(
        "| {rate} | {name} | {:.1} % | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms | {} |",
        100.0 * round.answered as f64 / f64::from(rate * seconds),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0),
        late + round.refused,
    );
}

/// Every connection has a timetable of its own and never skips an entry.
fn round(address: SocketAddr, rate: u32, seconds: u32) -> Result<Round, String> {
    let begin = Instant::now() + Duration::from_millis(200);
    let threads: Vec<_> = (0..CONNECTIONS)
        .map(|client| {
            std::thread::spawn(move || {
                let mut connection = Connection::open(address).map_err(|e| e.to_string())?;
                let (mut times, mut refused) = (Vec::new(), 0);
                for turn in 0.. {
                    let number = turn * CONNECTIONS + client;
                    if number >= rate * seconds {
                        break;
                    }
                    let due = begin + Duration::from_secs(1) * number / rate;
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    let answer = connection.get("/l7").map_err(|e| e.to_string())?;
                    times.push(due.elapsed());
                    refused += usize::from(answer.status != 302);
                }
                Ok((times, refused))
            })
        })
        .collect();
    let (mut times, mut refused) = (Vec::new(), 0);
    for thread in threads {
        let seen: Result<(Vec<Duration>, usize), String> =
            thread.join().map_err(|_| "a client panicked")?;
        let (more, other) = seen?;
        times.extend(more);
        refused += other;
    }
    times.sort_unstable();
    Ok(Round {
        answered: times.len() - refused,
        refused,
        times,
    })
}

/// Nearest rank among sorted times; `share` from 0 to 1.
fn quantile(sorted: &[Duration], share: f64) -> Duration {
    // A share of a length is not negative and below the length once clamped.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "see above"
    )]
    let at = (share * sorted.len() as f64) as usize;
    sorted
        .get(at.min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
