//! A new link: where it leads, refused beside the field.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use comity_app::link::{self, NewLink as Input};
use comity_app::{AppError, FieldError, portal};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::portal::link::{self as pages, NewLink};
use comity_ui::{route, t};

use super::frame::Frame;
use crate::error::WebResult;
use crate::extract::Fields;
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

fn view(web: &WebState, frame: &Frame, form: FormState) -> NewLink {
    let base = &web.app.config.redirect_url;
    let base = base.split("://").nth(1).unwrap_or(base);
    NewLink {
        shell: frame.shell.clone(),
        base: format!("{base}/"),
        hosts: portal::destinations(&frame.here),
        form,
    }
}

/// `GET /portal/links/new`; `?destination=` presets a deep link.
pub(super) async fn form(
    State(web): State<WebState>,
    frame: Frame,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> WebResult {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let site = frame.here.program.website.clone();
    let destination = asked.filled("destination").unwrap_or(site);
    let form = FormState::default().with("destination", destination);
    let view = view(&web, &frame, form);
    Ok(Page(pages::new_page(&frame.cx, &view)).into_response())
}

/// `POST /portal/links`.
pub(super) async fn create(
    State(web): State<WebState>,
    frame: Frame,
    fields: Fields,
) -> WebResult<Response> {
    if let Some(response) = frame.terms_first() {
        return Ok(response);
    }
    let input = Input {
        enrollment: frame.here.enrollment.id,
        slug: fields.text("slug"),
        destination: fields.text("destination"),
        label: fields.text("name"),
        expires_at: None,
    };
    let cx = &frame.cx;
    let form = match link::create(&web.app, frame.actor(), input).await {
        Ok(link) => {
            let text = t!(cx, "portal-link-created");
            return Ok(see_with(&route::portal_link(link.id), Tone::Ok, &text));
        }
        Err(AppError::Invalid(errors)) => form_state(cx, &fields, &named(errors)),
        Err(AppError::Conflict(code)) => fields.state().error("", problem(cx, code)),
        Err(error) => return Err(error.into()),
    };
    Ok(refused(pages::new_page(cx, &view(&web, &frame, form))))
}

/// The form calls the label a name.
fn named(errors: Vec<FieldError>) -> Vec<FieldError> {
    let rename = |error: FieldError| match error.field.as_str() {
        "label" => FieldError::new("name", error.code),
        _ => error,
    };
    errors.into_iter().map(rename).collect()
}
