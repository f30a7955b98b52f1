//! Support for tests that need a database of their own.

use sqlx::{Connection, PgConnection};

use crate::StoreError;

/// Creates an empty PostgreSQL database beside the one `url` names.
pub async fn create_postgres_database(url: &str, name: &str) -> Result<(), StoreError> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    )))
    .execute(&mut connection)
    .await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}
