//! The team.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::session::require_recent;
use comity_app::team::{self as app, Change, NewMember};
use comity_domain::{Permission, Role, UserId};
use comity_ui::component::{FormState, Tone};
use comity_ui::settings::team as pages;
use comity_ui::t;

use crate::admin::narrow::narrow;
use crate::admin::{admin_shell, csv};
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

const HERE: &str = "/admin/settings/team";

pub(super) async fn page(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    let form = FormState::default().with("role", Role::Manager.code());
    let query = paging.query.text("q");
    Ok(Page(view(&web, &team, &query, form).await?).into_response())
}

fn texts(user: &app::User) -> [String; 2] {
    [user.name.clone(), user.email.clone()]
}

/// `GET /admin/settings/team.csv`.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let members = app::list(&web.app, &team.actor).await?;
    let members = narrow(members, &paging.query.text("q"), texts);
    let columns = [
        "user_id",
        "name",
        "email",
        "role",
        "status",
        "second_step",
        "last_seen_at",
    ];
    Ok(csv::file("team.csv", &columns, members, |user| {
        vec![
            user.id.to_string(),
            user.name,
            user.email,
            user.role.code().to_owned(),
            user.status,
            user.totp_secret.is_some().to_string(),
            csv::time(user.last_seen_at),
        ]
    }))
}

async fn view(
    web: &WebState,
    team: &Team,
    query: &str,
    form: FormState,
) -> WebResult<maud::Markup> {
    let members = app::list(&web.app, &team.actor).await?;
    let members = narrow(members, query, texts);
    let members = members.into_iter().map(|user| pages::Member {
        id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        status: user.status,
        second_step: user.totp_secret.is_some(),
        seen_at: user.last_seen_at,
    });
    let view = pages::Team {
        members: members.collect(),
        query: query.to_owned(),
        can_change: team.actor.may(Permission::ManageTeam),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

pub(super) async fn invite(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    web.limiter
        .check(Class::Invite, &team.id.to_string(), web.app.now())?;
    let Some(role) = Role::from_code(&fields.text("role")) else {
        return Err(AppError::field("role", "required").into());
    };
    let new = NewMember {
        email: fields.text("email"),
        role,
        lang: team.cx.lang,
    };
    match app::invite(&web.app, &team.actor, &new).await {
        Ok(_) => Ok(see_with(HERE, Tone::Ok, &t!(team.cx, "team-invited-done"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(view(&web, &team, "", form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn role(
    State(web): State<WebState>,
    team: Team,
    Id((id, role)): Id<(UserId, String)>,
) -> WebResult {
    let role = Role::from_code(&role).ok_or_else(WebError::not_found)?;
    change(&web, &team, id, Change::Role(role)).await
}

pub(super) async fn disable(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<UserId>,
) -> WebResult {
    change(&web, &team, id, Change::Disable).await
}

pub(super) async fn enable(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<UserId>,
) -> WebResult {
    change(&web, &team, id, Change::Enable).await
}

pub(super) async fn reset_second_step(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<UserId>,
) -> WebResult {
    change(&web, &team, id, Change::ResetSecondStep).await
}

async fn change(web: &WebState, team: &Team, id: UserId, change: Change) -> WebResult<Response> {
    require_recent(&team.signed, web.app.now())?;
    match app::change(&web.app, &team.actor, id, change).await {
        Ok(()) => Ok(see_with(HERE, Tone::Ok, &t!(team.cx, "team-changed"))),
        Err(AppError::Conflict("last_owner")) => {
            Ok(see_with(HERE, Tone::Bad, &t!(team.cx, "team-last-owner")))
        }
        Err(error) => Err(error.into()),
    }
}
