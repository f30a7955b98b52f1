//! Figures of this machine: size, start, memory, pages and redirects of a release build.

mod connection;
mod edges;
mod events;
mod open;
mod redirect;
mod sample;

use std::fs;
use std::time::Instant;

use crate::demo::{self, Demo, Profile};
use crate::{Outcome, process};
use connection::Connection;
use sample::Sample;

/// Requests per address: enough for a 99th percentile, short enough for a coffee.
const REQUESTS: usize = 300;
/// Discarded beforehand: caches, lazily prepared statements.
const WARM_UP: usize = 20;

/// `cargo xtask bench [redirect|open|events|ship|decide|replay|verify]`
pub fn command(which: Option<&str>) -> Outcome {
    match which {
        None => run(),
        Some("redirect") => edges::redirect(),
        Some("open") => open::run(10),
        Some("events") => events::run(),
        Some("ship") => edges::ship(),
        Some(part @ ("decide" | "replay" | "verify")) => engine(part),
        Some(other) => Err(format!(
            "unknown benchmark `{other}`: redirect, open, events, ship, decide, replay, verify or none"
        )),
    }
}

/// `cargo xtask bench`: a Markdown table for `docs/performance.md`.
fn run() -> Outcome {
    let began = Instant::now();
    let binary = demo::build(Profile::Release)?;
    let built = began.elapsed();
    let size = fs::metadata(&binary).map_err(|e| e.to_string())?.len();
    let demo = Demo::start(&binary)?;
    println!("\ncommit {}, {}\n", commit()?, machine());
    println!("| what | figure |\n|---|---|");
    println!(
        "| release build from the present state | {:.0} s |",
        built.as_secs_f64()
    );
    println!("| binary | {:.1} MB |", mega(size));
    println!(
        "| demo ready, seeding included | {:.2} s |",
        demo.ready_after.as_secs_f64()
    );
    println!(
        "| resident memory after start | {:.1} MB |",
        mega(resident(demo.pid())?)
    );
    println!("\n| address, one keep-alive connection | median | p99 | body |\n|---|---|---|---|");
    for (name, sample) in measure(&demo)? {
        println!(
            "| {name} | {:.2} ms | {:.2} ms | {:.1} kB |",
            sample.quantile_ms(0.5),
            sample.quantile_ms(0.99),
            sample.bytes as f64 / 1e3
        );
    }
    redirect::compare(demo.fact("sample_link_url")?, demo.pid())?;
    println!(
        "\nresident memory at the end: {:.1} MB",
        mega(resident(demo.pid())?)
    );
    Ok(())
}

/// `cargo xtask bench decide|replay|verify`: the pure engine on one core, without the rest.
fn engine(part: &str) -> Outcome {
    let build = ["run", "--release", "-q", "-p", "comity-domain"];
    let example = ["--example", "engine_bench", "--", part];
    println!("{}", machine());
    process::run(&mut process::cargo(&[&build[..], &example[..]].concat()))
}

fn measure(demo: &Demo) -> Result<Vec<(String, Sample)>, String> {
    let base = demo.fact("base_url")?;
    let mut measured = Vec::new();
    for (who, paths) in [
        (
            "owner",
            ["/admin", "/admin/partners", "/admin/commissions"].as_slice(),
        ),
        ("partner", ["/portal", "/portal/earnings"].as_slice()),
    ] {
        let mut connection = Connection::open(base)?;
        connection.sign_in(demo.fact(&format!("{who}_login_url"))?)?;
        for path in paths {
            measured.push((
                format!("{who} `{path}`"),
                sample(&mut connection, path, 200)?,
            ));
        }
    }
    let link = demo.fact("sample_link_url")?;
    let (origin, path) = connection::split(link)?;
    let mut redirects = Connection::open(&origin)?;
    measured.push((
        "redirect, durable".to_owned(),
        sample(&mut redirects, &path, 302)?,
    ));
    Ok(measured)
}

fn sample(connection: &mut Connection, path: &str, expected: u16) -> Result<Sample, String> {
    let mut sample = Sample::default();
    for round in 0..WARM_UP + REQUESTS {
        let began = Instant::now();
        let answer = connection.get(path)?;
        let took = began.elapsed();
        if answer.status != expected {
            return Err(format!(
                "{path} answered {}, expected {expected}",
                answer.status
            ));
        }
        if round >= WARM_UP {
            sample.add(took, answer.bytes);
        }
    }
    Ok(sample)
}

fn resident(pid: u32) -> Result<u64, String> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).map_err(|e| e.to_string())?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilo = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kilo.map(|kilo| kilo * 1024)
        .ok_or_else(|| format!("no resident size for process {pid}"))
}

fn commit() -> Result<String, String> {
    let said = process::output(process::command("git").args(["rev-parse", "--short", "HEAD"]))?;
    Ok(said.trim().to_owned())
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "{cores} cores, load {}",
        load.split_whitespace().next().unwrap_or("unknown")
    )
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
