//! Monthly statements: to print and as a file (K5).

use axum::extract::{Path, State as Web};
use axum::response::Response;
use comity_app::document;
use comity_app::portal::{self, Line};
use comity_domain::partner::Partner;
use comity_ui::portal::statement::{self as pages, Entry, Invoice, Month, Statement, Statements};
use comity_ui::{Cx, explain, t};

use super::frame::Frame;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::page::{Page, download};
use crate::paper;
use crate::state::WebState;

/// Invoices shown: two years of weekly payouts.
const INVOICES: i64 = 104;

/// `GET /portal/statements`.
pub(super) async fn list(Web(web): Web<WebState>, frame: Frame) -> WebResult<Page> {
    let months = portal::months(&web.app, frame.actor(), &frame.here).await?;
    let months = months.into_iter().map(|(month, earned)| Month {
        code: month.code,
        start: month.start,
        earned,
    });
    let invoices = document::own(&web.app, frame.actor(), None, INVOICES).await?;
    let invoices = invoices.into_iter().map(|one| Invoice {
        seq: one.seq,
        number: one.number(),
        net: one.net,
        cancels: one.kind == "cancellation",
        at: one.issued_at,
    });
    let view = Statements {
        months: months.collect(),
        invoices: invoices.collect(),
        shell: frame.shell,
    };
    Ok(Page(pages::list(&frame.cx, &view)))
}

fn booking(cx: &Cx, line: &Line, found: &portal::Statement) -> String {
    let code = line.kind.code();
    let words = explain::word(cx, explain::booking(code), code);
    let known = line
        .refs
        .event
        .and_then(|event| found.conversions.get(&event));
    match known {
        Some(known) => format!("{words} · {}", explain::conversion_note(cx, known)),
        None => words,
    }
}

/// Which rules gave what the line books and which did not; empty for other lines.
fn rules(cx: &Cx, line: &Line, found: &portal::Statement) -> String {
    let known = line
        .refs
        .commission
        .filter(|_| line.kind.earns())
        .and_then(|id| found.explained.get(&id));
    known.map_or_else(String::new, |(rule, known)| {
        explain::rules_note(cx, known, rule)
    })
}

fn payee(partner: &Partner) -> String {
    let lines = [&partner.name, &partner.company, &partner.country];
    let filled = lines.into_iter().filter(|line| !line.is_empty());
    filled.cloned().collect::<Vec<_>>().join("\n")
}

/// `GET /portal/statements/{month}`.
pub(super) async fn page(
    Web(web): Web<WebState>,
    frame: Frame,
    Path(month): Path<String>,
) -> WebResult<Page> {
    let cx = &frame.cx;
    let found = portal::statement(&web.app, frame.actor(), &frame.here, &month).await?;
    let entries = found.lines.iter().map(|(line, balance)| Entry {
        at: line.at,
        text: booking(cx, line, &found),
        rules: rules(cx, line, &found),
        amount: line.owed,
        balance: *balance,
    });
    let view = Statement {
        code: found.month.code.clone(),
        start: found.month.start,
        payer: found.payer.clone(),
        payee: payee(&frame.here.partner),
        opening: found.opening,
        entries: entries.collect(),
        closing: found.closing,
        shell: frame.shell.clone(),
    };
    Ok(Page(pages::page(cx, &view)))
}

/// `GET /portal/statements/{month}/statement.pdf`.
pub(super) async fn paper(
    Web(web): Web<WebState>,
    frame: Frame,
    Path(month): Path<String>,
) -> WebResult<Response> {
    let cx = &frame.cx;
    let found = portal::statement(&web.app, frame.actor(), &frame.here, &month).await?;
    let payee = payee(&frame.here.partner);
    let words = |line: &Line| booking(cx, line, &found);
    let paper = paper::statement(cx, &found, &payee, words);
    let name = format!("statement-{}.pdf", found.month.code);
    Ok(download(&name, paper::PDF, paper::write(&web, &paper)?))
}

/// `GET /portal/statements/{month}/statement.csv`.
pub(super) async fn sheet(
    Web(web): Web<WebState>,
    frame: Frame,
    Path(month): Path<String>,
) -> WebResult<Response> {
    let cx = &frame.cx;
    let found = portal::statement(&web.app, frame.actor(), &frame.here, &month).await?;
    let columns = [
        t!(cx, "portal-col-date"),
        t!(cx, "portal-col-what"),
        t!(cx, "portal-col-amount"),
        t!(cx, "portal-col-currency"),
        t!(cx, "portal-col-balance"),
        t!(cx, "portal-col-rules"),
    ];
    let mut sheet = Sheet::new(&columns.each_ref().map(String::as_str));
    for (line, balance) in &found.lines {
        let cells = [
            line.at.date_in(&cx.zone).to_string(),
            booking(cx, line, &found),
            line.owed.decimal(),
            line.owed.currency.to_string(),
            balance.decimal(),
            rules(cx, line, &found),
        ];
        sheet.row(&cells.each_ref().map(String::as_str));
    }
    Ok(sheet.download(&format!("statement-{}.csv", found.month.code)))
}
