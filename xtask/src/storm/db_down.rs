//! R7: the store goes away under load and comes back.

use std::fs;
use std::time::{Duration, Instant};

use super::clients::Crowd;
use super::edge::{self, Edge, Scratch};
use super::tally::Tally;
use crate::Outcome;

const CLIENTS: usize = 32;

pub fn run(seconds: u64) -> Outcome {
    let binary = edge::build()?;
    let scratch = Scratch::new("db-down")?;
    let away = scratch.0.join("away");
    fs::write(&away, "").map_err(|e| e.to_string())?;
    let crowd = Crowd::start(CLIENTS);
    // It goes on with a cold start while the store is away.
    for _ in 0..2 {
        let edge = Edge::start(&binary, &scratch.0, &[])?;
        crowd.aim(Some(edge.address));
        std::thread::sleep(Duration::from_secs(seconds) / 2);
        crowd.aim(None);
        edge.kill()?;
    }
    let seen = crowd.finish()?;
    fs::remove_file(&away).map_err(|e| e.to_string())?;
    let edge = Edge::start(&binary, &scratch.0, &[])?;
    let backlog = edge.recovered;
    let began = Instant::now();
    while lines(&scratch.0)? < backlog {
        if began.elapsed() > Duration::from_secs(seconds.max(30)) {
            return Err("the backlog did not drain".to_owned());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let drained = began.elapsed();
    edge.stop()?;
    println!("\nstore away for {seconds} s, clients {CLIENTS}, one restart meanwhile");
    println!(
        "backlog {backlog}, drained in {:.2} s\n",
        drained.as_secs_f64()
    );
    let tally = Tally::new(seen, &scratch.0)?;
    tally.report()?;
    if tally.without_id() + tally.refused() > 0 {
        return Err("a visitor was not served as if nothing had happened".to_owned());
    }
    Ok(())
}

fn lines(folder: &std::path::Path) -> Result<u64, String> {
    let bytes = fs::read(folder.join("stored")).map_err(|e| e.to_string())?;
    Ok(bytes.iter().filter(|b| **b == b'\n').count() as u64)
}
