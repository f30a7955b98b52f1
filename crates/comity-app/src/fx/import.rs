//! Reading a public rates file in: all of it, or nothing and the place that is wrong.

use std::collections::BTreeMap;

use comity_domain::fx::{RateFileError, RateTable};
use comity_domain::{Actor, Permission, TenantId};
use comity_store::Tx;
use comity_store::fx::{self as store, RateDay};
use serde_json::json;

use crate::job::{NewJob, enqueue};
use crate::{App, AppError, FieldError, audit, authorise};

/// The job that decides what waited for a rate.
pub const JOB: &str = "fx.catch_up";

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Days that are new.
    pub new: usize,
    /// Days that were known with the same rates.
    pub known: usize,
    /// First day of the file.
    pub from: String,
    /// Its last day.
    pub to: String,
}

/// Reads the reference rates of the European Central Bank in. A hole, in the file or between
/// it and what is known, an unreadable cell or a rate that differs from a known one refuses
/// the whole file; the field of the refusal is the place.
pub async fn import(app: &App, actor: &Actor, bytes: &[u8]) -> Result<Imported, AppError> {
    let tenant = authorise(actor, Permission::PreparePayouts)?;
    let text = std::str::from_utf8(bytes).map_err(|_| refused("file", "rates_heading"))?;
    let table = RateTable::parse_ecb(text).map_err(place)?;
    let (from, to) = table
        .range()
        .ok_or_else(|| refused("file", "rates_empty"))?;
    let mut tx = app.store.write().await?;
    tx.lock(&format!("rates:{tenant}")).await?;
    joins(&mut tx, tenant, &table).await?;
    let (from, to) = (from.to_string(), to.to_string());
    let known = store::between(&mut tx, tenant, &from, &to).await?;
    let known: BTreeMap<String, RateDay> = known
        .into_iter()
        .map(|day| (day.day.clone(), day))
        .collect();
    let mut done = Imported {
        new: 0,
        known: 0,
        from,
        to,
    };
    for (date, rates) in table.days() {
        let day = date.to_string();
        if let Some(before) = known.get(&day) {
            differs(before, rates)?;
            done.known += 1;
            continue;
        }
        let row = RateDay {
            day,
            source: table.source().to_owned(),
            rates: rates.clone(),
            imported_at: app.now(),
        };
        store::insert_day(&mut tx, tenant, &row).await?;
        done.new += 1;
    }
    let label = tenant.to_string();
    let entry = audit::Entry {
        action: "rates.imported",
        object_kind: "organisation",
        object_id: &label,
        detail: json!({ "from": done.from, "to": done.to, "new": done.new }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    enqueue(&mut tx, app, tenant, NewJob::now(JOB, json!({}))).await?;
    tx.commit().await?;
    app.announce(tenant, "rates");
    Ok(done)
}

/// Nothing may be missing between the file and the known days.
async fn joins(tx: &mut Tx, tenant: TenantId, table: &RateTable) -> Result<(), AppError> {
    let newest = store::page(tx, tenant, "", "", 1).await?;
    let gap = |date: jiff::civil::Date| refused(&date.to_string(), "rates_gap");
    if let Some(last) = newest.first().and_then(|day| day.day.parse().ok())
        && let Some(date) = table.gap_after(last)
    {
        return Err(gap(date));
    }
    if let Some(first) = store::first(tx, tenant).await?
        && let Some((_, last)) = table.range()
        && let Ok(day) = first.day.parse()
        && let Some(date) = RateTable::stored(&first.source, [(day, first.rates)]).gap_after(last)
    {
        return Err(gap(date));
    }
    Ok(())
}

/// Published rates do not change: a file that says otherwise is not what it seems.
fn differs(
    before: &RateDay,
    rates: &BTreeMap<comity_domain::Currency, comity_domain::fx::Ratio>,
) -> Result<(), AppError> {
    for (currency, rate) in rates {
        if before
            .rates
            .get(currency)
            .is_some_and(|known| known != rate)
        {
            let place = format!("{} {currency}", before.day);
            return Err(refused(&place, "rates_differ"));
        }
    }
    Ok(())
}

fn refused(place: &str, code: &'static str) -> AppError {
    AppError::Invalid(vec![FieldError::new(place, code)])
}

fn place(error: RateFileError) -> AppError {
    use RateFileError as E;
    match error {
        E::TooLarge => refused("file", "rates_too_large"),
        E::Heading => refused("line 1", "rates_heading"),
        E::Columns { line } => refused(&format!("line {line}"), "rates_columns"),
        E::Date { line } => refused(&format!("line {line}"), "rates_date"),
        E::Twice { line } => refused(&format!("line {line}"), "rates_twice"),
        E::Rate { line, currency } => refused(&format!("line {line}, {currency}"), "rates_rate"),
        E::Empty => refused("file", "rates_empty"),
        E::MissingDay { date } => refused(&date.to_string(), "rates_missing_day"),
        E::MissingRate { date, currency } => {
            refused(&format!("{date}, {currency}"), "rates_missing_rate")
        }
    }
}
