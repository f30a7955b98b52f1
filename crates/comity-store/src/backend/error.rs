//! What can go wrong between a statement and its rows.

/// A failed statement, transaction or row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique or foreign key refused the write.
    #[error("conflicts with an existing row")]
    Conflict,
    /// The database cannot be reached or is busy; the caller may try again.
    #[error("the database is not available")]
    Unavailable(#[source] sqlx::Error),
    /// A column holds what no version of the product writes.
    #[error("column `{column}` holds an unreadable value")]
    Corrupt {
        /// The column.
        column: &'static str,
    },
    /// A row that must exist does not.
    #[error("no row where one must be: {0}")]
    Missing(&'static str),
    /// An argument could not be encoded.
    #[error("could not encode an argument")]
    Encode(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A statement failed.
    #[error("could not run `{sql}`")]
    Statement {
        /// The statement's text, never its arguments.
        sql: &'static str,
        /// The engine's error.
        #[source]
        source: sqlx::Error,
    },
    /// The database was written by a newer version of the product.
    #[error("the database has schema {found}, newer than this program's {known}")]
    Newer {
        /// Schema version in the database.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// Anything else the engine reports.
    #[error("database error")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    pub(super) fn from_statement(sql: &'static str, error: sqlx::Error) -> Self {
        match Self::from(error) {
            Self::Database(source) => Self::Statement { sql, source },
            other => other,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let kind = error
            .as_database_error()
            .map(sqlx::error::DatabaseError::kind);
        match (&error, kind) {
            (
                _,
                Some(
                    sqlx::error::ErrorKind::UniqueViolation
                    | sqlx::error::ErrorKind::ForeignKeyViolation,
                ),
            ) => Self::Conflict,
            (sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed, _) => {
                Self::Unavailable(error)
            }
            _ if gave_way(&error) => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

/// PostgreSQL ended the transaction in favour of another: trying again helps.
fn gave_way(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("40001" | "40P01"))
}
