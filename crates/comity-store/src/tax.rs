//! Tax profiles of partners by date, and what is kept back by country and date.

use comity_domain::tax::{TaxProfile, TaxRule};
use comity_domain::{Bps, PartnerId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    SET_PROFILE = "INSERT INTO tax_profiles (tenant_id, partner_id, valid_from, body_json, created_at)
                   VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (tenant_id, partner_id, valid_from) DO UPDATE SET body_json = excluded.body_json,
                     created_at = excluded.created_at";
    /// The newest that has begun on a day.
    PROFILE = "SELECT * FROM tax_profiles WHERE tenant_id = $1 AND partner_id = $2 AND valid_from <= $3
               ORDER BY valid_from DESC LIMIT 1";
    SET_RULE = "INSERT INTO tax_rules (tenant_id, country, valid_from, rate_bps, above_minor, created_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (tenant_id, country, valid_from) DO UPDATE SET rate_bps = excluded.rate_bps,
                  above_minor = excluded.above_minor, created_at = excluded.created_at";
    RULES = "SELECT * FROM tax_rules WHERE tenant_id = $1 ORDER BY country, valid_from DESC LIMIT 2000";
    /// Paid since an instant, in minor units: money that has left and did not come back.
    PAID_SINCE = "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) AS minor FROM payouts
                  WHERE tenant_id = $1 AND partner_id = $2 AND currency = $3 AND created_at >= $4
                    AND state IN ('approved', 'intent', 'sending', 'unknown', 'sent', 'paid')";
}

/// A profile with its first day.
#[derive(Clone, PartialEq, Eq)]
pub struct Dated {
    /// As in `2026-11-21`.
    pub valid_from: String,
    /// The profile.
    pub profile: TaxProfile,
    /// When it was given.
    pub created_at: Timestamp,
}

/// Writes the profile that counts from a day on.
pub async fn set_profile(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
    dated: &Dated,
) -> Result<(), StoreError> {
    let body =
        serde_json::to_string(&dated.profile).map_err(|error| StoreError::Encode(error.into()))?;
    let args = args![tenant, partner, &dated.valid_from, body, dated.created_at];
    tx.execute(SET_PROFILE, args).await.map(drop)
}

/// The profile that counts on a day.
pub async fn profile(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
    day: &str,
) -> Result<Option<Dated>, StoreError> {
    tx.find(PROFILE, args![tenant, partner, day], |row: &Row| {
        Ok(Dated {
            valid_from: row.get("valid_from")?,
            profile: row.parse("body_json", |text| serde_json::from_str(text).ok())?,
            created_at: row.get("created_at")?,
        })
    })
    .await
}

/// Writes a rule.
pub async fn set_rule(
    tx: &mut Tx,
    tenant: TenantId,
    rule: &TaxRule,
    at: Timestamp,
) -> Result<(), StoreError> {
    let args = args![
        tenant,
        &rule.country,
        rule.valid_from.to_string(),
        rule.rate.0,
        rule.above_minor,
        at
    ];
    tx.execute(SET_RULE, args).await.map(drop)
}

/// All rules, by country, newest first.
pub async fn rules(tx: &mut Tx, tenant: TenantId) -> Result<Vec<TaxRule>, StoreError> {
    tx.list(RULES, args![tenant], |row: &Row| {
        Ok(TaxRule {
            country: row.get("country")?,
            valid_from: row.parse("valid_from", |text| text.parse().ok())?,
            rate: Bps(row.get("rate_bps")?),
            above_minor: row.get("above_minor")?,
        })
    })
    .await
}

/// What a partner was paid since an instant in one currency, what is under way included.
pub async fn paid_since(
    tx: &mut Tx,
    tenant: TenantId,
    partner: PartnerId,
    currency: comity_domain::Currency,
    since: Timestamp,
) -> Result<i64, StoreError> {
    tx.one(PAID_SINCE, args![tenant, partner, currency, since])
        .await?
        .get("minor")
}
