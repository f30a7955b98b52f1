//! Invoices by number, tax rules, and what stands on invoices about the organisation.

use axum::extract::State;
use axum::response::Response;
use comity_app::tax::{TaxRule, rules, set_rule};
use comity_app::{AppError, FieldError, document, payout};
use comity_domain::{Bps, Currency, Money, Permission};
use comity_ui::admin::payout::{self as pages, DocumentRow, Documents, Tax, TaxRuleRow};
use comity_ui::component::{FormState, Tone};
use comity_ui::{fmt, t};
use maud::Markup;

use crate::admin::admin_shell;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::{form_state, refusals};
use crate::page::{Page, download, refused, see_with};
use crate::paper;
use crate::route::{Audience, Routes};
use crate::state::WebState;

const TAX: &str = "/admin/payouts/tax";
/// Most rows of an export.
const EXPORT_ROWS: i64 = 50_000;

pub(super) fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let approve = Audience::Team(Permission::ApprovePayouts);
    Routes::new()
        .get("/admin/payouts/documents", view, list)
        .get("/admin/payouts/documents.csv", view, export)
        .get("/admin/payouts/documents/{seq}", view, show)
        .get(TAX, view, tax)
        .post(TAX, approve, add)
        .post("/admin/payouts/tax/company", approve, company)
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let query = paging.query.text("q");
    let (app, actor) = (&web.app, &team.actor);
    let rows = document::documents(app, actor, &query, paging.after()?, paging.limit + 1).await?;
    let listed = paging.listed(
        rows,
        |row| row.seq.to_string(),
        |row| DocumentRow {
            seq: row.seq,
            number: row.number(),
            cancels: row.kind == "cancellation",
            name: row.partner_name,
            net: row.net,
            at: row.issued_at,
        },
    );
    let view = Documents {
        rows: listed.data,
        query,
        next: listed.next_cursor,
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::documents(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let query = paging.query.text("q");
    let rows = document::documents(&web.app, &team.actor, &query, None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "number",
        "kind",
        "partner_id",
        "partner",
        "payout_id",
        "net",
        "currency",
        "issued_at",
    ]);
    for row in rows {
        sheet.row(&[
            &row.number(),
            &row.kind,
            &row.partner.to_string(),
            &row.partner_name,
            &row.payout.to_string(),
            &row.net.decimal(),
            row.net.currency.code(),
            &row.issued_at.to_string(),
        ]);
    }
    Ok(sheet.download("documents.csv"))
}

async fn show(State(web): State<WebState>, team: Team, Id(seq): Id<i64>) -> WebResult<Response> {
    let (document, body) = document::get(&web.app, &team.actor, seq).await?;
    let paper = paper::invoice(&team.cx, &document, &body);
    let name = format!("invoice-{}.pdf", document.number());
    Ok(download(&name, paper::PDF, paper::write(&web, &paper)?))
}

async fn render(web: &WebState, team: &Team, form: FormState) -> WebResult<Markup> {
    let found = rules(&web.app, &team.actor).await?;
    let rows = found.iter().map(|rule| TaxRuleRow {
        country: rule.country.clone(),
        from: rule.valid_from.to_string(),
        rate: fmt::percent(&team.cx, rule.rate),
        above: Money::new(rule.above_minor, Currency::EUR).decimal(),
    });
    let view = Tax {
        rules: rows.collect(),
        form,
        can_change: team.actor.may(Permission::ApprovePayouts),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::tax(&team.cx, &shell, &view))
}

async fn known(web: &WebState, team: &Team) -> WebResult<FormState> {
    let company = payout::company(&web.app, &team.actor).await?;
    Ok(FormState::default()
        .with("name", company.name)
        .with("address", company.address)
        .with("company_country", company.country)
        .with("tax_id", company.tax_id)
        .with("vat_id", company.vat_id))
}

async fn tax(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let form = known(&web, &team).await?;
    Ok(Page(render(&web, &team, form).await?))
}

fn typed(fields: &Fields) -> Result<TaxRule, AppError> {
    let mut errors = Vec::new();
    let valid_from = fields.read("valid_from");
    if valid_from.is_none() {
        errors.push(FieldError::new("valid_from", "not_a_date"));
    }
    let number = |name: &str| fields.text(name).replace(',', ".");
    // A percentage with two decimals is as many hundredths as an amount with two.
    let rate = Money::parse(&number("rate"), Currency::EUR)
        .ok()
        .and_then(|rate| u32::try_from(rate.minor).ok());
    if rate.is_none() {
        errors.push(FieldError::new("rate", "not_a_number"));
    }
    let above = match number("above").as_str() {
        "" => Some(0),
        text => Money::parse(text, Currency::EUR).ok().map(|sum| sum.minor),
    };
    if above.is_none() {
        errors.push(FieldError::new("above", "not_a_number"));
    }
    match (valid_from, rate, above) {
        (Some(valid_from), Some(rate), Some(above_minor)) => Ok(TaxRule {
            country: fields.text("country"),
            valid_from,
            rate: Bps(rate),
            above_minor,
        }),
        _ => Err(AppError::Invalid(errors)),
    }
}

async fn add(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match typed(&fields) {
        Ok(rule) => set_rule(&web.app, &team.actor, rule).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(see_with(TAX, Tone::Ok, &t!(team.cx, "payout-payer-saved"))),
        Err(AppError::Invalid(errors)) => {
            let names = ["country", "valid_from", "rate", "above"];
            let stored = known(&web, &team).await?;
            let state = names
                .iter()
                .fold(stored, |state, name| state.with(name, fields.text(name)));
            let form = refusals(&team.cx, state, &errors);
            Ok(refused(render(&web, &team, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn company(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let input = document::Party {
        name: fields.text("name"),
        address: fields.text("address"),
        country: fields.text("company_country"),
        tax_id: fields.text("tax_id"),
        vat_id: fields.text("vat_id"),
    };
    match payout::set_company(&web.app, &team.actor, input).await {
        Ok(()) => Ok(see_with(TAX, Tone::Ok, &t!(team.cx, "payout-payer-saved"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}
