//! `cargo xtask test`: the whole gate, in the order in which a mistake is cheapest to see.

use crate::database::{self, Server};
use crate::steps::Steps;
use crate::{Outcome, e2e, licence, lint, need, openapi, pages, process, tidy};

/// Runs everything; `quick` leaves out what needs the browser.
pub fn run(quick: bool) -> Outcome {
    let mut steps = Steps::new();
    let needs: &[&need::Need] = if quick {
        &[&need::POSTGRES, &need::XMLLINT]
    } else {
        &need::ALL
    };
    steps.step("needs", || need::require(needs))?;
    steps.step("format", lint::format)?;
    steps.step("tidy", tidy::run)?;
    steps.step("licences and bans", licence::run)?;
    steps.step("clippy", lint::clippy)?;
    steps.step(
        "unit, property, contract and HTTP tests on SQLite and PostgreSQL",
        || {
            let server = Server::start()?;
            let args = ["test", "--workspace", "--locked", "--no-fail-fast"];
            process::run(process::cargo(&args).env(database::VARIABLE, server.url()))
        },
    )?;
    steps.step("build the binary", || {
        process::run(&mut process::cargo(&[
            "build", "-q", "--locked", "-p", "comity",
        ]))
    })?;
    steps.step("OpenAPI document", || openapi::run(false))?;
    if !quick {
        steps.step("sample pages", pages::gate)?;
        steps.step("browser journeys", || e2e::journeys(e2e::Pictures::Few))?;
        steps.step("API fuzzing", e2e::fuzz)?;
    }
    steps.finish()
}
