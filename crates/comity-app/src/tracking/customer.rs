//! Stitching identities: click → visitor → customer.

use comity_domain::{Actor, CustomerId, Timestamp};
use comity_store::click::{self, Click};
use comity_store::customer::{self, Customer};
use comity_store::{Tx, event::Event};

use super::NewEvent;
use crate::session::normalise_email;
use crate::{App, AppError};

/// Finds or creates the customer an event is about and binds the click's
/// browser to them. Events without any identity have none.
pub(super) async fn stitch(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    input: &NewEvent,
    at: Timestamp,
    click: Option<&Click>,
) -> Result<Option<Customer>, AppError> {
    let tenant = actor.tenant();
    let given = &input.customer;
    let email_norm = if given.email.is_empty() {
        String::new()
    } else {
        normalise_email(&given.email)
    };
    let found = if !given.external_id.is_empty() {
        customer::by_external(tx, tenant, input.program, &given.external_id).await?
    } else if !email_norm.is_empty() {
        customer::by_email(tx, tenant, input.program, &email_norm).await?
    } else {
        return Ok(None);
    };
    let customer = match found {
        Some(mut known) => {
            complete(&mut known, input, &email_norm);
            known.first_event_at = known.first_event_at.min(at);
            customer::update(tx, &known).await?;
            known
        }
        None => {
            let external_id = if given.external_id.is_empty() {
                format!("email:{email_norm}")
            } else {
                given.external_id.clone()
            };
            let fresh = Customer {
                id: app.id::<CustomerId>(),
                tenant,
                program: input.program,
                external_id,
                email: given.email.clone(),
                email_norm,
                name: given.name.clone(),
                country: given.country.to_uppercase(),
                owner: None,
                owner_touch_json: String::new(),
                first_event_at: at,
                first_order_at: None,
                orders: 0,
                revenue_minor: 0,
                created_at: app.now(),
            };
            customer::insert(tx, &fresh).await?;
            fresh
        }
    };
    if let Some(click) = click {
        customer::see(tx, tenant, customer.id, click.visitor).await?;
    }
    Ok(Some(customer))
}

/// Fills what was not known; what is known stays.
fn complete(known: &mut Customer, input: &NewEvent, email_norm: &str) {
    let given = &input.customer;
    if known.email.is_empty() {
        known.email.clone_from(&given.email);
        email_norm.clone_into(&mut known.email_norm);
    }
    if known.name.is_empty() {
        known.name.clone_from(&given.name);
    }
    if known.country.is_empty() {
        known.country = given.country.to_uppercase();
    }
}

/// The click that came with an event, if it is this program's.
pub(super) async fn click_of(tx: &mut Tx, event: &Event) -> Result<Option<Click>, AppError> {
    let Some(id) = event.click else {
        return Ok(None);
    };
    let click = click::get(tx, event.tenant, id).await?;
    Ok(click.filter(|click| click.program == event.program))
}
