//! Name, site and colours.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::organisation::brand_of;
use comity_app::settings::{BrandChange, save_brand};
use comity_app::{AppError, FieldError};
use comity_ui::component::{FormState, Tone};
use comity_ui::{settings, t};

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

pub(super) async fn form(State(web): State<WebState>, team: Team) -> WebResult {
    let organisation = &team.signed.tenant;
    let brand = brand_of(organisation);
    let form = FormState::default()
        .with("name", organisation.name.clone())
        .with("website", organisation.website.clone())
        .with("hue", brand.hue().to_string())
        .with("chroma", brand.chroma().to_string());
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(settings::brand::page(&team.cx, &shell, &form)).into_response())
}

pub(super) async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let saved = match change(&fields) {
        Ok(change) => save_brand(&web.app, &team.actor, &change).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => {
            let done = t!(team.cx, "settings-brand-saved");
            Ok(see_with("/admin/settings", Tone::Ok, &done))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let shell = admin_shell(&web, &team).await?;
            Ok(refused(settings::brand::page(&team.cx, &shell, &form)))
        }
        Err(error) => Err(error.into()),
    }
}

fn change(fields: &Fields) -> Result<BrandChange, AppError> {
    let number = |name: &str, most: u16| fields.read::<u16>(name).filter(|n| *n <= most);
    match (number("hue", 359), number("chroma", 200)) {
        (Some(hue), Some(chroma)) => Ok(BrandChange {
            name: fields.text("name"),
            website: fields.text("website"),
            hue,
            chroma,
        }),
        (hue, chroma) => {
            let missing = [("hue", hue), ("chroma", chroma)];
            let wrong = missing.iter().filter(|(_, value)| value.is_none());
            let errors = wrong.map(|(name, _)| FieldError::new(*name, "out_of_range"));
            Err(AppError::Invalid(errors.collect()))
        }
    }
}
