//! API keys.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::session::require_recent;
use comity_app::settings::{self as app, ApiKey, NewKey};
use comity_domain::{ApiKeyId, Scope};
use comity_ui::component::{FormState, Tone};
use comity_ui::settings::key::{self as pages, KeyRow, Keys};
use comity_ui::t;

use crate::admin::narrow::narrow;
use crate::admin::{admin_shell, csv};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

const HERE: &str = "/admin/settings/api-keys";

pub(super) async fn page(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult {
    let query = paging.query.text("q");
    let page = view(&web, &team, &query, (None, FormState::default())).await?;
    Ok(Page(page).into_response())
}

fn texts(key: &ApiKey) -> [String; 2] {
    [key.name.clone(), key.hint.clone()]
}

/// `GET /admin/settings/api-keys.csv`: what keys there are, never the keys.
pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    paging: Paging,
) -> WebResult<Response> {
    let keys = app::keys(&web.app, &team.actor).await?;
    let keys = narrow(keys, &paging.query.text("q"), texts);
    let columns = [
        "key_id",
        "name",
        "hint",
        "scopes",
        "last_used_at",
        "expires_at",
        "revoked_at",
    ];
    Ok(csv::file("api-keys.csv", &columns, keys, |key| {
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
        vec![
            key.id.to_string(),
            key.name,
            key.hint,
            scopes.join(" "),
            csv::time(key.last_used_at),
            csv::time(key.expires_at),
            csv::time(key.revoked_at),
        ]
    }))
}

async fn view(
    web: &WebState,
    team: &Team,
    query: &str,
    (fresh, form): (Option<String>, FormState),
) -> WebResult<maud::Markup> {
    let now = web.app.now();
    let row = |key: ApiKey| KeyRow {
        active: key.revoked_at.is_none() && key.expires_at.is_none_or(|end| end > now),
        id: key.id,
        name: key.name,
        hint: key.hint,
        scopes: key.scopes,
        used_at: key.last_used_at,
        expires_at: key.expires_at,
    };
    let keys = app::keys(&web.app, &team.actor).await?;
    let keys = narrow(keys, query, texts);
    let view = Keys {
        keys: keys.into_iter().map(row).collect(),
        query: query.to_owned(),
        fresh,
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

/// The answer shows the key: a redirect could not, because nobody keeps it.
pub(super) async fn create(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    require_recent(&team.signed, web.app.now())?;
    let asked = |scope: &Scope| fields.checked(&format!("scope-{}", scope.code()));
    let new = NewKey {
        name: fields.text("name"),
        scopes: Scope::ALL.into_iter().filter(asked).collect(),
        days: fields.read("days"),
    };
    match app::create_key(&web.app, &team.actor, &new).await {
        Ok((_, secret)) => {
            let page = view(&web, &team, "", (Some(secret), FormState::default())).await?;
            Ok(Page(page).into_response())
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(view(&web, &team, "", (None, form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn revoke(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ApiKeyId>,
) -> WebResult {
    app::revoke_key(&web.app, &team.actor, id).await?;
    Ok(see_with(
        HERE,
        Tone::Ok,
        &t!(team.cx, "settings-key-revoked"),
    ))
}
