//! A running `comity demo` for the commands that need one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{database, process};

/// How a binary is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Shares its dependencies with the tests.
    Dev,
    /// What users run; for figures.
    Release,
}

/// A demo with a data directory of its own; dropping it stops it and removes the data.
pub struct Demo {
    child: Child,
    data: PathBuf,
    facts: Value,
    /// From the start of the process to its JSON line.
    pub ready_after: Duration,
}

/// Builds the binary and answers its path.
pub fn build(profile: Profile) -> Result<PathBuf, String> {
    let mut args = vec!["build", "--locked", "-p", "comity"];
    if profile == Profile::Release {
        args.push("--release");
    }
    process::run(&mut process::cargo(&args))?;
    let folder = if profile == Profile::Release {
        "release"
    } else {
        "debug"
    };
    Ok(process::target_dir().join(folder).join("comity"))
}

impl Demo {
    /// Starts the binary and waits for its JSON line.
    pub fn start(binary: &PathBuf) -> Result<Self, String> {
        let port = database::free_port()?.to_string();
        let data = std::env::temp_dir().join(format!("comity-demo-{}", std::process::id()));
        let began = Instant::now();
        let mut command = process::command(binary);
        command
            .args(["demo", "--port", &port, "--fresh", "--json", "--data"])
            .arg(&data);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let child = command
            .spawn()
            .map_err(|e| format!("could not start the demo: {e}"))?;
        let mut demo = Self {
            child,
            data,
            facts: Value::Null,
            ready_after: Duration::ZERO,
        };
        let stdout = demo.child.stdout.take().ok_or("the demo has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let line = lines
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.starts_with('{'));
        let line = line.ok_or("the demo ended before it was ready")?;
        demo.ready_after = began.elapsed();
        demo.facts = serde_json::from_str(&line).map_err(|e| format!("not JSON: {e}"))?;
        // Keep reading, so that the demo never blocks on a full pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(demo)
    }

    /// One of the names of DESIGN section 9: `base_url`, `api_key`, ….
    pub fn fact(&self, name: &str) -> Result<&str, String> {
        self.facts[name]
            .as_str()
            .ok_or_else(|| format!("the demo printed no `{name}`"))
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _status = self.child.wait();
        let _removed = fs::remove_dir_all(&self.data);
    }
}
