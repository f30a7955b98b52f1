//! Setting an objective of a program (A1, A2).

use axum::extract::State;
use comity_app::objective::{self, Warning, warnings};
use comity_domain::ProgramId;
use comity_ui::t;

use super::answer;
use crate::admin::objective::wanted;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::state::WebState;

pub(super) async fn create(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = comity_app::program::get(&web.app, &team.actor, id).await?;
    let new = wanted(&fields, &program, Some(team.id));
    let doubts = warnings(&new.title, (new.baseline, new.target), (true, true));
    let text = match doubts.first() {
        Some(Warning::VagueTitle) => t!(team.cx, "objective-warn-vague"),
        Some(Warning::NoGrowth) => t!(team.cx, "objective-warn-growth"),
        _ => t!(team.cx, "objective-created"),
    };
    let done = objective::create(&web.app, &team.actor, new).await;
    answer(&web, &team, (id, "objectives"), &fields, (done, text)).await
}
