//! Path files: reading the two CSV layouts, row by row, into numbered channels.

mod problem;
mod rows;

use std::fmt;
use std::str::FromStr;

use csv::{ByteRecord, ReaderBuilder};

pub use problem::{PathError, PathProblem};
use rows::Rows;

/// One journey, or several equal ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Channel numbers in order of time, at least one; see [`PathData::channels`].
    pub steps: Vec<usize>,
    /// How often it converted.
    pub conversions: f64,
    /// What the conversions were worth together.
    pub value: f64,
    /// How often it ended without a conversion.
    pub nulls: f64,
}

/// A whole path file in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct PathData {
    channels: Vec<String>,
    journeys: Vec<Journey>,
}

/// The byte between the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Default for Delimiter {
    /// A comma.
    fn default() -> Self {
        Self(b',')
    }
}

impl FromStr for Delimiter {
    type Err = PathProblem;

    /// One ASCII character that cannot occur in a number or a path separator, or `tab`.
    fn from_str(text: &str) -> Result<Self, PathProblem> {
        match text.as_bytes() {
            b"tab" | b"\\t" | b"\t" => Ok(Self(b'\t')),
            [byte @ (b',' | b';' | b'|' | b':' | b'^' | b'~')] => Ok(Self(*byte)),
            _ => Err(PathProblem::Delimiter),
        }
    }
}

impl PathData {
    /// Reads a whole file, with or without a byte-order mark. The first bad row stops it.
    pub fn parse(bytes: &[u8], delimiter: Delimiter) -> Result<Self, PathError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter.0)
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        let mut record = ByteRecord::new();
        let mut rows = Rows::default();
        while reader
            .read_byte_record(&mut record)
            .map_err(|_| PathError {
                line: reader_line(&record),
                problem: PathProblem::Row,
            })?
        {
            let line = reader_line(&record);
            rows.read(line, &record)
                .map_err(|problem| PathError { line, problem })?;
        }
        rows.finish()
    }

    /// The channel names, sorted; a step is an index into them.
    #[must_use]
    pub fn channels(&self) -> &[String] {
        &self.channels
    }

    /// The journeys, in the order of the file.
    #[must_use]
    pub fn journeys(&self) -> &[Journey] {
        &self.journeys
    }
}

fn reader_line(record: &ByteRecord) -> u64 {
    record.position().map_or(1, csv::Position::line)
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == b'\t' {
            f.write_str("tab")
        } else {
            write!(f, "{}", char::from(self.0))
        }
    }
}
