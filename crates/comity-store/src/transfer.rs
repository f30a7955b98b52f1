//! Every table as rows of plain values: the way from one database to another.
//!
//! The tables are read from the migrations themselves, so that a new one cannot be forgotten. They
//! come in the order in which they were made, which is an order in which references hold.

use std::sync::LazyLock;

use crate::backend::{Arg, Row, StoreError, Tx};
use crate::migrate::MIGRATIONS;

/// Rows of one page.
const PAGE: i64 = 500;
/// The same where a row can hold a whole file.
const PAGE_OF_FILES: i64 = 10;
/// Rows of one statement: a journey to the server for each would take too long, and SQLite takes
/// 32,766 arguments at most.
const TOGETHER: usize = 50;

/// A storage class: what both engines keep the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Int,
    Text,
    Bytes,
}

/// A table and the statements that read and fill it.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    columns: Vec<(&'static str, Class)>,
    /// Positions of the columns of its primary key.
    key: Vec<usize>,
    page: i64,
    first: String,
    next: String,
    insert: String,
    insert_together: String,
    count: String,
}

static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| schema().into_iter().map(Table::new).collect());

/// Every table, those that are referred to before those that refer to them.
#[must_use]
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The page of rows after `after`, in the order of the primary key; empty at the end.
pub async fn page(
    tx: &mut Tx,
    table: &'static Table,
    after: Option<&[Arg]>,
) -> Result<Vec<Vec<Arg>>, StoreError> {
    let rows = match after {
        None => tx.all(&table.first, args![table.page]).await?,
        Some(row) => {
            let key = table
                .key
                .iter()
                .filter_map(|index| row.get(*index).cloned());
            let args = key.chain([Arg::from(table.page)]).collect();
            tx.all(&table.next, args).await?
        }
    };
    rows.iter().map(|row| table.read(row)).collect()
}

/// Writes rows as [`page`] gave them.
pub async fn insert(
    tx: &mut Tx,
    table: &'static Table,
    rows: &[Vec<Arg>],
) -> Result<(), StoreError> {
    let mut chunks = rows.chunks_exact(TOGETHER);
    for chunk in &mut chunks {
        let args = chunk.iter().flatten().cloned().collect();
        tx.execute(&table.insert_together, args).await?;
    }
    for row in chunks.remainder() {
        tx.execute(&table.insert, row.clone()).await?;
    }
    Ok(())
}

/// How many rows there are.
pub async fn count(tx: &mut Tx, table: &'static Table) -> Result<i64, StoreError> {
    tx.one(&table.count, args![]).await?.get("n")
}

impl Table {
    fn new(parsed: Parsed) -> Self {
        let Parsed { name, columns, key } = parsed;
        let all: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let keys: Vec<&str> = key.iter().map(|index| all[*index]).collect();
        let (list, order) = (all.join(", "), keys.join(", "));
        let after = numbered(1, keys.len());
        let limit = keys.len() + 1;
        let together: Vec<String> = (0..TOGETHER)
            .map(|row| numbered(row * all.len() + 1, all.len()))
            .collect();
        let one = numbered(1, all.len());
        let files = all.contains(&"body");
        Self {
            page: if files { PAGE_OF_FILES } else { PAGE },
            first: format!("SELECT {list} FROM {name} ORDER BY {order} LIMIT $1"),
            next: format!(
                "SELECT {list} FROM {name} WHERE ({order}) > {after} ORDER BY {order} LIMIT ${limit}"
            ),
            insert: format!("INSERT INTO {name} ({list}) VALUES {one}"),
            insert_together: format!("INSERT INTO {name} ({list}) VALUES {}", together.join(", ")),
            count: format!("SELECT COUNT(*) AS n FROM {name}"),
            name,
            columns,
            key,
        }
    }

    fn read(&self, row: &Row) -> Result<Vec<Arg>, StoreError> {
        let value = |(name, class): &(&'static str, Class)| {
            Ok(match class {
                Class::Int => Arg::Int(row.get(name)?),
                Class::Text => Arg::Text(row.get(name)?),
                Class::Bytes => Arg::Bytes(row.get(name)?),
            })
        };
        self.columns.iter().map(value).collect()
    }
}

/// `($5, $6, $7)`
fn numbered(from: usize, count: usize) -> String {
    let all: Vec<String> = (from..from + count).map(|n| format!("${n}")).collect();
    format!("({})", all.join(", "))
}

