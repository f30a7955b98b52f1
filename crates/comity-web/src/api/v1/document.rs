//! Self-billing invoices and the documents that cancel them.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use comity_app::document::{self, Document, Invoice, InvoiceLine, Party};
use comity_domain::tax::Vat;
use comity_domain::{Bps, Permission};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::WebState;
use crate::error::{Problem, WebResult};
use crate::extract::{ApiActor, Id, Listed, Paging};
use crate::page::download;
use crate::paper;
use crate::route::{Audience, Routes};

/// The documents resource.
#[derive(OpenApi)]
#[openapi(paths(list, show, pdf))]
pub struct Doc;

/// Routes of documents.
#[must_use]
pub fn routes() -> Routes {
    let view = Audience::Api(Permission::View);
    Routes::new()
        .get("/api/v1/documents", view, list)
        .get("/api/v1/documents/{id}", view, show)
        .get("/api/v1/documents/{id}/pdf", view, pdf)
}

/// A document, without what stands on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentOut {
    /// Year and number.
    #[schema(example = 2_026_000_001)]
    id: i64,
    /// As printed; without gaps per year.
    #[schema(example = "2026-000001")]
    number: String,
    /// `invoice` or `cancellation`.
    kind: String,
    program_id: String,
    partner_id: String,
    partner_name: String,
    payout_id: String,
    /// What was paid, or taken back.
    paid_minor: i64,
    currency: String,
    issued_at: String,
}

impl From<Document> for DocumentOut {
    fn from(document: Document) -> Self {
        Self {
            id: document.seq,
            number: document.number(),
            kind: document.kind,
            program_id: document.program.to_string(),
            partner_id: document.partner.to_string(),
            partner_name: document.partner_name,
            payout_id: document.payout.to_string(),
            paid_minor: document.net.minor,
            currency: document.net.currency.to_string(),
            issued_at: document.issued_at.to_string(),
        }
    }
}

/// List documents, newest first.
#[utoipa::path(
    get, path = "/api/v1/documents", tag = "Documents",
    params(
        ("cursor" = Option<String>, Query), ("limit" = Option<i64>, Query),
        ("q" = Option<String>, Query, description = "Partner's name")
    ),
    responses((status = 200, body = Listed<DocumentOut>), (status = 422, body = Problem))
)]
pub async fn list(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    paging: Paging,
) -> WebResult<Json<Listed<DocumentOut>>> {
    let find = paging.query.text("q");
    let (after, limit) = (paging.after()?, paging.limit + 1);
    let rows = document::documents(&web.app, &actor, &find, after, limit).await?;
    Ok(Json(paging.listed(
        rows,
        |row| row.seq.to_string(),
        DocumentOut::from,
    )))
}

/// One side of an invoice, as it was on the day.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyOut {
    name: String,
    address: String,
    country: String,
    tax_id: String,
    vat_id: String,
}

impl From<Party> for PartyOut {
    fn from(party: Party) -> Self {
        Self {
            name: party.name,
            address: party.address,
            country: party.country,
            tax_id: party.tax_id,
            vat_id: party.vat_id,
        }
    }
}

/// One commission on an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentLineOut {
    at: String,
    /// The order's own id, or the kind of commission.
    what: String,
    amount_minor: i64,
    /// The VAT it contains.
    vat_minor: i64,
}

impl From<InvoiceLine> for DocumentLineOut {
    fn from(line: InvoiceLine) -> Self {
        Self {
            at: line.at.to_string(),
            what: line.what,
            amount_minor: line.amount.minor,
            vat_minor: line.vat_minor,
        }
    }
}

/// A document with everything that stands on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentDetailOut {
    #[serde(flatten)]
    document: DocumentOut,
    /// Who delivers: the partner.
    seller: PartyOut,
    /// Who pays and issues it.
    buyer: PartyOut,
    program: String,
    period: String,
    lines: Vec<DocumentLineOut>,
    /// What earlier debts and corrections change.
    other_minor: i64,
    /// Lines and corrections.
    gross_minor: i64,
    /// `none`, `small_business`, `reverse_charge` or `domestic`.
    vat: String,
    /// The rate of domestic VAT in hundredths of a percent, otherwise 0.
    vat_rate_bps: u32,
    /// The VAT that `gross_minor` contains.
    vat_minor: i64,
    /// Tax kept back.
    withheld_minor: i64,
    /// The number of the invoice that this one cancels, or empty.
    cancels: String,
}

impl From<(Document, Invoice)> for DocumentDetailOut {
    fn from((document, body): (Document, Invoice)) -> Self {
        let (vat, rate) = match body.vat {
            Vat::None => ("none", Bps(0)),
            Vat::SmallBusiness => ("small_business", Bps(0)),
            Vat::ReverseCharge => ("reverse_charge", Bps(0)),
            Vat::Domestic { rate } => ("domestic", rate),
        };
        Self {
            vat: vat.to_owned(),
            vat_rate_bps: rate.0,
            vat_minor: body.vat_minor,
            document: document.into(),
            seller: body.seller.into(),
            buyer: body.buyer.into(),
            program: body.program,
            period: body.period,
            lines: body.lines.into_iter().map(DocumentLineOut::from).collect(),
            other_minor: body.other.minor,
            gross_minor: body.gross.minor,
            withheld_minor: body.withheld.minor,
            cancels: body.cancels,
        }
    }
}

/// Get a document with everything that stands on it.
#[utoipa::path(
    get, path = "/api/v1/documents/{id}", tag = "Documents", params(("id" = i64, Path)),
    responses((status = 200, body = DocumentDetailOut), (status = 404, body = Problem))
)]
pub async fn show(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(seq): Id<i64>,
) -> WebResult<Json<DocumentDetailOut>> {
    Ok(Json(document::get(&web.app, &actor, seq).await?.into()))
}

/// Download a document as PDF.
#[utoipa::path(
    get, path = "/api/v1/documents/{id}/pdf", tag = "Documents",
    params(("id" = i64, Path), ("lang" = Option<String>, Query, description = "`en` (default) or `ru`")),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 404, body = Problem))
)]
pub async fn pdf(
    State(web): State<WebState>,
    ApiActor(actor): ApiActor,
    Id(seq): Id<i64>,
    paging: Paging,
) -> WebResult<Response> {
    let (document, body) = document::get(&web.app, &actor, seq).await?;
    let lang = Lang::parse(&paging.query.text("lang")).unwrap_or_default();
    let cx = Cx::new(lang, "", web.app.now());
    let paper = paper::invoice(&cx, &document, &body);
    let name = format!("invoice-{}.pdf", document.number());
    Ok(download(&name, paper::PDF, paper::write(&web, &paper)?))
}
