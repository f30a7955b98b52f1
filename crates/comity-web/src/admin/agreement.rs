//! Agreements with one partner: concluding and changing them.

use axum::extract::State;
use comity_app::agreement::{self, Agreement, Terms};
use comity_app::commission::draft;
use comity_app::{AppError, partner, program};
use comity_domain::program::Program;
use comity_domain::{AgreementId, EnrollmentId, Permission, Timestamp};
use comity_ui::admin::agreement::{Agreed, AgreementForm, page};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of agreements.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/enrollments/{id}/agreements/new", manage, show_new)
        .post("/admin/enrollments/{id}/agreements", manage, conclude)
        .get("/admin/agreements/{id}", manage, show)
        .post("/admin/agreements/{id}", manage, change)
}

/// The first and the last day, in the program's time zone.
fn days(one: &Agreement, program: &Program) -> (String, Option<String>) {
    let day = |at: Timestamp| at.date_in(&program.zone).to_string();
    // The end is outside: the last day is the one before it.
    (day(one.starts_at), one.ends_at.map(|end| day(end.plus(-1))))
}

/// An agreement as a partner's page shows it.
pub(super) fn agreed(one: Agreement, program: &Program, now: Timestamp) -> Agreed {
    Agreed {
        id: one.id,
        days: days(&one, program),
        valid: one.starts_at <= now && one.ends_at.is_none_or(|end| now < end),
        name: one.name,
        note: one.note,
    }
}

async fn show_new(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
) -> WebResult<Page> {
    Ok(Page(render(&web, &team, id, None, None).await?))
}

async fn show(State(web): State<WebState>, team: Team, Id(id): Id<AgreementId>) -> WebResult<Page> {
    let old = agreement::get(&web.app, &team.actor, id).await?;
    Ok(Page(
        render(&web, &team, old.enrollment, Some(old), None).await?,
    ))
}

async fn render(
    web: &WebState,
    team: &Team,
    id: EnrollmentId,
    old: Option<Agreement>,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let partner = partner::of_enrollment(app, actor, id).await?;
    let found = partner::detail(app, actor, partner).await?;
    let own = found.memberships.iter().find(|one| one.enrollment.id == id);
    let program = program::get(
        app,
        actor,
        own.ok_or(AppError::NotFound("partner"))?.program.id,
    )
    .await?;
    let filled = match &old {
        None => FormState::default().with(
            "starts_on",
            web.app.now().date_in(&program.zone).to_string(),
        ),
        Some(old) => {
            let (first, last) = days(old, &program);
            FormState::default()
                .with("name", &old.name)
                .with("note", &old.note)
                .with("starts_on", first)
                .with("ends_on", last.unwrap_or_default())
        }
    };
    let known = match old {
        Some(old) => {
            let who = draft::person(app, actor, &old.created_by).await?;
            Some((old.id, (old.name, who, old.created_at)))
        }
        None => None,
    };
    let view = AgreementForm {
        action: match &known {
            Some((id, _)) => format!("/admin/agreements/{id}"),
            None => format!("/admin/enrollments/{id}/agreements"),
        },
        partner: (found.partner.id, found.partner.name),
        program: program.name,
        old: known.map(|(_, old)| old),
        form: form.unwrap_or(filled),
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

fn terms(fields: &Fields) -> Terms {
    Terms {
        name: fields.text("name"),
        note: fields.raw("note").to_owned(),
        starts_on: fields.text("starts_on"),
        ends_on: fields.text("ends_on"),
    }
}

async fn conclude(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
    fields: Fields,
) -> WebResult {
    let done = agreement::conclude(&web.app, &team.actor, id, &terms(&fields)).await;
    answer(&web, &team, (id, None), &fields, done).await
}

async fn change(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<AgreementId>,
    fields: Fields,
) -> WebResult {
    let old = agreement::get(&web.app, &team.actor, id).await?;
    let done = agreement::change(&web.app, &team.actor, id, &terms(&fields)).await;
    answer(&web, &team, (old.enrollment, Some(old)), &fields, done).await
}

async fn answer(
    web: &WebState,
    team: &Team,
    (id, old): (EnrollmentId, Option<Agreement>),
    fields: &Fields,
    done: Result<Agreement, AppError>,
) -> WebResult {
    match done {
        Ok(_) => {
            let partner = partner::of_enrollment(&web.app, &team.actor, id).await?;
            let path = format!("/admin/partners/{partner}");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "agreement-saved")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            Ok(refused(render(web, team, id, old, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}
