//! Sales reported to the API of a running demo: decided, commissioned and in the books when the
//! answer comes, beside the cheapest answer of the same listener.

use std::time::{Duration, Instant};

use super::connection::{Connection, split};
use super::sample::Sample;
use crate::Outcome;
use crate::demo::{self, Demo, Profile};

const LOAD: Duration = Duration::from_secs(10);
const CLIENTS: [usize; 2] = [1, 8];

/// `cargo xtask bench events`
pub fn run() -> Outcome {
    let binary = demo::build(Profile::Release)?;
    let demo = Demo::start(&binary)?;
    let (base, key) = (demo.fact("base_url")?, demo.fact("api_key")?);
    let click = click(demo.fact("sample_link_url")?)?;
    println!("{}", super::machine());
    println!("\n| request | clients | a second | median | p99 |\n|---|---|---|---|---|");
    for clients in CLIENTS {
        let health = load(clients, base, |connection, _| {
            connection.get("/healthz").map(|answer| answer.status)
        })?;
        print("`GET /healthz`", clients, &health);
        let sales = load(clients, base, |connection, number| {
            let body = format!(
                "{{\"type\": \"sale\", \"external_id\": \"bench-{clients}-{number}\", \
                 \"customer_id\": \"bench-{number}\", \"click_id\": \"{click}\", \
                 \"amount_minor\": 4900, \"currency\": \"EUR\"}}"
            );
            connection
                .post("/api/v1/events", key, &body)
                .map(|answer| answer.status)
        })?;
        print("`POST /api/v1/events`, a sale", clients, &sales);
    }
    println!("\n{}", super::machine());
    Ok(())
}

/// Clicks a partner's link, so that the sales have somebody to credit.
fn click(link: &str) -> Result<String, String> {
    let (origin, path) = split(link)?;
    let answer = Connection::open(&origin)?.get(&path)?;
    let landing = answer.location.unwrap_or_default();
    landing
        .split(['?', '&'])
        .find_map(|pair| pair.strip_prefix("cid="))
        .map(str::to_owned)
        .ok_or_else(|| "the link gave no click id".to_owned())
}

fn print(what: &str, clients: usize, sample: &Sample) {
    println!(
        "| {what} | {clients} | {:.0} | {:.2} ms | {:.2} ms |",
        sample.len() as f64 / LOAD.as_secs_f64(),
        sample.quantile_ms(0.5),
        sample.quantile_ms(0.99)
    );
}

fn load(
    clients: usize,
    base: &str,
    ask: impl Fn(&mut Connection, String) -> Result<u16, String> + Sync,
) -> Result<Sample, String> {
    let until = Instant::now() + LOAD;
    let client = |client: usize| -> Result<Sample, String> {
        let (mut connection, mut sample) = (Connection::open(base)?, Sample::default());
        for turn in 0_u64.. {
            let began = Instant::now();
            if began >= until {
                break;
            }
            let status = ask(&mut connection, format!("{client}-{turn}"))?;
            if !(200..300).contains(&status) {
                return Err(format!("answered {status}"));
            }
            sample.add(began.elapsed(), 0);
        }
        Ok(sample)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|number| scope.spawn(move || client(number)))
            .collect();
        let mut all = Sample::default();
        for thread in threads {
            all.join(thread.join().map_err(|_| "a client panicked")??);
        }
        Ok(all)
    })
}
