//! Changing what is known of a partner.

use axum::extract::State;
use comity_app::AppError;
use comity_app::partner::{self, Detail as Found, ProfileChange};
use comity_domain::{PartnerId, Permission};
use comity_ui::admin::partner_edit::{self as pages, Edit};
use comity_ui::component::{FormState, Tone};
use comity_ui::i18n::Lang;
use comity_ui::t;

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of the form.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get("/admin/partners/{id}/edit", manage, edit)
        .post("/admin/partners/{id}/profile", manage, save_profile)
}

async fn edit(State(web): State<WebState>, team: Team, Id(id): Id<PartnerId>) -> WebResult<Page> {
    let found = partner::detail(&web.app, &team.actor, id).await?;
    let one = &found.partner;
    let form = FormState::default()
        .with("name", &one.name)
        .with("email", &one.email)
        .with("company", &one.company)
        .with("website", &one.website)
        .with("country", &one.country)
        .with("lang", &one.lang);
    Ok(Page(edit_page(&web, &team, &found, form).await?))
}

async fn edit_page(
    web: &WebState,
    team: &Team,
    found: &Found,
    form: FormState,
) -> WebResult<maud::Markup> {
    let view = Edit {
        id: found.partner.id,
        name: found.partner.name.clone(),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::page(&team.cx, &shell, &view))
}

async fn save_profile(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerId>,
    fields: Fields,
) -> WebResult {
    let change = ProfileChange {
        name: fields.text("name"),
        email: fields.text("email"),
        company: fields.text("company"),
        country: fields.text("country"),
        website: fields.text("website"),
        lang: Lang::parse(&fields.text("lang")).unwrap_or_default(),
    };
    match partner::update_profile(&web.app, &team.actor, id, change).await {
        Ok(_) => {
            let path = format!("/admin/partners/{id}");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "partner-changed")))
        }
        Err(AppError::Invalid(errors)) => {
            let found = partner::detail(&web.app, &team.actor, id).await?;
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(edit_page(&web, &team, &found, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}
