//! Refunds, chargebacks, cancellations and win-backs: in any order, to the same books (X19, J5).

use std::collections::BTreeSet;

use comity_domain::integration::inbound::{Figures, Kind, RefundTotals};
use comity_domain::ledger::reversal_due;
use comity_domain::program::Program;
use comity_domain::{Actor, EnrollmentId, Money};
use comity_store::click::Counts;
use comity_store::commission::Commission;
use comity_store::event::{self as store, Event};
use comity_store::{Tx, commission as commissions};

use super::record::park;
use super::{NewEvent, edit, fact};
use crate::commission::{Undo, reverse_to};
use crate::{App, AppError, attribution, fx, recognition};

/// Why a refund of a sale that is already given back changes nothing.
const ALREADY: &str = "sale_already_refunded";
/// Kinds that take money back.
const REVERSALS: [&str; 3] = ["refund", "chargeback", "void"];

/// Finds the sale an event takes back and settles its commissions; without the
/// sale the event waits for it.
pub(super) async fn apply(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    event: &mut Event,
) -> Result<Vec<Commission>, AppError> {
    let Some(sale) = sale_of(tx, event).await? else {
        park(event, "waiting_for_sale");
        store::set_status(tx, event).await?;
        return Ok(Vec::new());
    };
    let settled = apply_to(tx, app, actor, program, &sale, event).await?;
    // The event may have brought names that others wait for.
    if catch_up(tx, app, actor, program, &sale).await? {
        return commissions_of(tx, &sale).await;
    }
    Ok(settled)
}

async fn apply_to(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
    event: &mut Event,
) -> Result<Vec<Commission>, AppError> {
    event.original = Some(sale.id);
    name_sale(tx, sale, event).await?;
    if event.kind == edit::EDITED {
        return edit::apply(tx, app, actor, program, (sale, event)).await;
    }
    let sale = &edit::order(tx, sale).await?.event;
    if let Some(reason) = rated(tx, app, program, sale, event).await? {
        park(event, reason);
        store::set_status(tx, event).await?;
        return commissions_of(tx, sale).await;
    }
    let others = others(tx, sale, event).await?;
    let exhausted = refunded(tx, &others, sale).await?.minor >= sale.amount.minor;
    if exhausted && REVERSALS.contains(&event.kind.as_str()) {
        "ignored".clone_into(&mut event.status);
        ALREADY.clone_into(&mut event.status_reason);
        store::set_status(tx, event).await?;
        return commissions_of(tx, sale).await;
    }
    "decided".clone_into(&mut event.status);
    event.status_reason.clear();
    store::set_status(tx, event).await?;
    if event.kind == "sale_names" {
        return commissions_of(tx, sale).await;
    }
    settle(tx, app, actor, program, sale, event).await
}

/// Settles what arrived before its sale; answers whether anything did. Each
/// settled event may name the sale anew, so the rest is looked at again.
pub(super) async fn catch_up(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
) -> Result<bool, AppError> {
    let mut any = false;
    loop {
        let mut moved = false;
        for mut waiting in store::waiting(tx, sale.tenant, sale.program).await? {
            if waiting.status_reason == "waiting_for_sale"
                && sale_of(tx, &waiting)
                    .await?
                    .is_some_and(|found| found.id == sale.id)
            {
                apply_to(tx, app, actor, program, sale, &mut waiting).await?;
                moved = true;
            }
        }
        if !moved {
            return Ok(any);
        }
        any = true;
    }
}

/// The sale under one of its names, or the only one of the customer that was paid
/// with the same amount.
async fn sale_of(tx: &mut Tx, event: &Event) -> Result<Option<Event>, AppError> {
    for name in event.refers_to.lines() {
        if let Some(sale) = store::named(tx, event.tenant, event.program, name).await? {
            return Ok(Some(sale));
        }
    }
    let input = input_of(event)?;
    let paid = fact::read(&input, fact::SALE_PAID, event.amount.currency);
    let (Some(paid), Some(customer)) = (paid, event.customer) else {
        return Ok(None);
    };
    let mut fitting = Vec::new();
    for known in store::of_customer(tx, event.tenant, customer).await? {
        if matches!(known.kind.as_str(), "sale" | "renewal") && paid_for(&known)? == paid {
            fitting.push(known);
        }
    }
    // Two candidates are none: guessing could hit the wrong partner.
    Ok(fitting.pop().filter(|_| fitting.is_empty()))
}

