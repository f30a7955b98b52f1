//! Products from a file: all of it, or none and the lines that are wrong.

use comity_domain::integration::import::{Line, Table};
use comity_domain::{Actor, Permission, ProgramId, TenantId};
use comity_store::Tx;
use comity_store::catalog as store;
use serde_json::json;

use super::write::{NewProduct, blank, fill, problems};
use crate::program::load;
use crate::{App, AppError, FieldError, audit, authorise};

/// The most rows: one transaction writes them all.
const MAX_ROWS: usize = 20_000;
/// The most refused lines that are told at once.
const MAX_TOLD: usize = 50;

/// What each column may be called, in lower case.
const COLUMNS: [(&str, &[&str]); 4] = [
    (
        "external_id",
        &["external_id", "product", "product_id", "id", "handle"],
    ),
    ("sku", &["sku", "variant sku", "item_number"]),
    ("name", &["name", "title", "product_name"]),
    (
        "category",
        &["category", "type", "product_type", "product category"],
    ),
];

/// What a file brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Products that were not there.
    pub added: usize,
    /// Products whose name or category changed.
    pub changed: usize,
    /// Products that were there just so.
    pub same: usize,
}

/// Reads products from a file with a header. A wrong line refuses the whole file: the error's
/// field names the line (`line 7`).
pub async fn import(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    bytes: &[u8],
) -> Result<Imported, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let rows = rows(bytes)?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, program).await?;
    let mut done = Imported::default();
    for row in &rows {
        one(&mut tx, app, actor, (tenant, program), row, &mut done).await?;
    }
    let label = program.to_string();
    let entry = audit::Entry {
        action: "product.imported",
        object_kind: "program",
        object_id: &label,
        detail: json!({ "added": done.added, "changed": done.changed }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(done)
}

async fn one(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    of: (TenantId, ProgramId),
    row: &NewProduct,
    done: &mut Imported,
) -> Result<(), AppError> {
    let found = store::by_key(tx, of, row.external_id.trim(), row.sku.trim()).await?;
    let Some(old) = found else {
        let mut product = blank(app, actor, of.1, "import");
        fill(&mut product, row);
        store::insert(tx, &product).await?;
        done.added += 1;
        return Ok(());
    };
    let mut product = old.clone();
    fill(&mut product, row);
    // An empty cell says nothing.
    if product.name.is_empty() {
        product.name.clone_from(&old.name);
    }
    if product.category.is_empty() {
        product.category.clone_from(&old.category);
    }
    "active".clone_into(&mut product.status);
    if product == old {
        done.same += 1;
        return Ok(());
    }
    product.updated_at = app.now();
    store::update(tx, &product).await?;
    done.changed += 1;
    Ok(())
}

fn rows(bytes: &[u8]) -> Result<Vec<NewProduct>, AppError> {
    let table = Table::read(bytes).map_err(|error| AppError::field("file", error.code()))?;
    if table.lines.len() > MAX_ROWS {
        return Err(AppError::field("file", "too_many_rows"));
    }
    if table.lines.is_empty() {
        return Err(AppError::field("file", "empty_file"));
    }
    let place = |names: &[&str]| {
        let called = |header: &String| names.contains(&header.trim().to_lowercase().as_str());
        table.headers.iter().position(called)
    };
    let [external_id, sku, name, category] = COLUMNS.map(|(_, names)| place(names));
    if external_id.is_none() {
        return Err(AppError::field("file", "no_product_column"));
    }
    let cell = |line: &Line, column: Option<usize>| {
        let text = column.and_then(|column| line.cells.get(column));
        text.cloned().unwrap_or_default()
    };
    let mut errors = Vec::new();
    let mut all = Vec::with_capacity(table.lines.len());
    for line in &table.lines {
        let new = NewProduct {
            external_id: cell(line, external_id),
            sku: cell(line, sku),
            name: cell(line, name),
            category: cell(line, category),
        };
        let wrong = problems(&new).into_iter();
        errors
            .extend(wrong.map(|error| FieldError::new(format!("line {}", line.line), error.code)));
        if line.unclosed {
            errors.push(FieldError::new(format!("line {}", line.line), "malformed"));
        }
        all.push(new);
    }
    if errors.is_empty() {
        return Ok(all);
    }
    errors.truncate(MAX_TOLD);
    Err(AppError::Invalid(errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_names() {
        let read = rows(b"Title;Product_ID;Category\nPro plan;pro;plans\n").unwrap();
        let wanted = NewProduct {
            external_id: "pro".to_owned(),
            sku: String::new(),
            name: "Pro plan".to_owned(),
            category: "plans".to_owned(),
        };
        assert_eq!(read, [wanted]);
    }

    #[test]
    fn a_wrong_line_refuses_the_file_and_names_the_line() {
        let wrong = |bytes: &[u8]| match rows(bytes) {
            Err(AppError::Invalid(errors)) => errors
                .into_iter()
                .map(|error| (error.field, error.code))
                .collect(),
            other => vec![(format!("{other:?}"), "")],
        };
        let told = |field: &str, code| vec![(field.to_owned(), code)];
        assert_eq!(
            wrong(b"product,name\npro,Pro\n,Lite\n"),
            told("line 3", "required")
        );
        assert_eq!(wrong(b"name\nPro\n"), told("file", "no_product_column"));
        assert_eq!(wrong(b"product\n"), told("file", "empty_file"));
        let long = format!("product\n{}\n", "x".repeat(201));
        assert_eq!(wrong(long.as_bytes()), told("line 2", "too_long"));
    }
}
