//! One customer: who brought them, what they did.

use comity_domain::{Actor, CustomerId, PartnerId, Permission};
use comity_store::click::{self, Touch};
use comity_store::customer::{self as store, Customer};
use comity_store::event::{self, Event};
use comity_store::partner;

use crate::{App, AppError, authorise};

/// Touches looked at per browser.
const PER_VISITOR: i64 = 50;

/// A customer with everything that is known of their way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// The customer.
    pub customer: Customer,
    /// The partner who brought them first.
    pub owner: Option<(PartnerId, String)>,
    /// Contacts with links, oldest first, with the partner's name.
    pub touches: Vec<(Touch, String)>,
    /// Their events, oldest first.
    pub events: Vec<Event>,
}

/// One customer's way.
pub async fn journey(app: &App, actor: &Actor, id: CustomerId) -> Result<Journey, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let customer = store::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("customer"))?;
    let owner = match customer.owner {
        Some(id) => partner::enrollment(tx, tenant, id).await?,
        None => None,
    };
    let owner = match owner {
        Some(membership) => partner::get(tx, tenant, membership.partner).await?,
        None => None,
    };
    let mut touches = Vec::new();
    for visitor in store::visitors(tx, tenant, id).await? {
        for touch in click::touches(tx, tenant, visitor, customer.program, PER_VISITOR).await? {
            let found = partner::get(tx, tenant, touch.partner).await?;
            let name = found.map(|partner| partner.name).unwrap_or_default();
            touches.push((touch, name));
        }
    }
    touches.sort_by_key(|(touch, _)| touch.at);
    let mut events = event::of_customer(tx, tenant, id).await?;
    events.reverse();
    Ok(Journey {
        customer,
        owner: owner.map(|partner| (partner.id, partner.name)),
        touches,
        events,
    })
}
