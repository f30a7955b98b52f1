//! Events in, with the decision in the answer.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use comity_app::tracking::{
    self, Event, EventFilter, Happening, Hints, NewCustomer, NewEvent, Recorded,
};
use comity_app::{AppError, FieldError};
use comity_domain::commission::Item;
use comity_domain::tracking::EventKind;
use comity_domain::{ClickId, Currency, Money, Permission, ProgramId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::commission::CommissionOut;
use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Body, Listed, Paging};
use crate::route::{Audience, Routes};

/// The events resource.
#[derive(OpenApi)]
#[openapi(paths(record, list))]
pub struct Doc;

/// Routes of events.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .post(
            "/api/v1/events",
            Audience::Api(Permission::RecordEvents),
            record,
        )
        .get("/api/v1/events", Audience::Api(Permission::View), list)
}

/// An event to record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventIn {
    /// `lead`, `qualified`, `sale`, `renewal`, `refund`, `chargeback`, `chargeback_won`,
    /// `void`, `order_edited` (the amount and items are what the order comes to now), `customer`,
    /// or the name of your own action.
    #[serde(rename = "type")]
    #[schema(example = "sale")]
    kind: String,
    /// Your id of it; the same id and type again answers the same.
    #[schema(example = "order-1042")]
    external_id: String,
    /// The program; needed only when nothing else tells.
    program_id: Option<String>,
    /// The click id from the landing address.
    click_id: Option<String>,
    /// Your id of the customer.
    #[schema(example = "customer-77")]
    customer_id: Option<String>,
    /// More about the customer.
    customer: Option<CustomerIn>,
    /// Coupon code used.
    coupon: Option<String>,
    /// Net amount in minor units: after discount, without tax and shipping.
    #[schema(example = 12000)]
    amount_minor: Option<i64>,
    /// Price before discount in minor units, without tax and shipping: rules may look at the discount.
    #[schema(example = 15000)]
    gross_minor: Option<i64>,
    /// ISO 4217 code; may be left out where there is no amount.
    #[schema(example = "EUR")]
    currency: Option<String>,
    /// When it happened (RFC 3339); now when left out.
    occurred_at: Option<String>,
    /// Lines of the order.
    items: Option<Vec<ItemIn>>,
    /// The sale a refund is about: its `external_id` or another of its names.
    refers_to: Option<String>,
    /// Further names of this sale, as charge or invoice numbers.
    aliases: Option<Vec<String>>,
    /// Your own fields; rules may look at them.
    metadata: Option<BTreeMap<String, String>>,
}

/// What is known about the customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerIn {
    email: Option<String>,
    name: Option<String>,
    /// ISO 3166 alpha-2.
    country: Option<String>,
}

/// One line of an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemIn {
    product: String,
    sku: Option<String>,
    category: Option<String>,
    quantity: Option<u32>,
    /// Net amount of the line, minor units.
    amount_minor: i64,
}

/// An event as stored, with what was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    #[schema(example = "evt_01jd3x8q5v9k2m7n4p6r8s0t1w")]
    id: String,
    #[serde(rename = "type")]
    kind: String,
    external_id: String,
    program_id: String,
    customer_id: Option<String>,
    click_id: Option<String>,
    amount_minor: i64,
    currency: String,
    /// `decided`, `parked` (it waits, see the reason) or `ignored`.
    status: String,
    /// `waiting_for_sale`, `waiting_for_click`, `no_rate`, `amount_too_large`, `sale_already_refunded`, `currency_differs` (an edit),
    /// `unverified` (a browser's sale that nobody confirmed), `browser_refused`, or empty.
    status_reason: String,
    source: String,
    occurred_at: String,
    received_at: String,
}

/// The answer to a recorded event.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordedOut {
    /// The event.
    event: EventOut,
    /// It was recorded before; nothing was done.
    repeated: bool,
    /// Who was considered, who was credited, and why.
    #[schema(value_type = Option<Object>)]
    decision: Option<serde_json::Value>,
    /// What was earned, or what remains after a refund.
    commissions: Vec<CommissionOut>,
}

impl From<&Event> for EventOut {
    fn from(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.clone(),
            external_id: event.external_id.clone(),
            program_id: event.program.to_string(),
            customer_id: event.customer.map(|id| id.to_string()),
            click_id: event.click.map(|id| id.to_string()),
            amount_minor: event.amount.minor,
            currency: event.amount.currency.to_string(),
            status: event.status.clone(),
            status_reason: event.status_reason.clone(),
            source: event.source.clone(),
            occurred_at: event.occurred_at.to_string(),
            received_at: event.received_at.to_string(),
        }
    }
}

impl From<Recorded> for RecordedOut {
    fn from(recorded: Recorded) -> Self {
        Self {
            event: EventOut::from(&recorded.event),
            repeated: recorded.repeated,
            decision: recorded
                .decision
                .and_then(|decision| serde_json::to_value(decision).ok()),
            commissions: recorded
                .commissions
                .into_iter()
                .map(CommissionOut::from)
                .collect(),
        }
    }
}

