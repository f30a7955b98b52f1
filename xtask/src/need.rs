//! Outside programs the checks need: found, or an error with the command that mends it.

use std::path::{Path, PathBuf};
use std::process::Command;

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

/// Checks the needs and installs the missing ones where the system lets it (Debian or Ubuntu, as
/// root or with a sudo that asks nothing); elsewhere their absence is an error that names the command.
pub fn require(needs: &[&Need]) -> Outcome {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    match Installer::find() {
        Some(installer) => installer.install(&missing),
        None => Err(report(&missing)),
    }
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
    let Some(installer) = Installer::find() else {
        return Err(format!(
            "--fix needs apt-get, as root or with a sudo that asks nothing; {}",
            report(&missing)
        ));
    };
    let mut steps = Steps::new();
    steps.step("install", || installer.install(&missing))
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

/// How packages of the system can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Installer {
    /// This is root.
    Root,
    /// `sudo` works without a password.
    Sudo,
}

impl Installer {
    fn find() -> Option<Self> {
        if !Path::new("/usr/bin/apt-get").is_file() {
            return None;
        }
        if database::is_root() {
            return Some(Self::Root);
        }
        // `-n`: a test run never waits for somebody to type a password.
        let asked = process::command("sudo").args(["-n", "true"]).output();
        asked
            .is_ok_and(|said| said.status.success())
            .then_some(Self::Sudo)
    }

    fn apt(self, args: &[&str]) -> Command {
        let mut apt = match self {
            Self::Root => process::command("env"),
            Self::Sudo => {
                let mut sudo = process::command("sudo");
                sudo.args(["-n", "env"]);
                sudo
            }
        };
        // Set by `env`, because sudo does not pass variables on: no package may ask a question.
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        apt.args(["-q", "-o", "Dpkg::Use-Pty=0"]).args(args);
        apt
    }

    fn install(self, needs: &[&Need]) -> Outcome {
        let packages: Vec<&str> = needs.iter().map(|need| need.package).collect();
        println!("    installing {}", packages.join(" "));
        process::output(&mut self.apt(&["update"]))?;
        let mut args = vec!["install", "-y", "--no-install-recommends"];
        args.extend(packages);
        process::output(&mut self.apt(&args))?;
        let still = missing(needs);
        if still.is_empty() {
            Ok(())
        } else {
            Err(report(&still))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_command_that_installs_it() {
        let said = report(&[&XMLLINT, &NODE]);
        assert!(
            said.contains("xmllint (payment files against their schema)"),
            "{said}"
        );
        assert!(said.ends_with("libxml2-utils nodejs"), "{said}");
    }

    #[test]
    fn sudo_is_never_asked_for_a_password() {
        let words = |installer: Installer| {
            let apt = installer.apt(&["update"]);
            let mut words = vec![apt.get_program().to_os_string()];
            words.extend(apt.get_args().map(ToOwned::to_owned));
            words
        };
        assert_eq!(words(Installer::Sudo)[..3], ["sudo", "-n", "env"]);
        assert_eq!(words(Installer::Root)[0], "env");
    }
}
