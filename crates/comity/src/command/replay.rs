//! `comity replay`: a draft of the rules over the past, before anybody is promised anything (H12, X3).

use std::path::PathBuf;

use clap::Args;
use comity_app::commission::simulation::Summary;
use comity_app::commission::{Past, Progress as At, replay, span};
use comity_domain::commission::{RuleSet, validate};
use comity_domain::program::Program;
use comity_domain::{Actor, Bps, Money, Timestamp};
use serde_json::json;

use super::Failure;
use super::export::instant;
use super::place::{Place, program};
use super::progress::Progress;
use super::serve::{runtime, until_signal};

/// Decide the past under a draft: what it would have cost, who would have won and lost.
///
/// Nothing is written. The rules are JSON, as the editor's text view shows them.
#[derive(Args)]
pub struct Replay {
    /// File with the draft.
    #[arg(long, value_name = "FILE")]
    rules: PathBuf,
    /// Short name of the program; needed only where there are several.
    #[arg(long, value_name = "SLUG")]
    program: Option<String>,
    /// Only what happened since then; the first decision if not given.
    #[arg(long, value_parser = instant)]
    since: Option<Timestamp>,
    /// Only what happened before then; now if not given.
    #[arg(long, value_parser = instant)]
    until: Option<Timestamp>,
    /// Gross margin in hundredths of a percent, for the break-even.
    #[arg(long, default_value_t = 10_000)]
    margin_bps: u32,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Replay {
    /// Decides page by page and sums up.
    pub fn run(self) -> Result<(), Failure> {
        let text = std::fs::read_to_string(&self.rules)
            .map_err(|error| Failure::new(self.rules.display(), &error))?;
        let draft: RuleSet = serde_json::from_str(&text)
            .map_err(|error| Failure::new(self.rules.display(), &error))?;
        runtime()?.block_on(async {
            let app = self.place.app().await?;
            let program = program(&app, self.program.as_deref()).await?;
            self.check(&draft, &program)?;
            let failed = |error| Failure::refused("could not replay", &error);
            let actor = Actor::System {
                tenant: program.tenant,
            };
            let known = span(&app, &actor, program.id).await.map_err(failed)?;
            let Some((first, _)) = known else {
                return Err(Failure::text("the program has no decided events yet"));
            };
            let past = Past {
                program: program.id,
                from: self.since.unwrap_or(first),
                to: self.until.unwrap_or_else(|| app.now()),
            };
            let (stop, mut progress) = (until_signal(), Progress::new("events"));
            let mut last = At { done: 0, total: 0 };
            let watch = |at: At| {
                last = at;
                progress.step(at.done.unsigned_abs(), at.total.unsigned_abs(), "");
                !*stop.borrow()
            };
            let report = replay(&app, &actor, past, &draft, watch)
                .await
                .map_err(failed)?;
            progress.end();
            self.tell(&program, &Summary::of(&report, Bps(self.margin_bps)), last);
            if last.done < last.total {
                return Err(Failure::stopped(
                    "stopped: the sums cover what was decided until then",
                ));
            }
            Ok(())
        })
    }

    fn check(&self, draft: &RuleSet, program: &Program) -> Result<(), Failure> {
        let problems = validate(draft, program.currency, None);
        if problems.is_empty() {
            return Ok(());
        }
        let text = |problem: &comity_domain::commission::Problem| {
            let code = serde_json::to_value(problem.code).unwrap_or_default();
            format!("{}: {}", problem.path, code.as_str().unwrap_or_default())
        };
        let all: Vec<String> = problems.iter().map(text).collect();
        let path = self.rules.display();
        Err(Failure::text(format!("{path}: {}", all.join("; "))))
    }

    fn tell(&self, program: &Program, sum: &Summary, at: At) {
        if self.json {
            let report = json!({
                "program_id": program.id.to_string(), "currency": program.currency.to_string(),
                "events": at.done, "of_events": at.total, "summary": sum,
            });
            say!("{report}");
            return;
        }
        let money = |minor: i64| Money::new(minor, program.currency).decimal();
        let currency = program.currency;
        say!("events     {} of {}", at.done, at.total);
        say!("revenue    {} {currency}", money(sum.revenue_minor));
        say!("paid       {} {currency}", money(sum.before_minor));
        say!("the draft  {} {currency}", money(sum.after_minor));
        say!("winners    {}", sum.winners);
        say!("losers     {}", sum.losers);
        if let Some((before, after)) = sum.cac_minor {
            say!(
                "per new customer  {} -> {} {currency}",
                money(before),
                money(after)
            );
        }
        if let Some(minor) = sum.break_even_minor {
            say!(
                "pays for itself with {} {currency} more revenue",
                money(minor)
            );
        }
    }
}