/// Gives the sale the further names an event knows it by.
async fn name_sale(tx: &mut Tx, sale: &Event, event: &Event) -> Result<(), AppError> {
    let aliases = match event.kind.as_str() {
        "sale_names" => input_of(event)?.aliases,
        _ => Vec::new(),
    };
    let known = event.refers_to.lines().map(str::to_owned);
    for name in known.chain(aliases) {
        store::name(tx, sale.tenant, sale.program, &name, sale.id).await?;
    }
    Ok(())
}

/// A refund in another currency than its sale is converted into the sale's, at the rate of
/// the sale's day: giving everything back leaves nothing, whatever rates did since. Answers
/// why it has to wait, if it has.
async fn rated(
    tx: &mut Tx,
    app: &App,
    program: &Program,
    sale: &Event,
    event: &Event,
) -> Result<Option<&'static str>, AppError> {
    let (own, of) = (event.amount.currency, sale.amount.currency);
    if own == of || event.amount.minor == 0 || event.kind == "sale_names" {
        return Ok(None);
    }
    let day = sale.occurred_at.date_in(&program.zone);
    let id = (event.tenant, event.id);
    let frozen = fx::freeze(tx, app, id, event.amount, of, day).await?;
    Ok(frozen.err())
}

/// The figures of a refund in the currency of its sale.
async fn figures_in(tx: &mut Tx, event: &Event, sale: &Event) -> Result<Figures, AppError> {
    let figures = fact::figures(&input_of(event)?);
    let to = sale.amount.currency;
    if figures.amount.currency == to {
        return Ok(figures);
    }
    let conversion = fx::conversion(tx, event.tenant, event.id).await?;
    let turned = |amount: Money| match &conversion {
        Some(known) => known
            .same_rate(amount)
            .map_err(|error| AppError::Internal(error.to_string())),
        None => Ok(Money::zero(to)),
    };
    Ok(Figures {
        amount: turned(figures.amount)?,
        basis: figures.basis,
        gross: turned(figures.gross)?,
        tax: turned(figures.tax)?,
        shipping: turned(figures.shipping)?,
        discount: turned(figures.discount)?,
        refunded_to_date: figures.refunded_to_date.map(turned).transpose()?,
    })
}

/// An amount of the sale in minor units of the program's currency, at the sale's rate.
async fn counted(tx: &mut Tx, sale: &Event, amount: Money) -> Result<i64, AppError> {
    match fx::conversion(tx, sale.tenant, sale.id).await? {
        None => Ok(amount.minor),
        Some(conversion) => conversion
            .same_rate(amount)
            .map(|amount| amount.minor)
            .map_err(|error| AppError::Internal(error.to_string())),
    }
}

pub(super) fn input_of(event: &Event) -> Result<NewEvent, AppError> {
    serde_json::from_str(&event.body_json)
        .map_err(|error| AppError::Internal(format!("stored event does not read back: {error}")))
}

/// Everything the customer paid for a sale.
fn paid_for(sale: &Event) -> Result<Money, AppError> {
    let input = input_of(sale)?;
    Ok(fact::read(&input, fact::PAID, sale.amount.currency).unwrap_or(sale.amount))
}

/// Everything else that was decided about the sale, what came too late included:
/// it counts again when a chargeback is won.
async fn others(tx: &mut Tx, sale: &Event, event: &Event) -> Result<Vec<Event>, AppError> {
    let mut all = store::referring(tx, sale.tenant, sale.program, sale.id).await?;
    all.retain(|other| {
        other.id != event.id && (other.status == "decided" || other.status_reason == ALREADY)
    });
    Ok(all)
}

/// What of the sale's net amount is taken back, never more than all of it: a fold
/// over a set, so the order of the events does not matter.
async fn refunded(tx: &mut Tx, events: &[Event], sale: &Event) -> Result<Money, AppError> {
    if !sale.amount.is_positive() {
        return Ok(sale.amount);
    }
    let overflow = |error: comity_domain::MoneyError| AppError::Internal(error.to_string());
    let mut totals = RefundTotals::new(sale.amount, paid_for(sale)?);
    for event in events {
        let kind = match event.kind.as_str() {
            "refund" => Kind::Refund,
            "chargeback" => Kind::Chargeback,
            "chargeback_won" => Kind::ChargebackWon,
            "void" => Kind::Void,
            _ => continue,
        };
        let figures = figures_in(tx, event, sale).await?;
        totals.add(kind, Some(figures)).map_err(overflow)?;
    }
    Ok(totals.reversal().map_err(overflow)?.net)
}

