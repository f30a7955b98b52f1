//! R6: the spool's disk fills up and is freed again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::clients::{Connection, Crowd};
use super::edge::{self, Edge, Scratch};
use super::tally::{PROBE_LABEL, Tally};
use crate::{Outcome, process};

const CLIENTS: usize = 16;
/// Longest time to healing (R6).
const HEAL: Duration = Duration::from_secs(10);

pub fn run(is_long: bool) -> Outcome {
    let binary = edge::build()?;
    let scratch = Scratch::new("disk-full")?;
    let disk = Disk::mount(scratch.0.join("disk"), if is_long { "256M" } else { "24M" })?;
    // Nothing is shipped meanwhile, so that only freed space can heal.
    let options = ["--segment-kib", "1024", "--reserve-mib", "4", "--no-ship"];
    let edge = Edge::start(&binary, &disk.0, &options)?;
    let filler = disk.0.join("filler");
    fill(&filler)?;
    let crowd = Crowd::start(CLIENTS);
    crowd.aim(Some(edge.address));
    wait(
        &edge,
        false,
        Duration::from_secs(120),
        "the disk did not fill",
    )?;
    std::thread::sleep(Duration::from_secs(2));
    fs::remove_file(&filler).map_err(|e| e.to_string())?;
    let healed = wait(&edge, true, HEAL, "it did not heal")?;
    crowd.aim(None);
    let seen = crowd.finish()?;
    let facts = edge.stop()?;
    // The filler's place is free now: the next process ships everything.
    edge::drain(&binary, &disk.0, &["--segment-kib", "1024"])?;
    println!("\nfilled and freed: {facts}");
    println!(
        "keeps clicks again {:.1} s after space came back\n",
        healed.as_secs_f64()
    );
    let tally = Tally::new(seen, &disk.0)?;
    tally.report()?;
    if tally.refused() > 0 || tally.without_id() == 0 {
        return Err("visitors must be sent on, and the disk must have been full".to_owned());
    }
    Ok(())
}

/// Asks until answers come with (or without) a click id.
fn wait(edge: &Edge, with_id: bool, most: Duration, what: &str) -> Result<Duration, String> {
    let began = Instant::now();
    while began.elapsed() < most {
        let mut connection = Connection::open(edge.address).map_err(|e| e.to_string())?;
        let answer = connection
            .get(&format!("/l0?s1={PROBE_LABEL}"))
            .map_err(|e| e.to_string())?;
        if answer.click().is_some() == with_id {
            return Ok(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("{what} within {} s", most.as_secs()))
}

/// Takes all space that is left.
fn fill(filler: &Path) -> Outcome {
    let mut size = 1 << 20;
    let mut bytes = Vec::new();
    while size >= 4096 {
        let before = bytes.len();
        bytes.resize(before + size, 1);
        if fs::write(filler, &bytes).is_err() {
            bytes.truncate(before);
            size /= 2;
        }
    }
    fs::write(filler, &bytes).map_err(|e| e.to_string())
}

/// A small file system of its own: needs the right to mount.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: PathBuf, size: &str) -> Result<Self, String> {
        fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let options = format!("size={size}");
        let mut mount = process::command("mount");
        mount
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&folder);
        process::run(&mut mount)
            .map_err(|e| format!("{e}; this storm mounts a small tmpfs, run it as root"))?;
        Ok(Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = process::run(process::command("umount").arg(&self.0));
    }
}
