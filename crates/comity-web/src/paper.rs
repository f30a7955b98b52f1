//! Statements and invoices in the reader's words, written by the port of papers.

use comity_app::document::{Document, Invoice, Party};
use comity_app::port::Paper;
use comity_app::portal::Statement;
use comity_domain::tax::Vat;
use comity_domain::{Money, Timestamp};
use comity_ui::{Cx, fmt, t};

use crate::error::{WebError, WebResult};
use crate::state::WebState;

/// The media type.
pub(crate) const PDF: &str = "application/pdf";

/// Writes a paper.
pub(crate) fn write(web: &WebState, paper: &Paper) -> WebResult<Vec<u8>> {
    let written = web.app.papers.pdf(paper);
    written.map_err(|error| WebError::internal(&error.to_string()))
}

fn day(cx: &Cx, at: Timestamp) -> jiff::civil::Date {
    at.date_in(&cx.zone)
}

fn party(cx: &Cx, role: String, party: &Party) -> Vec<String> {
    let mut lines = vec![party.name.clone(), role];
    lines.extend(party.address.lines().map(str::to_owned));
    lines.push(party.country.clone());
    if !party.tax_id.is_empty() {
        lines.push(t!(cx, "portal-paper-tax-id", id = &party.tax_id));
    }
    if !party.vat_id.is_empty() {
        lines.push(t!(cx, "portal-paper-vat-id", id = &party.vat_id));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// An invoice, or the document that cancels one.
pub(crate) fn invoice(cx: &Cx, document: &Document, body: &Invoice) -> Paper {
    let cancels = document.kind == "cancellation";
    let number = document.number();
    let title = if cancels {
        t!(cx, "portal-paper-cancellation", number = &number)
    } else {
        t!(cx, "portal-paper-invoice", number = &number)
    };
    Paper {
        language: cx.lang.code().to_owned(),
        author: body.buyer.name.clone(),
        date: day(cx, document.issued_at),
        parties: [
            party(cx, t!(cx, "portal-paper-seller"), &body.seller),
            party(cx, t!(cx, "portal-paper-buyer"), &body.buyer),
        ],
        facts: vec![
            (
                t!(cx, "portal-paper-date"),
                fmt::date(cx, document.issued_at),
            ),
            (t!(cx, "portal-paper-program"), body.program.clone()),
            (t!(cx, "portal-paper-period"), body.period.clone()),
            (t!(cx, "portal-paper-payout"), document.payout.to_string()),
        ],
        columns: columns(cx, body.vat),
        title,
        rows: rows(cx, body),
        totals: totals(cx, body),
        notes: notes(cx, body),
    }
}

const fn shows_vat(vat: Vat) -> bool {
    matches!(vat, Vat::Domestic { .. })
}

fn columns(cx: &Cx, vat: Vat) -> Vec<String> {
    let mut heads = vec![t!(cx, "portal-col-date"), t!(cx, "portal-col-what")];
    if shows_vat(vat) {
        heads.extend([
            t!(cx, "portal-paper-net"),
            t!(cx, "portal-paper-vat"),
            t!(cx, "portal-paper-with-vat"),
        ]);
    } else {
        heads.push(t!(cx, "portal-col-amount"));
    }
    heads
}

fn rows(cx: &Cx, body: &Invoice) -> Vec<Vec<String>> {
    let amounts = |amount: Money, vat_minor: i64| -> Vec<String> {
        let part = |minor| fmt::money(cx, Money::new(minor, amount.currency));
        let mut cells = Vec::new();
        if shows_vat(body.vat) {
            cells.extend([part(amount.minor - vat_minor), part(vat_minor)]);
        }
        cells.push(part(amount.minor));
        cells
    };
    let mut rows = Vec::new();
    let mut vat_minor = body.vat_minor;
    for line in &body.lines {
        vat_minor -= line.vat_minor;
        let mut row = vec![fmt::date(cx, line.at), line.what.clone()];
        row.extend(amounts(line.amount, line.vat_minor));
        rows.push(row);
    }
    if body.other.minor != 0 {
        // The corrections contain what the lines leave of the whole.
        let mut row = vec![String::new(), t!(cx, "portal-paper-other")];
        row.extend(amounts(body.other, vat_minor));
        rows.push(row);
    }
    rows
}

fn totals(cx: &Cx, body: &Invoice) -> Vec<(String, String)> {
    let money = |amount| fmt::money(cx, amount);
    let mut totals = Vec::new();
    if let Vat::Domestic { rate } = body.vat {
        let vat = Money::new(body.vat_minor, body.gross.currency);
        let net = Money::new(body.gross.minor - vat.minor, vat.currency);
        let name = t!(cx, "portal-paper-vat-at", rate = fmt::percent(cx, rate));
        totals.push((t!(cx, "portal-paper-net"), money(net)));
        totals.push((name, money(vat)));
    }
    totals.push((t!(cx, "portal-paper-gross"), money(body.gross)));
    if body.withheld.minor != 0 {
        totals.push((t!(cx, "portal-paper-withheld"), money(body.withheld)));
    }
    totals.push((t!(cx, "portal-paper-paid"), money(body.net)));
    totals
}

fn notes(cx: &Cx, body: &Invoice) -> Vec<String> {
    let mut notes = vec![t!(cx, "portal-paper-self-billing", name = &body.buyer.name)];
    match body.vat {
        Vat::None => {}
        Vat::SmallBusiness => notes.push(t!(cx, "portal-paper-small-business")),
        Vat::ReverseCharge => notes.push(t!(cx, "portal-paper-reverse")),
        Vat::Domestic { .. } => notes.push(t!(cx, "portal-paper-vat-rounding")),
    }
    if !body.cancels.is_empty() {
        notes.push(t!(cx, "portal-paper-cancels", number = &body.cancels));
    }
    notes
}

/// A month's statement; `words` names each line.
pub(crate) fn statement(
    cx: &Cx,
    found: &Statement,
    payee: &str,
    words: impl Fn(&comity_app::portal::Line) -> String,
) -> Paper {
    let money = |amount| fmt::money(cx, amount);
    let rows = found.lines.iter().map(|(line, balance)| {
        vec![
            fmt::date(cx, line.at),
            words(line),
            fmt::money_signed(cx, line.owed),
            money(*balance),
        ]
    });
    let month = fmt::month(cx, found.month.start);
    Paper {
        language: cx.lang.code().to_owned(),
        title: t!(cx, "portal-paper-statement", month = &month),
        author: found.payer.clone(),
        date: day(cx, cx.now),
        parties: [
            payee.lines().map(str::to_owned).collect(),
            vec![found.payer.clone()],
        ],
        facts: vec![(t!(cx, "portal-paper-opening"), money(found.opening))],
        columns: vec![
            t!(cx, "portal-col-date"),
            t!(cx, "portal-col-what"),
            t!(cx, "portal-col-amount"),
            t!(cx, "portal-col-balance"),
        ],
        rows: rows.collect(),
        totals: vec![(t!(cx, "portal-paper-closing"), money(found.closing))],
        notes: Vec::new(),
    }
}
