//! The queue of applications and the decisions on them.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::application::{self, Application};
use comity_app::{AppError, partner, program, segment};
use comity_domain::application::{ApplicationStatus, RejectReason};
use comity_domain::{ApplicationId, Permission};
use comity_ui::admin::application::{Entry, Opened, Queue, page};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use super::partner::named;
use super::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of applications.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get(
            "/admin/applications",
            Audience::Team(Permission::View),
            queue,
        )
        .get(
            "/admin/applications.csv",
            Audience::Team(Permission::View),
            export,
        )
        .post("/admin/applications/{id}/approve", manage, approve)
        .post("/admin/applications/{id}/reject", manage, reject)
        .post("/admin/applications/{id}/ask", manage, ask)
}

fn entry(one: &Application) -> Entry {
    Entry {
        id: one.id,
        name: one.name.clone(),
        email: one.email.clone(),
        status: one.status,
        flags: application::flags(one).len(),
        at: one.created_at,
    }
}

async fn queue(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let opened = paging.query.read::<ApplicationId>("id");
    Ok(Page(
        render(&web, &team, &paging, opened, FormState::default()).await?,
    ))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    let (app, actor) = (&web.app, &team.actor);
    let status = ApplicationStatus::from_code(&paging.query.text("status"));
    let of = (paging.query.read("program"), status);
    let find = paging.query.text("q");
    let rows = application::list(app, actor, of, &find, None, csv::ROWS).await?;
    let columns = [
        "application_id",
        "program_id",
        "name",
        "email",
        "status",
        "source",
        "flags",
        "reason",
        "decided_at",
        "created_at",
    ];
    Ok(csv::file("applications.csv", &columns, rows, |one| {
        vec![
            one.id.to_string(),
            one.program.to_string(),
            one.name.clone(),
            one.email.clone(),
            one.status.code().to_owned(),
            one.source.clone(),
            application::flags(&one).join(" "),
            one.reason_code.clone(),
            csv::time(one.decided_at),
            one.created_at.to_string(),
        ]
    }))
}

async fn render(
    web: &WebState,
    team: &Team,
    paging: &Paging,
    opened: Option<ApplicationId>,
    form: FormState,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let status = ApplicationStatus::from_code(&paging.query.text("status"));
    let limit = if paging.limit == 0 { 50 } else { paging.limit };
    let paging = Paging {
        limit,
        ..paging.clone()
    };
    let of = (paging.query.read("program"), status);
    let find = paging.query.text("q");
    let rows = application::list(app, actor, of, &find, paging.after()?, limit + 1).await?;
    let counts = application::counts(app, actor, of.0).await?;
    let listed = paging.listed(rows, |row| row.id.to_string(), |row| entry(&row));
    let positive = |n: i64| u64::try_from(n).unwrap_or(0);
    let view = Queue {
        rows: listed.data,
        counts: counts
            .into_iter()
            .map(|(status, n)| (status, positive(n)))
            .collect(),
        status,
        query: find,
        programs: named(&program::list(app, actor).await?),
        program: paging.query.text("program"),
        next: listed.next_cursor,
        opened: match opened {
            Some(id) => Some(open(web, team, id, form).await?),
            None => None,
        },
        can_manage: actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

async fn open(
    web: &WebState,
    team: &Team,
    id: ApplicationId,
    form: FormState,
) -> WebResult<Opened> {
    let (app, actor) = (&web.app, &team.actor);
    let one = application::get(app, actor, id).await?;
    let of = program::get(app, actor, one.program).await?;
    let groups = segment::groups(app, actor, Some(one.program)).await?;
    let types = segment::types(app, actor).await?;
    let partner = match one.enrollment {
        Some(id) => format!(
            "/admin/partners/{}",
            partner::of_enrollment(app, actor, id).await?
        ),
        None => String::new(),
    };
    Ok(Opened {
        entry: entry(&one),
        program: of.name,
        answers: application::answers(&one),
        flags: application::flags(&one),
        source: one.source.clone(),
        words: one.reason_text.clone(),
        partner,
        groups: groups
            .into_iter()
            .map(|(g, _)| (g.id.to_string(), g.name))
            .collect(),
        types: types
            .into_iter()
            .map(|kind| (kind.id.to_string(), kind.name))
            .collect(),
        form,
    })
}

/// Back to the queue, or the form again with what is wrong.
async fn answer(
    web: &WebState,
    team: &Team,
    id: ApplicationId,
    fields: &Fields,
    (done, text): (Result<Application, AppError>, String),
) -> WebResult {
    match done {
        Ok(_) => {
            let path = format!("/admin/applications?id={id}");
            Ok(see_with(&path, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            let page = render(web, team, &Paging::default(), Some(id), form).await?;
            Ok(refused(page))
        }
        Err(AppError::Conflict(code)) => {
            let path = format!("/admin/applications?id={id}");
            Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn approve(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ApplicationId>,
    fields: Fields,
) -> WebResult {
    let groups: Vec<_> = fields.read("group").into_iter().collect();
    let types: Vec<_> = fields.read("type").into_iter().collect();
    let done = application::approve(&web.app, &team.actor, id, &groups, &types).await;
    let text = t!(team.cx, "application-done-approved");
    answer(&web, &team, id, &fields, (done, text)).await
}

async fn reject(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ApplicationId>,
    fields: Fields,
) -> WebResult {
    let done = match RejectReason::from_code(&fields.text("reason")) {
        Some(reason) => {
            let text = fields.text("text");
            application::reject(&web.app, &team.actor, id, reason, &text).await
        }
        None => Err(AppError::field("reason", "not_a_choice")),
    };
    let text = t!(team.cx, "application-done-rejected");
    answer(&web, &team, id, &fields, (done, text)).await
}

async fn ask(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ApplicationId>,
    fields: Fields,
) -> WebResult {
    let question = fields.text("question");
    let done = application::request_info(&web.app, &team.actor, id, &question).await;
    let done = done.map_err(|error| match error {
        AppError::Invalid(mut errors) => {
            for error in &mut errors {
                "question".clone_into(&mut error.field);
            }
            AppError::Invalid(errors)
        }
        other => other,
    });
    let text = t!(team.cx, "application-done-asked");
    answer(&web, &team, id, &fields, (done, text)).await
}
