//! Many rows in few statements, each engine in its own way: SQLite takes lists
//! of rows, PostgreSQL one array per column.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sqlx::Arguments;

use super::arg::{self, Arg};
use super::{Open, StoreError, Tx};

/// Rows of one SQLite statement. Few sizes, so that each is parsed once.
const SIZES: [usize; 4] = [256, 32, 4, 1];
/// Rows of one PostgreSQL statement.
const ROWS: usize = 4_096;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// [`Arg::Int`].
    Int,
    /// [`Arg::Text`].
    Text,
    /// [`Arg::Bytes`].
    Bytes,
}

/// An insertion of many rows.
#[derive(Debug)]
pub struct Bulk {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order of the arguments.
    pub columns: &'static [(&'static str, Class)],
    /// What follows `ON CONFLICT`.
    pub on_conflict: &'static str,
}

impl Bulk {
    fn head(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("INSERT INTO {} ({})", self.table, names.join(", "))
    }

    fn listing(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |n: usize| {
            let places: Vec<String> = (1..=width).map(|c| format!("${}", n * width + c)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        let (head, tail) = (self.head(), self.on_conflict);
        format!("{head} VALUES {} ON CONFLICT {tail}", rows.join(", "))
    }

    fn unnesting(&self) -> String {
        let array = |(n, (_, class)): (usize, &(&str, Class))| match class {
            Class::Int => format!("${}::BIGINT[]", n + 1),
            Class::Text => format!("${}::TEXT[]", n + 1),
            Class::Bytes => format!("${}::BYTEA[]", n + 1),
        };
        let arrays: Vec<String> = self.columns.iter().enumerate().map(array).collect();
        let (head, tail) = (self.head(), self.on_conflict);
        format!(
            "{head} SELECT * FROM UNNEST({}) ON CONFLICT {tail}",
            arrays.join(", ")
        )
    }
}

/// The statements of each table and size, written once.
static TEXTS: Mutex<BTreeMap<(&str, usize), &'static str>> = Mutex::new(BTreeMap::new());

/// A statement is made a few times in a process's life and kept for all of it.
fn text(bulk: &'static Bulk, rows: usize, make: impl FnOnce() -> String) -> &'static str {
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    texts
        .entry((bulk.table, rows))
        .or_insert_with(|| Box::leak(make().into_boxed_str()))
}

/// The arguments of one column.
enum Values {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Values {
    fn of(class: Class, rows: usize) -> Self {
        match class {
            Class::Int => Self::Int(Vec::with_capacity(rows)),
            Class::Text => Self::Text(Vec::with_capacity(rows)),
            Class::Bytes => Self::Bytes(Vec::with_capacity(rows)),
        }
    }

    fn push(&mut self, arg: Arg, column: &'static str) -> Result<(), StoreError> {
        match (self, arg) {
            (Self::Int(values), Arg::Int(value)) => values.push(value),
            (Self::Text(values), Arg::Text(value)) => values.push(value),
            (Self::Bytes(values), Arg::Bytes(value)) => values.push(value),
            _ => return Err(StoreError::Corrupt { column }),
        }
        Ok(())
    }
}

impl Tx {
    /// Inserts rows whose arguments follow one another; answers how many rows it touched.
    pub async fn insert_rows(
        &mut self,
        bulk: &'static Bulk,
        mut args: Vec<Arg>,
    ) -> Result<u64, StoreError> {
        let width = bulk.columns.len();
        let mut touched = 0;
        while !args.is_empty() {
            let left = args.len() / width;
            let rows = match self.0 {
                Open::Sqlite(_) => SIZES.into_iter().find(|size| *size <= left).unwrap_or(1),
                Open::Postgres(_) => left.min(ROWS),
            };
            let rest = args.split_off((rows * width).min(args.len()));
            touched += self.insert_at_once(bulk, rows, args).await?;
            args = rest;
        }
        Ok(touched)
    }

    async fn insert_at_once(
        &mut self,
        bulk: &'static Bulk,
        rows: usize,
        args: Vec<Arg>,
    ) -> Result<u64, StoreError> {
        match &mut self.0 {
            Open::Sqlite(tx) => {
                let sql = text(bulk, rows, || bulk.listing(rows));
                let done = sqlx::query_with(sql, arg::sqlite(args)?).execute(&mut **tx);
                let done = done
                    .await
                    .map_err(|error| StoreError::from_statement(sql, error))?;
                Ok(done.rows_affected())
            }
            Open::Postgres(tx) => {
                let sql = text(bulk, 0, || bulk.unnesting());
                let arrays = columns(bulk, rows, args)?;
                let done = sqlx::query_with(sql, arrays).execute(&mut **tx);
                let done = done
                    .await
                    .map_err(|error| StoreError::from_statement(sql, error))?;
                Ok(done.rows_affected())
            }
        }
    }
}

/// Rows turned into one array per column.
fn columns(
    bulk: &'static Bulk,
    rows: usize,
    args: Vec<Arg>,
) -> Result<sqlx::postgres::PgArguments, StoreError> {
    let of = |(_, class): &(&str, Class)| Values::of(*class, rows);
    let mut values: Vec<Values> = bulk.columns.iter().map(of).collect();
    for (n, arg) in args.into_iter().enumerate() {
        let column = n % bulk.columns.len();
        values[column].push(arg, bulk.columns[column].0)?;
    }
    let mut arrays = sqlx::postgres::PgArguments::default();
    for values in values {
        match values {
            Values::Int(values) => arrays.add(values),
            Values::Text(values) => arrays.add(values),
            Values::Bytes(values) => arrays.add(values),
        }
        .map_err(StoreError::Encode)?;
    }
    Ok(arrays)
}
