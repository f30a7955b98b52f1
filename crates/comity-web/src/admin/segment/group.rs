//! Groups: the list, its export, the page of one.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::segment::{self, Group as Stored};
use comity_app::{AppError, program};
use comity_domain::program::Program;
use comity_domain::{GroupId, Permission};
use comity_ui::admin::segment::{self as pages, EditGroup, Group, List, edit_group};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::{admin_shell, csv, named, narrow};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

fn positive(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn program_name(programs: &[Program], group: &Stored) -> String {
    let found = programs.iter().find(|program| program.id == group.program);
    found
        .map(|program| program.name.clone())
        .unwrap_or_default()
}

/// The groups that fit the search, with the number of their members.
async fn found(web: &WebState, team: &Team, query: &Fields) -> WebResult<Vec<(Stored, i64)>> {
    let rows = segment::groups(&web.app, &team.actor, query.read("program")).await?;
    Ok(narrow(rows, &query.text("q"), |(group, _)| {
        [group.name.clone(), group.description.clone()]
    }))
}

pub(super) async fn list(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Page> {
    let programs = program::list(&web.app, &team.actor).await?;
    let rows = found(&web, &team, &paging.query).await?;
    let listed = paging.cut(
        rows,
        |(group, _)| group.id.to_string(),
        |(group, members)| Group {
            id: group.id,
            program: program_name(&programs, &group),
            name: group.name,
            description: group.description,
            members: positive(members),
        },
    );
    let view = List {
        groups: listed.data,
        kinds: Vec::new(),
        of_types: false,
        query: paging.query.text("q"),
        programs: named(&programs),
        program: paging.query.text("program"),
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePartners),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::list(&team.cx, &shell, &view)))
}

pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let programs = program::list(&web.app, &team.actor).await?;
    let rows = found(&web, &team, &paging.query).await?;
    let columns = [
        "group_id",
        "name",
        "description",
        "program_id",
        "program",
        "partners",
        "created_at",
    ];
    Ok(csv::file(
        "groups.csv",
        &columns,
        rows,
        |(group, members)| {
            vec![
                group.id.to_string(),
                group.name.clone(),
                group.description.clone(),
                group.program.to_string(),
                program_name(&programs, &group),
                members.to_string(),
                group.created_at.to_string(),
            ]
        },
    ))
}

/// The page of a group or of a new one; with the form when it was refused.
async fn page(
    web: &WebState,
    team: &Team,
    id: Option<GroupId>,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let programs = program::list(&web.app, &team.actor).await?;
    let known = match id {
        Some(id) => Some(segment::group(&web.app, &team.actor, id).await?),
        None => None,
    };
    let filled = known.as_ref().map(|(group, _)| {
        FormState::default()
            .with("name", &group.name)
            .with("description", &group.description)
    });
    let view = EditGroup {
        known: known.map(|(group, members)| (group.id, group.name, positive(members))),
        programs: named(&programs),
        can_manage: team.actor.may(Permission::ManagePartners),
        form: form.or(filled).unwrap_or_default(),
    };
    let shell = admin_shell(web, team).await?;
    Ok(edit_group(&team.cx, &shell, &view))
}

pub(super) async fn new(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Page> {
    let form = Some(paging.query.state());
    Ok(Page(page(&web, &team, None, form).await?))
}

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<GroupId>,
) -> WebResult<Page> {
    Ok(Page(page(&web, &team, Some(id), None).await?))
}

pub(super) async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let (name, text) = (fields.text("name"), fields.text("description"));
    let done = match fields.read("program") {
        Some(of) => segment::create_group(&web.app, &team.actor, of, &name, &text).await,
        None => Err(AppError::field("program", "required")),
    };
    answer(&web, &team, &fields, None, done).await
}

pub(super) async fn update(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<GroupId>,
    fields: Fields,
) -> WebResult {
    let (name, text) = (fields.text("name"), fields.text("description"));
    let done = segment::update_group(&web.app, &team.actor, id, &name, &text).await;
    answer(&web, &team, &fields, Some(id), done).await
}

/// Back to the list, or the page again with what is wrong.
async fn answer(
    web: &WebState,
    team: &Team,
    fields: &Fields,
    id: Option<GroupId>,
    done: Result<Stored, AppError>,
) -> WebResult {
    match done {
        Ok(_) => Ok(see_with(
            "/admin/groups",
            Tone::Ok,
            &t!(team.cx, "segment-changed"),
        )),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            Ok(refused(page(web, team, id, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn delete(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<GroupId>,
) -> WebResult {
    segment::delete_group(&web.app, &team.actor, id).await?;
    let text = t!(team.cx, "segment-deleted");
    Ok(see_with("/admin/groups", Tone::Ok, &text).into_response())
}
