//! Converting an event at its day's rate, once; deciding what waited for a rate.

use comity_domain::fx::{Conversion, FxError, RateTable};
use comity_domain::{Currency, EventId, Money, TenantId};
use comity_store::Tx;
use comity_store::fx as store;
use jiff::civil::Date;

use crate::{App, AppError, tracking};

/// Events decided per look at the queue: few, because each is a transaction of its own.
const BATCH: i64 = 200;

/// Why an amount waits.
const NO_RATE: &str = "no_rate";

/// Converts the amount of an event at the rate of `day` and keeps rate, date and source.
/// A second call answers the first conversion, whatever rates came since (I14). `Err` inside
/// is the reason why it waits.
pub async fn freeze(
    tx: &mut Tx,
    app: &App,
    (tenant, event): (TenantId, EventId),
    original: Money,
    to: Currency,
    day: Date,
) -> Result<Result<Conversion, &'static str>, AppError> {
    if let Some(known) = store::conversion(tx, tenant, event).await?
        && known.converted.currency == to
    {
        return Ok(Ok(known));
    }
    let Some(stored) = store::day_at(tx, tenant, &day.to_string()).await? else {
        return Ok(Err(NO_RATE));
    };
    let published = stored
        .day
        .parse()
        .map_err(|_| AppError::Internal("a day of rates is no date".to_owned()))?;
    let table = RateTable::stored(&stored.source, [(published, stored.rates)]);
    let converted = table
        .on(original.currency, to, day)
        .and_then(|rate| rate.convert(original));
    let conversion = match converted {
        Ok(conversion) => conversion,
        Err(FxError::NoRate(_) | FxError::Stale(_)) => return Ok(Err(NO_RATE)),
        Err(FxError::Overflow) => return Ok(Err("amount_too_large")),
        Err(error @ (FxError::WrongCurrency | FxError::NotPositive)) => {
            return Err(AppError::Internal(error.to_string()));
        }
    };
    store::keep(tx, tenant, event, &conversion, app.now()).await?;
    Ok(Ok(conversion))
}

/// The conversion of an event, if it needed one.
pub async fn conversion(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Option<Conversion>, AppError> {
    Ok(store::conversion(tx, tenant, event).await?)
}

/// Decides every event that waited for a rate and has one now. A job.
pub async fn catch_up(app: &App, tenant: TenantId) -> Result<(), AppError> {
    let mut after = None;
    loop {
        let mut tx = app.store.read().await?;
        let waiting = store::waiting(&mut tx, tenant, after, BATCH).await?;
        drop(tx);
        let Some(last) = waiting.last() else {
            return Ok(());
        };
        after = Some(*last);
        for event in waiting {
            tracking::decide_waiting(app, tenant, event).await?;
        }
    }
}
