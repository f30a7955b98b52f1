//! The partner's tax profile and invoices.

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::tax::{TaxProfile, own_profile, set_profile};
use comity_app::{AppError, document};
use comity_domain::tax::VatScheme;
use comity_domain::{Bps, Currency, Money};
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
        .with("vat", profile.vat.code())
        .with("vat_rate", percent(profile.vat_rate))
}

/// As typed: a percentage with two decimals has as many hundredths as an amount with two.
fn percent(rate: Bps) -> String {
    match rate.0 {
        0 => String::new(),
        rate => Money::new(i64::from(rate), Currency::EUR).decimal(),
    }
}

fn rate(fields: &Fields) -> Result<Bps, AppError> {
    let text = fields.text("vat_rate").replace(',', ".");
    if text.is_empty() {
        return Ok(Bps(0));
    }
    let typed = Money::parse(&text, Currency::EUR).ok();
    typed
        .and_then(|rate| u32::try_from(rate.minor).ok())
        .map(Bps)
        .ok_or_else(|| AppError::field("vat_rate", "not_a_number"))
}

fn typed(fields: &Fields) -> Result<TaxProfile, AppError> {
    Ok(TaxProfile {
        country: fields.text("country"),
        legal_name: fields.text("legal_name"),
        address: fields.text("address"),
        business: fields.checked("business"),
        tax_id: fields.text("tax_id"),
        vat_id: fields.text("vat_id"),
        vat: VatScheme::from_code(&fields.text("vat")).unwrap_or_default(),
        vat_rate: rate(fields)?,
    })
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
    let done = match typed(&fields) {
        Ok(profile) => set_profile(&web.app, frame.actor(), profile).await,
        Err(error) => Err(error),
    };
    match done {
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
        "only_for_business" => t!(cx, "portal-tax-only-business"),
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
