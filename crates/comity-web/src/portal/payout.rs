//! The partner's payouts.

use axum::extract::State as Web;
use axum::response::Response;
use comity_app::AppError;
use comity_app::payout::{Method as Stored, Payout};
use comity_app::portal;
use comity_domain::PayoutId;
use comity_domain::payout::PayoutState as Protocol;
use comity_ui::component::{FeedItem, Tone};
use comity_ui::icon::Icon;
use comity_ui::portal::payout::{self as pages, Method, PayoutRow, PayoutState, Payouts};
use comity_ui::portal::payout_detail::{self, PayoutDetail};
use comity_ui::{Cx, route, t};
use maud::html;

use super::frame::Frame;
use super::method::rail_name;
use super::present;
use crate::error::{WebError, WebResult};
use crate::extract::{Id, Paging};
use crate::page::{Page, see_with};
use crate::state::WebState;

/// How far a payment is, as partners see it; a run cancelled before anything was sent is
/// none to them.
const fn state(protocol: Protocol) -> Option<PayoutState> {
    Some(match protocol {
        Protocol::Planned | Protocol::Approved => PayoutState::Planned,
        Protocol::Intent | Protocol::Sending | Protocol::Unknown | Protocol::Sent => {
            PayoutState::Underway
        }
        Protocol::Paid => PayoutState::Paid,
        Protocol::Failed | Protocol::Returned => PayoutState::Failed,
        Protocol::Cancelled => return None,
    })
}

fn row(cx: &Cx, payout: &Payout) -> Option<PayoutRow> {
    let state = state(payout.progress.state)?;
    Some(PayoutRow {
        id: payout.id,
        at: payout.created_at,
        amount: payout.amount,
        state,
        note: if state == PayoutState::Failed {
            t!(cx, "portal-payout-failed-text")
        } else {
            payout.provider_ref.clone()
        },
    })
}

fn method(cx: &Cx, stored: &Stored) -> Method {
    Method {
        kind: rail_name(cx, stored.details.rail()),
        masked: stored.masked.clone(),
        since: stored.created_at,
        rests_until: Some(stored.usable_from).filter(|until| *until > cx.now),
    }
}

/// `GET /portal/payouts`.
pub(super) async fn list(Web(web): Web<WebState>, frame: Frame, paging: Paging) -> WebResult<Page> {
    let (app, actor, here) = (&web.app, frame.actor(), &frame.here);
    let limit = paging.limit + 1;
    let (books, rows) = portal::payouts(app, actor, here, paging.after()?, limit).await?;
    let stored = portal::method(app, actor).await?;
    let cx = &frame.cx;
    let listed = paging.listed(
        rows,
        |payout| payout.id.to_string(),
        |payout| row(cx, &payout),
    );
    let view = Payouts {
        balances: vec![present::balance(&books)],
        next_payout: present::next_payout(here, &books, stored.is_some()),
        minimum: present::minimum(here),
        method: stored.as_ref().map(|stored| method(cx, stored)),
        rows: listed.data.into_iter().flatten().collect(),
        next: listed.next_cursor,
        can_ask: frame.in_person() && portal::may_ask(app, actor, here).await?,
        shell: frame.shell.clone(),
    };
    Ok(Page(pages::page(cx, &view)))
}

/// `POST /portal/payouts/ask`.
pub(super) async fn ask(Web(web): Web<WebState>, frame: Frame) -> WebResult<Response> {
    let cx = &frame.cx;
    let id = frame.here.enrollment.id;
    let (tone, text) = match comity_app::payout::ask(&web.app, frame.actor(), id).await {
        Ok(_) => (Tone::Ok, t!(cx, "portal-payout-asked")),
        Err(AppError::Conflict(code)) => (Tone::Warn, refusal(cx, code)),
        Err(error) => return Err(error.into()),
    };
    Ok(see_with(route::PORTAL_PAYOUTS, tone, &text))
}

/// Why nothing is paid now, in the partner's words.
fn refusal(cx: &Cx, code: &str) -> String {
    match code {
        "no_method" => t!(cx, "portal-next-no-method"),
        "method_cooling_off" => t!(cx, "portal-ask-cooling"),
        "already_paid_or_live" => t!(cx, "portal-ask-live"),
        "nothing_due" | "below_minimum" | "negative_balance" => t!(cx, "portal-ask-too-little"),
        _ => t!(cx, "portal-ask-not-now"),
    }
}

/// `GET /portal/payouts/{id}`.
pub(super) async fn detail(
    Web(web): Web<WebState>,
    frame: Frame,
    Id(id): Id<PayoutId>,
) -> WebResult<Page> {
    let found = portal::payout(&web.app, frame.actor(), id).await?;
    let cx = &frame.cx;
    let row = row(cx, &found.payout).ok_or_else(WebError::not_found)?;
    let planned = FeedItem {
        icon: Icon::Wallet,
        tone: Tone::Neutral,
        text: html! { (t!(cx, "portal-payout-event-planned")) },
        detail: String::new(),
        at: found.payout.created_at,
    };
    let now = match row.state {
        PayoutState::Planned => None,
        PayoutState::Underway => Some((Icon::Send, Tone::Info, t!(cx, "portal-payout-underway"))),
        PayoutState::Paid => Some((Icon::Check, Tone::Ok, t!(cx, "portal-payout-paid"))),
        PayoutState::Failed => Some((Icon::X, Tone::Bad, t!(cx, "portal-payout-failed"))),
    };
    let now = now.map(|(icon, tone, text)| FeedItem {
        icon,
        tone,
        text: html! { (text) },
        detail: String::new(),
        at: found.payout.updated_at,
    });
    let earnings = found.commissions.iter();
    let view = PayoutDetail {
        payout: row,
        method: found.payout.masked.clone(),
        reference: if found.payout.provider_ref.is_empty() {
            found.payout.id.to_string()
        } else {
            found.payout.provider_ref.clone()
        },
        history: std::iter::once(planned).chain(now).collect(),
        earnings: earnings.map(|one| present::earning(cx, one, "")).collect(),
        shell: frame.shell.clone(),
    };
    Ok(Page(payout_detail::page(cx, &view)))
}
