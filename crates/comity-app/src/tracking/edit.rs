//! Orders that were edited: an order counts with its newest amount and lines, whatever was
//! refunded or paid out since (RELIABILITY 2.2, "order edited").

use comity_domain::commission::Item;
use comity_domain::fx::Conversion;
use comity_domain::ledger::ReversalReason;
use comity_domain::program::Program;
use comity_domain::{Actor, Money};
use comity_store::click::Counts;
use comity_store::commission::Commission;
use comity_store::event::{self as store, Event};
use comity_store::{Tx, customer as customers};

use super::refund::{self, input_of};
use super::{Happening, NewEvent, fact};
use crate::attribution::{self, Case};
use crate::commission::{Cause, order_changed};
use crate::{App, AppError, fx};

/// The kind of event that edits.
pub(super) const EDITED: &str = "order_edited";
/// Why an edit changes nothing: an order keeps the currency it was made in.
const OTHER_CURRENCY: &str = "currency_differs";

/// An order as its newest edit left it. The stored event keeps what was first said.
pub(crate) struct Order {
    /// The sale with the amount it has now.
    pub(crate) event: Event,
    /// What was said about it, with amounts and lines as they are now.
    pub(crate) input: NewEvent,
    /// Its amount in the program's currency, at the rate of the sale's day.
    pub(crate) conversion: Option<Conversion>,
}

/// The order of a sale: edits count by when they were made, not by when they came.
pub(crate) async fn order(tx: &mut Tx, sale: &Event) -> Result<Order, AppError> {
    let mut order = Order {
        event: sale.clone(),
        input: input_of(sale)?,
        conversion: fx::conversion(tx, sale.tenant, sale.id).await?,
    };
    let all = store::referring(tx, sale.tenant, sale.program, sale.id).await?;
    let edits = |event: &&Event| event.kind == EDITED && event.status == "decided";
    if let Some(edit) = all.iter().rfind(edits) {
        let to = input_of(edit)?;
        order.event.amount = edit.amount;
        let paid = paid(&order.input, &to)?;
        (order.input.net, order.input.gross) = (to.net, to.gross);
        order.input.items = to.items;
        if let Some(paid) = paid {
            let metadata = &mut order.input.metadata;
            metadata.insert(fact::PAID.to_owned(), paid.minor.to_string());
        }
        order.event.body_json = serde_json::to_string(&order.input)
            .map_err(|error| AppError::Internal(error.to_string()))?;
        if let Some(known) = &mut order.conversion {
            known.converted = known
                .same_rate(edit.amount)
                .map_err(|error| AppError::Internal(error.to_string()))?;
            known.original = edit.amount;
        }
    }
    Ok(order)
}

/// Everything the customer pays after the edit: as it says, or in proportion to the net amount.
fn paid(before: &NewEvent, edit: &NewEvent) -> Result<Option<Money>, AppError> {
    let currency = edit.net.currency;
    if let Some(paid) = fact::read(edit, fact::PAID, currency) {
        return Ok(Some(paid));
    }
    match fact::read(before, fact::PAID, currency) {
        Some(paid) if before.net.is_positive() => paid
            .scaled(edit.net.minor, before.net.minor)
            .map(Some)
            .map_err(|error| AppError::Internal(error.to_string())),
        _ => Ok(None),
    }
}

/// Whether a message says another amount or other lines of an order than are known now.
pub(crate) async fn differs(
    app: &App,
    actor: &Actor,
    message: &NewEvent,
) -> Result<bool, AppError> {
    let (code, id) = (message.happening.code(), message.external_id.trim());
    let mut tx = app.store.read().await?;
    let known = store::by_key(&mut tx, actor.tenant(), message.program, code, id).await?;
    let Some(known) = known else {
        return Ok(false);
    };
    let now = order(&mut tx, &known).await?.input;
    let lines = |items: &[Item]| -> Vec<(String, u32, i64)> {
        let line = |item: &Item| (item.product.clone(), item.quantity, item.net.minor);
        items.iter().map(line).collect()
    };
    let (before, after) = (lines(&now.items), lines(&message.items));
    Ok(now.net != message.net || (!after.is_empty() && before != after))
}

/// Brings attribution's counts, the customer's revenue and the commissions to an edited order.
pub(super) async fn apply(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    (sale, event): (&Event, &mut Event),
) -> Result<Vec<Commission>, AppError> {
    let before = order(tx, sale).await?;
    let own = event.amount.currency == sale.amount.currency;
    if own { "decided" } else { "ignored" }.clone_into(&mut event.status);
    if own { "" } else { OTHER_CURRENCY }.clone_into(&mut event.status_reason);
    store::set_status(tx, event).await?;
    let after = order(tx, sale).await?;
    if before.input.net == after.input.net && before.input.items == after.input.items {
        return refund::commissions_of(tx, sale).await;
    }
    count(tx, program, (&before, &after)).await?;
    if let Happening::Kind(kind) = &after.input.happening {
        let customer = match sale.customer {
            Some(id) => customers::get(tx, sale.tenant, id).await?,
            None => None,
        };
        let case = Case {
            program,
            event: &after.event,
            kind,
            input: &after.input,
            click: None,
            customer,
            conversion: after.conversion.clone(),
        };
        let cause = Cause {
            reason: ReversalReason::OrderEdited,
            by: event.id,
        };
        order_changed(tx, app, &case, cause).await?;
    }
    refund::settle_order(tx, app, actor, program, (&before.event, &after.event)).await
}

/// What the edit changes of the revenue, at the credited memberships and the customer.
async fn count(
    tx: &mut Tx,
    program: &Program,
    (before, after): (&Order, &Order),
) -> Result<(), AppError> {
    let counted = |order: &Order| {
        attribution::counted(program, &order.event, order.conversion.as_ref()).minor
    };
    let revenue_minor = counted(after) - counted(before);
    let counts = Counts {
        revenue_minor,
        ..Counts::default()
    };
    attribution::bump_shares(tx, program, &after.event, counts).await?;
    if let Some(id) = after.event.customer
        && let Some(mut customer) = customers::get(tx, after.event.tenant, id).await?
    {
        customer.revenue_minor = customer.revenue_minor.saturating_add(revenue_minor);
        customers::update(tx, &customer).await?;
    }
    Ok(())
}
