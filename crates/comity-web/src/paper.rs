//! Statements and invoices in the reader's words, written by the port of papers.

use comity_app::document::{Document, Invoice, Party};
use comity_app::port::Paper;
use comity_app::portal::Statement;
use comity_domain::Timestamp;
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
    let money = |amount| fmt::money(cx, amount);
    let mut rows: Vec<Vec<String>> = body
        .lines
        .iter()
        .map(|line| {
            vec![
                fmt::date(cx, line.at),
                line.what.clone(),
                money(line.amount),
            ]
        })
        .collect();
    if body.other.minor != 0 {
        let what = t!(cx, "portal-paper-other");
        rows.push(vec![String::new(), what, money(body.other)]);
    }
    let mut totals = vec![(t!(cx, "portal-paper-gross"), money(body.gross))];
    if body.withheld.minor != 0 {
        totals.push((t!(cx, "portal-paper-withheld"), money(body.withheld)));
    }
    totals.push((t!(cx, "portal-paper-paid"), money(body.net)));
    let mut notes = vec![t!(cx, "portal-paper-self-billing", name = &body.buyer.name)];
    if body.reverse_charge {
        notes.push(t!(cx, "portal-paper-reverse"));
    }
    if cancels {
        notes.push(t!(cx, "portal-paper-cancels", number = &body.cancels));
    }
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
        columns: vec![
            t!(cx, "portal-col-date"),
            t!(cx, "portal-col-what"),
            t!(cx, "portal-col-amount"),
        ],
        title,
        rows,
        totals,
        notes,
    }
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
