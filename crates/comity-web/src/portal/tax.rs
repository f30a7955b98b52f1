//! The partner's tax profile and invoices.

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::tax::{TaxProfile, own_profile, set_profile};
use comity_app::{AppError, document};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::portal::tax::{self as pages, TaxForm};
use comity_ui::{Cx, route, t};

use super::frame::Frame;
use crate::error::WebResult;
use crate::extract::{Fields, Id};
use crate::page::{Page, download, refused, see_with};
use crate::paper;
use crate::state::WebState;

fn stored(profile: TaxProfile) -> FormState {
    FormState::default()
        .with("country", profile.country)
        .with("legal_name", profile.legal_name)
        .with("address", profile.address)
        .with("business", if profile.business { "1" } else { "" })
        .with("tax_id", profile.tax_id)
        .with("vat_id", profile.vat_id)
}

/// `GET /portal/tax`.
pub(super) async fn page(Web(web): Web<WebState>, frame: Frame) -> WebResult<Page> {
    let known = own_profile(&web.app, frame.actor()).await?;
    let form = known.map_or_else(
        || FormState::default().with("country", frame.here.partner.country.clone()),
        stored,
    );
    let shell = frame.shell.clone();
    Ok(Page(pages::page(&frame.cx, &TaxForm { shell, form })))
}

/// `POST /portal/tax`.
pub(super) async fn save(
    Web(web): Web<WebState>,
    frame: Frame,
    fields: Fields,
) -> WebResult<Response> {
    let cx = &frame.cx;
    let typed = TaxProfile {
        country: fields.text("country"),
        legal_name: fields.text("legal_name"),
        address: fields.text("address"),
        business: fields.checked("business"),
        tax_id: fields.text("tax_id"),
        vat_id: fields.text("vat_id"),
    };
    match set_profile(&web.app, frame.actor(), typed).await {
        Ok(_) => {
            let text = t!(cx, "portal-tax-saved");
            Ok(see_with(route::PORTAL_PAYOUTS, Tone::Ok, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let form = errors.iter().fold(fields.state(), |form, error| {
                form.error(&error.field, words(cx, error.code))
            });
            let shell = frame.shell.clone();
            Ok(refused(pages::page(cx, &TaxForm { shell, form })))
        }
        Err(error) => Err(error.into()),
    }
}

fn words(cx: &Cx, code: &str) -> String {
    match code {
        "checksum" => t!(cx, "portal-problem-checksum"),
        "malformed" => t!(cx, "portal-problem-invalid"),
        "other_country" => t!(cx, "portal-tax-other-country"),
        code => problem(cx, code),
    }
}

/// `GET /portal/documents/{seq}`.
pub(super) async fn invoice(
    Web(web): Web<WebState>,
    frame: Frame,
    Id(seq): Id<i64>,
) -> WebResult<Response> {
    let (document, body) = document::own_document(&web.app, frame.actor(), seq).await?;
    let paper = paper::invoice(&frame.cx, &document, &body);
    let name = format!("invoice-{}.pdf", document.number());
    Ok(download(&name, paper::PDF, paper::write(&web, &paper)?))
}
