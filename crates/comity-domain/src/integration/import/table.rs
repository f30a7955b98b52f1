//! Text to cells: separator, header, rows with their line numbers, all bounded.

use sha2::{Digest, Sha256};

use super::decode::{DAMAGED, text_of};

/// Largest file: a hundred thousand partners with all their columns fit several times.
const FILE_BYTES_MAX: usize = 50 * 1_024 * 1_024;
/// Most rows of one file.
const ROWS_MAX: usize = 500_000;
/// Most columns.
const COLUMNS_MAX: usize = 200;
/// Rows with an open quotation mark after which reading begins again: each reads the rest anew.
const OPEN_QUOTES_MAX: usize = 20;
/// Separators that are recognised, the likelier first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The header is no text: another kind of file, or another encoding.
    #[error("header is not valid text")]
    Encoding,
    /// Larger than the limit.
    #[error("file too large")]
    TooLarge,
    /// More rows than the limit.
    #[error("too many rows")]
    TooManyRows,
    /// More columns than the limit.
    #[error("too many columns")]
    TooManyColumns,
    /// No header.
    #[error("file is empty")]
    Empty,
    /// Two columns have this name.
    #[error("column `{0}` appears twice")]
    RepeatedHeader(String),
}

impl TableError {
    /// The stable code for API problems and translations.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::TooLarge => "file_too_large",
            Self::TooManyRows => "too_many_rows",
            Self::TooManyColumns => "too_many_columns",
            Self::Empty => "empty_file",
            Self::RepeatedHeader(_) => "repeated_header",
        }
    }
}

/// One data row, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
    /// Cells, outer blanks removed.
    pub cells: Vec<String>,
    /// The row ran to the end of the file inside a quotation mark.
    pub unclosed: bool,
}

impl Line {
    /// Identifies the content of the row: 32 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for cell in &self.cells {
            hasher.update((cell.len() as u64).to_be_bytes());
            hasher.update(cell);
        }
        hex::encode(&hasher.finalize()[..16])
    }
}

/// A file as header and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Column names.
    pub headers: Vec<String>,
    /// Data rows; rows without any content are left out.
    pub lines: Vec<Line>,
    /// The separator that was found.
    pub separator: char,
}

impl Table {
    /// Reads a file. The separator is the one that divides the header most often; a first line
    /// `sep=;`, as spreadsheets write it, decides instead.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(TableError::TooLarge);
        }
        Self::parse(&text_of(bytes))
    }

    /// Reads text that was decoded before, as [`text_of`] gives it.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let (separator, body, skipped) = match declared(text) {
            Some((separator, body)) => (separator, body, 1),
            None => (sniff(text), text, 0),
        };
        let mut ruler = Ruler {
            text: body,
            offset: 0,
            line: 1 + skipped,
        };
        let mut lines = Vec::new();
        let mut rest = 0;
        for _ in 0..OPEN_QUOTES_MAX {
            let open = read_from(body, rest, separator, &mut ruler, &mut lines)?;
            match open {
                Some(next) => rest = next,
                None => break,
            }
        }
        if lines.is_empty() {
            return Err(TableError::Empty);
        }
        let headers = lines.remove(0).cells;
        check_headers(&headers)?;
        if lines.len() > ROWS_MAX {
            return Err(TableError::TooManyRows);
        }
        Ok(Self {
            headers,
            lines,
            separator: char::from(separator),
        })
    }
}

/// Reads rows from an offset on. A last row that ran to the end inside a quotation mark is kept as
/// its first line only; the answer says where to go on after it.
fn read_from(
    body: &str,
    start: usize,
    separator: u8,
    ruler: &mut Ruler<'_>,
    lines: &mut Vec<Line>,
) -> Result<Option<usize>, TableError> {
    let part = body.get(start..).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(part.as_bytes());
    let mut last = start;
    for record in reader.records().filter_map(Result::ok) {
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() > ROWS_MAX {
            return Err(TableError::TooManyRows);
        }
        let offset = record.position().map_or(0, csv::Position::byte);
        last = start + usize::try_from(offset).unwrap_or(usize::MAX);
        lines.push(Line {
            line: ruler.line_at(last),
            cells: record.iter().map(str::to_owned).collect(),
            unclosed: false,
        });
    }
    // Quotation marks come in pairs; with one left over, the last row swallowed the rest.
    let odd = part.bytes().filter(|&b| b == b'"').count() % 2 == 1;
    match lines.last_mut() {
        Some(row) if odd && row.cells.iter().any(|cell| cell.contains('\n')) => {
            Ok(Some(cut(body, last, row)))
        }
        _ => Ok(None),
    }
}

/// Keeps of a row that swallowed the rest of the file its first line; answers where the next begins.
fn cut(body: &str, offset: usize, row: &mut Line) -> usize {
    row.unclosed = true;
    let text = body.get(offset..).unwrap_or_default();
    let begin = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let end = text[begin..].find('\n').map_or(text.len(), |at| begin + at);
    row.cells = vec![text[begin..end].trim().to_owned()];
    offset + end
}

/// Counts lines while offsets grow. The reader's own count differs between line endings.
struct Ruler<'a> {
    text: &'a str,
    offset: usize,
    line: u64,
}

impl Ruler<'_> {
    /// The line of the first text at or after `offset`.
    fn line_at(&mut self, offset: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let blank = |b: &&u8| matches!(**b, b'\r' | b'\n');
        let rest = bytes.get(offset..).unwrap_or_default();
        let end = (offset + rest.iter().take_while(blank).count()).min(bytes.len());
        let passed = bytes.get(self.offset..end).unwrap_or_default();
        self.line += passed.iter().filter(|&&b| b == b'\n').count() as u64;
        self.offset = end.max(self.offset);
        self.line
    }
}

fn check_headers(headers: &[String]) -> Result<(), TableError> {
    if headers.len() > COLUMNS_MAX {
        return Err(TableError::TooManyColumns);
    }
    if headers.iter().all(String::is_empty) {
        return Err(TableError::Empty);
    }
    if headers.iter().any(|name| name.contains(DAMAGED)) {
        return Err(TableError::Encoding);
    }
    for (index, name) in headers.iter().enumerate() {
        if !name.is_empty() && headers[..index].contains(name) {
            return Err(TableError::RepeatedHeader(name.chars().take(80).collect()));
        }
    }
    Ok(())
}

/// `sep=;` on a line of its own, and what follows.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (first, body) = text.split_once('\n')?;
    let separator = first.trim_end_matches('\r').strip_prefix("sep=")?;
    match separator.as_bytes() {
        [separator] if SEPARATORS.contains(separator) => Some((*separator, body)),
        _ => None,
    }
}

fn sniff(text: &str) -> u8 {
    let mut counts = [0_u32; SEPARATORS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(index) = SEPARATORS.iter().position(|&s| s == byte) {
                    counts[index] += 1;
                }
            }
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    SEPARATORS[counts.iter().position(|&count| count == most).unwrap_or(0)]
}
