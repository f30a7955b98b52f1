//! What is owed to a membership, journal by journal: the lines of a statement (K5).

use comity_domain::ledger::{Account, JournalKind, Refs};
use comity_domain::{Currency, EnrollmentId, Money, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    LINES = "SELECT j.seq, j.at, j.kind, j.refs_json, l.currency, CAST(SUM(l.amount_minor) AS BIGINT) AS minor
             FROM ledger_lines l JOIN journals j ON j.tenant_id = l.tenant_id AND j.id = l.journal_id
             WHERE l.tenant_id = $1 AND l.account IN ($2, $3, $4, $5) AND l.currency = $6
               AND j.at >= $7 AND j.at < $8
             GROUP BY j.seq, j.at, j.kind, j.refs_json, l.currency HAVING SUM(l.amount_minor) <> 0
             ORDER BY j.seq LIMIT 10000";
    BEFORE = "SELECT CAST(COALESCE(SUM(l.amount_minor), 0) AS BIGINT) AS minor
              FROM ledger_lines l JOIN journals j ON j.tenant_id = l.tenant_id AND j.id = l.journal_id
              WHERE l.tenant_id = $1 AND l.account IN ($2, $3, $4, $5) AND l.currency = $6 AND j.at < $7";
}

/// One booking that changed what is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// When it was booked.
    pub at: Timestamp,
    /// What it records.
    pub kind: JournalKind,
    /// What it is about.
    pub refs: Refs,
    /// By how much what is owed to the partner changed: earned is positive.
    pub owed: Money,
}

/// Everything owed: payable or not, in a payout on its way, kept in reserve.
fn accounts(id: EnrollmentId) -> [String; 4] {
    [
        Account::Pending(id),
        Account::Available(id),
        Account::InFlight(id),
        Account::Reserve(id),
    ]
    .map(|account| account.to_string())
}

/// A debt of the books is a credit there, so it is turned round.
fn owed(row: &Row, currency: Currency) -> Result<Money, StoreError> {
    let minor: i64 = row.get("minor")?;
    let turned = minor
        .checked_neg()
        .ok_or(StoreError::Corrupt { column: "minor" })?;
    Ok(Money::new(turned, currency))
}

/// Bookings from `from` on and before `to` that changed what is owed, oldest first.
/// Movements between the partner's own accounts are none.
pub async fn lines(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    currency: Currency,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Line>, StoreError> {
    let [a, b, c, d] = accounts(id);
    let read = |row: &Row| {
        Ok(Line {
            at: row.get("at")?,
            kind: row.parse("kind", JournalKind::from_code)?,
            refs: row.parse("refs_json", |text| serde_json::from_str(text).ok())?,
            owed: owed(row, row.get("currency")?)?,
        })
    };
    tx.list(LINES, args![tenant, a, b, c, d, currency, from, to], read)
        .await
}

/// What was owed just before an instant.
pub async fn owed_before(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    currency: Currency,
    at: Timestamp,
) -> Result<Money, StoreError> {
    let [a, b, c, d] = accounts(id);
    let row = tx
        .one(BEFORE, args![tenant, a, b, c, d, currency, at])
        .await?;
    owed(&row, currency)
}
