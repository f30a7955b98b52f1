//! `comity attribution report`: attribution models over a path file (G2).

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use comity_domain::attribution::report::{
    Delimiter, HalfLife, Model, PathData, Report as Credits, report,
};

use super::Failure;

/// The largest path file read: it is held in memory whole, with as much again for its rows.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Commands about attribution.
#[derive(Subcommand)]
pub enum Attribution {
    /// Shares conversions out over the channels of a path file, by several models.
    Report(Report),
}

impl Attribution {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        match self {
            Self::Report(arguments) => arguments.run(),
        }
    }
}

/// Arguments of `comity attribution report`.
#[derive(Args)]
pub struct Report {
    /// CSV with path,conversions,conversion_value[,nulls] or
    /// journey_id,path,converted,conversion_value; steps separated by " > ".
    #[arg(long, value_name = "FILE")]
    paths: PathBuf,
    /// Models, separated by commas.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "first,last,linear,time-decay,position,markov,shapley"
    )]
    models: Vec<Model>,
    /// How to print the result.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Column delimiter of the file: one of , ; | : ^ ~ or tab.
    #[arg(long, default_value = ",")]
    delimiter: Delimiter,
    /// Age after which a step weighs half (time-decay): 90m, 36h, 7d, 2w.
    #[arg(long, default_value = "7d")]
    half_life: HalfLife,
}

/// Output formats.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Aligned columns for people.
    Table,
    /// One line per model and channel: model,channel,conversions,value.
    Csv,
    /// {"models": {model: {channel: {"conversions": …, "value": …}}}}.
    Json,
}

impl Report {
    /// Prints the whole report, or nothing and the reason.
    fn run(self) -> Result<(), Failure> {
        let place = self.paths.display();
        let bytes = read(&self.paths).map_err(|error| Failure::new(&place, &error))?;
        let data = PathData::parse(&bytes, self.delimiter)
            .map_err(|error| Failure::new(&place, &error))?;
        let credits = report(&data, &self.models, self.half_life)
            .map_err(|error| Failure::new(&place, &error))?;
        let text = match self.format {
            Format::Table => table(&credits),
            Format::Csv => csv(&credits),
            Format::Json => json(&credits),
        }
        .map_err(|error| Failure::new("writing the report", &error))?;
        match io::stdout().lock().write_all(text.as_bytes()) {
            // The reader, such as `head`, has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::new("writing the report", &error)),
            Ok(()) => Ok(()),
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "larger than 512 MiB",
        ));
    }
    Ok(bytes)
}

fn json(report: &Credits) -> io::Result<String> {
    Ok(serde_json::to_string_pretty(report)? + "\n")
}

fn csv(report: &Credits) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["model", "channel", "conversions", "value"])?;
    for result in &report.models {
        for (channel, credit) in report.channels.iter().zip(&result.credits) {
            let (conversions, value) = (credit.conversions.to_string(), credit.value.to_string());
            let channel = no_formula(channel);
            writer.write_record([result.model.code(), &channel, &conversions, &value])?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A channel name comes from addresses that anybody can write: a spreadsheet must not
/// take it for a formula (ASVS 1.2.10).
fn no_formula(channel: &str) -> String {
    let formula = channel.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula {
        format!("'{channel}")
    } else {
        channel.to_owned()
    }
}

/// Conversions, then values, with a row per channel and a column per model.
fn table(report: &Credits) -> io::Result<String> {
    let mut text = String::new();
    for (index, title) in ["conversions", "value"].into_iter().enumerate() {
        let mut rows = vec![vec![title.to_owned()]];
        rows[0].extend(report.models.iter().map(|result| result.model.to_string()));
        for (number, channel) in report.channels.iter().enumerate() {
            let mut row = vec![channel.clone()];
            row.extend(report.models.iter().map(|result| {
                let credit = result.credits[number];
                format!(
                    "{:.4}",
                    if index == 0 {
                        credit.conversions
                    } else {
                        credit.value
                    }
                )
            }));
            rows.push(row);
        }
        if index > 0 {
            text.push('\n');
        }
        text.push_str(&aligned(&rows));
    }
    Ok(text)
}

/// The first column to the left, numbers to the right, two blanks between.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        text.push_str(&format!("{:<width$}", row[0], width = widths[0]));
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            text.push_str(&format!("  {cell:>width$}"));
        }
        text.push('\n');
    }
    text
}
