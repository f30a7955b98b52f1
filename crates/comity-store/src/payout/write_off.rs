//! Debts of partners that are given up, or wait for a second person.

use comity_domain::{EnrollmentId, JournalId, Money, PartnerId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO write_offs (tenant_id, id, program_id, enrollment_id, partner_id, amount_minor, currency,
                reason, status, asked_by, decided_by, created_at, decided_at, open_key)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    DECIDE = "UPDATE write_offs SET status = $3, decided_by = $4, decided_at = $5, open_key = NULL
              WHERE tenant_id = $1 AND id = $2 AND status = 'waiting'";
    GET = "SELECT * FROM write_offs WHERE tenant_id = $1 AND id = $2";
    PAGE = "SELECT w.*, p.name AS partner_name FROM write_offs w
            JOIN partners p ON p.tenant_id = w.tenant_id AND p.id = w.partner_id
            WHERE w.tenant_id = $1 AND ($2 = '' OR w.status = $2) AND w.id < $3 ORDER BY w.id DESC LIMIT $4";
}

/// A debt that is given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteOff {
    /// Its id; also that of its journal.
    pub id: JournalId,
    /// Whose books.
    pub tenant: TenantId,
    /// Which program bears it.
    pub program: ProgramId,
    /// Whose debt.
    pub enrollment: EnrollmentId,
    /// Which partner's.
    pub partner: PartnerId,
    /// How much; over zero.
    pub amount: Money,
    /// Why, as typed.
    pub reason: String,
    /// `waiting`, `done` or `declined`.
    pub status: String,
    /// Who asked: actor label.
    pub asked_by: String,
    /// Who decided, or empty.
    pub decided_by: String,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<WriteOff, StoreError> {
    Ok(WriteOff {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        amount: row.money("amount_minor", "currency")?,
        reason: row.get("reason")?,
        status: row.get("status")?,
        asked_by: row.get("asked_by")?,
        decided_by: row.get("decided_by")?,
        created_at: row.get("created_at")?,
        decided_at: row.get("decided_at")?,
    })
}

/// Writes it; a second open one of the membership is a conflict.
pub async fn insert(tx: &mut Tx, row: &WriteOff) -> Result<(), StoreError> {
    let open =
        (row.status == "waiting").then(|| format!("{}:{}", row.enrollment, row.amount.currency));
    let args = args![
        row.tenant,
        row.id,
        row.program,
        row.enrollment,
        row.partner,
        row.amount.minor,
        row.amount.currency,
        &row.reason,
        &row.status,
        &row.asked_by,
        &row.decided_by,
        row.created_at,
        row.decided_at,
        open
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes the decision; answers whether it still waited.
pub async fn decide(tx: &mut Tx, row: &WriteOff) -> Result<bool, StoreError> {
    let args = args![
        row.tenant,
        row.id,
        &row.status,
        &row.decided_by,
        row.decided_at
    ];
    Ok(tx.execute(DECIDE, args).await? == 1)
}

/// One of them.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    id: JournalId,
) -> Result<Option<WriteOff>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// A page with the partners' names, newest first; `status` may be empty.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    status: &str,
    before: Option<JournalId>,
    limit: i64,
) -> Result<Vec<(WriteOff, String)>, StoreError> {
    let args = args![tenant, status, crate::before(before), limit];
    tx.list(PAGE, args, |row| Ok((read(row)?, row.get("partner_name")?)))
        .await
}
