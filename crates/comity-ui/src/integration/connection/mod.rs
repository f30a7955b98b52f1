//! Connections: list, form, page with the log of messages.

mod sample;

use comity_domain::{ConnectionId, InboxId, Timestamp};
use maud::{Markup, html};

pub(super) use sample::samples;

use super::secret_card;
use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Listing, Row, Tab, Table, Tone, badge,
    banner, chips, copy_box, csrf, empty, error_summary, export, key_values, pager, select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

const BASE: &str = "/admin/settings/connections";

/// A connection as the team sees it.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Its name.
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    /// The program that gets its events.
    pub program: String,
    /// Whether it is paused.
    pub paused: bool,
    /// The address to enter at the sender.
    pub address: String,
    /// Whether a secret is set.
    pub has_secret: bool,
    /// Whether an old secret is still accepted.
    pub rotating: bool,
    /// When it last sent something genuine.
    pub last_event_at: Option<Timestamp>,
    /// Messages that failed.
    pub failed: i64,
}

/// `GET /admin/settings/connections` with `cursor`.
#[derive(Debug, Clone)]
pub struct List {
    /// Rows.
    pub rows: Vec<Connection>,
    /// What was searched.
    pub query: String,
    /// Cursor of the next page.
    pub next: Option<String>,
}

/// `GET …/new`; posts to the list with `kind`, `program`, `name`, `secret`.
#[derive(Debug, Clone)]
pub struct New {
    /// Codes and names of kinds.
    pub kinds: Vec<(String, String)>,
    /// Ids and names of programs.
    pub programs: Vec<(String, String)>,
    /// Values and refusals.
    pub form: FormState,
}

/// A message in the log.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: InboxId,
    /// The sender's topic, or empty.
    pub topic: String,
    /// Status code.
    pub status: String,
    /// Code of the outcome.
    pub detail: String,
    /// When it arrived.
    pub at: Timestamp,
}

/// `GET …/{id}`; posts `…/secret` (`secret`), `…/rotated`, `…/pause`, `…/resume`,
/// `…/messages/{id}/replay`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The connection.
    pub connection: Connection,
    /// Its messages.
    pub messages: Vec<Message>,
    /// The chosen status by code, or empty.
    pub status: String,
    /// What was searched.
    pub query: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Values and refusals of the secret's form.
    pub form: FormState,
}

fn state(cx: &Cx, connection: &Connection) -> Markup {
    if !connection.has_secret {
        badge(Tone::Warn, &t!(cx, "integration-no-secret"))
    } else if connection.paused {
        badge(Tone::Warn, &t!(cx, "integration-paused"))
    } else {
        badge(Tone::Ok, &t!(cx, "integration-active"))
    }
}

fn last(cx: &Cx, at: Option<Timestamp>) -> String {
    at.map_or_else(|| t!(cx, "integration-never"), |at| fmt::ago(cx, at))
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let add = Button::link(t!(cx, "integration-add"), format!("{BASE}/new"))
        .primary()
        .icon(Icon::Plus)
        .creates();
    let columns = vec![
        Column::text(t!(cx, "integration-name")),
        Column::text(t!(cx, "integration-program")),
        Column::text(t!(cx, "integration-state")),
        Column::text(t!(cx, "integration-last")),
        Column::num(t!(cx, "integration-failed")),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.rowlink href={ (BASE) "/" (row.id) } { (row.name) } },
            html! { (row.program) },
            state(cx, row),
            html! { (last(cx, row.last_event_at)) },
            html! { (fmt::number(cx, row.failed)) },
        ];
        Row::new(row.id.to_string(), &row.name, cells)
    });
    let table = html! { (Table::new(cx, t!(cx, "integration-connections"), columns).rows(rows)) };
    let (none, text) = (t!(cx, "integration-none"), t!(cx, "integration-none-text"));
    let listing = Listing {
        id: "connections",
        query: &view.query,
        shown: view.rows.len(),
        next: view.next.as_deref(),
    };
    let nothing = empty(Icon::Plug, &none, &text, &html! { (add) });
    let body = Card::new("")
        .id("connections")
        .flush(listing.around(cx, &table, &nothing));
    let actions = html! { @if !view.rows.is_empty() || !view.query.is_empty() { (export(cx, &format!("{BASE}.csv"))) (add) } };
    admin::settings(cx, shell, &actions, &html! { (body) })
}

/// The form.
#[must_use]
pub fn new(cx: &Cx, shell: &AdminShell, view: &New) -> Markup {
    let body = Card::new(t!(cx, "integration-add")).body(html! {
        form.stack method="post" action=(BASE) {
            (csrf(cx))
            (error_summary(cx, &view.form))
            (select("kind", &t!(cx, "integration-kind"), &view.kinds, &view.form))
            (select("program", &t!(cx, "integration-program"), &view.programs, &view.form))
            (Field::text("name", t!(cx, "integration-name")).optional(cx).bind(&view.form))
            (Field::text("secret", t!(cx, "integration-secret-sender"))
                .hint(t!(cx, "integration-secret-hint")).optional(cx).bind(&view.form))
            div.row { (Button::submit(t!(cx, "integration-create")).primary()) }
        }
    });
    admin::settings(cx, shell, &html! {}, &html! { (body) })
}

