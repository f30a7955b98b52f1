//! Outgoing mail: queued, sent, or kept for the outbox page.

use comity_domain::{MailId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO mails (tenant_id, id, kind, recipient, subject, html, text, status, error, created_at, unsubscribe_url)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10)";
    GET = "SELECT * FROM mails WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT * FROM mails WHERE tenant_id = $1
              AND ($2 = '' OR LOWER(recipient) LIKE '%' || $2 || '%' OR LOWER(subject) LIKE '%' || $2 || '%')
              AND ($3 = '' OR status = $3) AND id < $4
            ORDER BY id DESC LIMIT $5";
    SET_STATUS = "UPDATE mails SET status = $3, error = $4, sent_at = $5 WHERE tenant_id = $1 AND id = $2";
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Organisation.
    pub tenant: TenantId,
    /// Its id.
    pub id: MailId,
    /// Which mail it is, as in `invite`.
    pub kind: String,
    /// Address.
    pub recipient: String,
    /// Subject line.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Plain text part.
    pub text: String,
    /// Where one click ends mails of this kind, or empty.
    pub unsubscribe_url: String,
    /// `queued`, `sent`, `kept` (no server configured) or `failed`.
    pub status: String,
    /// Why it failed, as a code.
    pub error: String,
    /// Queued.
    pub created_at: Timestamp,
    /// Accepted by the server.
    pub sent_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Mail, StoreError> {
    Ok(Mail {
        tenant: row.get("tenant_id")?,
        id: row.get("id")?,
        kind: row.get("kind")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        html: row.get("html")?,
        text: row.get("text")?,
        unsubscribe_url: row.get("unsubscribe_url")?,
        status: row.get("status")?,
        error: row.get("error")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
    })
}

/// Writes a new mail.
pub async fn insert(tx: &mut Tx, mail: &Mail) -> Result<(), StoreError> {
    let args = args![
        mail.tenant,
        mail.id,
        &mail.kind,
        &mail.recipient,
        &mail.subject,
        &mail.html,
        &mail.text,
        &mail.status,
        mail.created_at,
        &mail.unsubscribe_url
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One mail.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: MailId) -> Result<Option<Mail>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// Newest mails first, before `before`.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    (find, status): (&str, &str),
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<Mail>, StoreError> {
    let args = args![tenant, find, status, crate::before(before), limit];
    tx.list(PAGE, args, read).await
}

/// Notes what became of a mail.
pub async fn set_status(
    tx: &mut Tx,
    tenant: TenantId,
    id: MailId,
    status: &str,
    error: &str,
    sent_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let args = args![tenant, id, status, error, sent_at];
    tx.execute(SET_STATUS, args).await.map(drop)
}
