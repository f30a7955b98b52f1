//! API keys.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::AppError;
use comity_app::session::require_recent;
use comity_app::settings::{self as app, ApiKey, NewKey};
use comity_domain::{ApiKeyId, Scope};
use comity_ui::component::{FormState, Tone};
use comity_ui::settings::key::{self as pages, KeyRow, Keys};
use comity_ui::t;

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

const HERE: &str = "/admin/settings/api-keys";

pub(super) async fn page(State(web): State<WebState>, team: Team) -> WebResult {
    Ok(Page(view(&web, &team, None, FormState::default()).await?).into_response())
}

async fn view(
    web: &WebState,
    team: &Team,
    fresh: Option<String>,
    form: FormState,
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
    let view = Keys {
        keys: keys.into_iter().map(row).collect(),
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
            let page = view(&web, &team, Some(secret), FormState::default()).await?;
            Ok(Page(page).into_response())
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(view(&web, &team, None, form).await?))
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
