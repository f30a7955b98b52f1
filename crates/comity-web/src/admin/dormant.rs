//! Partners who stopped selling: the list, its export, and the reminder.

use axum::extract::State;
use axum::response::Response;
use comity_app::recognition::{self, Dormant as Found};
use comity_app::{AppError, program};
use comity_domain::program::Program;
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::dormant::{self as pages, Dormant, Sleeper};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::partner::named;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of dormant partners.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/dormant", view, list)
        .get("/admin/dormant.csv", view, export)
        .post("/admin/dormant", manage, save)
}

/// The chosen program, or the first one.
fn chosen(programs: &[Program], wanted: Option<ProgramId>) -> Result<&Program, AppError> {
    let found = programs.iter().find(|one| Some(one.id) == wanted);
    found
        .or(programs.first())
        .ok_or(AppError::NotFound("program"))
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    Ok(Page(render(&web, &team, &paging, None).await?))
}

/// The page; with a form when one was refused.
async fn render(
    web: &WebState,
    team: &Team,
    paging: &Paging,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let programs = program::list(app, actor).await?;
    let of = chosen(&programs, paging.query.read("program"))?;
    let (find, limit) = (paging.query.text("q"), paging.limit + 1);
    let rows = recognition::dormant(app, actor, of.id, &find, paging.after()?, limit).await?;
    let row = |one: Found| Sleeper {
        partner: one.partner,
        name: one.name,
        last_at: one.last_at,
        nudged_at: one.nudged_at,
    };
    let listed = paging.listed(rows, |one| one.enrollment.to_string(), row);
    let set = of.settings.nudge_after_days;
    let view = Dormant {
        rows: listed.data,
        days: recognition::silence(of),
        query: find,
        program: of.id.to_string(),
        next: listed.next_cursor,
        can_manage: actor.may(Permission::ManagePrograms),
        form: form.unwrap_or_else(|| {
            FormState::default()
                .with("program", of.id.to_string())
                .with("days", set.to_string())
        }),
        programs: named(&programs),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let (app, actor) = (&web.app, &team.actor);
    let programs = program::list(app, actor).await?;
    let of = chosen(&programs, paging.query.read("program"))?;
    let find = paging.query.text("q");
    let rows = recognition::dormant(app, actor, of.id, &find, None, csv::ROWS).await?;
    let columns = ["partner_id", "partner", "last_sale_at", "reminded_at"];
    Ok(csv::file("dormant.csv", &columns, &rows, |row| {
        let reminded = row.nudged_at.map(|at| at.to_string());
        vec![
            row.partner.to_string(),
            row.name.clone(),
            row.last_at.to_string(),
            reminded.unwrap_or_default(),
        ]
    }))
}

async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let (app, actor) = (&web.app, &team.actor);
    let typed = match (fields.read("program"), fields.read("days")) {
        (Some(id), Some(days)) => Ok((id, days)),
        (None, _) => Err(AppError::field("program", "not_a_choice")),
        (_, None) => Err(AppError::field("days", "not_a_number")),
    };
    let done = match typed {
        Ok((id, days)) => recognition::set_nudge(app, actor, id, days)
            .await
            .map(|()| id),
        Err(error) => Err(error),
    };
    match done {
        Ok(id) => {
            let path = format!("/admin/dormant?program={id}");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "dormant-saved")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let paging = Paging {
                limit: 50,
                ..Paging::default()
            };
            Ok(refused(render(&web, &team, &paging, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}
