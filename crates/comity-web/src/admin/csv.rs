//! Tables for spreadsheets, safe against formulas in what people typed.

use axum::response::Response;
use comity_domain::Timestamp;

use crate::page::download;

/// Most rows of an export: a spreadsheet opens them, and one answer carries them.
pub const ROWS: i64 = 50_000;

/// A moment that may not have come, for a cell.
#[must_use]
pub fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, |at| at.to_string())
}

/// A list as a file: the column names, and the cells of each row.
#[must_use]
pub fn file<T>(
    name: &str,
    columns: &[&str],
    rows: impl IntoIterator<Item = T>,
    cells: impl Fn(T) -> Vec<String>,
) -> Response {
    let mut sheet = Sheet::new(columns);
    for row in rows {
        let cells = cells(row);
        sheet.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    sheet.download(name)
}

/// A table under construction.
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// A table with these column names.
    #[must_use]
    pub fn new(columns: &[&str]) -> Self {
        let mut sheet = Self(csv::Writer::from_writer(Vec::new()));
        sheet.row(columns);
        sheet
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[&str]) {
        let safe = cells.iter().map(|cell| harmless(cell));
        // Writing into memory does not fail.
        let _ = self.0.write_record(safe);
    }

    /// The table as a file.
    #[must_use]
    pub fn download(self, name: &str) -> Response {
        let body = self.0.into_inner().unwrap_or_default();
        download(name, "text/csv; charset=utf-8", body)
    }
}

/// Spreadsheets run cells that begin like a formula; an apostrophe keeps them text.
/// Plain numbers stay numbers.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = cell.strip_prefix('-').is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    if formula && !number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("@cmd"), "'@cmd");
        assert_eq!(harmless("-1+1"), "'-1+1");
        assert_eq!(harmless("-12.50"), "-12.50");
        assert_eq!(harmless("Maya"), "Maya");
    }
}
