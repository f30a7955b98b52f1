//! The only place that knows there are two engines.

mod arg;
mod bulk;
mod error;
mod row;

use std::path::Path;
use std::time::Duration;

pub use arg::Arg;
pub use bulk::{Bulk, Class};
pub use error::StoreError;
pub use row::{Column, Row};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

/// Readers beside the one writer; WAL lets them run while it writes.
const SQLITE_READERS: u32 = 4;
/// KiB of pages the writer keeps; the default of two megabytes sends every sale back to the file.
const WRITER_CACHE: &str = "-32768";
/// KiB of pages each reader keeps.
const READER_CACHE: &str = "-8192";
/// Enough for two cores; PostgreSQL's own default allows 100 in all.
const PG_CONNECTIONS: u32 = 16;
/// How long a request may wait for a connection before it is told to retry.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Engine);

#[derive(Clone, Debug)]
enum Engine {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Opens (and creates) a SQLite database file: WAL, `synchronous = FULL`.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        Self::open_file(path, SqliteSynchronous::Full).await
    }

    /// The same without waiting for the disk at every commit: for filling a database
    /// that can be made again. Close it afterwards and open it the ordinary way.
    pub async fn open_sqlite_unsynced(path: &Path) -> Result<Self, StoreError> {
        Self::open_file(path, SqliteSynchronous::Off).await
    }

    async fn open_file(path: &Path, synchronous: SqliteSynchronous) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .statement_cache_capacity(512)
            .pragma("temp_store", "MEMORY")
            .busy_timeout(Duration::from_secs(10));
        let pool = |size| {
            SqlitePoolOptions::new()
                .max_connections(size)
                .acquire_timeout(ACQUIRE_TIMEOUT)
        };
        let cached = |size| options.clone().pragma("cache_size", size);
        let writer = pool(1).connect_with(cached(WRITER_CACHE)).await?;
        let readers = pool(SQLITE_READERS)
            .connect_with(cached(READER_CACHE).read_only(true))
            .await?;
        Ok(Self(Engine::Sqlite { writer, readers }))
    }

    /// Connects to PostgreSQL by URL.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(PG_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect(url)
            .await?;
        Ok(Self(Engine::Postgres(pool)))
    }

    /// `sqlite` or `postgres`, for reports.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.0 {
            Engine::Sqlite { .. } => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Begins a transaction that may write. On SQLite there is one writer at a
    /// time, and the lock is taken at once so that it cannot fail half-way.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match &self.0 {
            Engine::Sqlite { writer, .. } => {
                Tx(Open::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?))
            }
            Engine::Postgres(pool) => Tx(Open::Postgres(pool.begin().await?)),
        })
    }

    /// Begins a transaction that only reads, with one consistent view.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match &self.0 {
            Engine::Sqlite { readers, .. } => Tx(Open::Sqlite(readers.begin().await?)),
            Engine::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx(Open::Postgres(pool.begin_with(begin).await?))
            }
        })
    }

    /// Writes a consistent copy of the database into a new SQLite file while others go on
    /// reading and writing; answers false where the engine has no such way.
    ///
    /// # Errors
    /// When the file exists or cannot be written.
    pub async fn copy_into(&self, path: &Path) -> Result<bool, StoreError> {
        match &self.0 {
            Engine::Sqlite { writer, .. } => {
                let path = path.to_string_lossy().into_owned();
                sqlx::query("VACUUM INTO $1")
                    .bind(path)
                    .execute(writer)
                    .await?;
                Ok(true)
            }
            Engine::Postgres(_) => Ok(false),
        }
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        match &self.0 {
            Engine::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction. Dropped without [`Tx::commit`] it is rolled back.
pub struct Tx(Open);

enum Open {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// Binds the arguments and runs `$method` on whichever engine is open.
macro_rules! run {
    ($tx:expr, $sql:expr, $args:expr, $method:ident) => {
        match &mut $tx.0 {
            Open::Sqlite(tx) => sqlx::query_with($sql, arg::sqlite($args)?)
                .$method(&mut **tx)
                .await
                .map(Either::Sqlite),
            Open::Postgres(tx) => sqlx::query_with($sql, arg::postgres($args)?)
                .$method(&mut **tx)
                .await
                .map(Either::Postgres),
        }
        .map_err(|error| StoreError::from_statement($sql, error))
    };
}

enum Either<S, P> {
    Sqlite(S),
    Postgres(P),
}

impl Tx {
    /// Runs a statement and answers how many rows it touched.
    pub async fn execute(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64, StoreError> {
        Ok(match run!(self, sql, args, execute)? {
            Either::Sqlite(done) => done.rows_affected(),
            Either::Postgres(done) => done.rows_affected(),
        })
    }

    /// The first row, if any.
    pub async fn optional(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(match run!(self, sql, args, fetch_optional)? {
            Either::Sqlite(row) => row.map(Row::from),
            Either::Postgres(row) => row.map(Row::from),
        })
    }

    /// Exactly one row; none is an error (for aggregates and rows known to exist).
    pub async fn one(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Row, StoreError> {
        self.optional(sql, args)
            .await?
            .ok_or(StoreError::Missing(sql))
    }

    /// All rows. The statement itself must carry a limit.
    pub async fn all(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<Vec<Row>, StoreError> {
        Ok(match run!(self, sql, args, fetch_all)? {
            Either::Sqlite(rows) => rows.into_iter().map(Row::from).collect(),
            Either::Postgres(rows) => rows.into_iter().map(Row::from).collect(),
        })
    }

    /// All rows, each read by `read`.
    pub async fn list<T>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.all(sql, args).await?.iter().map(read).collect()
    }

    /// The first row, read by `read`.
    pub async fn find<T>(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.optional(sql, args)
            .await?
            .as_ref()
            .map(read)
            .transpose()
    }

    /// Serialises everything that names the same `key` until the transaction
    /// ends. SQLite has one writer anyway.
    pub async fn lock(&mut self, key: &str) -> Result<(), StoreError> {
        if let Open::Postgres(tx) = &mut self.0 {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(key)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Asks the engine whether it understands `sql`, without running it.
    pub async fn prepare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        use sqlx::{Executor, SqlSafeStr};
        match &mut self.0 {
            Open::Sqlite(tx) => tx.prepare(sql.into_sql_str()).await.map(drop),
            Open::Postgres(tx) => tx.prepare(sql.into_sql_str()).await.map(drop),
        }
        .map_err(|error| StoreError::from_statement(sql, error))
    }

    /// Runs one migration file's statements; types are spelled per engine here.
    pub(crate) async fn apply(&mut self, script: &str) -> Result<(), StoreError> {
        for statement in script
            .split(";\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match &mut self.0 {
                Open::Sqlite(tx) => {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
                        .execute(&mut **tx)
                        .await?;
                }
                Open::Postgres(tx) => {
                    let text = statement.replace(" BLOB", " BYTEA");
                    sqlx::raw_sql(sqlx::AssertSqlSafe(text))
                        .execute(&mut **tx)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Makes every change of this transaction durable, all or nothing.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            Open::Sqlite(tx) => tx.commit().await?,
            Open::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
