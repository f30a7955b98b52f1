//! The status of an application, by its unguessable address (D2).

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::AppError;
use comity_app::application;
use comity_domain::application::{ApplicationStatus, RejectReason};
use comity_ui::brand::Brand;
use comity_ui::component::FormState;
use comity_ui::layout::public::PublicShell;
use comity_ui::public::status::{Stage, Status, page};
use comity_ui::{Cx, route};
use maud::Markup;

use crate::error::WebResult;
use crate::extract::{Fields, Id, Visitor};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Routes of applicants.
pub fn routes() -> Routes {
    Routes::new()
        .get("/applications/{token}", Audience::Public, show)
        .post("/applications/{token}/reply", Audience::Public, reply)
}

async fn show(
    State(web): State<WebState>,
    mut visitor: Visitor,
    Id(token): Id<String>,
) -> WebResult {
    let page = render(&web, &mut visitor.cx, &token, FormState::default()).await?;
    Ok(Page(page).into_response())
}

async fn render(web: &WebState, cx: &mut Cx, token: &str, form: FormState) -> WebResult<Markup> {
    let (found, program, tenant) = application::status_by_token(&web.app, token).await?;
    cx.brand = Brand::new(program.settings.brand_hue, program.settings.brand_chroma);
    cx.zone = program.zone.clone();
    let stage = match found.status {
        ApplicationStatus::Submitted => Stage::Reviewing,
        ApplicationStatus::InfoRequested => Stage::Question(found.reason_text.clone()),
        ApplicationStatus::Approved => Stage::Approved,
        ApplicationStatus::Rejected => {
            let reason = RejectReason::from_code(&found.reason_code).unwrap_or(RejectReason::Other);
            Stage::Declined(comity_ui::application::reason(
                cx,
                reason,
                &found.reason_text,
            ))
        }
    };
    let view = Status {
        shell: PublicShell {
            brand: tenant.name,
            website: program.website.clone(),
            terms: found
                .terms
                .map(|_| route::program_terms(program.slug.as_str())),
            sign_in: true,
        },
        token: token.to_owned(),
        name: found.name,
        program: program.name,
        sent_at: found.created_at,
        answer_time: String::new(),
        stage,
        form,
    };
    Ok(page(cx, &view))
}

async fn reply(
    State(web): State<WebState>,
    mut visitor: Visitor,
    Id(token): Id<String>,
    fields: Fields,
) -> WebResult {
    web.limiter
        .check(Class::PublicForm, &visitor.client.ip, web.app.now())?;
    match application::answer(&web.app, &token, fields.raw("answer")).await {
        Ok(_) => Ok(see(&route::application(&token))),
        Err(AppError::Invalid(errors)) => {
            let state = form_state(&visitor.cx, &fields, &errors);
            Ok(refused(render(&web, &mut visitor.cx, &token, state).await?))
        }
        Err(error) => Err(error.into()),
    }
}
