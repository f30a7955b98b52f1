//! How partners are paid: one active method each, the earlier ones kept.

use comity_domain::payout::{PayoutMethod, Rail};
use comity_domain::{PartnerId, PayoutMethodId, TenantId, Timestamp};

use super::text;
use crate::{Row, StoreError, Tx};

statements! {
    RETIRE_METHODS = "UPDATE payout_methods SET status = 'replaced' WHERE tenant_id = $1 AND partner_id = $2
                      AND status = 'active'";
    INSERT_METHOD = "INSERT INTO payout_methods (tenant_id, id, partner_id, kind, details_json, masked, fingerprint,
                       status, usable_from, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)";
    METHOD = "SELECT * FROM payout_methods WHERE tenant_id = $1 AND partner_id = $2 AND status = 'active'
              ORDER BY id DESC LIMIT 1";
    SHARED = "SELECT COUNT(DISTINCT partner_id) AS n FROM payout_methods
              WHERE tenant_id = $1 AND fingerprint = $2 AND partner_id <> $3 AND status = 'active'";
}

/// How a partner is paid.
#[derive(Clone, PartialEq, Eq)]
pub struct Method {
    /// Its id.
    pub id: PayoutMethodId,
    /// Whose.
    pub tenant: TenantId,
    /// Which partner.
    pub partner: PartnerId,
    /// The details; personal data.
    pub details: PayoutMethod,
    /// For display.
    pub masked: String,
    /// Equal for the same account, to find shared ones.
    pub fingerprint: [u8; 32],
    /// Not used before this.
    pub usable_from: Timestamp,
    /// When it was given.
    pub created_at: Timestamp,
}

fn read_method(row: &Row) -> Result<Method, StoreError> {
    Ok(Method {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        partner: row.get("partner_id")?,
        details: row.parse("details_json", |text| serde_json::from_str(text).ok())?,
        masked: row.get("masked")?,
        fingerprint: row.get("fingerprint")?,
        usable_from: row.get("usable_from")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a method and retires the one before.
pub async fn set_method(tx: &mut Tx, method: &Method, rail: Rail) -> Result<(), StoreError> {
    let m = method;
    tx.execute(RETIRE_METHODS, args![m.tenant, m.partner])
        .await?;
    let args = args![
        m.tenant,
        m.id,
        m.partner,
        rail.code(),
        text(&m.details)?,
        &m.masked,
        &m.fingerprint,
        m.usable_from,
        m.created_at
    ];
    tx.execute(INSERT_METHOD, args).await.map(drop)
}

/// The partner's present method.
pub async fn method(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
) -> Result<Option<Method>, StoreError> {
    tx.find(METHOD, args![tenant, partner], read_method).await
}

/// How many other partners are paid to the same account.
pub async fn sharing(tx: &mut Tx, method: &Method) -> Result<i64, StoreError> {
    tx.one(
        SHARED,
        args![method.tenant, &method.fingerprint, method.partner],
    )
    .await?
    .get("n")
}
