//! Browser journeys and API fuzzing against the demo.

use std::fs;
use std::path::PathBuf;

use crate::demo::{self, Demo, Profile};
use crate::steps::Steps;
use crate::{Outcome, need, process};

/// The fuzzer's version, fixed so that a finding can be repeated.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Seconds of fuzzing: enough for every operation's examples and edge values on two cores.
const FUZZ_SECONDS: &str = "90";

/// Which pictures the journeys take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pictures {
    /// Phone at night in Russian, desktop by day in English.
    Few,
    /// Every size, theme and language.
    All,
}

/// `cargo xtask e2e`.
pub fn run(with_fuzz: bool, full: bool) -> Outcome {
    let mut steps = Steps::new();
    let needs = [&need::CHROMIUM, &need::NODE, &need::NPM];
    steps.step("needs", || need::require(&needs))?;
    steps.step("journeys", || {
        journeys(if full { Pictures::All } else { Pictures::Few })
    })?;
    if with_fuzz {
        steps.step("needs of the fuzzer", || need::require(&[&need::PYTHON]))?;
        steps.step("API fuzzing", fuzz)?;
    }
    steps.finish()
}

/// Installs the packages, builds the binary, runs `tests/e2e/run.mjs`.
pub fn journeys(pictures: Pictures) -> Outcome {
    install_packages()?;
    let binary = demo::build(Profile::Dev)?;
    let mut node = node_script("run.mjs")?;
    node.env("COMITY_BIN", binary);
    if pictures == Pictures::All {
        node.env("COMITY_E2E_FULL", "1");
    }
    process::run(&mut node)
}

/// A script of `tests/e2e` with the browser named.
pub fn node_script(name: &str) -> Result<std::process::Command, String> {
    let mut node = process::command("node");
    node.arg(folder().join(name));
    node.env(
        "COMITY_CHROMIUM",
        need::find_chromium().ok_or("Chromium not found")?,
    );
    Ok(node)
}

/// `npm ci`, unless what is installed already follows the lock file.
pub fn install_packages() -> Outcome {
    let lock = fs::read(folder().join("package-lock.json")).map_err(|e| e.to_string())?;
    let seen = folder().join("node_modules/.installed-from");
    if fs::read(&seen).is_ok_and(|old| old == lock) {
        return Ok(());
    }
    process::output(process::command("npm").arg("ci").current_dir(folder()))?;
    fs::write(seen, lock).map_err(|e| e.to_string())
}

fn folder() -> PathBuf {
    process::root().join("tests/e2e")
}

/// Every operation of the OpenAPI document with generated input; an answer of 5xx or one that
/// contradicts the document is a failure. The seed is fixed: the same code, the same requests.
pub fn fuzz() -> Outcome {
    let tool = install_fuzzer()?;
    let binary = demo::build(Profile::Dev)?;
    let demo = Demo::start(&binary)?;
    let base = demo.fact("base_url")?.trim_end_matches('/');
    let mut command = process::command(tool);
    command.args(["run", &format!("{base}/api/v1/openapi.json")]);
    command.args([
        "--header",
        &format!("Authorization: Bearer {}", demo.fact("api_key")?),
    ]);
    command.args(["--checks", "not_a_server_error,content_type_conformance"]);
    command.args(["--phases", "examples,coverage,fuzzing", "--seed", "1"]);
    command.args([
        "--max-time",
        FUZZ_SECONDS,
        "--warnings",
        "off",
        "--no-color",
    ]);
    process::run(&mut command)
}

/// A virtual environment under `target/`, made once.
fn install_fuzzer() -> Result<PathBuf, String> {
    let venv = process::target_dir().join("fuzzer");
    let tool = venv.join("bin/schemathesis");
    let seen = venv.join("installed");
    if fs::read_to_string(&seen).is_ok_and(|old| old == SCHEMATHESIS) {
        return Ok(tool);
    }
    process::output(
        process::command("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&venv),
    )?;
    let mut pip = process::command(venv.join("bin/pip"));
    process::output(pip.args(["install", "-q", "--disable-pip-version-check", SCHEMATHESIS]))?;
    fs::write(seen, SCHEMATHESIS).map_err(|e| e.to_string())?;
    Ok(tool)
}
