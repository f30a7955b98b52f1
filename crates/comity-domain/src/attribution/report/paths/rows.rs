//! Rows of a path file: columns by the header, channels numbered as they appear.

use std::collections::{BTreeMap, HashMap};

use csv::ByteRecord;

use super::{Journey, PathData, PathError, PathProblem};

/// What separates the steps of a path.
const SEPARATOR: &str = " > ";

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

/// The state of reading: channels are numbered by appearance until the end.
#[derive(Default)]
pub(super) struct Rows {
    layout: Option<(Layout, usize)>,
    numbers: BTreeMap<String, usize>,
    ids: HashMap<String, u64>,
    journeys: Vec<Journey>,
    line: u64,
}

impl Rows {
    pub(super) fn read(&mut self, line: u64, record: &ByteRecord) -> Result<(), PathProblem> {
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
    pub(super) fn finish(mut self) -> Result<PathData, PathError> {
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
