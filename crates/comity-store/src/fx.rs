//! Exchange rates by day, and the conversions of events that keep the rate they used.

use std::collections::BTreeMap;

use comity_domain::fx::{Conversion, Ratio};
use comity_domain::{Currency, EventId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT_DAY = "INSERT INTO exchange_rates (tenant_id, day, source, rates_json, imported_at)
                  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, day) DO NOTHING";
    /// The newest day that is not after one.
    DAY_AT = "SELECT * FROM exchange_rates WHERE tenant_id = $1 AND day <= $2 ORDER BY day DESC LIMIT 1";
    BETWEEN = "SELECT * FROM exchange_rates WHERE tenant_id = $1 AND day >= $2 AND day <= $3 ORDER BY day
               LIMIT 20000";
    PAGE = "SELECT * FROM exchange_rates WHERE tenant_id = $1 AND day < $2 AND ($3 = '' OR day LIKE $3 || '%')
            ORDER BY day DESC LIMIT $4";
    FIRST = "SELECT * FROM exchange_rates WHERE tenant_id = $1 ORDER BY day LIMIT 1";
    CONVERT = "INSERT INTO conversions (tenant_id, event_id, body_json, created_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (tenant_id, event_id) DO NOTHING";
    CONVERSION = "SELECT body_json FROM conversions WHERE tenant_id = $1 AND event_id = $2";
    WAITING = "SELECT id FROM events WHERE tenant_id = $1 AND status = 'parked' AND status_reason = 'no_rate'
                 AND id > $2 ORDER BY id LIMIT $3";
}

/// The rates of one day: units of a currency for one euro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateDay {
    /// The day, as in `2026-10-30`.
    pub day: String,
    /// Who published them, as in `ecb`.
    pub source: String,
    /// The rates.
    pub rates: BTreeMap<Currency, Ratio>,
    /// When the file was read.
    pub imported_at: Timestamp,
}

fn read(row: &Row) -> Result<RateDay, StoreError> {
    Ok(RateDay {
        day: row.get("day")?,
        source: row.get("source")?,
        rates: row.parse("rates_json", |text| serde_json::from_str(text).ok())?,
        imported_at: row.get("imported_at")?,
    })
}

/// Writes the rates of a day; answers whether it is new.
pub async fn insert_day(tx: &mut Tx, tenant: TenantId, day: &RateDay) -> Result<bool, StoreError> {
    let rates =
        serde_json::to_string(&day.rates).map_err(|error| StoreError::Encode(error.into()))?;
    let args = args![tenant, &day.day, &day.source, rates, day.imported_at];
    Ok(tx.execute(INSERT_DAY, args).await? == 1)
}

/// The newest day that is not after `day`.
pub async fn day_at(
    tx: &mut Tx,
    tenant: TenantId,
    day: &str,
) -> Result<Option<RateDay>, StoreError> {
    tx.find(DAY_AT, args![tenant, day], read).await
}

/// Days from one to another, both included, oldest first.
pub async fn between(
    tx: &mut Tx,
    tenant: TenantId,
    from: &str,
    to: &str,
) -> Result<Vec<RateDay>, StoreError> {
    tx.list(BETWEEN, args![tenant, from, to], read).await
}

/// The oldest day.
pub async fn first(tx: &mut Tx, tenant: TenantId) -> Result<Option<RateDay>, StoreError> {
    tx.find(FIRST, args![tenant], read).await
}

/// A page of days, newest first, before a day (empty for the newest), of which the date begins with
/// `find`, as `2025` or `2025-03` (empty for all).
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    before: &str,
    find: &str,
    limit: i64,
) -> Result<Vec<RateDay>, StoreError> {
    // Later than every day that is written with digits.
    let before = if before.is_empty() { "~" } else { before };
    tx.list(PAGE, args![tenant, before, find, limit], read)
        .await
}

/// Keeps the conversion of an event; the first one stands.
pub async fn keep(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
    conversion: &Conversion,
    at: Timestamp,
) -> Result<(), StoreError> {
    let body =
        serde_json::to_string(conversion).map_err(|error| StoreError::Encode(error.into()))?;
    tx.execute(CONVERT, args![tenant, event, body, at])
        .await
        .map(drop)
}

/// The conversion of an event, if it needed one.
pub async fn conversion(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Option<Conversion>, StoreError> {
    tx.find(CONVERSION, args![tenant, event], |row| {
        row.parse("body_json", |text| serde_json::from_str(text).ok())
    })
    .await
}

/// Events that wait for a rate, oldest first, after one.
pub async fn waiting(
    tx: &mut Tx,
    tenant: TenantId,
    after: Option<EventId>,
    limit: i64,
) -> Result<Vec<EventId>, StoreError> {
    let after = after.unwrap_or(EventId(comity_domain::RawId([0; 16])));
    tx.list(WAITING, args![tenant, after, limit], |row| row.get("id"))
        .await
}
