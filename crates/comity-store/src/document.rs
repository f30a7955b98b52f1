//! Numbered documents: issued once, never changed.

use comity_domain::{EnrollmentId, Money, PartnerId, PayoutId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

/// Documents of a year at most: numbers have six places.
const PER_YEAR: i64 = 1_000_000;

statements! {
    COUNT_UP = "INSERT INTO document_numbers (tenant_id, year, last) VALUES ($1, $2, 1)
                ON CONFLICT (tenant_id, year) DO UPDATE SET last = document_numbers.last + 1";
    LAST = "SELECT last FROM document_numbers WHERE tenant_id = $1 AND year = $2";
    INSERT = "INSERT INTO documents (tenant_id, seq, kind, program_id, enrollment_id, partner_id, payout_id,
                net_minor, currency, body_json, issued_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    GET = "SELECT d.*, p.name AS partner_name FROM documents d
           JOIN partners p ON p.tenant_id = d.tenant_id AND p.id = d.partner_id
           WHERE d.tenant_id = $1 AND d.seq = $2";
    OF_PAYOUT = "SELECT d.*, p.name AS partner_name FROM documents d
                 JOIN partners p ON p.tenant_id = d.tenant_id AND p.id = d.partner_id
                 WHERE d.tenant_id = $1 AND d.kind = $2 AND d.payout_id = $3";
    PAGE = "SELECT d.*, p.name AS partner_name FROM documents d
            JOIN partners p ON p.tenant_id = d.tenant_id AND p.id = d.partner_id
            WHERE d.tenant_id = $1 AND ($2 = 0 OR d.partner_id = $3)
              AND ($4 = '' OR LOWER(p.name) LIKE '%' || $4 || '%') AND d.seq < $5
            ORDER BY d.seq DESC LIMIT $6";
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Whose.
    pub tenant: TenantId,
    /// Year and number: 2,026,000,001 is the first of 2026.
    pub seq: i64,
    /// `invoice` or `cancellation`.
    pub kind: String,
    /// Of which program.
    pub program: ProgramId,
    /// Of which membership.
    pub enrollment: EnrollmentId,
    /// For which partner.
    pub partner: PartnerId,
    /// Their name today.
    pub partner_name: String,
    /// Of which payout.
    pub payout: PayoutId,
    /// What was paid, or taken back.
    pub net: Money,
    /// Everything on it, as it was.
    pub body_json: String,
    /// When it was issued.
    pub issued_at: Timestamp,
}

impl Document {
    /// As printed: `2026-000001`.
    #[must_use]
    pub fn number(&self) -> String {
        number(self.seq)
    }
}

/// A sequence as printed.
#[must_use]
pub fn number(seq: i64) -> String {
    format!("{}-{:06}", seq / PER_YEAR, seq % PER_YEAR)
}

fn read(row: &Row) -> Result<Document, StoreError> {
    Ok(Document {
        tenant: row.get("tenant_id")?,
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        partner_name: row.get("partner_name")?,
        payout: row.get("payout_id")?,
        net: row.money("net_minor", "currency")?,
        body_json: row.get("body_json")?,
        issued_at: row.get("issued_at")?,
    })
}

/// The next sequence of a year. Numbers have no gaps because counter and document commit
/// together, and the lock keeps two of them apart.
pub async fn next(tx: &mut Tx, tenant: TenantId, year: i64) -> Result<i64, StoreError> {
    tx.lock(&format!("documents:{tenant}")).await?;
    tx.execute(COUNT_UP, args![tenant, year]).await?;
    let last: i64 = tx.one(LAST, args![tenant, year]).await?.get("last")?;
    Ok(year * PER_YEAR + last)
}

/// Writes a document.
pub async fn insert(tx: &mut Tx, document: &Document) -> Result<(), StoreError> {
    let d = document;
    let args = args![
        d.tenant,
        d.seq,
        &d.kind,
        d.program,
        d.enrollment,
        d.partner,
        d.payout,
        d.net.minor,
        d.net.currency,
        &d.body_json,
        d.issued_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One document.
pub async fn get(tx: &mut Tx, tenant: TenantId, seq: i64) -> Result<Option<Document>, StoreError> {
    tx.find(GET, args![tenant, seq], read).await
}

/// The document of a kind about a payout.
pub async fn of_payout(
    tx: &mut Tx,
    tenant: TenantId,
    kind: &str,
    payout: PayoutId,
) -> Result<Option<Document>, StoreError> {
    tx.find(OF_PAYOUT, args![tenant, kind, payout], read).await
}

/// A page, newest first; of one partner or all, `find` is part of the name in lower case.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    partner: Option<PartnerId>,
    find: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Document>, StoreError> {
    let before = before.unwrap_or(i64::MAX);
    let args = args![tenant, partner.is_some(), partner, find, before, limit];
    tx.list(PAGE, args, read).await
}