struct Parsed {
    name: &'static str,
    columns: Vec<(&'static str, Class)>,
    key: Vec<usize>,
}

/// The tables as the migrations make and change them.
fn schema() -> Vec<Parsed> {
    let mut tables: Vec<Parsed> = Vec::new();
    for statement in MIGRATIONS
        .iter()
        .flat_map(|(_, script)| script.split(";\n"))
    {
        let verbs = ["CREATE TABLE", "ALTER TABLE", "DROP TABLE"];
        let begin = verbs.iter().filter_map(|verb| statement.find(verb)).min();
        let text = begin.map_or("", |begin| &statement[begin..]);
        let head: Vec<&'static str> = text.split_whitespace().take(6).collect();
        match head[..] {
            ["CREATE", "TABLE", name, ..] => tables.extend(create(name, text)),
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column] => {
                if let Some(table) = tables.iter_mut().find(|table| table.name == name) {
                    table.columns.extend(added(column, text));
                }
            }
            ["DROP", "TABLE", name, ..] => tables.retain(|table| table.name != name),
            _ => {}
        }
    }
    tables
}

fn added(column: &'static str, text: &'static str) -> Option<(&'static str, Class)> {
    let mut words = text.split_whitespace().skip_while(|word| *word != column);
    words.next();
    Some((column, class(words.next()?)?))
}

/// `CREATE TABLE name (column CLASS …, PRIMARY KEY (…))`
fn create(name: &'static str, text: &'static str) -> Option<Parsed> {
    let name = name.trim_end_matches('(');
    let body = text.split_once('(')?.1.rsplit_once(')')?.0;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for part in parts(body) {
        let mut words = part.split_whitespace();
        match words.next()? {
            "PRIMARY" => {
                let list = part.split_once('(')?.1.trim_end_matches(')');
                let position = |wanted: &str| {
                    let wanted = wanted.trim();
                    columns.iter().position(|(column, _)| *column == wanted)
                };
                key = list.split(',').filter_map(position).collect();
            }
            "FOREIGN" | "UNIQUE" | "CHECK" | "CONSTRAINT" => {}
            column => {
                if part.contains("PRIMARY KEY") {
                    key = vec![columns.len()];
                }
                columns.push((column, class(words.next()?)?));
            }
        }
    }
    Some(Parsed { name, columns, key })
}

/// The parts between commas outside brackets, without comments.
fn parts(body: &'static str) -> Vec<&'static str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_u32, 0);
    let mut comment = false;
    for (index, byte) in body.bytes().enumerate() {
        match byte {
            b'\n' => comment = false,
            b'-' if body[index..].starts_with("--") => comment = true,
            _ if comment => {}
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                found.push(&body[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    found.push(&body[start..]);
    found
        .into_iter()
        .map(uncommented)
        .filter(|part| !part.is_empty())
        .collect()
}

/// A part behind the comments that stand in front of it.
fn uncommented(part: &'static str) -> &'static str {
    let mut rest = part.trim();
    while rest.starts_with("--") {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest.trim());
    }
    rest
}

fn class(word: &str) -> Option<Class> {
    match word {
        "BIGINT" => Some(Class::Int),
        "TEXT" => Some(Class::Text),
        "BLOB" => Some(Class::Bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[tokio::test]
    async fn the_migrations_are_read_as_the_engine_reads_them() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&dir.path().join("a.db")).await.unwrap();
        store
            .migrate(comity_domain::Timestamp::from_seconds(0))
            .await
            .unwrap();
        let mut tx = store.read().await.unwrap();
        let rows = tx
            .all(
                "SELECT m.name AS tbl, c.name AS col, c.type AS class, c.pk AS pk FROM sqlite_master m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'schema_versions'
                 ORDER BY m.name, c.cid",
                args![],
            )
            .await
            .unwrap();
        let mut expected = Vec::new();
        for row in &rows {
            let text = |name| row.get::<String>(name).unwrap();
            let pk = row.get::<i64>("pk").unwrap();
            expected.push((text("tbl"), text("col"), text("class"), pk));
        }
        let mut found = Vec::new();
        for table in tables() {
            assert!(!table.key.is_empty(), "{} has no key", table.name);
            for (index, (column, class)) in table.columns.iter().enumerate() {
                let class = match class {
                    Class::Int => "BIGINT",
                    Class::Text => "TEXT",
                    Class::Bytes => "BLOB",
                };
                let place = table.key.iter().position(|key| *key == index);
                let pk = place.map_or(0, |place| i64::try_from(place).unwrap() + 1);
                found.push((
                    table.name.to_owned(),
                    (*column).to_owned(),
                    class.to_owned(),
                    pk,
                ));
            }
        }
        // By table only: the columns keep their order.
        found.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(found, expected);
    }
}