/// What takes money of a sale back or gives it again, as far as it counts, in order of time.
async fn moving(tx: &mut Tx, sale: &Event) -> Result<Vec<Event>, AppError> {
    let mut known = store::referring(tx, sale.tenant, sale.program, sale.id).await?;
    let still = ["sale_names", edit::EDITED];
    known.retain(|event| event.status == "decided" && !still.contains(&event.kind.as_str()));
    Ok(known)
}

/// Settles commissions of a sale that was credited after its refunds had come.
pub(super) async fn settle_again(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
) -> Result<(), AppError> {
    let sale = &edit::order(tx, sale).await?.event;
    let known = moving(tx, sale).await?;
    if let Some(last) = known.last() {
        settle(tx, app, actor, program, sale, last).await?;
    }
    Ok(())
}

/// Brings every commission of the sale to the share that is due after all that
/// was refunded so far: cumulative, so no residue is left (I4).
async fn settle(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
    event: &Event,
) -> Result<Vec<Commission>, AppError> {
    let mut events = others(tx, sale, event).await?;
    let before = refunded(tx, &events, sale).await?;
    events.push(event.clone());
    let total = refunded(tx, &events, sale).await?;
    let settled = bring_to(tx, app, actor, program, sale, (event, total)).await?;
    let counts = Counts {
        refunded_minor: counted(tx, sale, total).await? - counted(tx, sale, before).await?,
        ..Counts::default()
    };
    attribution::bump_shares(tx, program, sale, counts).await?;
    Ok(settled)
}

/// Brings the commissions of a sale that was decided again to what is due after its refunds.
pub(crate) async fn settle_amounts(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
) -> Result<(), AppError> {
    let sale = &edit::order(tx, sale).await?.event;
    let known = moving(tx, sale).await?;
    if let Some(last) = known.last() {
        let total = refunded(tx, &known, sale).await?;
        bring_to(tx, app, actor, program, sale, (last, total)).await?;
    }
    Ok(())
}

/// Settles the refunds of an order that was edited: their share of it is another one now.
pub(super) async fn settle_order(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    (before, after): (&Event, &Event),
) -> Result<Vec<Commission>, AppError> {
    let known = moving(tx, after).await?;
    let Some(last) = known.last() else {
        return commissions_of(tx, after).await;
    };
    let gone = refunded(tx, &known, before).await?;
    let total = refunded(tx, &known, after).await?;
    let counts = Counts {
        refunded_minor: counted(tx, after, total).await? - counted(tx, before, gone).await?,
        ..Counts::default()
    };
    attribution::bump_shares(tx, program, after, counts).await?;
    bring_to(tx, app, actor, program, after, (last, total)).await
}

/// The commissions of a sale.
pub(super) async fn commissions_of(tx: &mut Tx, sale: &Event) -> Result<Vec<Commission>, AppError> {
    Ok(commissions::of_event(tx, sale.tenant, sale.id).await?)
}

/// Reverses or restores every standing commission of the sale so that `total` is given back.
async fn bring_to(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    sale: &Event,
    (event, total): (&Event, Money),
) -> Result<Vec<Commission>, AppError> {
    let mut settled = Vec::new();
    for commission in commissions::of_event(tx, sale.tenant, sale.id).await? {
        if commission.kind == "replaced" {
            continue;
        }
        let nothing = Money::zero(commission.book.amount.currency);
        let target = if sale.amount.is_positive() {
            reversal_due(commission.book.amount, sale.amount, total, nothing)
                .map_err(|error| AppError::Internal(error.to_string()))?
        } else {
            commission.book.amount
        };
        let undo = Undo {
            event,
            target,
            program,
        };
        settled.push(reverse_to(tx, app, actor, commission, undo).await?);
    }
    let all = total.minor >= sale.amount.minor;
    recognition::settle(tx, app, (sale.tenant, sale.id), all).await?;
    let earners: BTreeSet<EnrollmentId> = settled.iter().map(|one| one.enrollment).collect();
    for id in earners {
        recognition::follow(tx, app, sale.tenant, id).await?;
    }
    Ok(settled)
}
