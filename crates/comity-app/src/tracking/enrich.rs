//! A second message about an event that is known: what it adds is kept, money that differs is not.

use comity_domain::program::Program;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, CustomerId, Permission};
use comity_store::event::{self as store, Event};
use comity_store::{Tx, customer as customers};

use super::edit::{Order, order};
use super::record::{load_program, name, new_event};
use super::{Happening, NewEvent, customer, refund};
use crate::{App, AppError, attribution, authorise};

/// What a second message did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enriched {
    /// It says nothing new.
    Same,
    /// It added facts: names, a click, a customer's address.
    Added,
    /// It disagrees about money; the first message stands.
    AmountDiffers,
}

/// Joins a message into the stored event with the same natural key. Events that
/// credit nobody are decided again with what is known now, so that the order in
/// which a checkout and its invoice arrive does not matter (R3).
pub async fn enrich(
    app: &App,
    actor: &Actor,
    source: &str,
    input: NewEvent,
) -> Result<Enriched, AppError> {
    let tenant = authorise(actor, Permission::RecordEvents)?;
    app.clicks.catch_up().await;
    let mut tx = app.store.write().await?;
    let program = load_program(&mut tx, tenant, input.program).await?;
    crate::ledger::lock(&mut tx, program.id).await?;
    let (code, id) = (input.happening.code(), input.external_id.trim());
    let stored = store::by_key(&mut tx, tenant, program.id, code, id)
        .await?
        .ok_or(AppError::NotFound("event"))?;
    let first = read(&stored)?;
    if first.net.currency != input.net.currency || first.net != input.net {
        return Ok(Enriched::AmountDiffers);
    }
    let joined = join(&first, &input);
    if joined == first {
        return Ok(Enriched::Same);
    }
    let fresh = new_event(app, actor, source, &joined)?;
    let mut event = Event {
        click: fresh.click,
        coupon: fresh.coupon,
        body_json: fresh.body_json,
        body_hash: fresh.body_hash,
        occurred_at: fresh.occurred_at,
        ..stored
    };
    store::enrich(&mut tx, &event).await?;
    take_up(&mut tx, app, actor, &program, &mut event, &joined).await?;
    tx.commit().await?;
    app.announce(tenant, "event");
    Ok(Enriched::Added)
}

/// What follows from the added facts.
async fn take_up(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    event: &mut Event,
    joined: &NewEvent,
) -> Result<(), AppError> {
    let click = customer::click_of(tx, event).await?;
    let at = event.occurred_at;
    let customer = customer::stitch(tx, app, actor, joined, at, click.as_ref()).await?;
    event.customer = event.customer.or(customer.as_ref().map(|known| known.id));
    store::set_status(tx, event).await?;
    if is_sale(joined) {
        name(tx, event, joined).await?;
        refund::catch_up(tx, app, actor, program, event).await?;
    }
    if let Some(customer) = customer {
        reconsider(tx, app, actor, program, customer.id).await?;
    }
    Ok(())
}

/// Decides a customer's events that credit nobody again, oldest first: the
/// customer may be bound to a partner's click by now.
pub(super) async fn reconsider(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    customer: CustomerId,
) -> Result<(), AppError> {
    let mut events = store::of_customer(tx, program.tenant, customer).await?;
    events.retain(|event| event.program == program.id && event.status == "decided");
    events.sort_by_key(|event| (event.occurred_at, event.id));
    for mut event in events {
        let Some(decision) = attribution::stored_decision(tx, event.tenant, event.id).await? else {
            continue;
        };
        if decision.credits.is_empty() {
            decide_again(tx, app, actor, program, &mut event).await?;
        }
    }
    Ok(())
}

async fn decide_again(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    event: &mut Event,
) -> Result<(), AppError> {
    let Order {
        event: now,
        input,
        conversion,
    } = order(tx, event).await?;
    let Happening::Kind(kind) = &input.happening else {
        return Ok(());
    };
    let Some(id) = event.customer else {
        return Ok(());
    };
    let mut customer = customers::get(tx, event.tenant, id).await?;
    if let Some(known) = &mut customer
        && matches!(kind, EventKind::Sale | EventKind::Renewal)
    {
        // Deciding counts the order once more.
        known.orders -= 1;
        known.revenue_minor = known
            .revenue_minor
            .saturating_sub(attribution::counted(program, &now, conversion.as_ref()).minor);
    }
    store::withdraw_decision(tx, event.tenant, event.id).await?;
    let click = customer::click_of(tx, event).await?;
    let case = attribution::Case {
        program,
        event: &now,
        kind,
        input: &input,
        click: click.as_ref(),
        customer,
        conversion,
    };
    let (decision, _) = attribution::decide(tx, app, actor, case).await?;
    if !decision.credits.is_empty() {
        refund::settle_again(tx, app, actor, program, event).await?;
    }
    Ok(())
}

pub(super) fn read(event: &Event) -> Result<NewEvent, AppError> {
    serde_json::from_str(&event.body_json)
        .map_err(|error| AppError::Internal(format!("stored event does not read back: {error}")))
}

fn is_sale(input: &NewEvent) -> bool {
    matches!(&input.happening, Happening::Kind(kind) if !kind.is_reversal())
}

/// Facts that are present stay, absent ones are filled, lists are united.
pub(super) fn join(first: &NewEvent, later: &NewEvent) -> NewEvent {
    let mut joined = first.clone();
    joined.click = first.click.or(later.click);
    joined.occurred_at = match (first.occurred_at, later.occurred_at) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    };
    unite(&mut joined.aliases, &later.aliases);
    unite(&mut joined.refers_to, &later.refers_to);
    unite(&mut joined.coupons, &later.coupons);
    if later.items.len() > joined.items.len() {
        joined.items.clone_from(&later.items);
    }
    for (kept, given) in [
        (
            &mut joined.customer.external_id,
            &later.customer.external_id,
        ),
        (&mut joined.customer.email, &later.customer.email),
        (&mut joined.customer.name, &later.customer.name),
        (&mut joined.customer.country, &later.customer.country),
    ] {
        if kept.is_empty() {
            kept.clone_from(given);
        }
    }
    for (key, value) in &later.metadata {
        joined
            .metadata
            .entry(key.clone())
            .or_insert_with(|| value.clone());
    }
    joined
}

fn unite(kept: &mut Vec<String>, given: &[String]) {
    for text in given {
        if !kept.contains(text) {
            kept.push(text.clone());
        }
    }
}
