//! The first page of the team.

use axum::extract::State;
use comity_app::kpi::{self, Span, Sums};
use comity_app::{program, tracking};
use comity_domain::{Bps, Currency, Money, Permission, ProgramId};
use comity_ui::admin::overview::{
    Cac, Falling, FeedLine, Needs, Numbers, Overview, page, without_program,
};

use super::admin_shell;
use crate::error::{WebError, WebResult};
use crate::extract::{Paging, Team};
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of the overview.
pub fn routes() -> Routes {
    Routes::new().get("/admin", Audience::Team(Permission::View), show)
}

async fn show(State(web): State<WebState>, mut team: Team, paging: Paging) -> WebResult<Page> {
    let shell = admin_shell(&web, &team).await?;
    let span = Span::from_code(&paging.query.text("period"));
    let asked: Option<ProgramId> = match paging.query.filled("program") {
        Some(text) => Some(text.parse().map_err(|_| WebError::not_found())?),
        None => None,
    };
    let programs = program::list(&web.app, &team.actor).await?;
    let Some(found) = kpi::overview(&web.app, &team.actor, asked, span).await? else {
        return match asked {
            Some(_) => Err(WebError::not_found()),
            None => Ok(Page(without_program(&team.cx, &shell))),
        };
    };
    team.cx.zone = found.program.zone.clone();
    let named = programs
        .into_iter()
        .map(|program| (program.id.to_string(), program.name));
    let mut view = view(found, named.collect());
    view.late = tracking::complete_until(&web.app).await?;
    view.unrecorded = tracking::unrecorded(&web.app).await?;
    Ok(Page(page(&team.cx, &shell, &view)))
}

fn view(found: kpi::Overview, programs: Vec<(String, String)>) -> Overview {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let (needs, start) = (found.needs, found.start);
    Overview {
        late: None,
        unrecorded: None,
        programs,
        program: found.program.id.to_string(),
        period: found.span.code().to_owned(),
        currency: found.program.currency,
        starts: found.starts,
        now: numbers(&found.now),
        before: numbers(&found.before),
        customers: found.customers,
        paid: found.paid,
        falling: found.falling.into_iter().map(falling).collect(),
        cac: Cac {
            now: found.cac.cac,
            forecast: found.cac.forecast,
            allowable: found.cac.allowable,
        },
        needs: Needs {
            applications: count(needs.applications),
            batches: count(needs.batches),
            held: count(needs.held),
            risk: count(needs.risk),
            overdue: count(needs.overdue),
            parked: count(needs.parked),
        },
        done: [start.rules, start.click, start.tracking, start.partners],
        feed: found.feed.into_iter().map(line).collect(),
        top: found
            .top
            .into_iter()
            .map(|top| {
                (
                    top.name,
                    top.counts.revenue_minor - top.counts.refunded_minor,
                )
            })
            .collect(),
    }
}

fn numbers(sums: &Sums) -> Numbers {
    let of = |read: fn(&comity_app::kpi::Counts) -> i64| sums.points.iter().map(read).collect();
    Numbers {
        revenue: of(|day| day.revenue_minor - day.refunded_minor),
        sales_by_point: of(|day| day.sales),
        clicks_by_point: of(|day| day.clicks),
        clicks: sums.counts.clicks,
        leads: sums.counts.leads,
        sales: sums.counts.sales,
        active: sums.active,
        roi_bps: sums.roi_bps,
    }
}

fn falling(one: kpi::Falling) -> Falling {
    Falling {
        href: format!("/admin/partners/{}", one.partner),
        name: one.name,
        sales: one.what == kpi::Fell::Sales,
        fall: Bps(u32::try_from(one.fall_bps).unwrap_or(0)),
        usual: one.usual,
        since: one.since,
    }
}

fn line(happened: kpi::Happening) -> FeedLine {
    let body: serde_json::Value =
        serde_json::from_str(&happened.event.body_json).unwrap_or_default();
    let currency: Option<Currency> = body["currency"].as_str().and_then(|code| code.parse().ok());
    let amount = body["amount_minor"].as_i64().zip(currency);
    FeedLine {
        kind: happened.event.kind,
        partner: happened.partner,
        amount: amount.map(|(minor, currency)| Money::new(minor, currency)),
        at: happened.event.at,
    }
}
