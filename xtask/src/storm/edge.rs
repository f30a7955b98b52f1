//! One redirect process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process;

/// Builds the process and answers its path.
pub fn build() -> Result<PathBuf, String> {
    let args = [
        "build",
        "--locked",
        "--release",
        "-p",
        "comity-tracking",
        "--example",
        "edge",
    ];
    process::run(&mut process::cargo(&args))?;
    Ok(process::target_dir().join("release/examples/edge"))
}

/// A running redirect process; dropping it kills it.
pub struct Edge {
    child: Child,
    output: BufReader<ChildStdout>,
    pub address: SocketAddr,
    /// From the start of the process to its first answer being possible.
    pub ready_after: Duration,
    /// Clicks an earlier process left in the spool.
    pub recovered: u64,
}

impl Edge {
    pub fn start(binary: &Path, folder: &Path, options: &[&str]) -> Result<Self, String> {
        let began = Instant::now();
        let mut command = process::command(binary);
        command.arg(folder).args(options);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let mut child = command
            .spawn()
            .map_err(|e| format!("could not start the edge: {e}"))?;
        let stdout = child.stdout.take().ok_or("the edge has no output")?;
        let mut output = BufReader::new(stdout);
        let facts = line(&mut output)?;
        let address = facts["address"].as_str().and_then(|text| text.parse().ok());
        Ok(Self {
            child,
            output,
            address: address.ok_or("the edge names no address")?,
            ready_after: began.elapsed(),
            recovered: facts["recovered"].as_u64().unwrap_or(0),
        })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// `SIGKILL`: nothing in the process runs after it.
    pub fn kill(mut self) -> Result<(), String> {
        self.child.kill().map_err(|e| e.to_string())?;
        self.child.wait().map(drop).map_err(|e| e.to_string())
    }

    /// `SIGTERM`: finishes what is in flight, ships what it can, and says what it did.
    pub fn stop(mut self) -> Result<Value, String> {
        let pid = self.child.id().to_string();
        process::run(process::command("kill").args(["-TERM", &pid]))?;
        let facts = line(&mut self.output)?;
        self.child.wait().map_err(|e| e.to_string())?;
        Ok(facts)
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the process until everything in the spool is stored.
pub fn drain(binary: &Path, folder: &Path, options: &[&str]) -> Result<(), String> {
    // Each stop ships for at most five seconds; a long storm leaves more than one holds.
    for _ in 0..60 {
        let facts = Edge::start(binary, folder, options)?.stop()?;
        if facts["recorded"] == facts["shipped"] {
            return Ok(());
        }
    }
    Err("the spool did not drain".to_owned())
}

fn line(output: &mut BufReader<ChildStdout>) -> Result<Value, String> {
    let mut text = String::new();
    output.read_line(&mut text).map_err(|e| e.to_string())?;
    serde_json::from_str(&text).map_err(|e| format!("the edge said `{}`: {e}", text.trim()))
}

/// A folder under the target directory, empty at first, removed when dropped.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Result<Self, String> {
        let folder = process::target_dir().join(format!("storm-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
