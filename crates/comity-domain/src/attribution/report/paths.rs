//! Path files: reading the two CSV layouts, row by row, into numbered channels.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use csv::{ByteRecord, ReaderBuilder};

/// What separates the steps of a path.
const SEPARATOR: &str = " > ";

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

/// What is wrong with a path file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct PathError {
    /// The line of the file, from 1, on which the bad row begins.
    pub line: u64,
    /// What is wrong there.
    pub problem: PathProblem,
}

/// What can be wrong with a path file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// Not a delimiter we read.
    #[error("not a delimiter; use one of , ; | : ^ ~ or tab")]
    Delimiter,
    /// The header is neither of the two layouts.
    #[error(
        "the header must name path,conversions,conversion_value[,nulls] or journey_id,path,converted,conversion_value"
    )]
    Header,
    /// A header without rows.
    #[error("the file has no journeys")]
    Empty,
    /// Bytes that are no text.
    #[error("not valid UTF-8")]
    Encoding,
    /// More or fewer fields than the header names.
    #[error("expected {expected} fields, found {found}")]
    Fields {
        /// Columns of the header.
        expected: usize,
        /// Fields of the row.
        found: usize,
    },
    /// The row could not be taken apart.
    #[error("not a CSV row")]
    Row,
    /// No channel, or nothing before or after a separator.
    #[error("the path has an empty step")]
    EmptyStep,
    /// A line break or terminal control in a channel name.
    #[error("the path has a control character")]
    ControlCharacter,
    /// Not a finite decimal number.
    #[error("{column} is not a number")]
    NotANumber {
        /// The column's name.
        column: &'static str,
    },
    /// Less than nothing.
    #[error("{column} is negative")]
    Negative {
        /// The column's name.
        column: &'static str,
    },
    /// `converted` is neither yes nor no.
    #[error("converted must be 0 or 1")]
    Converted,
    /// Something was earned although nothing converted.
    #[error("conversion_value without a conversion")]
    ValueWithoutConversion,
    /// No id, or one that was there before: the journey would count twice.
    #[error("journey_id is empty or repeats line {first}")]
    JourneyId {
        /// The line that had the id first; this line when the id is empty.
        first: u64,
    },
}

/// Which column holds what.
#[derive(Debug, Clone, Copy)]
enum Layout {
    /// `path,conversions,conversion_value[,nulls]`.
    Aggregated {
        path: usize,
        conversions: usize,
        value: usize,
        nulls: Option<usize>,
    },
    /// `journey_id,path,converted,conversion_value`.
    Journeys {
        id: usize,
        path: usize,
        converted: usize,
        value: usize,
    },
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

/// The state of reading: channels are numbered by appearance until the end.
#[derive(Default)]
struct Rows {
    layout: Option<(Layout, usize)>,
    numbers: BTreeMap<String, usize>,
    ids: HashMap<String, u64>,
    journeys: Vec<Journey>,
    line: u64,
}

impl Rows {
    fn read(&mut self, line: u64, record: &ByteRecord) -> Result<(), PathProblem> {
        self.line = line;
        let fields: Vec<&str> = record
            .iter()
            .map(|field| std::str::from_utf8(field).map(str::trim))
            .collect::<Result<_, _>>()
            .map_err(|_| PathProblem::Encoding)?;
        let Some((layout, expected)) = self.layout else {
            self.layout = Some((Layout::of_header(&fields)?, fields.len()));
            return Ok(());
        };
        if fields.len() != expected {
            return Err(PathProblem::Fields {
                expected,
                found: fields.len(),
            });
        }
        let journey = match layout {
            Layout::Aggregated {
                path,
                conversions,
                value,
                nulls,
            } => Journey {
                conversions: number(fields[conversions], "conversions")?,
                value: number(fields[value], "conversion_value")?,
                nulls: nulls.map_or(Ok(0.0), |column| number(fields[column], "nulls"))?,
                steps: self.steps(fields[path])?,
            },
            Layout::Journeys {
                id,
                path,
                converted,
                value,
            } => {
                self.claim(fields[id])?;
                let converted = flag(fields[converted])?;
                Journey {
                    conversions: if converted { 1.0 } else { 0.0 },
                    value: number(fields[value], "conversion_value")?,
                    nulls: if converted { 0.0 } else { 1.0 },
                    steps: self.steps(fields[path])?,
                }
            }
        };
        if journey.conversions == 0.0 && journey.value > 0.0 {
            return Err(PathProblem::ValueWithoutConversion);
        }
        self.journeys.push(journey);
        Ok(())
    }

