//! Files that partners handed in with a line of their case.

use comity_domain::{FraudCaseId, FraudFileId, NoteId, PartnerId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO fraud_files (tenant_id, id, case_id, entry_id, name, media_type, size, body, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OF_CASE = "SELECT id, tenant_id, case_id, entry_id, name, media_type, size, created_at FROM fraud_files
               WHERE tenant_id = $1 AND case_id = $2 ORDER BY id LIMIT 100";
    BODY = "SELECT * FROM fraud_files WHERE tenant_id = $1 AND case_id = $2 AND id = $3";
    FORGET = "DELETE FROM fraud_files WHERE tenant_id = $1 AND case_id IN
                (SELECT id FROM fraud_cases WHERE tenant_id = $1 AND partner_id = $2)";
}

/// A file, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FraudFileId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which case.
    pub case: FraudCaseId,
    /// With which line.
    pub entry: NoteId,
    /// Its own name, for people.
    pub name: String,
    /// What its content is.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// When it came.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<File, StoreError> {
    Ok(File {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        case: row.get("case_id")?,
        entry: row.get("entry_id")?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        created_at: row.get("created_at")?,
    })
}

/// Keeps a file with its content.
pub async fn insert_file(tx: &mut Tx, file: &File, content: &[u8]) -> Result<(), StoreError> {
    let f = file;
    let args = args![
        f.tenant,
        f.id,
        f.case,
        f.entry,
        &f.name,
        &f.media_type,
        f.size,
        content.to_vec(),
        f.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The files of a case, oldest first.
pub async fn files(
    tx: &mut Tx,
    tenant: TenantId,
    case: FraudCaseId,
) -> Result<Vec<File>, StoreError> {
    tx.list(OF_CASE, args![tenant, case], read).await
}

/// A file of a case with its content.
pub async fn file(
    tx: &mut Tx,
    tenant: TenantId,
    case: FraudCaseId,
    id: FraudFileId,
) -> Result<Option<(File, Vec<u8>)>, StoreError> {
    tx.find(BODY, args![tenant, case, id], |row| {
        Ok((read(row)?, row.get("body")?))
    })
    .await
}

/// Removes every file of a partner; answers how many there were.
pub async fn forget_files(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<u64, StoreError> {
    tx.execute(FORGET, args![tenant, partner]).await
}
