//! `comity spool`: what lies in a click spool, also beside a running process.

use clap::{Args, Subcommand};
use comity_tracking::spool::{Disk, SpoolReport, Waiting, inspect};
use serde_json::{Value, json};

use super::Failure;
use super::place::Place;

/// Show the click spool: segments, what waits, how far it was shipped.
#[derive(Args)]
pub struct SpoolCommand {
    #[command(flatten)]
    place: Place,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    act: Option<Act>,
}

/// What else to do.
#[derive(Subcommand)]
enum Act {
    /// Print what waits as JSON lines, with personal data masked.
    Dump,
}

impl SpoolCommand {
    /// Reads only; a damaged segment or an unreadable record is reported, not hidden.
    pub fn run(self) -> Result<(), Failure> {
        let folder = self.place.settings().data_dir.join("spool");
        if !folder.is_dir() {
            return Err(Failure::text(format!(
                "there is no spool in {}",
                folder.display()
            )));
        }
        let failed = |error: std::io::Error| Failure::new("could not read the spool", &error);
        let disk = Disk::open(&folder).map_err(failed)?;
        let dumps = matches!(self.act, Some(Act::Dump));
        let mut oldest = None;
        let report = inspect(&disk, |record| {
            let at = match record {
                Waiting::Click(click) => click.at,
                Waiting::Hint(hint) => hint.at,
            };
            oldest = Some(oldest.map_or(at, |known: comity_domain::Timestamp| known.min(at)));
            if dumps {
                say!("{}", line(record));
            }
        })
        .map_err(failed)?;
        if dumps {
            return Ok(());
        }
        let oldest = oldest.map(|at| at.to_string());
        if self.json {
            say!("{}", summary(&report, oldest.as_deref()));
        } else {
            print_report(&report, oldest.as_deref());
        }
        Ok(())
    }
}

fn summary(report: &SpoolReport, oldest: Option<&str>) -> Value {
    let segments: Vec<Value> = report
        .segments
        .iter()
        .map(|segment| {
            json!({ "name": segment.name, "records": segment.records, "waiting": segment.waiting,
                "unreadable": segment.unreadable, "bytes": segment.bytes, "sealed": segment.is_sealed })
        })
        .collect();
    json!({
        "shipped": { "segment": report.shipped.segment, "offset": report.shipped.offset },
        "waiting": report.segments.iter().map(|segment| segment.waiting).sum::<u64>(),
        "oldest_waiting_at": oldest,
        "spares": report.spares,
        "unrecorded": report.unrecorded,
        "segments": segments,
    })
}

fn print_report(report: &SpoolReport, oldest: Option<&str>) {
    let waiting: u64 = report.segments.iter().map(|segment| segment.waiting).sum();
    say!(
        "{:<26} {:>10} {:>10} {:>12}",
        "segment",
        "records",
        "waiting",
        "bytes"
    );
    for segment in &report.segments {
        let end = if segment.is_sealed {
            ""
        } else {
            "  open, or torn at the end"
        };
        say!(
            "{:<26} {:>10} {:>10} {:>12}{end}",
            segment.name,
            segment.records,
            segment.waiting,
            segment.bytes
        );
        if segment.unreadable > 0 {
            say!("  {} records this version cannot read", segment.unreadable);
        }
    }
    say!(
        "shipped up to segment {:x}, byte {}; {} spare segments; {waiting} records wait{}",
        report.shipped.segment,
        report.shipped.offset,
        report.spares,
        oldest.map_or(String::new(), |at| format!(" since {at}"))
    );
    if report.unrecorded > 0 {
        say!(
            "{} clicks could not be kept (disk full, failing or too slow); their visitors were sent on",
            report.unrecorded
        );
    }
}

/// One record without what names a person: addresses are cut, hashes left out.
fn line(record: &Waiting) -> Value {
    match record {
        Waiting::Click(click) => json!({
            "record": "click", "id": click.id, "at": click.at.to_string(), "program": click.program,
            "link": click.link, "partner": click.partner, "class": click.verdict.class.name(),
            "reason": click.verdict.reason, "network": click.origin.network.map(|n| n.to_string()),
            "sub_ids": click.sub_ids, "duplicate_of": click.duplicate_of,
        }),
        Waiting::Hint(heard) => json!({
            "record": "hint", "id": heard.id.text(), "at": heard.at.to_string(), "program": heard.program,
            "source": heard.hint.source.code(), "type": heard.hint.kind,
            "external_id": heard.hint.external_id, "click": heard.hint.click,
            "email": mask(&heard.hint.email), "amount_minor": heard.hint.amount_minor,
        }),
    }
}

/// `ada@shop.example` as `a…@shop.example`.
fn mask(email: &str) -> String {
    match (email.chars().next(), email.split_once('@')) {
        (Some(first), Some((_, host))) => format!("{first}…@{host}"),
        (Some(_), None) => "…".to_owned(),
        (None, _) => String::new(),
    }
}
