//! "Why was this credited, and how much?": the whole chain from stored data alone (X1, G9).

use std::collections::BTreeMap;

use comity_domain::attribution::Decision;
use comity_domain::commission::Explanation;
use comity_domain::{Actor, PartnerId, Permission};
use comity_store::commission::Commission;
use comity_store::customer::Customer;
use comity_store::event::{self as store, Event};
use comity_store::program::Policy;
use comity_store::{Tx, commission, customer, partner, program};

use super::stored_decision;
use crate::fx::{self, Conversion};
use crate::{App, AppError, authorise};

/// Everything known about one external id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The events with this id, oldest first.
    pub events: Vec<TracedEvent>,
}

/// One event with its consequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedEvent {
    /// The event.
    pub event: Event,
    /// The customer, when the sender said who.
    pub customer: Option<Customer>,
    /// Who was considered, who was credited, and why.
    pub decision: Option<Decision>,
    /// The attribution policy that decided.
    pub policy: Option<Policy>,
    /// What was earned.
    pub commissions: Vec<TracedCommission>,
    /// Refunds, chargebacks and the like that followed.
    pub followed_by: Vec<Event>,
    /// Names of the partners who took part.
    pub names: BTreeMap<PartnerId, String>,
    /// How its amount was converted, when it was in another currency.
    pub conversion: Option<Conversion>,
}

/// One commission with its computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedCommission {
    /// The commission.
    pub commission: Commission,
    /// How it was computed; none for manual ones.
    pub explanation: Option<Explanation>,
}

/// Traces an order, lead or other event by the sender's id.
pub async fn trace(app: &App, actor: &Actor, external_id: &str) -> Result<Trace, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let mut events = Vec::new();
    for event in store::by_external(&mut tx, tenant, external_id).await? {
        events.push(traced(&mut tx, event).await?);
    }
    if events.is_empty() {
        Err(AppError::NotFound("event"))
    } else {
        Ok(Trace { events })
    }
}

async fn traced(tx: &mut Tx, event: Event) -> Result<TracedEvent, AppError> {
    let tenant = event.tenant;
    let customer = match event.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let policy = match store::decision(tx, tenant, event.id).await? {
        Some(row) => program::policy(tx, tenant, row.policy).await?,
        None => None,
    };
    let commissions = commission::of_event(tx, tenant, event.id)
        .await?
        .into_iter()
        .map(|commission| TracedCommission {
            explanation: serde_json::from_str(&commission.explain_json).ok(),
            commission,
        })
        .collect();
    let decision = stored_decision(tx, tenant, event.id).await?;
    let followed_by = store::referring(tx, tenant, event.program, event.id).await?;
    let mut names = BTreeMap::new();
    for one in decision.iter().flat_map(|decision| &decision.considered) {
        let id = one.touch.partner;
        if !names.contains_key(&id)
            && let Some(found) = partner::get(tx, tenant, id).await?
        {
            names.insert(id, found.name);
        }
    }
    Ok(TracedEvent {
        conversion: fx::conversion(tx, tenant, event.id).await?,
        names,
        customer,
        decision,
        policy,
        commissions,
        followed_by,
        event,
    })
}
