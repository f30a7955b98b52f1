//! Every row of one database into another empty one, compared afterwards.

use comity_domain::Timestamp;
use comity_store::transfer::{self, Table, tables};
use comity_store::{Arg, Store, StoreError, Tx};
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use super::Failure;
use super::manifest::NAME as MANIFEST;
use super::progress::Progress;

/// Content of a table, whatever the order of its rows: their number, and the sum of their hashes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Content {
    rows: u64,
    sum: u128,
}

impl Content {
    fn add(&mut self, row: &[Arg]) {
        let mut hasher = Sha256::new();
        for value in row {
            let (class, bytes): (u8, Option<Vec<u8>>) = match value {
                Arg::Int(value) => (0, value.map(|value| value.to_be_bytes().to_vec())),
                Arg::Text(value) => (1, value.as_ref().map(|text| text.as_bytes().to_vec())),
                Arg::Bytes(value) => (2, value.clone()),
            };
            let length = bytes.as_ref().map_or(u64::MAX, |bytes| bytes.len() as u64);
            hasher.update([class]);
            hasher.update(length.to_be_bytes());
            hasher.update(bytes.unwrap_or_default());
        }
        let mut first = [0; 16];
        first.copy_from_slice(&hasher.finalize()[..16]);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(first));
    }
}

fn failed(error: StoreError) -> Failure {
    Failure::new("could not copy", &error)
}

/// Refuses a target that holds anything.
pub async fn must_be_empty(to: &Store) -> Result<(), Failure> {
    let mut tx = to.read().await.map_err(failed)?;
    for table in tables() {
        if transfer::count(&mut tx, table).await.map_err(failed)? > 0 {
            let name = table.name;
            let text =
                format!("the target is not empty: table {name} has rows; nothing was copied");
            return Err(Failure::text(text));
        }
    }
    Ok(())
}

/// Refuses a database whose tables are not the ones this version knows.
pub async fn must_be_current(store: &Store, what: &str) -> Result<(), Failure> {
    let found = store.schema_version().await.map_err(failed)?;
    let known = Store::newest_schema();
    if found == known {
        return Ok(());
    }
    Err(Failure::text(format!(
        "{what} has schema {found} and this version needs {known}: run `comity migrate` on it first"
    )))
}

/// Copies everything in one transaction, so that a stop leaves the target empty, and compares both
/// sides row by row; answers how many rows there are.
///
/// The source is read in one view: it may be in use.
pub async fn transfer(
    from: &Store,
    to: &Store,
    stop: &watch::Receiver<bool>,
) -> Result<u64, Failure> {
    let mut source = from.read().await.map_err(failed)?;
    let mut total = 0;
    for table in tables() {
        let rows = transfer::count(&mut source, table).await.map_err(failed)?;
        total += rows.unsigned_abs();
    }
    let mut target = to.write().await.map_err(failed)?;
    let mut progress = Progress::new("rows");
    let mut written = Vec::new();
    let mut done = 0;
    for table in tables() {
        let mut content = Content::default();
        let mut after: Option<Vec<Arg>> = None;
        loop {
            if *stop.borrow() {
                progress.end();
                return Err(Failure::stopped(
                    "stopped: the target is empty as before; the same command begins again",
                ));
            }
            let page = page(&mut source, table, after.as_deref(), &mut content).await?;
            let Some(last) = page.last() else { break };
            transfer::insert(&mut target, table, &page)
                .await
                .map_err(failed)?;
            done += page.len() as u64;
            progress.step(done, total, "");
            after = Some(last.clone());
        }
        written.push((table, content));
    }
    target.commit().await.map_err(failed)?;
    progress.end();
    compare(to, &written).await?;
    Ok(done)
}

async fn page(
    tx: &mut Tx,
    table: &'static Table,
    after: Option<&[Arg]>,
    content: &mut Content,
) -> Result<Vec<Vec<Arg>>, Failure> {
    let page = transfer::page(tx, table, after).await.map_err(failed)?;
    page.iter().for_each(|row| content.add(row));
    Ok(page)
}

/// Reads the target back.
async fn compare(to: &Store, written: &[(&'static Table, Content)]) -> Result<(), Failure> {
    let mut tx = to.read().await.map_err(failed)?;
    for (table, expected) in written {
        let mut content = Content::default();
        let mut after: Option<Vec<Arg>> = None;
        loop {
            let page = page(&mut tx, table, after.as_deref(), &mut content).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
        }
        if content != *expected {
            return Err(Failure::text(format!(
                "table {} reads back differently: {} rows were written and {} are there",
                table.name, expected.rows, content.rows
            )));
        }
    }
    Ok(())
}

/// Opens a database that is named by a directory, a SQLite file or an address of PostgreSQL;
/// `@FILE` is a file that holds the name.
pub async fn open(name: &str, create: bool) -> Result<Store, Failure> {
    let wrong = |error: StoreError| Failure::new("could not open the database", &error);
    let held;
    let name = match name.strip_prefix('@') {
        None => name,
        Some(path) => {
            held = std::fs::read_to_string(path).map_err(|error| Failure::new(path, &error))?;
            held.trim()
        }
    };
    if name.starts_with("postgres://") || name.starts_with("postgresql://") {
        return Store::open_postgres(name).await.map_err(wrong);
    }
    let path = std::path::Path::new(name.strip_prefix("sqlite:").unwrap_or(name));
    if !create && path.join(MANIFEST).exists() {
        // Opening it would change a file whose hash is in the manifest.
        return Err(Failure::text(format!(
            "{} is a backup: `comity restore` reads it",
            path.display()
        )));
    }
    let is_file = path.extension().is_some_and(|end| end == "db");
    let file = if is_file {
        path.to_owned()
    } else {
        path.join("comity.db")
    };
    if create {
        let folder = file.parent().unwrap_or(path);
        std::fs::create_dir_all(folder).map_err(|error| Failure::new(folder.display(), &error))?;
    } else if !file.exists() {
        return Err(Failure::text(format!("{} does not exist", file.display())));
    }
    Store::open_sqlite(&file).await.map_err(wrong)
}

/// Gives an empty target its tables.
pub async fn prepare(store: &Store, now: Timestamp) -> Result<(), Failure> {
    let made = store.migrate(now).await;
    made.map(drop)
        .map_err(|error| Failure::new("could not migrate the database", &error))
}
