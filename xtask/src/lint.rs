//! Format, clippy with warnings as errors, licences and dependency bans.

use crate::steps::Steps;
use crate::{Outcome, licence, process};

/// `cargo xtask lint`.
pub fn run() -> Outcome {
    let mut steps = Steps::new();
    steps.step("format", format)?;
    steps.step("clippy", clippy)?;
    steps.step("licences and bans", licence::run)?;
    steps.finish()
}

/// Formatting as rustfmt would write it.
pub fn format() -> Outcome {
    process::run(&mut process::cargo(&["fmt", "--all", "--", "--check"]))
}

/// Every target of every crate, warnings as errors.
pub fn clippy() -> Outcome {
    let args = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "-q",
        "--",
        "-D",
        "warnings",
    ];
    process::run(&mut process::cargo(&args))
}
