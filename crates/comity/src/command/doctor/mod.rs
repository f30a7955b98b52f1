//! `comity doctor`: what is wrong with an installation, and what to do about each.

mod data;
mod reach;

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::serve::runtime;
use crate::process::Settings;

/// Look at settings, data, database, clicks, clock, mail and addresses, and say what to do.
///
/// Changes nothing and may run beside a server. Exit codes: 0 all well, 3 something to look at,
/// 1 something is broken.
#[derive(Args)]
pub struct Doctor {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    settings: Settings,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Ok,
    Warn,
    Fail,
}

impl Grade {
    const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

/// One thing that was looked at.
struct Check {
    name: &'static str,
    grade: Grade,
    found: String,
    /// What to do; empty when nothing is.
    advice: String,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self::of(name, Grade::Ok, found, "")
    }

    fn warn(name: &'static str, found: impl Into<String>, advice: &str) -> Self {
        Self::of(name, Grade::Warn, found, advice)
    }

    fn fail(name: &'static str, found: impl Into<String>, advice: &str) -> Self {
        Self::of(name, Grade::Fail, found, advice)
    }

    fn of(name: &'static str, grade: Grade, found: impl Into<String>, advice: &str) -> Self {
        Self {
            name,
            grade,
            found: found.into(),
            advice: advice.to_owned(),
        }
    }

    fn json(&self) -> Value {
        json!({
            "check": self.name, "result": self.grade.code(), "found": self.found, "advice": self.advice,
        })
    }
}

impl Doctor {
    /// Looks at everything, then speaks.
    pub fn run(self) -> Result<(), Failure> {
        let checks = runtime()?.block_on(async {
            let settings = &self.settings;
            let mut checks = data::secrets(settings);
            checks.extend(data::directory(&settings.data_dir));
            checks.extend(data::database(settings).await);
            checks.push(data::spool(&settings.data_dir));
            checks.push(data::links(&settings.data_dir));
            checks.push(data::clock(&settings.data_dir));
            checks.push(reach::mail(settings).await);
            checks.push(
                reach::address(
                    "public address",
                    "--public-url",
                    settings.public_url.as_deref(),
                )
                .await,
            );
            checks.push(
                reach::address(
                    "link address",
                    "--redirect-url",
                    settings.redirect_url.as_deref(),
                )
                .await,
            );
            checks
        });
        self.tell(&checks);
        let worst = checks.iter().map(|check| check.grade).max();
        let bad = |grade| checks.iter().filter(|check| check.grade == grade).count();
        match worst {
            None | Some(Grade::Ok) => Ok(()),
            Some(Grade::Warn) => Err(Failure::partly(format!(
                "{} things to look at",
                bad(Grade::Warn)
            ))),
            Some(Grade::Fail) => Err(Failure::text(format!(
                "{} things are broken",
                bad(Grade::Fail)
            ))),
        }
    }

    fn tell(&self, checks: &[Check]) {
        if self.json {
            let rows: Vec<Value> = checks.iter().map(Check::json).collect();
            say!("{}", json!({ "checks": rows }));
            return;
        }
        for check in checks {
            say!("{:<4}  {}: {}", check.grade.code(), check.name, check.found);
            if !check.advice.is_empty() {
                say!("      → {}", check.advice);
            }
        }
    }
}
