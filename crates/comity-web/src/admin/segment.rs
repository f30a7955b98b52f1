//! Groups and types of partners.

use axum::extract::State;
use comity_app::segment::{self, NewType};
use comity_app::{AppError, program};
use comity_domain::{GroupId, PartnerTypeId, Permission};
use comity_ui::admin::segment::{Group, Kind, Segments, page};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;

use super::admin_shell;
use super::partner::named;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of groups and types.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/groups", Audience::Team(Permission::View), show)
        .post("/admin/groups", manage, create)
        .post("/admin/groups/{id}", manage, update)
        .post("/admin/groups/{id}/delete", manage, delete)
        .post("/admin/types", manage, create_type)
        .post("/admin/types/{id}", manage, update_type)
}

async fn show(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    Ok(Page(render(&web, &team, FormState::default()).await?))
}

async fn render(web: &WebState, team: &Team, form: FormState) -> WebResult<maud::Markup> {
    let programs = program::list(&web.app, &team.actor).await?;
    let groups = segment::groups(&web.app, &team.actor, None).await?;
    let types = segment::types(&web.app, &team.actor).await?;
    let name = |id| {
        programs
            .iter()
            .find(|program| program.id == id)
            .map(|p| p.name.clone())
    };
    let view = Segments {
        groups: groups
            .into_iter()
            .map(|(group, members)| Group {
                id: group.id,
                name: group.name,
                description: group.description,
                program: name(group.program).unwrap_or_default(),
                members: u64::try_from(members).unwrap_or(0),
            })
            .collect(),
        types: types
            .into_iter()
            .map(|kind| Kind {
                id: kind.id,
                name: kind.name,
                definition: kind.definition,
                expectations: kind.expectations,
            })
            .collect(),
        programs: named(&programs),
        can_manage: team.actor.may(Permission::ManagePartners),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let (name, text) = (fields.text("name"), fields.text("description"));
    let done = match fields.read("program") {
        Some(of) => segment::create_group(&web.app, &team.actor, of, &name, &text).await,
        None => Err(AppError::field("program", "required")),
    };
    match done {
        Ok(_) => Ok(see_with(
            "/admin/groups",
            Tone::Ok,
            &t!(team.cx, "segment-changed"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Back to the page: these short forms say in the message what was wrong.
fn back<T>(team: &Team, done: Result<T, AppError>, text: &str) -> WebResult {
    match done {
        Ok(_) => Ok(see_with("/admin/groups", Tone::Ok, text)),
        Err(AppError::Invalid(errors)) => {
            let code = errors.first().map_or("", |error| error.code);
            Ok(see_with(
                "/admin/groups",
                Tone::Bad,
                &problem(&team.cx, code),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<GroupId>,
    fields: Fields,
) -> WebResult {
    let (name, text) = (fields.text("name"), fields.text("description"));
    let done = segment::update_group(&web.app, &team.actor, id, &name, &text).await;
    back(&team, done, &t!(team.cx, "segment-changed"))
}

async fn delete(State(web): State<WebState>, team: Team, Id(id): Id<GroupId>) -> WebResult {
    let done = segment::delete_group(&web.app, &team.actor, id).await;
    back(&team, done, &t!(team.cx, "segment-deleted"))
}

fn words(fields: &Fields) -> NewType {
    NewType {
        name: fields.text("name"),
        definition: fields.text("definition"),
        expectations: fields.text("expectations"),
    }
}

async fn create_type(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = segment::create_type(&web.app, &team.actor, words(&fields)).await;
    back(&team, done, &t!(team.cx, "segment-changed"))
}

async fn update_type(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerTypeId>,
    fields: Fields,
) -> WebResult {
    let done = segment::update_type(&web.app, &team.actor, id, words(&fields)).await;
    back(&team, done, &t!(team.cx, "segment-changed"))
}