    fn claim(&mut self, id: &str) -> Result<(), PathProblem> {
        if id.is_empty() {
            return Err(PathProblem::JourneyId { first: self.line });
        }
        match self.ids.insert(id.to_owned(), self.line) {
            Some(first) => Err(PathProblem::JourneyId { first }),
            None => Ok(()),
        }
    }

    fn steps(&mut self, path: &str) -> Result<Vec<usize>, PathProblem> {
        if path.chars().any(char::is_control) {
            return Err(PathProblem::ControlCharacter);
        }
        path.split(SEPARATOR)
            .map(str::trim)
            .map(|step| self.number_of(step))
            .collect()
    }

    fn number_of(&mut self, step: &str) -> Result<usize, PathProblem> {
        // `A >` and `> A` have lost their blank to trimming: still an empty step.
        if step.is_empty() || step.starts_with("> ") || step.ends_with(" >") || step == ">" {
            return Err(PathProblem::EmptyStep);
        }
        if let Some(&number) = self.numbers.get(step) {
            return Ok(number);
        }
        let number = self.numbers.len();
        self.numbers.insert(step.to_owned(), number);
        Ok(number)
    }

    /// Renumbers the channels by name, so that no result depends on the order of rows.
    fn finish(mut self) -> Result<PathData, PathError> {
        if self.layout.is_none() {
            return Err(PathError {
                line: 1,
                problem: PathProblem::Header,
            });
        }
        if self.journeys.is_empty() {
            return Err(PathError {
                line: self.line,
                problem: PathProblem::Empty,
            });
        }
        let mut sorted = vec![0; self.numbers.len()];
        for (rank, &number) in self.numbers.values().enumerate() {
            sorted[number] = rank;
        }
        for step in self
            .journeys
            .iter_mut()
            .flat_map(|journey| &mut journey.steps)
        {
            *step = sorted[*step];
        }
        Ok(PathData {
            channels: self.numbers.into_keys().collect(),
            journeys: self.journeys,
        })
    }
}

impl Layout {
    /// Columns may come in any order; one that neither layout knows is refused,
    /// because a misspelt `nulls` would change results silently.
    fn of_header(names: &[&str]) -> Result<Self, PathProblem> {
        let column = |name: &str| names.iter().position(|&found| found == name);
        let need = |name| column(name).ok_or(PathProblem::Header);
        let (path, value) = (need("path")?, need("conversion_value")?);
        let (layout, known) = match column("conversions") {
            Some(conversions) => {
                let nulls = column("nulls");
                let known = 3 + usize::from(nulls.is_some());
                (
                    Self::Aggregated {
                        path,
                        conversions,
                        value,
                        nulls,
                    },
                    known,
                )
            }
            None => {
                let (id, converted) = (need("journey_id")?, need("converted")?);
                (
                    Self::Journeys {
                        id,
                        path,
                        converted,
                        value,
                    },
                    4,
                )
            }
        };
        if names.len() == known {
            Ok(layout)
        } else {
            Err(PathProblem::Header)
        }
    }
}

fn number(text: &str, column: &'static str) -> Result<f64, PathProblem> {
    let number: f64 = text
        .parse()
        .map_err(|_| PathProblem::NotANumber { column })?;
    if !number.is_finite() {
        Err(PathProblem::NotANumber { column })
    } else if number < 0.0 {
        Err(PathProblem::Negative { column })
    } else {
        Ok(number)
    }
}

fn flag(text: &str) -> Result<bool, PathProblem> {
    match text {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(PathProblem::Converted),
    }
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
