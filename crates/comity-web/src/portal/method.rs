//! How the partner is paid: only after a fresh proof of presence, resting before use (K4).

use axum::extract::{RawQuery, State as Web};
use axum::response::Response;
use comity_app::payout::{MethodChange, set_method};
use comity_app::{AppError, FieldError, session};
use comity_domain::payout::{MethodFields, Rail};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::portal::method::{self as pages, MethodForm, Proof, Rail as Shown};
use comity_ui::{Cx, route, t};

use super::frame::Frame;
use crate::error::WebResult;
use crate::extract::Fields;
use crate::limit::Class;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

const fn shown(rail: Rail) -> Option<Shown> {
    Some(match rail {
        Rail::Sepa => Shown::Sepa,
        Rail::Ach => Shown::Ach,
        Rail::PayPal => Shown::Paypal,
        Rail::Wise => Shown::Wise,
        Rail::StoreCredit => Shown::Credit,
        Rail::Manual => Shown::Manual,
        Rail::Stripe => return None,
    })
}

/// The name of a rail; those without a form are called by their code.
pub(super) fn rail_name(cx: &Cx, rail: Rail) -> String {
    shown(rail).map_or_else(|| rail.code().to_owned(), |rail| rail.text(cx))
}

fn proof(web: &WebState, frame: &Frame) -> Proof {
    let signed = &frame.partner.signed;
    if session::require_recent(signed, web.app.now()).is_ok() {
        Proof::Fresh
    } else if frame.here.partner.password_hash.is_some() {
        Proof::Password
    } else {
        Proof::Link(frame.here.partner.email.clone())
    }
}

fn view(web: &WebState, frame: &Frame, rail: Rail, form: FormState) -> MethodForm {
    MethodForm {
        shell: frame.shell.clone(),
        rails: Shown::ALL.to_vec(),
        rail: shown(rail).unwrap_or(Shown::Sepa),
        rest_days: u32::from(frame.here.program.settings.payout_cooling_days),
        proof: proof(web, frame),
        form,
    }
}

/// `GET /portal/payouts/method`: the rail in use, or the chosen one.
pub(super) async fn form(
    Web(web): Web<WebState>,
    frame: Frame,
    RawQuery(query): RawQuery,
) -> WebResult<Page> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let stored = comity_app::portal::method(&web.app, frame.actor()).await?;
    let rail = Rail::from_code(&query.text("kind"))
        .or_else(|| stored.map(|method| method.details.rail()))
        .unwrap_or(Rail::Sepa);
    let view = view(&web, &frame, rail, FormState::default());
    Ok(Page(pages::page(&frame.cx, &view)))
}

/// `POST /portal/payouts/method`.
pub(super) async fn save(
    Web(web): Web<WebState>,
    frame: Frame,
    fields: Fields,
) -> WebResult<Response> {
    let cx = &frame.cx;
    let Some(rail) = Rail::from_code(&fields.text("kind")).filter(|rail| shown(*rail).is_some())
    else {
        return Err(AppError::field("kind", "not_a_choice").into());
    };
    let again = |form| Ok(refused(pages::page(cx, &view(&web, &frame, rail, form))));
    if proof(&web, &frame) != Proof::Fresh {
        let signed = &frame.partner.signed;
        let now = web.app.now();
        web.limiter.check(Class::Account, &signed.email, now)?;
        match session::reauthenticate(&web.app, signed, fields.raw("password")).await {
            Ok(()) => {}
            Err(AppError::Invalid(_)) => {
                let text = t!(cx, "session-wrong-password");
                return again(fields.state().error("password", text));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let change = MethodChange {
        partner: frame.partner.id,
        rail,
        fields: typed(&fields),
    };
    match set_method(&web.app, frame.actor(), change).await {
        Ok(_) => {
            let text = t!(cx, "portal-method-saved");
            Ok(see_with(route::PORTAL_PAYOUTS, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let mut form = fields.state();
            for error in &errors {
                form = form.error(&error.field, words(cx, error));
            }
            again(form)
        }
        Err(error) => Err(error.into()),
    }
}

fn typed(fields: &Fields) -> MethodFields {
    MethodFields {
        holder: fields.text("holder"),
        iban: fields.text("iban"),
        bic: fields.text("bic"),
        routing_number: fields.text("routing_number"),
        account_number: fields.text("account_number"),
        account_type: fields.text("account_type"),
        email: fields.text("email"),
        stripe_account: String::new(),
        instructions: fields.text("instructions"),
    }
}

fn words(cx: &Cx, error: &FieldError) -> String {
    match error.code {
        "missing" => t!(cx, "portal-problem-missing"),
        "invalid" => t!(cx, "portal-problem-invalid"),
        "length" => t!(cx, "portal-problem-length"),
        "checksum" => t!(cx, "portal-problem-checksum"),
        "country" => t!(cx, "portal-problem-country"),
        code => problem(cx, code),
    }
}
