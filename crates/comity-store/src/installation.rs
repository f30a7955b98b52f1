//! Facts about the installation as a whole: named text values.

use crate::{StoreError, Tx};

statements! {
    GET = "SELECT value FROM installation WHERE name = $1";
    SET = "INSERT INTO installation (name, value) VALUES ($1, $2)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    REMOVE = "DELETE FROM installation WHERE name = $1";
}

/// Reads a value.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>, StoreError> {
    tx.find(GET, args![name], |row| row.get("value")).await
}

/// Writes a value.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    tx.execute(SET, args![name, value]).await.map(drop)
}

/// Removes a value; answers whether it was there.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, args![name]).await? == 1)
}
