//! One program: its tabs, and what can be published from them.

mod objective;
mod policy;
mod settings;

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::program::{self, Policy, PolicyKind};
use comity_app::{AppError, objective as objectives};
use comity_domain::attribution::AttributionPolicy;
use comity_domain::program::{Program, ProgramStatus};
use comity_domain::{Permission, ProgramId};
use comity_ui::admin::program_detail::{Detail, Section, Version, page};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use super::objective::{goal, team_of};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of one program.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get(
            "/admin/programs/{id}",
            Audience::Team(Permission::View),
            show,
        )
        .post("/admin/programs/{id}/status", manage, set_status)
        .post("/admin/programs/{id}/settings", manage, settings::save)
        .post("/admin/programs/{id}/rules", manage, policy::rules)
        .post("/admin/programs/{id}/credit", manage, policy::credit)
        .post("/admin/programs/{id}/terms", manage, publish_terms)
        .post("/admin/programs/{id}/objectives", manage, objective::create)
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let tab = paging.query.text("tab");
    Ok(Page(render(&web, &team, id, &tab, None).await?))
}

/// A tab; with a form when one was refused.
async fn render(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    tab: &str,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let program = program::get(&web.app, &team.actor, id).await?;
    let (section, filled) = section(web, team, &program, tab).await?;
    let view = Detail {
        program,
        section,
        can_manage: team.actor.may(Permission::ManagePrograms),
        form: form.unwrap_or(filled),
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

async fn section(
    web: &WebState,
    team: &Team,
    program: &Program,
    tab: &str,
) -> WebResult<(Section, FormState)> {
    let (app, actor, id) = (&web.app, &team.actor, program.id);
    Ok(match tab {
        "settings" => (Section::Settings, settings::filled(program)),
        "rules" => policy::rules_tab(web, team, program).await?,
        "credit" => {
            let all = program::policies(app, actor, id, PolicyKind::Attribution).await?;
            let body = all
                .first()
                .map(|policy| policy.body_json.clone())
                .unwrap_or_default();
            let policy = AttributionPolicy::from_json(&body).unwrap_or_default();
            let words = comity_ui::program::credit(&team.cx, &policy);
            let form = policy::filled_credit(&policy);
            (Section::Credit(words, pretty(&body), versions(&all)), form)
        }
        "terms" => {
            let all = program::terms_versions(app, actor, id).await?;
            let text = all
                .first()
                .map(|(terms, _)| terms.body.clone())
                .unwrap_or_default();
            let versions = all.iter().map(|(terms, accepted)| Version {
                number: terms.version,
                note: t!(team.cx, "program-accepted", n = *accepted),
                at: terms.published_at,
            });
            let form = FormState::default().with("body", &text);
            (Section::Terms(text, versions.collect()), form)
        }
        "objectives" => {
            let rows = objectives::list(app, actor, Some(id)).await?;
            let people = team_of(web, actor).await?;
            let goals = rows
                .iter()
                .map(|row| goal(&team.cx, row, &people))
                .collect();
            (
                Section::Objectives(goals),
                FormState::default().with("baseline", "0"),
            )
        }
        _ => {
            let items = program::readiness(app, actor, id).await?;
            (Section::Overview(items), FormState::default())
        }
    })
}

fn pretty(body: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn versions(all: &[Policy]) -> Vec<Version> {
    let version = |policy: &Policy| Version {
        number: policy.version,
        note: policy.note.clone(),
        at: policy.created_at,
    };
    all.iter().map(version).collect()
}

/// Back to the tab with a message, or the tab again with what is wrong.
async fn answer<T>(
    web: &WebState,
    team: &Team,
    (id, tab): (ProgramId, &str),
    fields: &Fields,
    (done, text): (Result<T, AppError>, String),
) -> WebResult {
    let path = format!("/admin/programs/{id}?tab={tab}");
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &text)),
        Err(AppError::Invalid(mut errors)) => {
            // Paths inside the text have no field of their own: they are said at the text.
            let known = |field: &str| fields.all(field).len() == 1;
            if fields.checked("body") {
                for error in errors.iter_mut().filter(|error| !known(&error.field)) {
                    "body".clone_into(&mut error.field);
                }
            }
            let form = form_state(&team.cx, fields, &errors);
            Ok(refused(render(web, team, id, tab, Some(form)).await?))
        }
        Err(AppError::Conflict(code)) => {
            Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn set_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let status = ProgramStatus::from_code(&fields.text("status"));
    let status = status.ok_or_else(|| AppError::field("status", "not_a_choice"))?;
    let done = program::set_status(&web.app, &team.actor, id, status).await;
    let text = t!(team.cx, "program-changed");
    answer(&web, &team, (id, ""), &fields, (done, text)).await
}

async fn publish_terms(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let done = program::publish_terms(&web.app, &team.actor, id, fields.raw("body")).await;
    let text = t!(team.cx, "program-published");
    answer(&web, &team, (id, "terms"), &fields, (done, text)).await
}
