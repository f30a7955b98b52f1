//! `comity export`: partners, links, events, commissions and payouts as CSV or JSON lines.

mod rows;

use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use comity_app::{App, AppError, commission, link, partner, payout, tracking};
use comity_domain::program::Program;
use comity_domain::{Actor, RawId, Timestamp};
use serde_json::{Map, Value};

use super::Failure;
use super::place::{Place, Whose, program};
use super::serve::{runtime, until_signal};

/// Rows read at once: memory stays flat however much there is.
const PAGE: i64 = 500;

/// Write partners, links, events, commissions or payouts as CSV or JSON lines, newest first.
#[derive(Args)]
pub struct Export {
    /// What to write.
    what: What,
    /// One object per line, or a table that a spreadsheet opens.
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Only what was made since then: a date in UTC or a time, as in `2026-01-31`.
    #[arg(long, value_parser = instant)]
    since: Option<Timestamp>,
    /// Only this program, by its short name.
    #[arg(long, value_name = "SLUG")]
    program: Option<String>,
    /// File to write; standard output if not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Partners,
    Links,
    Events,
    Commissions,
    Payouts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Jsonl,
}

/// One row: its time, and its cells in the order of the columns.
struct Cells {
    at: Timestamp,
    cells: Vec<(&'static str, Value)>,
}

/// Rows, and the last one's id: where the next page begins.
type Page = (Vec<Cells>, Option<RawId>);

/// A date or a time, as flags take it.
pub fn instant(text: &str) -> Result<Timestamp, String> {
    if let Some(at) = Timestamp::parse_rfc3339(text) {
        return Ok(at);
    }
    let midnight = Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z"));
    midnight.ok_or_else(|| "expected 2026-01-31 or 2026-01-31T12:00:00Z".to_owned())
}

impl Export {
    /// Writes page by page.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            let app = self.place.app().await?;
            let program = match &self.program {
                Some(slug) => Some(program(&app, Some(slug)).await?),
                None => None,
            };
            let tenant = match &program {
                Some(program) => program.tenant,
                None => self.whose.tenant(&app).await?.id,
            };
            let mut walk = Walk {
                app,
                actor: Actor::System { tenant },
                program,
                after: None,
            };
            let out: Box<dyn Write> = match &self.out {
                Some(path) => {
                    let file = File::create(path);
                    Box::new(file.map_err(|error| Failure::new(path.display(), &error))?)
                }
                None => Box::new(stdout().lock()),
            };
            let rows = self.write(&mut walk, &mut BufWriter::new(out)).await?;
            eprintln!("{rows} rows");
            Ok(())
        })
    }

    async fn write(&self, walk: &mut Walk, out: &mut impl Write) -> Result<u64, Failure> {
        let failed = |error| Failure::new("could not write", &error);
        let stop = until_signal();
        let (mut rows, mut begun) = (0, false);
        loop {
            let page = walk.page(self.what).await;
            let page = page.map_err(|error| Failure::refused("could not read", &error))?;
            if page.is_empty() {
                break;
            }
            for row in page {
                if self.since.is_some_and(|since| row.at < since) {
                    out.flush().map_err(failed)?;
                    return Ok(rows);
                }
                if self.format == Format::Csv && !begun {
                    let head: Vec<String> = row
                        .cells
                        .iter()
                        .map(|(name, _)| (*name).to_owned())
                        .collect();
                    out.write_all(&line(&head)).map_err(failed)?;
                    begun = true;
                }
                out.write_all(&self.text(row)).map_err(failed)?;
                rows += 1;
            }
            if *stop.borrow() {
                out.flush().map_err(failed)?;
                return Err(Failure::stopped(format!("stopped after {rows} rows")));
            }
        }
        out.flush().map_err(failed)?;
        Ok(rows)
    }

    fn text(&self, row: Cells) -> Vec<u8> {
        if self.format == Format::Csv {
            let cells: Vec<String> = row.cells.iter().map(|(_, value)| cell(value)).collect();
            return line(&cells);
        }
        let object: Map<String, Value> = row
            .cells
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let mut text = Value::Object(object).to_string().into_bytes();
        text.push(b'\n');
        text
    }
}

/// A value as a cell that no spreadsheet takes for a formula.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => comity_app::integration::import::safe(text),
        other => other.to_string(),
    }
}

fn line(cells: &[String]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// A way through a list, from new to old.
struct Walk {
    app: App,
    actor: Actor,
    program: Option<Program>,
    after: Option<RawId>,
}

impl Walk {
    async fn page(&mut self, what: What) -> Result<Vec<Cells>, AppError> {
        let (rows, last) = match what {
            What::Partners => self.partners().await?,
            What::Links => self.links().await?,
            What::Events => self.events().await?,
            What::Commissions => self.commissions().await?,
            What::Payouts => self.payouts().await?,
        };
        self.after = last.or(self.after);
        Ok(rows)
    }

    async fn partners(&self) -> Result<Page, AppError> {
        let filter = partner::Filter {
            program: self.program.as_ref().map(|program| program.id),
            ..partner::Filter::default()
        };
        let after = self.after.map(Into::into);
        let rows = partner::list(&self.app, &self.actor, &filter, after, PAGE).await?;
        let last = rows.last().map(|row| row.enrollment.id.0);
        Ok((rows.into_iter().map(rows::partner).collect(), last))
    }

    async fn links(&self) -> Result<Page, AppError> {
        let filter = link::Filter {
            program: self.program.as_ref().map(|program| program.id),
            ..link::Filter::default()
        };
        let after = self.after.map(Into::into);
        let rows = link::list(&self.app, &self.actor, &filter, after, PAGE).await?;
        let last = rows.last().map(|row| row.link.id.0);
        Ok((rows.into_iter().map(rows::link).collect(), last))
    }

    async fn events(&self) -> Result<Page, AppError> {
        let filter = tracking::EventFilter {
            program: self.program.as_ref().map(|program| program.id),
            ..tracking::EventFilter::default()
        };
        let after = self.after.map(Into::into);
        let rows = tracking::events(&self.app, &self.actor, &filter, after, PAGE).await?;
        let last = rows.last().map(|row| row.id.0);
        Ok((rows.into_iter().map(rows::event).collect(), last))
    }

    async fn commissions(&self) -> Result<Page, AppError> {
        let filter = commission::Filter {
            program: self.program.as_ref().map(|program| program.id),
            ..commission::Filter::default()
        };
        let after = self.after.map(Into::into);
        let rows = commission::list(&self.app, &self.actor, &filter, after, PAGE).await?;
        let last = rows.last().map(|row| row.commission.id.0);
        Ok((rows.into_iter().map(rows::commission).collect(), last))
    }

    async fn payouts(&self) -> Result<Page, AppError> {
        let filter = payout::Filter {
            program: self.program.as_ref().map(|program| program.id),
            ..payout::Filter::default()
        };
        let after = self.after.map(Into::into);
        let rows = payout::list(&self.app, &self.actor, &filter, after, PAGE).await?;
        let last = rows.last().map(|(row, _)| row.id.0);
        Ok((rows.into_iter().map(rows::payout).collect(), last))
    }
}
