//! The draft of a program's commission rules: one per program, with the state before the last change.

use comity_domain::{ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    PUT = "INSERT INTO rule_drafts (tenant_id, program_id, body_json, previous_json, updated_by, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (tenant_id, program_id) DO UPDATE SET body_json = excluded.body_json,
             previous_json = excluded.previous_json, updated_by = excluded.updated_by,
             updated_at = excluded.updated_at";
    GET = "SELECT * FROM rule_drafts WHERE tenant_id = $1 AND program_id = $2";
    DROP = "DELETE FROM rule_drafts WHERE tenant_id = $1 AND program_id = $2";
}

/// A draft as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The rules as JSON.
    pub body_json: String,
    /// The rules before the last change; empty when there was none.
    pub previous_json: String,
    /// Who changed it last.
    pub updated_by: String,
    /// When.
    pub updated_at: Timestamp,
}

/// Writes the draft of a program.
pub async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    draft: &Draft,
) -> Result<(), StoreError> {
    let d = draft;
    let args = args![
        tenant,
        program,
        &d.body_json,
        &d.previous_json,
        &d.updated_by,
        d.updated_at
    ];
    tx.execute(PUT, args).await.map(drop)
}

/// The draft of a program, if there is one.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Option<Draft>, StoreError> {
    let read = |row: &Row| {
        Ok(Draft {
            body_json: row.get("body_json")?,
            previous_json: row.get("previous_json")?,
            updated_by: row.get("updated_by")?,
            updated_at: row.get("updated_at")?,
        })
    };
    tx.find(GET, args![tenant, program], read).await
}

/// Throws the draft of a program away.
pub async fn discard(tx: &mut Tx, tenant: TenantId, program: ProgramId) -> Result<(), StoreError> {
    tx.execute(DROP, args![tenant, program]).await.map(drop)
}
