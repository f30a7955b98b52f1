//! `/portal/earnings`: every commission with its state, and the same as a file.

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::portal::{self, ListedCommission, Search};
use comity_domain::{CommissionId, Money};
use comity_ui::portal::State;
use comity_ui::portal::earning::{self as pages, Earnings};
use comity_ui::{Cx, t};

use super::frame::Frame;
use super::present;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Paging};
use crate::page::Page;
use crate::state::WebState;

/// Rows read at once for a file, and at most in one.
const BATCH: i64 = 500;
const MAX_ROWS: usize = 50_000;

fn chosen(query: &Fields) -> Option<State> {
    let code = query.text("state");
    State::ALL
        .iter()
        .copied()
        .find(|state| state.code() == code)
}

fn search(query: &Fields) -> Search {
    Search {
        state: chosen(query).map_or_else(String::new, |state| present::filter(state).to_owned()),
        find: query.text("q"),
    }
}

/// `GET /portal/earnings`.
pub(super) async fn list(Web(web): Web<WebState>, frame: Frame, paging: Paging) -> WebResult<Page> {
    let (app, actor, here) = (&web.app, frame.actor(), &frame.here);
    let wanted = search(&paging.query);
    let limit = paging.limit + 1;
    let rows = portal::earnings(app, actor, here, &wanted, paging.after()?, limit).await?;
    let cx = &frame.cx;
    let listed = paging.listed(
        rows,
        |row| row.commission.id.to_string(),
        |row| present::earning(cx, &row.commission, &row.external_id),
    );
    let sums = portal::sums(app, actor, here).await?;
    let view = Earnings {
        state: chosen(&paging.query),
        query: wanted.find,
        totals: totals(&sums),
        rows: listed.data,
        next: listed.next_cursor,
        shell: frame.shell.clone(),
    };
    Ok(Page(pages::page(cx, &view)))
}

/// What is clearing, ready and paid; nothing else adds up to money of the partner's.
fn totals(sums: &[(String, Money)]) -> Vec<(State, Money)> {
    let shown = [State::Pending, State::Approved, State::Paid];
    let of = |state: State| sums.iter().find(|(code, _)| code == present::filter(state));
    shown
        .into_iter()
        .filter_map(|state| of(state).map(|(_, sum)| (state, *sum)))
        .collect()
}

/// `GET /portal/earnings.csv`.
pub(super) async fn sheet(
    Web(web): Web<WebState>,
    frame: Frame,
    paging: Paging,
) -> WebResult<Response> {
    let (app, actor, here) = (&web.app, frame.actor(), &frame.here);
    let wanted = search(&paging.query);
    let cx = &frame.cx;
    let columns = [
        t!(cx, "portal-col-date"),
        t!(cx, "portal-col-what"),
        t!(cx, "portal-col-order"),
        t!(cx, "portal-col-state"),
        t!(cx, "portal-col-amount"),
        t!(cx, "portal-col-currency"),
        t!(cx, "portal-col-clears"),
        t!(cx, "portal-col-reason"),
    ];
    let mut sheet = Sheet::new(&columns.each_ref().map(String::as_str));
    let mut before: Option<CommissionId> = None;
    let mut written = 0;
    while written < MAX_ROWS {
        let rows = portal::earnings(app, actor, here, &wanted, before, BATCH).await?;
        let Some(last) = rows.last() else { break };
        before = Some(last.commission.id);
        written += rows.len();
        for row in &rows {
            let cells = cells(cx, row);
            sheet.row(&cells.each_ref().map(String::as_str));
        }
    }
    Ok(sheet.download("earnings.csv"))
}

fn cells(cx: &Cx, row: &ListedCommission) -> [String; 8] {
    let shown = present::earning(cx, &row.commission, "");
    let day = |at: comity_domain::Timestamp| at.date_in(&cx.zone).to_string();
    [
        day(shown.at),
        shown.what,
        row.external_id.clone(),
        shown.state.text(cx),
        shown.amount.decimal(),
        shown.amount.currency.to_string(),
        shown.clears_at.map_or_else(String::new, day),
        shown.reason,
    ]
}
