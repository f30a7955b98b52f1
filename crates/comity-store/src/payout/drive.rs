//! Payouts that a worker drives through a provider: frozen bytes, the next look, the people's queue.

use comity_domain::payout::Rail;
use comity_domain::{PayoutId, TenantId, Timestamp};

use super::{Payout, read as read_payout};
use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO payout_drives (tenant_id, payout_id, rail, reference, next_at, person, updated_at)
              VALUES ($1, $2, $3, '', $4, '', $4) ON CONFLICT (tenant_id, payout_id) DO NOTHING";
    GET = "SELECT * FROM payout_drives WHERE tenant_id = $1 AND payout_id = $2";
    BY_REFERENCE = "SELECT * FROM payout_drives WHERE tenant_id = $1 AND rail = $2 AND reference = $3
                    ORDER BY payout_id LIMIT 1";
    /// The first bytes stand, whoever comes later.
    FREEZE = "UPDATE payout_drives SET body = $3, digest = $4, updated_at = $5
              WHERE tenant_id = $1 AND payout_id = $2 AND body IS NULL";
    SET = "UPDATE payout_drives SET reference = $3, next_at = $4, person = $5, alerted_at = $6, updated_at = $7
           WHERE tenant_id = $1 AND payout_id = $2";
    /// Across tenants: the worker drives the payouts of every organisation.
    DUE = "SELECT tenant_id, payout_id FROM payout_drives WHERE next_at <= $1 ORDER BY next_at, payout_id LIMIT $2";
    QUEUE = "SELECT y.*, p.name AS partner_name, d.person, d.alerted_at, d.reference FROM payout_drives d
             JOIN payouts y ON y.tenant_id = d.tenant_id AND y.id = d.payout_id
             JOIN partners p ON p.tenant_id = y.tenant_id AND p.id = y.partner_id
             WHERE d.tenant_id = $1 AND d.person <> '' AND y.id < $2 ORDER BY y.id DESC LIMIT $3";
    QUEUED = "SELECT COUNT(*) AS n FROM payout_drives WHERE tenant_id = $1 AND person <> ''";
    OF_BATCH = "SELECT COUNT(*) AS n FROM payout_drives d
                JOIN payouts y ON y.tenant_id = d.tenant_id AND y.id = d.payout_id
                WHERE d.tenant_id = $1 AND y.batch_id = $2";
}

/// How far a worker is with a payout.
#[derive(Clone, PartialEq, Eq)]
pub struct Drive {
    /// Whose.
    pub tenant: TenantId,
    /// The payout.
    pub payout: PayoutId,
    /// Over which rail.
    pub rail: Rail,
    /// The frozen bytes and their digest.
    pub frozen: Option<(Vec<u8>, [u8; 32])>,
    /// The provider's reference, or empty.
    pub reference: String,
    /// When to look again; none is nothing to do.
    pub next_at: Option<Timestamp>,
    /// Why a person must look at it, by code; or empty.
    pub person: String,
    /// When people were told.
    pub alerted_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Drive, StoreError> {
    let body: Option<Vec<u8>> = row.get("body")?;
    let digest: Option<[u8; 32]> = row.get("digest")?;
    Ok(Drive {
        tenant: row.get("tenant_id")?,
        payout: row.get("payout_id")?,
        rail: row.parse("rail", Rail::from_code)?,
        frozen: body.zip(digest),
        reference: row.get("reference")?,
        next_at: row.get("next_at")?,
        person: row.get("person")?,
        alerted_at: row.get("alerted_at")?,
    })
}

/// Hands a payout to the worker, at once.
pub async fn insert(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
    rail: Rail,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(INSERT, args![tenant, payout, rail.code(), at])
        .await
        .map(drop)
}

/// How far the worker is; none for payouts that people move.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
) -> Result<Option<Drive>, StoreError> {
    tx.find(GET, args![tenant, payout], read).await
}

/// Keeps the bytes to send; the first ones stand.
pub async fn freeze(
    tx: &mut Tx,
    tenant: TenantId,
    payout: PayoutId,
    body: &[u8],
    digest: &[u8; 32],
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(FREEZE, args![tenant, payout, body.to_vec(), digest, at])
        .await
        .map(drop)
}

/// Writes reference, next look and queue.
pub async fn set(tx: &mut Tx, drive: &Drive, at: Timestamp) -> Result<(), StoreError> {
    let args = args![
        drive.tenant,
        drive.payout,
        &drive.reference,
        drive.next_at,
        &drive.person,
        drive.alerted_at,
        at
    ];
    tx.execute(SET, args).await.map(drop)
}

/// Payouts that are due now, of every organisation.
pub async fn due(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(TenantId, PayoutId)>, StoreError> {
    tx.list(DUE, args![now, limit], |row| {
        Ok((row.get("tenant_id")?, row.get("payout_id")?))
    })
    .await
}

/// A payout in the people's queue.
#[derive(Clone, PartialEq, Eq)]
pub struct Queued {
    /// The payout.
    pub payout: Payout,
    /// The partner's name.
    pub partner_name: String,
    /// Why, by code.
    pub person: String,
    /// When people were told.
    pub alerted_at: Option<Timestamp>,
    /// The provider's reference, or empty.
    pub reference: String,
}

/// A page of the people's queue, newest first.
pub async fn queue(
    tx: &mut Tx,
    tenant: TenantId,
    before: Option<PayoutId>,
    limit: i64,
) -> Result<Vec<Queued>, StoreError> {
    tx.list(QUEUE, args![tenant, crate::before(before), limit], |row| {
        Ok(Queued {
            payout: read_payout(row)?,
            partner_name: row.get("partner_name")?,
            person: row.get("person")?,
            alerted_at: row.get("alerted_at")?,
            reference: row.get("reference")?,
        })
    })
    .await
}

/// How many wait for a person.
pub async fn queued(tx: &mut Tx, tenant: TenantId) -> Result<i64, StoreError> {
    tx.one(QUEUED, args![tenant]).await?.get("n")
}

/// How many payouts of a batch a worker drives.
pub async fn of_batch(
    tx: &mut Tx,
    tenant: TenantId,
    batch: comity_domain::PayoutBatchId,
) -> Result<i64, StoreError> {
    tx.one(OF_BATCH, args![tenant, batch]).await?.get("n")
}

/// The payment a provider knows under this reference.
pub async fn by_reference(
    tx: &mut Tx,
    tenant: TenantId,
    rail: Rail,
    reference: &str,
) -> Result<Option<Drive>, StoreError> {
    if reference.is_empty() {
        return Ok(None);
    }
    tx.find(BY_REFERENCE, args![tenant, rail.code(), reference], read)
        .await
}
