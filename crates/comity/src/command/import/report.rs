//! What an import says at its end: counts, and each refused row with its line and code.

use comity_app::integration::import::{Plan, Work};
use comity_domain::integration::import::{Row, Table};
use serde_json::{Value, json};

use super::{Import, columns};
use crate::command::Failure;

/// Refused rows that are printed; all of them are in `--errors` and in `--json`.
const SHOWN: usize = 20;

/// One refused row.
struct Refused {
    row: u64,
    line: u64,
    column: Option<usize>,
    code: String,
}

impl Refused {
    fn heading<'a>(&self, table: &'a Table) -> Option<&'a str> {
        let index = self.column?.checked_sub(1)?;
        table.headers.get(index).map(String::as_str)
    }

    fn text(&self, table: &Table) -> String {
        let cell = self.heading(table);
        let cell = cell.map_or(String::new(), |name| format!(", column {name}"));
        format!("  line {}{cell}: {}", self.line, self.code)
    }

    fn json(&self, table: &Table, plan: &Plan) -> Value {
        let index = self.column.and_then(|column| column.checked_sub(1));
        let field = index.and_then(|index| columns::field_of(&plan.mapping, index));
        json!({
            "row": self.row,
            "line": self.line,
            "column": self.heading(table),
            "field": field.map(|field| field.code()),
            "code": self.code,
        })
    }
}

/// What would happen.
pub fn dry(import: &Import, table: &Table, plan: &Plan, rows: &[Row]) -> Result<(), Failure> {
    let mut refused = Vec::new();
    let mut warnings = 0;
    for row in rows {
        let worst = row.problems.iter().find(|p| !p.code.is_warning());
        let code = match (worst, row.duplicate_of) {
            (Some(problem), _) => problem.code.code(),
            (None, Some(_)) => "duplicate_row",
            (None, None) => {
                warnings += row.problems.len();
                continue;
            }
        };
        refused.push(Refused {
            row: row.number,
            line: row.line,
            column: worst.and_then(|problem| problem.column),
            code: code.to_owned(),
        });
    }
    if let Some(path) = &import.errors {
        super::written(path, errors(table, &refused).as_bytes())?;
    }
    let ready = rows.len() - refused.len();
    let mut report = json!({
        "dry_run": true, "rows": rows.len(), "ready": ready, "refused": refused.len(),
        "warnings": warnings,
    });
    if !import.json {
        eprintln!(
            "would import {ready} of {} rows, {warnings} with warnings",
            rows.len()
        );
    }
    finish(import, table, plan, &refused, &mut report)
}

/// What happened.
pub fn done(
    import: &Import,
    table: &Table,
    plan: &Plan,
    work: &Work,
    goes_on: bool,
) -> Result<(), Failure> {
    let now = work.import();
    let refused: Vec<Refused> = work
        .failures()
        .iter()
        .map(|failed| Refused {
            row: failed.row,
            line: failed.line,
            column: failed.column,
            code: failed.code.clone(),
        })
        .collect();
    let imported = now.rows_done - now.rows_failed;
    let mut report = json!({
        "dry_run": false, "import": now.id, "status": if now.status == "done" { "done" } else { "stopped" },
        "resumed": goes_on, "rows": now.rows_total, "done": now.rows_done, "imported": imported,
        "refused": now.rows_failed,
    });
    if now.status != "done" {
        let text = format!(
            "stopped after row {} of {}; the same command goes on",
            now.rows_done, now.rows_total
        );
        // The report is printed all the same.
        let _ = finish(import, table, plan, &refused, &mut report);
        return Err(Failure::stopped(text));
    }
    if !import.json {
        eprintln!("{imported} of {} rows are in", now.rows_total);
    }
    finish(import, table, plan, &refused, &mut report)
}

fn finish(
    import: &Import,
    table: &Table,
    plan: &Plan,
    refused: &[Refused],
    report: &mut Value,
) -> Result<(), Failure> {
    if import.json {
        let mapping: serde_json::Map<String, Value> = plan
            .mapping
            .0
            .iter()
            .map(|(field, index)| (field.code().to_owned(), json!(table.headers.get(*index))))
            .collect();
        report["mapping"] = Value::Object(mapping);
        report["problems"] = refused.iter().map(|row| row.json(table, plan)).collect();
        say!("{report}");
    } else {
        for row in refused.iter().take(SHOWN) {
            say!("{}", row.text(table));
        }
        if refused.len() > SHOWN {
            say!(
                "  and {} more: --errors FILE has them all",
                refused.len() - SHOWN
            );
        }
    }
    match refused.len() {
        0 => Ok(()),
        count => Err(Failure::partly(format!("{count} rows were refused"))),
    }
}

/// The refused rows as a file that can be mended and brought in again.
fn errors(table: &Table, refused: &[Refused]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let safe = |cell: &String| comity_app::integration::import::safe(cell);
    let head = ["line".to_owned(), "problem".to_owned()];
    // Writing to memory cannot fail.
    let _ = writer.write_record(head.into_iter().chain(table.headers.iter().map(safe)));
    for row in refused {
        let index = usize::try_from(row.row).unwrap_or(0).checked_sub(1);
        let cells = index.and_then(|index| table.lines.get(index));
        let cells = cells
            .into_iter()
            .flat_map(|line| line.cells.iter().map(safe));
        let front = [row.line.to_string(), row.code.clone()];
        let _ = writer.write_record(front.into_iter().chain(cells));
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}
