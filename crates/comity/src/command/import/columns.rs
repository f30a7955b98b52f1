//! Which column of a file holds which field: shown, corrected, checked.

use comity_domain::integration::import::{Field, ImportKind, Mapping, MappingError, Table};

use crate::command::Failure;

/// Prints the columns with the fields they hold, on standard error.
pub fn show(table: &Table, kind: ImportKind, mapping: &Mapping) {
    let vendor = Mapping::detect(kind, &table.headers);
    let from = vendor.map_or(String::new(), |vendor| format!(", like {}", vendor.code()));
    let rows = table.lines.len();
    eprintln!("{rows} rows of {}{from}", kind.code());
    let width = table.headers.iter().map(|name| name.chars().count()).max();
    let width = width.unwrap_or(0).min(40);
    for (index, heading) in table.headers.iter().enumerate() {
        let field = field_of(mapping, index).map_or("(left out)", Field::code);
        let shown: String = heading
            .chars()
            .take(40)
            .filter(|c| !c.is_control())
            .collect();
        eprintln!("  {shown:<width$}  {field}");
    }
}

/// The field a column holds.
pub fn field_of(mapping: &Mapping, index: usize) -> Option<Field> {
    let held = mapping.0.iter().find(|(_, column)| **column == index);
    held.map(|(field, _)| *field)
}

/// Takes one `COLUMN=FIELD` over the guess.
pub fn correct(
    mapping: &mut Mapping,
    kind: ImportKind,
    table: &Table,
    pair: &str,
) -> Result<(), Failure> {
    let (heading, code) = pair
        .rsplit_once('=')
        .ok_or_else(|| Failure::usage(format!("--map {pair}: expected COLUMN=FIELD")))?;
    let index = table
        .headers
        .iter()
        .position(|known| known == heading.trim());
    let index = index.ok_or_else(|| {
        let all = table.headers.join(", ");
        Failure::usage(format!(
            "--map {pair}: no column `{heading}`; there are {all}"
        ))
    })?;
    mapping.0.retain(|_, column| *column != index);
    let code = code.trim();
    if code.is_empty() {
        return Ok(());
    }
    let field = Field::from_code(code).filter(|field| kind.fields().contains(field));
    let field = field.ok_or_else(|| {
        let all: Vec<&str> = kind.fields().iter().map(|field| field.code()).collect();
        let all = all.join(", ");
        Failure::usage(format!("--map {pair}: no field `{code}`; there are {all}"))
    })?;
    mapping.0.insert(field, index);
    Ok(())
}

/// Refuses columns that lack what every row needs, and says how to name it.
pub fn check(table: &Table, kind: ImportKind, mapping: &Mapping) -> Result<(), Failure> {
    match mapping.check(kind, table.headers.len()) {
        Ok(()) => Ok(()),
        Err(MappingError::Missing(field)) => Err(Failure::text(format!(
            "mapping_incomplete: no column holds `{field}`; name it with --map COLUMN={field}; \
             the columns are {}",
            table.headers.join(", ")
        ))),
        Err(error @ MappingError::OutOfRange) => Err(Failure::new("mapping", &error)),
    }
}
