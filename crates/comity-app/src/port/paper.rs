//! Papers: statements and invoices as files to keep.

use jiff::civil::Date;

/// A paper as words, already in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Language code, as in `en`.
    pub language: String,
    /// Its title with its number.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// Of which day.
    pub date: Date,
    /// Who it is from and to, line by line; the first line is a name.
    pub parties: [Vec<String>; 2],
    /// Names and values under the title.
    pub facts: Vec<(String, String)>,
    /// Heads of the table; the second column's words wrap, later ones stand at the right.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Sums below; the last one counts.
    pub totals: Vec<(String, String)>,
    /// Sentences at the end.
    pub notes: Vec<String>,
}

/// The paper could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("paper could not be written")]
pub struct PaperError;

/// Writes papers.
pub trait Papers: Send + Sync {
    /// As PDF; the same paper gives the same bytes.
    fn pdf(&self, paper: &Paper) -> Result<Vec<u8>, PaperError>;
}
