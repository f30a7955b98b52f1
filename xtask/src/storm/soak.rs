//! Memory under full load: what is resident must not grow with the clicks that went through.

use std::time::{Duration, Instant};

use super::edge::{self, Edge, Scratch};
use super::slow_clients::resident;
use crate::{Outcome, need, process};

/// Looks at the memory this often during the run.
const LOOKS: u32 = 10;
/// Growth from the second look to the last that is still called flat: buffers that grow to the
/// largest group ever met, not anything per click.
const FLAT: f64 = 1.10;

pub fn run(time: Duration) -> Outcome {
    let wrk = need::on_path("wrk").ok_or("wrk is missing: apt-get install wrk")?;
    let binary = edge::build()?;
    let scratch = Scratch::new("soak")?;
    let edge = Edge::start(&binary, &scratch.0, &["--discard"])?;
    let address = format!("http://{}/l7", edge.address);
    let seconds = time.as_secs().to_string();
    let mut command = process::command(&wrk);
    command.args(["-t2", "-c256", "-d", &seconds, "--latency", &address]);
    let load = std::thread::spawn(move || process::output(&mut command));
    println!("\n| after | resident |\n|---|---|");
    let begun = Instant::now();
    let mut seen = Vec::new();
    for look in 1..=LOOKS {
        let due = begun + time * look / (LOOKS + 1);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let bytes = resident(edge.pid())?;
        println!(
            "| {:.0} s | {:.1} MB |",
            begun.elapsed().as_secs_f64(),
            bytes as f64 / 1e6
        );
        seen.push(bytes);
    }
    let said = load.join().map_err(|_| "the load panicked")??;
    for line in said.lines().filter(|line| {
        ["requests in", "Requests/sec", "99%", "Socket errors"]
            .iter()
            .any(|word| line.contains(word))
    }) {
        println!("{}", line.trim());
    }
    println!("{}", edge.stop()?);
    let (first, last) = (seen[1], seen[seen.len() - 1]);
    if last as f64 > first as f64 * FLAT {
        return Err(format!("memory grew from {first} to {last} bytes"));
    }
    Ok(())
}
