//! Remarks of the team about partners.

use comity_domain::{NoteId, PartnerId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO notes (tenant_id, id, partner_id, author, body, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6)";
    OF_PARTNER = "SELECT * FROM notes WHERE tenant_id = $1 AND partner_id = $2 ORDER BY id DESC LIMIT 200";
}

/// A remark of the team about a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Whose.
    pub tenant: TenantId,
    /// About whom.
    pub partner: PartnerId,
    /// Who wrote it.
    pub author: String,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: Timestamp,
}

/// Writes a remark.
pub async fn insert(tx: &mut Tx, note: &Note) -> Result<(), StoreError> {
    let args = args![
        note.tenant,
        note.id,
        note.partner,
        &note.author,
        &note.body,
        note.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The remarks about a partner, newest first.
pub async fn of_partner(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<Vec<Note>, StoreError> {
    let read = |row: &Row| {
        Ok(Note {
            id: row.get("id")?,
            tenant: row.get("tenant_id")?,
            partner: row.get("partner_id")?,
            author: row.get("author")?,
            body: row.get("body")?,
            created_at: row.get("created_at")?,
        })
    };
    tx.list(OF_PARTNER, args![tenant, partner], read).await
}
