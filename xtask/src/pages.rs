//! Every page with sample data, as files and as pictures: for the checks and for eyes, no server.

use std::fs;
use std::path::Path;

use crate::steps::Steps;
use crate::{Outcome, e2e, need, process};

/// `cargo xtask pages`: HTML into `target/pages`, pictures beside it.
pub fn run(with_pictures: bool) -> Outcome {
    let folder = process::target_dir().join("pages");
    let mut steps = Steps::new();
    steps.step("write the pages", || write(&folder))?;
    let needs = [&need::CHROMIUM, &need::NODE, &need::NPM];
    steps.step("needs", || need::require(&needs))?;
    steps.step("axe, overflow, console, pictures", || {
        check(&folder, with_pictures)
    })?;
    println!("look at {}", folder.display());
    steps.finish()
}

/// The samples' part of the gate: the checks without the pictures.
pub fn gate() -> Outcome {
    let folder = process::target_dir().join("pages");
    write(&folder)?;
    check(&folder, false)
}

fn write(folder: &Path) -> Outcome {
    if folder.is_dir() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let args = [
        "run",
        "-q",
        "--locked",
        "-p",
        "comity-ui",
        "--example",
        "pages",
        "--",
    ];
    process::run(process::cargo(&args).arg(folder))
}

fn check(folder: &Path, with_pictures: bool) -> Outcome {
    e2e::install_packages()?;
    let mut node = e2e::node_script("pages.mjs")?;
    node.arg(folder);
    if !with_pictures {
        node.arg("--no-shots");
    }
    process::run(&mut node)
}
