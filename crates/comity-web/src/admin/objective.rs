//! Changing and closing an objective (A1, A2).

use axum::extract::State;
use comity_app::objective::{self, Metric, NewObjective, Progress};
use comity_app::{AppError, team as people};
use comity_domain::program::Program;
use comity_domain::{Actor, Money, ObjectiveId, Permission, ProgramId, UserId};
use comity_ui::admin::objective::{self as pages, Edit, Goal};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::{Cx, fmt, t};
use maud::Markup;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of one objective.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/objectives/{id}", manage, show)
        .post("/admin/objectives/{id}", manage, save)
        .post("/admin/objectives/{id}/status", manage, set_status)
}

/// The team by id and name.
pub(super) async fn team_of(web: &WebState, actor: &Actor) -> WebResult<Vec<(String, String)>> {
    let all = people::list(&web.app, actor).await?;
    let active = all.into_iter().filter(|user| user.status != "disabled");
    Ok(active
        .map(|user| (user.id.to_string(), user.name))
        .collect())
}

/// An objective as pages show it.
pub(super) fn goal(cx: &Cx, row: &Progress, people: &[(String, String)]) -> Goal {
    let one = &row.objective;
    let money = Metric::from_code(&one.metric).is_some_and(Metric::is_money);
    let show = |value: i64| {
        if money {
            fmt::money(cx, Money::new(value, row.program.currency))
        } else {
            fmt::number(cx, value)
        }
    };
    let owner = one.owner.map(|id| id.to_string());
    let named = people.iter().find(|(id, _)| Some(id) == owner.as_ref());
    Goal {
        id: one.id,
        title: one.title.clone(),
        text: format!("{} / {}", show(row.value), show(one.target)),
        done: row.done,
        elapsed: row.elapsed,
        days: (one.starts_on.clone(), one.due_on.clone()),
        owner: named.map(|(_, name)| name.clone()).unwrap_or_default(),
        business_goal: one.business_goal.clone(),
        status: one.status.clone(),
    }
}

/// What a form asks for. Amounts are typed in the program's currency.
pub(super) fn wanted(fields: &Fields, program: &Program, owner: Option<UserId>) -> NewObjective {
    let money = Metric::from_code(&fields.text("metric")).is_some_and(Metric::is_money);
    let number = |name: &str| {
        let text = fields.text(name).replace(',', ".");
        if money {
            Money::parse(&text, program.currency).map_or(-1, |sum| sum.minor)
        } else {
            text.parse().unwrap_or(-1)
        }
    };
    NewObjective {
        program: program.id,
        title: fields.text("title"),
        metric: fields.text("metric"),
        baseline: number("baseline"),
        target: number("target"),
        starts_on: fields.text("starts_on"),
        due_on: fields.text("due_on"),
        owner,
        business_goal: fields.text("business_goal"),
    }
}

fn filled(row: &Progress) -> FormState {
    let one = &row.objective;
    let money = Metric::from_code(&one.metric).is_some_and(Metric::is_money);
    let typed = |value: i64| {
        if money {
            Money::new(value, row.program.currency).decimal()
        } else {
            value.to_string()
        }
    };
    FormState::default()
        .with("title", &one.title)
        .with("metric", &one.metric)
        .with("baseline", typed(one.baseline))
        .with("target", typed(one.target))
        .with("starts_on", &one.starts_on)
        .with("due_on", &one.due_on)
        .with(
            "owner",
            one.owner.map_or_else(String::new, |id| id.to_string()),
        )
        .with("business_goal", &one.business_goal)
}

fn tab(program: ProgramId) -> String {
    format!("/admin/programs/{program}?tab=objectives")
}

async fn render(web: &WebState, team: &Team, row: &Progress, form: FormState) -> WebResult<Markup> {
    let people = team_of(web, &team.actor).await?;
    let view = Edit {
        goal: goal(&team.cx, row, &people),
        program: (tab(row.program.id), row.program.name.clone()),
        people,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::edit(&team.cx, &shell, &view))
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<ObjectiveId>) -> WebResult<Page> {
    let row = objective::get(&web.app, &team.actor, id).await?;
    let form = filled(&row);
    Ok(Page(render(&web, &team, &row, form).await?))
}

async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ObjectiveId>,
    fields: Fields,
) -> WebResult {
    let row = objective::get(&web.app, &team.actor, id).await?;
    let owner = match fields.filled("owner") {
        None => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|_| AppError::field("owner", "not_a_choice")),
    };
    let done = match owner {
        Ok(owner) => {
            let change = wanted(&fields, &row.program, owner);
            objective::update(&web.app, &team.actor, id, change).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            let text = t!(team.cx, "objective-saved");
            Ok(see_with(&tab(row.program.id), Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, &row, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn set_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ObjectiveId>,
    fields: Fields,
) -> WebResult {
    let row = objective::get(&web.app, &team.actor, id).await?;
    let status = fields.text("status");
    let (tone, text) = match objective::set_status(&web.app, &team.actor, id, &status).await {
        Ok(_) => (Tone::Ok, t!(team.cx, "objective-saved")),
        Err(AppError::Invalid(_)) => (Tone::Bad, problem(&team.cx, "not_a_choice")),
        Err(error) => return Err(error.into()),
    };
    Ok(see_with(&tab(row.program.id), tone, &text))
}
