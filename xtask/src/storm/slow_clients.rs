//! R9: half-open and trickling clients beside healthy ones.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::clients::{Connection, Crowd};
use super::edge::{self, Edge, Scratch};
use super::tally::{Tally, millis, quantile};
use crate::Outcome;

/// Every one of them must be gone after this time.
const REAPED: Duration = Duration::from_secs(10);
const HEALTHY: usize = 8;

pub fn run(clients: usize) -> Outcome {
    let binary = edge::build()?;
    let scratch = Scratch::new("slow-clients")?;
    let edge = Edge::start(&binary, &scratch.0, &[])?;
    let before = healthy(&edge, 500)?;
    let memory = resident(edge.pid())?;
    let crowd = Crowd::start(HEALTHY);
    let mut slow = (0..clients)
        .map(|n| half_open(&edge, n))
        .collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let during = healthy(&edge, 500)?;
    let grown = resident(edge.pid())?.saturating_sub(memory);
    crowd.aim(Some(edge.address));
    let mut last = Duration::ZERO;
    while !slow.is_empty() && begun.elapsed() < REAPED * 2 {
        slow.retain_mut(|stream| !is_closed(stream));
        last = begun.elapsed();
        std::thread::sleep(Duration::from_millis(500));
    }
    crowd.aim(None);
    let seen = crowd.finish()?;
    edge.stop()?;
    println!(
        "\n{clients} slow clients: all gone after {:.1} s, {} left",
        last.as_secs_f64(),
        slow.len()
    );
    println!(
        "memory grown by {:.1} MB while they were open",
        grown as f64 / 1e6
    );
    println!(
        "one healthy client: p99 {:.1} ms before, {:.1} ms beside them",
        before, during
    );
    println!("{HEALTHY} healthy clients meanwhile:\n");
    Tally::new(seen, &scratch.0)?.report()?;
    if last > REAPED {
        return Err(format!(
            "slow clients were held for more than {} s",
            REAPED.as_secs()
        ));
    }
    Ok(())
}

fn half_open(edge: &Edge, number: usize) -> Result<TcpStream, String> {
    let mut stream = TcpStream::connect(edge.address)
        .map_err(|e| format!("{number} connections open: {e} (ulimit -n?)"))?;
    let half: &[u8] = match number % 3 {
        0 => b"",
        1 => b"GET /l1 HT",
        _ => b"GET /l1 HTTP/1.1\r\nhost: go.test\r\nx-slow: ",
    };
    stream.write_all(half).map_err(|e| e.to_string())?;
    stream.set_nonblocking(true).map_err(|e| e.to_string())?;
    Ok(stream)
}

/// Sends one more byte, as tricklers do, and looks whether the other side is gone.
fn is_closed(stream: &mut TcpStream) -> bool {
    let gone = |outcome: std::io::Result<usize>| match outcome {
        Ok(count) => count == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    };
    gone(stream.write(b"x")) || gone(stream.read(&mut [0; 256]))
}

/// The 99th percentile of one client's answers in milliseconds.
fn healthy(edge: &Edge, requests: usize) -> Result<f64, String> {
    let mut connection = Connection::open(edge.address).map_err(|e| e.to_string())?;
    let mut times = Vec::new();
    for _ in 0..requests {
        let began = Instant::now();
        connection.get("/l0?s1=probe").map_err(|e| e.to_string())?;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(millis(quantile(&times, 99)))
}

/// Resident memory in bytes.
pub(super) fn resident(pid: u32) -> Result<u64, String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).map_err(|e| e.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilo = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    Ok(kilo.ok_or("no resident size")? * 1024)
}
