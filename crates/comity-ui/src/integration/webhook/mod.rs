//! Webhook endpoints: list, form, page with the log of deliveries.

mod sample;

use comity_domain::{DeliveryId, EndpointId, Timestamp};
use maud::{Markup, html};

pub(super) use sample::samples;

use super::secret_card;
use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Listing, Row, Tab, Table, Tone, badge,
    banner, chips, csrf, empty, error_summary, export, key_values, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

const BASE: &str = "/admin/settings/webhooks";

/// An endpoint as the team sees it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// Where to.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Types it wants; empty for all.
    pub kinds: Vec<String>,
    /// Status code.
    pub status: String,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    /// Whether an old secret still signs.
    pub rotating: bool,
}

/// `GET /admin/settings/webhooks` with `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Rows.
    pub rows: Vec<Endpoint>,
    /// What was searched.
    pub query: String,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// `GET …/new`; posts to the list with `url`, `description`, `kinds` (repeated).
#[derive(Debug, Clone)]
pub struct New {
    /// Types to choose from.
    pub kinds: &'static [&'static str],
    /// Types that were chosen.
    pub chosen: Vec<String>,
    /// Values and refusals.
    pub form: FormState,
}

/// A delivery in the log.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Type of the event.
    pub kind: String,
    /// Status code.
    pub status: String,
    /// Attempts made.
    pub attempts: i64,
    /// Status of the last answer.
    pub response: Option<i64>,
    /// Beginning of the last answer.
    pub excerpt: String,
    /// When it was planned.
    pub at: Timestamp,
}

/// `GET …/{id}`; posts `…/test`, `…/secret`, `…/rotated`, `…/pause`, `…/resume`,
/// `…/deliveries/{id}/replay`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Its deliveries.
    pub deliveries: Vec<Delivery>,
    /// The chosen status by code, or empty.
    pub status: String,
    /// What was searched.
    pub query: String,
    /// Cursor of the next page.
    pub next: Option<String>,
}

fn state(cx: &Cx, endpoint: &Endpoint) -> Markup {
    match endpoint.status.as_str() {
        "active" if endpoint.failing_since.is_some() => {
            badge(Tone::Warn, &t!(cx, "integration-failing"))
        }
        "active" => badge(Tone::Ok, &t!(cx, "integration-active")),
        "paused" => badge(Tone::Warn, &t!(cx, "integration-paused")),
        _ => badge(Tone::Bad, &t!(cx, "integration-off")),
    }
}

fn kinds(cx: &Cx, endpoint: &Endpoint) -> String {
    if endpoint.kinds.is_empty() {
        t!(cx, "integration-all-kinds")
    } else {
        endpoint.kinds.join(", ")
    }
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let add = Button::link(t!(cx, "integration-hook-add"), format!("{BASE}/new"))
        .primary()
        .icon(Icon::Plus)
        .creates();
    let columns = vec![
        Column::text(t!(cx, "integration-hook-url")),
        Column::text(t!(cx, "integration-hook-kinds")),
        Column::text(t!(cx, "integration-state")),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.rowlink href={ (BASE) "/" (row.id) } { (row.url) } p.hint { (row.description) } },
            html! { (kinds(cx, row)) },
            state(cx, row),
        ];
        Row::new(row.id.to_string(), &row.url, cells)
    });
    let table = html! { (Table::new(cx, t!(cx, "integration-hooks"), columns).rows(rows)) };
    let (none, text) = (
        t!(cx, "integration-hook-none"),
        t!(cx, "integration-hook-none-text"),
    );
    let listing = Listing {
        id: "endpoints",
        query: &view.query,
        shown: view.rows.len(),
        next: view.next.as_deref(),
    };
    let nothing = empty(Icon::Webhook, &none, &text, &html! { (add) });
    let body = Card::new("")
        .id("endpoints")
        .flush(listing.around(cx, &table, &nothing));
    let actions = html! { @if !view.rows.is_empty() || !view.query.is_empty() { (export(cx, &format!("{BASE}.csv"))) (add) } };
    admin::settings(cx, shell, &actions, &html! { (body) })
}

/// The form.
#[must_use]
pub fn new(cx: &Cx, shell: &AdminShell, view: &New) -> Markup {
    let body = Card::new(t!(cx, "integration-hook-add")).body(html! {
        form.stack method="post" action=(BASE) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            (Field::url("url", t!(cx, "integration-hook-url")).bind(&view.form))
            (Field::text("description", t!(cx, "integration-hook-description")).optional(cx).bind(&view.form))
            fieldset {
                legend { (t!(cx, "integration-hook-kinds")) }
                p.hint { (t!(cx, "integration-hook-kinds-hint")) }
                @for kind in view.kinds {
                    label.check {
                        input type="checkbox" name="kinds" value=(kind) checked[view.chosen.iter().any(|c| c == kind)];
                        code { (kind) }
                    }
                }
            }
            div.row { (Button::submit(t!(cx, "integration-create")).primary()) }
        }
    });
    admin::settings(cx, shell, &html! {}, &html! { (body) })
}

