//! Events, the trace of one of them, customers and their way.

use axum::extract::State;
use axum::response::Response;
use comity_app::attribution::{self, TracedEvent};
use comity_app::tracking::{self, Customer, Event, EventFilter};
use comity_app::{AppError, program};
use comity_domain::program::Program;
use comity_domain::{CustomerId, Money, Permission};
use comity_ui::admin::tracking::{
    self as pages, CustomerRow, Customers, Earned, EventRow, Events, Journey, Moment, Touched,
    Trace, Traced,
};
use comity_ui::commission::{rule, steps};
use comity_ui::explain::conversion;

use super::admin_shell;
use super::csv::{self, Sheet};
use super::partner::named;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of what was recorded.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    Routes::new()
        .get("/admin/events", view, events)
        .get("/admin/events.csv", view, export_events)
        .get("/admin/trace", view, trace)
        .get("/admin/customers", view, customers)
        .get("/admin/customers.csv", view, export_customers)
        .get("/admin/customers/{id}", view, journey)
}

fn filter(query: &Fields) -> EventFilter {
    EventFilter {
        program: query.read("program"),
        kind: query.text("kind"),
        status: query.text("status"),
        find: query.text("q").to_lowercase(),
    }
}

fn row(event: &Event) -> EventRow {
    EventRow {
        id: event.id.to_string(),
        kind: if event.name.is_empty() {
            event.kind.clone()
        } else {
            event.name.clone()
        },
        external_id: event.external_id.clone(),
        amount: event.amount,
        source: event.source.clone(),
        status: event.status.clone(),
        reason: event.status_reason.clone(),
        at: event.occurred_at,
    }
}

async fn events(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let filter = filter(&paging.query);
    let rows = tracking::events(app, actor, &filter, paging.after()?, paging.limit + 1).await?;
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(rows, |event| event.id.to_string(), |event| row(&event));
    let view = Events {
        rows: listed.data,
        status: filter.status,
        kind: filter.kind,
        query: paging.query.text("q"),
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::events(&team.cx, &shell, &view)))
}

async fn export_events(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let filter = filter(&paging.query);
    let rows = tracking::events(&web.app, &team.actor, &filter, None, csv::ROWS).await?;
    let mut sheet = Sheet::new(&[
        "event_id",
        "kind",
        "external_id",
        "amount",
        "currency",
        "source",
        "status",
        "reason",
        "occurred_at",
    ]);
    for event in rows {
        sheet.row(&[
            &event.id.to_string(),
            &event.kind,
            &event.external_id,
            &event.amount.decimal(),
            event.amount.currency.code(),
            &event.source,
            &event.status,
            &event.status_reason,
            &event.occurred_at.to_string(),
        ]);
    }
    Ok(sheet.download("events.csv"))
}

