//! Every page with sample data, as files and as pictures: for eyes, without a server.

use std::fs;

use crate::steps::Steps;
use crate::{Outcome, e2e, need, process};

/// `cargo xtask pages`: HTML into `target/pages`, pictures beside it.
pub fn run(with_pictures: bool) -> Outcome {
    let folder = process::target_dir().join("pages");
    let mut steps = Steps::new();
    steps.step("write the pages", || {
        if folder.is_dir() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
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
        process::run(process::cargo(&args).arg(&folder))
    })?;
    if with_pictures {
        let needs = [&need::CHROMIUM, &need::NODE, &need::NPM];
        steps.step("needs", || need::require(&needs))?;
        steps.step("pictures", || {
            e2e::install_packages()?;
            process::run(e2e::node_script("pages.mjs")?.arg(&folder))
        })?;
    }
    println!("look at {}", folder.display());
    steps.finish()
}