/// After a secret was made.
#[must_use]
pub fn made(cx: &Cx, shell: &AdminShell, id: EndpointId, secret: &str) -> Markup {
    let body = secret_card(cx, secret, &format!("{BASE}/{id}"));
    admin::settings(cx, shell, &html! {}, &body)
}

/// The page of one endpoint.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let e = &view.endpoint;
    let at = format!("{BASE}/{}", e.id);
    let facts = [
        (t!(cx, "integration-hook-url"), html! { (e.url) }),
        (
            t!(cx, "integration-hook-description"),
            html! { (e.description) },
        ),
        (t!(cx, "integration-hook-kinds"), html! { (kinds(cx, e)) }),
        (t!(cx, "integration-state"), state(cx, e)),
    ];
    let act = |path: &str, button: Button| {
        html! { form method="post" action={ (at) "/" (path) } { (csrf(cx)) (button) } }
    };
    let body = html! {
        @match e.status.as_str() {
            "gone" => (banner(Tone::Bad, &html! { (t!(cx, "integration-hook-gone")) }, &html! {})),
            "failing" => (banner(Tone::Bad, &html! { (t!(cx, "integration-hook-failing")) }, &html! {})),
            _ => "",
        }
        (Card::new(t!(cx, "integration-hook")).body(html! {
            (key_values(&facts))
            div.row {
                (act("test", Button::submit(t!(cx, "integration-hook-test")).icon(Icon::Send)))
                @if e.status == "active" {
                    (act("pause", Button::submit(t!(cx, "integration-pause")).icon(Icon::Pause)))
                } @else {
                    (act("resume", Button::submit(t!(cx, "integration-resume")).icon(Icon::Play)))
                }
                (act("secret", Button::submit(t!(cx, "integration-rotate-do")).icon(Icon::KeyRound)))
                @if e.rotating {
                    (act("rotated", Button::submit(t!(cx, "integration-rotate-end"))))
                }
            }
        }))
        (log(cx, view, &at))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn delivery_state(cx: &Cx, delivery: &Delivery) -> Markup {
    match delivery.status.as_str() {
        "delivered" => badge(Tone::Ok, &t!(cx, "integration-delivered")),
        "given_up" => badge(Tone::Bad, &t!(cx, "integration-given-up")),
        _ => badge(Tone::Warn, &t!(cx, "integration-waiting")),
    }
}

fn log(cx: &Cx, view: &Detail, at: &str) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "integration-at")),
        Column::text(t!(cx, "integration-hook-kind")),
        Column::text(t!(cx, "integration-state")),
        Column::num(t!(cx, "integration-attempts")),
        Column::text(t!(cx, "integration-answer")),
        Column::tight(""),
    ];
    let rows = view.deliveries.iter().map(|delivery| {
        let replay = html! {
            form method="post" action={ (at) "/deliveries/" (delivery.id) "/replay" } {
                (csrf(cx))
                (Button::submit(t!(cx, "integration-replay")).small().icon(Icon::RefreshCw))
            }
        };
        let cells = vec![
            html! { (fmt::datetime(cx, delivery.at)) },
            html! { code { (delivery.kind) } },
            delivery_state(cx, delivery),
            html! { (fmt::number(cx, delivery.attempts)) },
            html! { @if let Some(status) = delivery.response { (status) " " } (delivery.excerpt) },
            if delivery.status == "waiting" {
                html! {}
            } else {
                replay
            },
        ];
        Row::new(delivery.id.to_string(), &delivery.kind, cells)
    });
    let tab = |text, code: &str| Tab::query(cx, text, "status", code, view.status == code);
    let states = [
        tab(t!(cx, "integration-all"), ""),
        tab(t!(cx, "integration-waiting"), "waiting"),
        tab(t!(cx, "integration-delivered"), "delivered"),
        tab(t!(cx, "integration-given-up"), "given_up"),
    ];
    let searched = !view.query.is_empty();
    let file = export(cx, &format!("{at}/deliveries.csv"));
    let card = Card::new(t!(cx, "integration-deliveries")).id("deliveries").actions(file).flush(html! {
        div.body { (chips(cx, &t!(cx, "integration-state"), &states)) }
        @if searched || !view.deliveries.is_empty() {
            (FilterBar::new(cx, "deliveries").search(t!(cx, "integration-log-search"), &view.query)
                .keep("status", &view.status))
        }
        @if searched && view.deliveries.is_empty() {
            (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "shell-list-none-text"), &html! {}))
        } @else if view.deliveries.is_empty() {
            (empty(Icon::Send, &t!(cx, "integration-deliveries-none"), &t!(cx, "integration-deliveries-none-text"), &html! {}))
        } @else {
            (Table::new(cx, t!(cx, "integration-deliveries"), columns).dense().rows(rows))
            (pager(cx, view.deliveries.len(), view.next.as_deref()))
        }
    });
    html! { (card) }
}
