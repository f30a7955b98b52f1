//! What pages in visitors' browsers told: leads count, sales need somebody else's word.

use std::collections::BTreeMap;

use comity_domain::program::{BrowserSales, Program};
use comity_domain::tracking::{Hint, HintSource};
use comity_domain::{Actor, Money, ProgramId, RawId, TenantId, Timestamp};
use comity_store::Tx;
use comity_store::event::{self as store, Event};
use serde::{Deserialize, Serialize};

use super::enrich::{Enriched, enrich, join, read};
use super::record::{load_program, new_event, park, take_in};
use super::{Happening, NewCustomer, NewEvent, check};
use crate::job::{NewJob, enqueue};
use crate::{App, AppError};

/// The job that takes in one hint.
pub const HEARD: &str = "tracking.hint";
/// Why a browser's sale waits.
const UNVERIFIED: &str = "unverified";
/// Why a browser's sale never counts.
const REFUSED: &str = "browser_refused";
/// Noted where the click of a sale is the browser's word only.
const CLICK_FROM: &str = "comity.click_from";

/// A hint with what the collector knows about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The organisation.
    pub tenant: TenantId,
    /// The program.
    pub program: ProgramId,
    /// When the collector heard it: the event's time.
    pub at: Timestamp,
    /// What was told.
    pub hint: Hint,
}

/// Queues hints for deciding, durably. One that is shipped again is queued once
/// while it waits, and has no second effect afterwards: its natural key is known.
pub async fn hear(app: &App, batch: &[(RawId, Heard)]) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    for (id, heard) in batch {
        let body =
            serde_json::to_value(heard).map_err(|error| AppError::Internal(error.to_string()))?;
        let key = format!("hint:{}", id.text());
        let job = NewJob::once_at(HEARD, body, app.now(), key);
        enqueue(&mut tx, app, heard.tenant, job).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes in one hint: leads and the program's own actions are decided, sales
/// wait for a trusted message or are set aside, as the program wants.
pub async fn take_hint(app: &App, heard: Heard) -> Result<(), AppError> {
    let actor = Actor::System {
        tenant: heard.tenant,
    };
    app.clicks.catch_up().await;
    let mut tx = app.store.write().await?;
    let program = load_program(&mut tx, heard.tenant, heard.program).await?;
    let source = heard.hint.source;
    let money = heard.hint.claims_money();
    let Some(input) = event_of(heard, &program) else {
        return Ok(());
    };
    if check::check(&input, app.now()).is_err() {
        // The collector's limits are narrower, so this is a hint of another version.
        tracing::warn!("a page's hint was refused by the event's limits");
        return Ok(());
    }
    crate::ledger::lock(&mut tx, program.id).await?;
    let mut event = new_event(app, &actor, source.code(), &input)?;
    if !store::insert(&mut tx, &event).await? {
        drop(tx);
        return add_to_known(app, &actor, source, input).await;
    }
    match program.settings.browser_sales {
        BrowserSales::Hold if money => {
            park(&mut event, UNVERIFIED);
            store::set_status(&mut tx, &event).await?;
        }
        BrowserSales::Refuse if money => {
            "ignored".clone_into(&mut event.status);
            REFUSED.clone_into(&mut event.status_reason);
            store::set_status(&mut tx, &event).await?;
        }
        BrowserSales::Hold | BrowserSales::Refuse | BrowserSales::Accept => {
            take_in(&mut tx, app, &actor, &program, event, &input).await?;
        }
    }
    tx.commit().await?;
    app.announce(program.tenant, "event");
    Ok(())
}

/// The shop told of the event before its page did: the page's click may still
/// say whose it is, its amount is nobody's business any more.
async fn add_to_known(
    app: &App,
    actor: &Actor,
    source: HintSource,
    input: NewEvent,
) -> Result<(), AppError> {
    let mut tx = app.store.read().await?;
    let (code, id) = (input.happening.code(), input.external_id.trim());
    let known = store::by_key(&mut tx, actor.tenant(), input.program, code, id).await?;
    drop(tx);
    let Some(known) = known.filter(|known| !HintSource::is_hint(&known.source)) else {
        // The first hint stands.
        return Ok(());
    };
    let told = read(&known)?;
    if told.click.is_some() || input.click.is_none() {
        return Ok(());
    }
    let mut added = NewEvent {
        click: input.click,
        ..told
    };
    note_click(&mut added.metadata, source.code());
    match enrich(app, actor, &known.source, added).await? {
        Enriched::Added | Enriched::Same | Enriched::AmountDiffers => Ok(()),
    }
}

/// Joins a trusted message with the hint that waits under the same key: money and
/// time are the message's, the click is the page's where the message names none.
/// `None` when what is stored is no hint that waits.
pub(super) async fn confirmed(
    tx: &mut Tx,
    fresh: &Event,
    input: &NewEvent,
) -> Result<Option<(Event, NewEvent)>, AppError> {
    let stored = store::by_key(
        tx,
        fresh.tenant,
        fresh.program,
        &fresh.kind,
        &fresh.external_id,
    )
    .await?
    .filter(|stored| matches!(stored.status_reason.as_str(), UNVERIFIED | REFUSED));
    let Some(stored) = stored.filter(|_| !HintSource::is_hint(&fresh.source)) else {
        return Ok(None);
    };
    let joined = if stored.status_reason == UNVERIFIED {
        let told = read(&stored)?;
        let hint = NewEvent {
            // A forged coupon or item must not ride on a confirmed sale.
            coupons: Vec::new(),
            items: Vec::new(),
            ..told
        };
        let mut joined = join(input, &hint);
        if input.click.is_none() && joined.click.is_some() {
            note_click(&mut joined.metadata, &stored.source);
        }
        joined.occurred_at = input.occurred_at.or(hint.occurred_at);
        joined
    } else {
        input.clone()
    };
    let event = Event {
        id: stored.id,
        click: joined.click,
        body_json: serde_json::to_string(&joined)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        occurred_at: joined.occurred_at.unwrap_or(fresh.occurred_at),
        // The hash stays that of the message, so that its repetition is known.
        ..fresh.clone()
    };
    store::confirm(tx, &event).await?;
    Ok(Some((event, joined)))
}

fn note_click(metadata: &mut BTreeMap<String, String>, source: &str) {
    metadata.insert(CLICK_FROM.to_owned(), source.to_owned());
}

/// The hint as an event; `None` for a kind this version does not know.
fn event_of(heard: Heard, program: &Program) -> Option<NewEvent> {
    let hint = heard.hint;
    let happening = match hint.kind.as_str() {
        "customer" => Happening::CustomerSeen,
        _ => Happening::Kind(hint.event_kind()?),
    };
    let currency = hint.currency.unwrap_or(program.currency);
    let net = Money::new(hint.amount_minor, currency);
    let mut metadata = hint.metadata;
    for (name, value) in hint.foreign {
        metadata.entry(format!("foreign.{name}")).or_insert(value);
    }
    if !hint.page.is_empty() {
        metadata.entry("page".to_owned()).or_insert(hint.page);
    }
    Some(NewEvent {
        program: program.id,
        happening,
        external_id: hint.external_id,
        aliases: Vec::new(),
        refers_to: Vec::new(),
        click: hint.click,
        coupons: Some(hint.coupon)
            .filter(|code| !code.is_empty())
            .into_iter()
            .collect(),
        customer: NewCustomer {
            external_id: hint.customer_id,
            email: hint.email,
            name: hint.name,
            country: hint.country,
        },
        net,
        gross: net,
        items: Vec::new(),
        occurred_at: Some(heard.at),
        metadata,
    })
}
