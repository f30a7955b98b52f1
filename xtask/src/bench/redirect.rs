//! Redirects under load beside nginx answering a plain 302: ratios inside one run, because absolute
//! figures of a shared machine say little.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Outcome, database, need, process};

/// Interleaved rounds; the median of each side is compared.
const ROUNDS: usize = 5;
/// One round of load.
const SECONDS: &str = "5";
/// Enough connections for the group commit to grow into.
const CONNECTIONS: &str = "256";
/// Clock ticks per second of `/proc/PID/stat` on Linux.
const TICKS: f64 = 100.0;

/// One round of one server.
pub(super) struct Round {
    pub per_second: f64,
    pub p99: String,
    pub cpu_us: f64,
}

/// Prints the comparison, or what is missing for it.
pub fn compare(link: &str, pid: u32) -> Outcome {
    let (Some(wrk), Some(nginx)) = (need::on_path("wrk"), find_nginx()) else {
        println!("\nredirects under load need wrk and nginx: apt-get install wrk nginx-light");
        return Ok(());
    };
    let anchor = Anchor::start(&nginx)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(round(
            &wrk,
            &anchor.address,
            &anchor.workers()?,
            CONNECTIONS,
        )?);
        ours.push(round(&wrk, link, &[pid], CONNECTIONS)?);
    }
    let (ours, theirs) = (median(ours)?, median(theirs)?);
    println!("\n| redirect, {CONNECTIONS} connections | requests/s | p99 | server CPU each |");
    println!("|---|---|---|---|");
    for (name, round) in [
        ("comity, durable click", &ours),
        ("nginx `return 302`", &theirs),
    ] {
        println!(
            "| {name} | {:.0} | {} | {:.1} µs |",
            round.per_second, round.p99, round.cpu_us
        );
    }
    println!(
        "| ratio | {:.2} | | {:.2} |",
        ours.per_second / theirs.per_second,
        ours.cpu_us / theirs.cpu_us
    );
    Ok(())
}

pub(super) fn find_nginx() -> Option<PathBuf> {
    // Debian keeps it where an ordinary account's search path does not look.
    need::on_path("nginx")
        .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|f| f.is_file()))
}

pub(super) fn round(
    wrk: &PathBuf,
    address: &str,
    pids: &[u32],
    connections: &str,
) -> Result<Round, String> {
    let before = cpu_ticks(pids);
    let mut load = Command::new(wrk);
    load.args(["-t2", "-c", connections, "-d", SECONDS, "--latency"]);
    load.args([
        "-H",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0 Safari/537.36",
    ]);
    let said = process::output(load.arg(address))?;
    let used = (cpu_ticks(pids) - before) / TICKS * 1e6;
    let field = |name: &str| {
        let line = said
            .lines()
            .find_map(|line| line.trim().strip_prefix(name))?;
        line.split_whitespace().next().map(str::to_owned)
    };
    let per_second = field("Requests/sec:").and_then(|text| text.parse::<f64>().ok());
    let per_second = per_second.ok_or_else(|| format!("wrk said nothing about {address}"))?;
    let seconds: f64 = SECONDS.parse().map_err(|_| "SECONDS is a number")?;
    let requests = (per_second * seconds).max(1.0);
    Ok(Round {
        per_second,
        p99: field("99%").unwrap_or_default(),
        cpu_us: used / requests,
    })
}

/// User and system time of the processes so far.
fn cpu_ticks(pids: &[u32]) -> f64 {
    let ticks = |pid: &u32| -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The command's name, in parentheses, may contain blanks.
        let after = stat.rsplit_once(')')?.1;
        let mut fields = after.split_whitespace().skip(11);
        let user: f64 = fields.next()?.parse().ok()?;
        let system: f64 = fields.next()?.parse().ok()?;
        Some(user + system)
    };
    pids.iter().filter_map(ticks).sum()
}

pub(super) fn median(mut rounds: Vec<Round>) -> Result<Round, String> {
    rounds.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    let middle = rounds.len() / 2;
    rounds
        .into_iter()
        .nth(middle)
        .ok_or_else(|| "no rounds".to_owned())
}

/// A private nginx.
pub(super) struct Anchor {
    child: Child,
    dir: PathBuf,
    pub address: String,
}

impl Anchor {
    pub fn start(nginx: &PathBuf) -> Result<Self, String> {
        let port = database::free_port()?;
        let dir = std::env::temp_dir().join(format!("comity-nginx-{}", std::process::id()));
        fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
        let here = dir.display();
        let conf = format!(
            "daemon off; worker_processes auto; pid {here}/pid; error_log {here}/error.log;\n\
             events {{ worker_connections 4096; }}\n\
             http {{ keepalive_requests 1000000; access_log {here}/access.log combined buffer=64k;\n\
             server {{ listen 127.0.0.1:{port}; return 302 https://shop.example/?cid=x; }} }}\n"
        );
        let file = dir.join("nginx.conf");
        fs::write(&file, conf).map_err(|e| e.to_string())?;
        let mut server = Command::new(nginx);
        server
            .arg("-c")
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = server
            .spawn()
            .map_err(|e| format!("could not start nginx: {e}"))?;
        let anchor = Self {
            child,
            dir,
            address: format!("http://127.0.0.1:{port}/"),
        };
        for _ in 0..50 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(anchor);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("nginx did not become ready".to_owned())
    }

    /// The processes that do the work.
    pub fn workers(&self) -> Result<Vec<u32>, String> {
        let master = self.child.id();
        let path = format!("/proc/{master}/task/{master}/children");
        let children = fs::read_to_string(path).map_err(|e| e.to_string())?;
        Ok(children
            .split_whitespace()
            .filter_map(|pid| pid.parse().ok())
            .collect())
    }
}

impl Drop for Anchor {
    fn drop(&mut self) {
        // A polite signal, so that the master takes its worker along.
        let pid = self.child.id().to_string();
        let _sent = Command::new("kill").args(["-TERM", &pid]).status();
        let _status = self.child.wait();
        let _removed = fs::remove_dir_all(&self.dir);
    }
}