/// Record an event. The answer says who is credited, how much is earned, and why.
#[utoipa::path(
    post, path = "/api/v1/events", tag = "Events", request_body = EventIn,
    responses((status = 201, body = RecordedOut), (status = 200, body = RecordedOut),
        (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn record(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Body(input): Body<EventIn>,
) -> WebResult<(StatusCode, Json<RecordedOut>)> {
    let hints = hints(&input)?;
    let program = tracking::program_of(&web.app, &actor, &hints).await?;
    let currency = tracking::currency_of(&web.app, &actor, program).await?;
    let event = read(input, program, currency)?;
    let recorded = tracking::record(&web.app, &actor, "api", event).await?;
    let status = if recorded.repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(recorded.into())))
}

/// List events, newest first.
#[utoipa::path(
    get, path = "/api/v1/events", tag = "Events",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query), ("type" = Option<String>, Query),
        ("status" = Option<String>, Query), ("q" = Option<String>, Query, description = "Part of the external id")
    ),
    responses((status = 200, body = Listed<EventOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<EventOut>>> {
    let filter = EventFilter {
        program: paging.query.read("program_id"),
        kind: paging.query.text("type"),
        status: paging.query.text("status"),
        find: paging.query.text("q").to_lowercase(),
    };
    let rows =
        tracking::events(&web.app, &actor, &filter, paging.after()?, paging.limit + 1).await?;
    Ok(Json(paging.listed(
        rows,
        |event| event.id.to_string(),
        |event| EventOut::from(&event),
    )))
}

fn hints(input: &EventIn) -> Result<Hints, AppError> {
    Ok(Hints {
        program: id::<ProgramId>("program_id", input.program_id.as_deref())?,
        click: id::<ClickId>("click_id", input.click_id.as_deref())?,
        coupons: input.coupon.iter().cloned().collect(),
        customer: input.customer_id.clone().unwrap_or_default(),
        refers_to: input.refers_to.iter().cloned().collect(),
    })
}

fn id<T: std::str::FromStr>(field: &str, text: Option<&str>) -> Result<Option<T>, AppError> {
    text.map(|text| text.parse().map_err(|_| AppError::field(field, "invalid")))
        .transpose()
}

fn read(input: EventIn, program: ProgramId, own: Currency) -> Result<NewEvent, AppError> {
    let mut errors = Vec::new();
    let happening = happening(&input.kind);
    if happening.is_none() {
        errors.push(FieldError::new("type", "unknown"));
    }
    let currency = match input.currency.as_deref().map(str::parse::<Currency>) {
        None => own,
        Some(Ok(currency)) => currency,
        Some(Err(_)) => {
            errors.push(FieldError::new("currency", "unknown_currency"));
            own
        }
    };
    let occurred_at = input.occurred_at.as_deref().map(Timestamp::parse_rfc3339);
    if occurred_at == Some(None) {
        errors.push(FieldError::new("occurred_at", "invalid"));
    }
    let Some(happening) = happening.filter(|_| errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let net = Money::new(input.amount_minor.unwrap_or(0), currency);
    let gross = input
        .gross_minor
        .map_or(net, |minor| Money::new(minor, currency));
    if gross.minor < net.minor {
        return Err(AppError::field("gross_minor", "out_of_range"));
    }
    let customer = input.customer.unwrap_or(CustomerIn {
        email: None,
        name: None,
        country: None,
    });
    let item = |item: ItemIn| Item {
        product: item.product,
        sku: item.sku,
        category: item.category,
        quantity: item.quantity.unwrap_or(1),
        net: Money::new(item.amount_minor, currency),
    };
    Ok(NewEvent {
        program,
        happening,
        external_id: input.external_id,
        aliases: input.aliases.unwrap_or_default(),
        refers_to: input.refers_to.into_iter().collect(),
        click: id("click_id", input.click_id.as_deref())?,
        coupons: input.coupon.into_iter().collect(),
        customer: NewCustomer {
            external_id: input.customer_id.unwrap_or_default(),
            email: customer.email.unwrap_or_default(),
            name: customer.name.unwrap_or_default(),
            country: customer.country.unwrap_or_default(),
        },
        net,
        gross,
        items: input
            .items
            .unwrap_or_default()
            .into_iter()
            .map(item)
            .collect(),
        occurred_at: occurred_at.flatten(),
        metadata: input.metadata.unwrap_or_default(),
    })
}

fn happening(kind: &str) -> Option<Happening> {
    match kind {
        "void" => Some(Happening::Void),
        "chargeback_won" => Some(Happening::ChargebackWon),
        "order_edited" => Some(Happening::OrderEdited),
        "customer" => Some(Happening::CustomerSeen),
        _ => kind.parse::<EventKind>().ok().map(Happening::Kind),
    }
}
