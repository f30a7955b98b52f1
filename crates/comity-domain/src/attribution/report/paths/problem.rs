//! What can be wrong with a path file, and on which line.

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