/// After it was made with a secret of ours.
#[must_use]
pub fn made(cx: &Cx, shell: &AdminShell, connection: &Connection, secret: &str) -> Markup {
    let next = format!("{BASE}/{}", connection.id);
    let body = html! {
        (Card::new(&connection.name).body(html! {
            p { (t!(cx, "integration-address-text")) }
            (copy_box(cx, &t!(cx, "integration-address"), &connection.address))
        }))
        (secret_card(cx, secret, &next))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

/// The page of one connection.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let c = &view.connection;
    let at = format!("{BASE}/{}", c.id);
    let facts = [
        (t!(cx, "integration-program"), html! { (c.program) }),
        (t!(cx, "integration-state"), state(cx, c)),
        (
            t!(cx, "integration-last"),
            html! { (last(cx, c.last_event_at)) },
        ),
    ];
    let body = html! {
        @if !c.has_secret {
            (banner(Tone::Warn, &html! { (t!(cx, "integration-no-secret-text")) }, &html! {}))
        }
        (Card::new(&c.name).body(html! {
            (key_values(&facts))
            p { (t!(cx, "integration-address-text")) }
            (copy_box(cx, &t!(cx, "integration-address"), &c.address))
            form method="post" action={ (at) @if c.paused { "/resume" } @else { "/pause" } } {
                (csrf(cx))
                @if c.paused {
                    (Button::submit(t!(cx, "integration-resume")).icon(Icon::Play))
                } @else {
                    (Button::submit(t!(cx, "integration-pause")).icon(Icon::Pause))
                }
            }
        }))
        (secret_form(cx, view, &at))
        (log(cx, view, &at))
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn secret_form(cx: &Cx, view: &Detail, at: &str) -> Markup {
    let ours = matches!(view.connection.kind.as_str(), "postback" | "woocommerce");
    let card = Card::new(t!(cx, "integration-rotate")).body(html! {
        form.stack method="post" action={ (at) "/secret" } {
            (csrf(cx))
            p { (t!(cx, "integration-rotate-text")) }
            @if !ours {
                (Field::text("secret", t!(cx, "integration-secret-sender"))
                    .hint(t!(cx, "integration-secret-hint")).bind(&view.form))
            }
            div.row { (Button::submit(t!(cx, "integration-rotate-do")).icon(Icon::KeyRound)) }
        }
        @if view.connection.rotating {
            form method="post" action={ (at) "/rotated" } {
                (csrf(cx))
                (Button::submit(t!(cx, "integration-rotate-end")))
            }
        }
    });
    html! { (card) }
}

fn message_state(cx: &Cx, message: &Message) -> Markup {
    match message.status.as_str() {
        "processed" => badge(Tone::Ok, &t!(cx, "integration-processed")),
        "ignored" => badge(Tone::Neutral, &t!(cx, "integration-ignored")),
        "failed" => badge(Tone::Bad, &t!(cx, "integration-message-failed")),
        _ => badge(Tone::Warn, &t!(cx, "integration-received")),
    }
}

fn log(cx: &Cx, view: &Detail, at: &str) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "integration-at")),
        Column::text(t!(cx, "integration-topic")),
        Column::text(t!(cx, "integration-state")),
        Column::text(t!(cx, "integration-outcome")),
        Column::tight(""),
    ];
    let rows = view.messages.iter().map(|message| {
        let replay = html! {
            form method="post" action={ (at) "/messages/" (message.id) "/replay" } {
                (csrf(cx))
                (Button::submit(t!(cx, "integration-replay")).small().icon(Icon::RefreshCw))
            }
        };
        let again = matches!(message.status.as_str(), "failed" | "received");
        let cells = vec![
            html! { (fmt::datetime(cx, message.at)) },
            html! { (message.topic) },
            message_state(cx, message),
            html! { code { (message.detail) } },
            if again {
                replay
            } else {
                html! {}
            },
        ];
        Row::new(message.id.to_string(), &message.topic, cells)
    });
    let tab = |text, code: &str| Tab::query(cx, text, "status", code, view.status == code);
    let states = [
        tab(t!(cx, "integration-all"), ""),
        tab(t!(cx, "integration-processed"), "processed"),
        tab(t!(cx, "integration-ignored"), "ignored"),
        tab(t!(cx, "integration-message-failed"), "failed"),
    ];
    let searched = !view.query.is_empty();
    let file = export(cx, &format!("{at}/messages.csv"));
    let card = Card::new(t!(cx, "integration-log")).id("messages").actions(file).flush(html! {
        div.body { (chips(cx, &t!(cx, "integration-state"), &states)) }
        @if searched || !view.messages.is_empty() {
            (FilterBar::new(cx, "messages").search(t!(cx, "integration-log-search"), &view.query)
                .keep("status", &view.status))
        }
        @if searched && view.messages.is_empty() {
            (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "shell-list-none-text"), &html! {}))
        } @else if view.messages.is_empty() {
            (empty(Icon::Inbox, &t!(cx, "integration-log-none"), &t!(cx, "integration-log-none-text"), &html! {}))
        } @else {
            (Table::new(cx, t!(cx, "integration-log"), columns).dense().rows(rows))
            (pager(cx, view.messages.len(), view.next.as_deref()))
        }
    });
    html! { (card) }
}