async fn trace(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let id = paging.query.text("id");
    let found = if id.is_empty() {
        Vec::new()
    } else {
        match attribution::trace(&web.app, &team.actor, &id).await {
            Ok(found) => found.events,
            Err(AppError::NotFound(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        }
    };
    let view = Trace {
        id,
        events: found.into_iter().map(|one| traced(&team, one)).collect(),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::trace(&team.cx, &shell, &view)))
}

fn traced(team: &Team, one: TracedEvent) -> Traced {
    let cx = &team.cx;
    let name = |id| one.names.get(&id).cloned().unwrap_or_default();
    let rate = one.conversion.as_ref().map(|known| conversion(cx, known));
    let earned = one.commissions.iter().map(|traced| {
        let own = &traced.commission;
        let explanation = traced.explanation.as_ref();
        Earned {
            partner: (name(own.partner), format!("/admin/commissions/{}", own.id)),
            net: own.book.net(),
            status: own.book.status(),
            steps: rate
                .iter()
                .cloned()
                .chain(
                    explanation
                        .map(|why| steps(cx, why, &own.rule, own.book.amount))
                        .unwrap_or_default(),
                )
                .collect(),
        }
    });
    let considered = one
        .decision
        .iter()
        .flat_map(|decision| &decision.considered);
    let touches = considered.map(|considered| Touched {
        kind: considered.touch.kind,
        partner: (
            name(considered.touch.partner),
            format!("/admin/partners/{}", considered.touch.partner),
        ),
        at: considered.touch.at,
        outcome: considered.outcome,
    });
    Traced {
        event: row(&one.event),
        customer: one
            .customer
            .as_ref()
            .map(|customer| {
                (
                    called(customer),
                    format!("/admin/customers/{}", customer.id),
                )
            })
            .unwrap_or_default(),
        rule: one
            .decision
            .as_ref()
            .map(|decision| rule(cx, decision))
            .unwrap_or_default(),
        policy: one.policy.as_ref().map(|policy| policy.version),
        touches: touches.collect(),
        earned: earned.collect(),
        followed_by: one.followed_by.iter().map(row).collect(),
    }
}

/// A customer's name, or the shop's id.
fn called(customer: &Customer) -> String {
    if customer.name.is_empty() {
        customer.external_id.clone()
    } else {
        customer.name.clone()
    }
}

fn customer_row(programs: &[Program], customer: &Customer, owner: &str) -> Option<CustomerRow> {
    let of = programs
        .iter()
        .find(|program| program.id == customer.program)?;
    Some(CustomerRow {
        id: customer.id.to_string(),
        name: called(customer),
        note: if customer.email.is_empty() {
            customer.external_id.clone()
        } else {
            customer.email.clone()
        },
        owner: owner.to_owned(),
        orders: customer.orders,
        revenue: Money::new(customer.revenue_minor, of.currency),
        since: customer.first_event_at,
    })
}

async fn customers(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let (of, find) = (paging.query.read("program"), paging.query.text("q"));
    let rows =
        tracking::customers(app, actor, of, &find, paging.after()?, paging.limit + 1).await?;
    let programs = program::list(app, actor).await?;
    let listed = paging.listed(
        rows,
        |(customer, _)| customer.id.to_string(),
        |(customer, owner)| {
            customer_row(&programs, &customer, owner.as_deref().unwrap_or_default())
        },
    );
    let view = Customers {
        rows: listed.data.into_iter().flatten().collect(),
        query: find,
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::customers(&team.cx, &shell, &view)))
}

async fn export_customers(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let (of, find) = (paging.query.read("program"), paging.query.text("q"));
    let rows = tracking::customers(&web.app, &team.actor, of, &find, None, csv::ROWS).await?;
    let programs = program::list(&web.app, &team.actor).await?;
    let mut sheet = Sheet::new(&[
        "customer_id",
        "external_id",
        "name",
        "email",
        "country",
        "brought_by",
        "orders",
        "revenue",
        "currency",
        "first_event_at",
    ]);
    for (customer, owner) in rows {
        let Some(view) = customer_row(&programs, &customer, "") else {
            continue;
        };
        sheet.row(&[
            &view.id,
            &customer.external_id,
            &customer.name,
            &customer.email,
            &customer.country,
            owner.as_deref().unwrap_or_default(),
            &customer.orders.to_string(),
            &view.revenue.decimal(),
            view.revenue.currency.code(),
            &customer.first_event_at.to_string(),
        ]);
    }
    Ok(sheet.download("customers.csv"))
}

async fn journey(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<CustomerId>,
) -> WebResult<Page> {
    let found = tracking::journey(&web.app, &team.actor, id).await?;
    let of = program::get(&web.app, &team.actor, found.customer.program).await?;
    let row_of = customer_row(&[of], &found.customer, "");
    let row_of = row_of.ok_or(AppError::NotFound("customer"))?;
    let mut moments: Vec<Moment> = found
        .touches
        .into_iter()
        .map(|(touch, name)| Moment::Touch(name, touch.kind == "qr", touch.at))
        .collect();
    moments.extend(found.events.iter().map(|event| Moment::Event(row(event))));
    moments.sort_by_key(Moment::at);
    let owner = found
        .owner
        .map(|(id, name)| (name, format!("/admin/partners/{id}")));
    let view = Journey {
        row: row_of,
        owner,
        moments,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::journey(&team.cx, &shell, &view)))
}
