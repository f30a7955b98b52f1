//! R1: `kill -9` at random moments under load.

use std::time::Duration;

use super::clients::Crowd;
use super::edge::{self, Edge, Scratch};
use super::tally::{Tally, millis, quantile};
use crate::Outcome;

const CLIENTS: usize = 64;

pub fn run(kills: u32) -> Outcome {
    let binary = edge::build()?;
    let scratch = Scratch::new("kill")?;
    let crowd = Crowd::start(CLIENTS);
    let mut ready = Vec::new();
    let mut recovered = 0;
    // A fixed sequence of moments between 50 ms and 2 s: a run can be repeated.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for kill in 1..=kills {
        let edge = Edge::start(&binary, &scratch.0, &["--segment-kib", "1024"])?;
        ready.push(edge.ready_after);
        recovered += edge.recovered;
        crowd.aim(Some(edge.address));
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        std::thread::sleep(Duration::from_millis(50 + state % 1_950));
        edge.kill()?;
        crowd.aim(None);
        if kill % 10 == 0 {
            println!("{kill} kills");
        }
    }
    let seen = crowd.finish()?;
    // The last process ships what the killed ones left.
    edge::drain(&binary, &scratch.0, &["--segment-kib", "1024"])?;
    ready.sort_unstable();
    println!("\nkills {kills}, clients {CLIENTS}, recovered from the spool {recovered}");
    println!(
        "ready again: median {:.0} ms, p99 {:.0} ms, longest {:.0} ms\n",
        millis(quantile(&ready, 50)),
        millis(quantile(&ready, 99)),
        millis(ready.last().copied().unwrap_or_default()),
    );
    Tally::new(seen, &scratch.0)?.report()
}
