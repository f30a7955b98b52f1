//! What was done and said in a case, never edited.

use comity_domain::{FraudCaseId, NoteId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO fraud_entries (tenant_id, id, case_id, kind, author, by_partner, shared, reason_code, body,
                at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    OF_CASE = "SELECT * FROM fraud_entries WHERE tenant_id = $1 AND case_id = $2 ORDER BY id LIMIT 500";
}

/// One line of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: NoteId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which case.
    pub case: FraudCaseId,
    /// `opened`, `note`, `asked`, `answered`, `appealed`, `released`, `rejected`,
    /// `reopened`, `assigned`, `overdue`.
    pub kind: String,
    /// Who, by name.
    pub author: String,
    /// The partner did it.
    pub by_partner: bool,
    /// The partner may read it.
    pub shared: bool,
    /// Reason code of a decision, or empty.
    pub reason_code: String,
    /// What was said, or empty.
    pub body: String,
    /// When.
    pub at: Timestamp,
}

fn read(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        case: row.get("case_id")?,
        kind: row.get("kind")?,
        author: row.get("author")?,
        by_partner: row.get("by_partner")?,
        shared: row.get("shared")?,
        reason_code: row.get("reason_code")?,
        body: row.get("body")?,
        at: row.get("at")?,
    })
}

/// Writes a line.
pub async fn insert_entry(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let e = entry;
    let args = args![
        e.tenant,
        e.id,
        e.case,
        &e.kind,
        &e.author,
        e.by_partner,
        e.shared,
        &e.reason_code,
        &e.body,
        e.at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The lines of a case, oldest first.
pub async fn entries(
    tx: &mut Tx,
    tenant: TenantId,
    case: FraudCaseId,
) -> Result<Vec<Entry>, StoreError> {
    tx.list(OF_CASE, args![tenant, case], read).await
}
