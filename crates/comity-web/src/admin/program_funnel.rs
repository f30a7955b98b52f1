//! The funnel of a program's applications (D5).

use axum::extract::State;
use axum::response::Response;
use comity_app::application::{self, Path};
use comity_app::program;
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::program_funnel::{self as pages, Funnel, PERIODS, Steps};

use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Id, Paging, Team};
use crate::page::Page;
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of the funnel.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    Routes::new()
        .get("/admin/programs/{id}/funnel", view, show)
        .get("/admin/programs/{id}/funnel.csv", view, export)
}

/// The period by code, and its days; none for all time.
fn period(paging: &Paging) -> (&'static str, Option<i64>) {
    let asked = paging.query.text("period");
    let code = PERIODS.into_iter().find(|code| *code == asked);
    match code.unwrap_or("all") {
        "30d" => ("30d", Some(30)),
        "90d" => ("90d", Some(90)),
        "12m" => ("12m", Some(365)),
        _ => ("all", None),
    }
}

fn steps(path: &Path) -> Steps {
    let positive = |n: i64| u64::try_from(n).unwrap_or(0);
    Steps {
        source: path.source.clone(),
        visited: positive(path.visits),
        started: positive(path.starts),
        submitted: positive(path.submitted),
        approved: positive(path.approved),
        clicked: positive(path.clicked),
        sold: positive(path.sold),
    }
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let of = program::get(&web.app, &team.actor, id).await?;
    let (code, days) = period(&paging);
    let paths = application::paths(&web.app, &team.actor, id, days).await?;
    let view = Funnel {
        id,
        name: of.name,
        period: code.to_owned(),
        all: steps(&application::together(&paths)),
        sources: paths.iter().map(steps).collect(),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::page(&team.cx, &shell, &view)))
}

async fn export(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Response> {
    let (_, days) = period(&paging);
    let paths = application::paths(&web.app, &team.actor, id, days).await?;
    let columns = [
        "source",
        "visits",
        "starts",
        "submitted",
        "approved",
        "clicked",
        "sold",
    ];
    Ok(csv::file("funnel.csv", &columns, paths, |path| {
        vec![
            path.source,
            path.visits.to_string(),
            path.starts.to_string(),
            path.submitted.to_string(),
            path.approved.to_string(),
            path.clicked.to_string(),
            path.sold.to_string(),
        ]
    }))
}
