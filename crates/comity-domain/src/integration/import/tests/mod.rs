//! Files as they are met: encodings, separators, notations, broken rows, resumption.

mod cells;
mod files;
mod vendors;

use super::*;
use crate::time::Zone;

fn settings() -> Settings {
    Settings {
        currency: None,
        zone: Zone::utc(),
        decimal_mark: None,
        date_order: None,
    }
}

fn read(bytes: &[u8], kind: ImportKind) -> (Table, Vec<Row>) {
    let table = Table::read(bytes).unwrap();
    let mapping = Mapping::suggest(kind, &table.headers, Mapping::detect(kind, &table.headers));
    mapping.check(kind, table.headers.len()).unwrap();
    let rows = rows(&table, kind, &mapping, &settings());
    (table, rows)
}

fn codes(row: &Row) -> Vec<(Option<usize>, &'static str)> {
    row.problems
        .iter()
        .map(|problem| (problem.column, problem.code.code()))
        .collect()
}
