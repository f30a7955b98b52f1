//! Types: the list, its export, the page of one.

use axum::extract::State;
use axum::response::Response;
use comity_app::AppError;
use comity_app::segment::{self, NewType, PartnerType};
use comity_domain::{PartnerTypeId, Permission};
use comity_ui::admin::segment::{self as pages, EditType, Kind, List, edit_type};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::{admin_shell, csv, narrow};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

/// The types that fit the search.
async fn found(web: &WebState, team: &Team, query: &Fields) -> WebResult<Vec<PartnerType>> {
    let rows = segment::types(&web.app, &team.actor).await?;
    Ok(narrow(rows, &query.text("q"), |kind| {
        [
            kind.name.clone(),
            kind.definition.clone(),
            kind.expectations.clone(),
        ]
    }))
}

pub(super) async fn list(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Page> {
    let rows = found(&web, &team, &paging.query).await?;
    let listed = paging.cut(
        rows,
        |kind| kind.id.to_string(),
        |kind| Kind {
            id: kind.id,
            name: kind.name,
            definition: kind.definition,
            expectations: kind.expectations,
        },
    );
    let view = List {
        groups: Vec::new(),
        kinds: listed.data,
        of_types: true,
        query: paging.query.text("q"),
        programs: Vec::new(),
        program: String::new(),
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
    let rows = found(&web, &team, &paging.query).await?;
    let columns = [
        "type_id",
        "name",
        "definition",
        "expectations",
        "created_at",
    ];
    Ok(csv::file("types.csv", &columns, rows, |kind| {
        vec![
            kind.id.to_string(),
            kind.name,
            kind.definition,
            kind.expectations,
            kind.created_at.to_string(),
        ]
    }))
}

fn words(fields: &Fields) -> NewType {
    NewType {
        name: fields.text("name"),
        definition: fields.text("definition"),
        expectations: fields.text("expectations"),
    }
}

/// The page of a type or of a new one; with the form when it was refused.
async fn page(
    web: &WebState,
    team: &Team,
    id: Option<PartnerTypeId>,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let known = match id {
        Some(id) => Some(segment::partner_type(&web.app, &team.actor, id).await?),
        None => None,
    };
    let filled = known.as_ref().map(|kind| {
        FormState::default()
            .with("name", &kind.name)
            .with("definition", &kind.definition)
            .with("expectations", &kind.expectations)
    });
    let view = EditType {
        known: known.map(|kind| (kind.id, kind.name)),
        can_manage: team.actor.may(Permission::ManagePartners),
        form: form.or(filled).unwrap_or_default(),
    };
    let shell = admin_shell(web, team).await?;
    Ok(edit_type(&team.cx, &shell, &view))
}

pub(super) async fn new(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    Ok(Page(page(&web, &team, None, None).await?))
}

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerTypeId>,
) -> WebResult<Page> {
    Ok(Page(page(&web, &team, Some(id), None).await?))
}

pub(super) async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = segment::create_type(&web.app, &team.actor, words(&fields)).await;
    answer(&web, &team, &fields, None, done).await
}

pub(super) async fn update(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerTypeId>,
    fields: Fields,
) -> WebResult {
    let done = segment::update_type(&web.app, &team.actor, id, words(&fields)).await;
    answer(&web, &team, &fields, Some(id), done).await
}

/// Back to the list, or the page again with what is wrong.
async fn answer(
    web: &WebState,
    team: &Team,
    fields: &Fields,
    id: Option<PartnerTypeId>,
    done: Result<PartnerType, AppError>,
) -> WebResult {
    match done {
        Ok(_) => Ok(see_with(
            "/admin/types",
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
