//! Objectives of a program (A1, A2).

use axum::extract::State;
use comity_app::objective::{self, Metric, NewObjective, Progress, Warning, warnings};
use comity_domain::{Money, ProgramId};
use comity_ui::admin::program_detail::Goal;
use comity_ui::{Cx, fmt, t};

use super::answer;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::state::WebState;

/// An objective as the page shows it.
pub(super) fn goal(cx: &Cx, row: &Progress) -> Goal {
    let one = &row.objective;
    let money = Metric::from_code(&one.metric).is_some_and(Metric::is_money);
    let show = |value: i64| {
        if money {
            fmt::money(cx, Money::new(value, row.program.currency))
        } else {
            fmt::number(cx, value)
        }
    };
    Goal {
        title: one.title.clone(),
        text: format!("{} / {}", show(row.value), show(one.target)),
        done: row.done,
        elapsed: row.elapsed,
        due_on: one.due_on.clone(),
    }
}

pub(super) async fn create(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = comity_app::program::get(&web.app, &team.actor, id).await?;
    let money = Metric::from_code(&fields.text("metric")).is_some_and(Metric::is_money);
    let number = |name: &str| {
        let text = fields.text(name).replace(',', ".");
        if money {
            Money::parse(&text, program.currency).map_or(-1, |sum| sum.minor)
        } else {
            text.parse().unwrap_or(-1)
        }
    };
    let new = NewObjective {
        program: id,
        title: fields.text("title"),
        metric: fields.text("metric"),
        baseline: number("baseline"),
        target: number("target"),
        starts_on: String::new(),
        due_on: fields.text("due_on"),
        owner: Some(team.id),
        business_goal: fields.text("business_goal"),
    };
    let doubts = warnings(&new.title, (new.baseline, new.target), (true, true));
    let text = match doubts.first() {
        Some(Warning::VagueTitle) => t!(team.cx, "objective-warn-vague"),
        Some(Warning::NoGrowth) => t!(team.cx, "objective-warn-growth"),
        _ => t!(team.cx, "objective-created"),
    };
    let done = objective::create(&web.app, &team.actor, new).await;
    answer(&web, &team, (id, "objectives"), &fields, (done, text)).await
}
