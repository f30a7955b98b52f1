//! Outside programs the checks need: found, or an error with the command that mends it.

use std::path::{Path, PathBuf};

use crate::process;
use crate::steps::Steps;
use crate::{Outcome, database};

/// One program, where to get it and what it is for.
pub struct Need {
    name: &'static str,
    package: &'static str,
    purpose: &'static str,
    find: fn() -> Option<PathBuf>,
}

/// PostgreSQL server programs.
pub const POSTGRES: Need = Need {
    name: "PostgreSQL server",
    package: "postgresql",
    purpose: "contract tests on the second database",
    find: database::find_server_programs,
};
/// The browser of the journeys.
pub const CHROMIUM: Need = Need {
    name: "Chromium",
    package: "chromium",
    purpose: "browser journeys and screenshots",
    find: find_chromium,
};
/// The schema validator of payment files.
pub const XMLLINT: Need = Need {
    name: "xmllint",
    package: "libxml2-utils",
    purpose: "payment files against their schema",
    find: || on_path("xmllint"),
};
/// The JavaScript runtime of the browser journeys.
pub const NODE: Need = Need {
    name: "Node.js 20",
    package: "nodejs",
    purpose: "browser journeys",
    find: || on_path("node"),
};
/// The package tool of the browser journeys.
pub const NPM: Need = Need {
    name: "npm",
    package: "npm",
    purpose: "browser journeys",
    find: || on_path("npm"),
};
/// Python with virtual environments, for the API fuzzer.
pub const PYTHON: Need = Need {
    name: "Python 3 with venv",
    package: "python3-venv",
    purpose: "API fuzzing",
    find: find_python,
};

/// Everything the whole gate uses.
pub const ALL: [&Need; 6] = [&POSTGRES, &CHROMIUM, &XMLLINT, &NODE, &NPM, &PYTHON];

/// The first executable of that name on the search path.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

/// `COMITY_CHROMIUM`, or the usual names.
pub fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("COMITY_CHROMIUM") {
        return Some(PathBuf::from(named)).filter(|file| file.is_file());
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| on_path(name))
}

fn find_python() -> Option<PathBuf> {
    let python = on_path("python3")?;
    let probe = process::command(&python)
        .args(["-c", "import ensurepip, venv"])
        .output()
        .ok()?;
    probe.status.success().then_some(python)
}

/// Checks the needs. In continuous integration, as root on Debian, the missing ones are installed
/// (a fresh container has only Rust, Node and Python); anywhere else their absence is an error.
pub fn require(needs: &[&Need]) -> Outcome {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if std::env::var_os("CI").is_some() && can_install() {
        return install(&missing);
    }
    Err(report(&missing))
}

/// `cargo xtask doctor`.
pub fn doctor(fix: bool) -> Outcome {
    for need in ALL {
        match (need.find)() {
            Some(found) => println!("ok       {:<20} {}", need.name, found.display()),
            None => println!("missing  {:<20} for {}", need.name, need.purpose),
        }
    }
    let missing = missing(&ALL);
    if missing.is_empty() {
        return Ok(());
    }
    if !fix {
        return Err(report(&missing));
    }
    if !can_install() {
        return Err(format!(
            "--fix needs root and apt-get; {}",
            report(&missing)
        ));
    }
    let mut steps = Steps::new();
    steps.step("install", || install(&missing))
}

fn missing<'a>(needs: &[&'a Need]) -> Vec<&'a Need> {
    needs
        .iter()
        .copied()
        .filter(|need| (need.find)().is_none())
        .collect()
}

fn report(missing: &[&Need]) -> String {
    let names: Vec<String> = missing
        .iter()
        .map(|need| format!("{} ({})", need.name, need.purpose))
        .collect();
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    format!(
        "missing: {}\n  on Debian or Ubuntu: sudo apt-get update && \
         sudo apt-get install -y --no-install-recommends {}",
        names.join(", "),
        packages.join(" ")
    )
}

fn can_install() -> bool {
    database::is_root() && Path::new("/usr/bin/apt-get").is_file()
}

fn install(missing: &[&Need]) -> Outcome {
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    println!("    installing {}", packages.join(" "));
    let apt = |args: &[&str]| {
        let mut apt = process::command("apt-get");
        apt.args(["-q", "-o", "Dpkg::Use-Pty=0"]).args(args);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        process::output(&mut apt)
    };
    apt(&["update"])?;
    let mut args = vec!["install", "-y", "--no-install-recommends"];
    args.extend(packages);
    apt(&args)?;
    let still: Vec<&Need> = missing
        .iter()
        .copied()
        .filter(|need| (need.find)().is_none())
        .collect();
    if still.is_empty() {
        Ok(())
    } else {
        Err(report(&still))
    }
}
