//! One announcement: what partners get, how far it came, and what can be done with it.

use maud::{Markup, Render, html};

use super::{BASE, Entry, state, title_of, to_whom};
use crate::component::{Button, Card, Tone, banner, csrf, key_values, meter};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// `GET /admin/announcements/{id}`; posts `…/send`, `…/stop` and `…/delete`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// What it is, and where it stands.
    pub entry: Entry,
    /// Who wrote it.
    pub author: String,
    /// The mail's plain text, as the first partner gets it.
    pub text: String,
    /// Partners it would go to now.
    pub audience: i64,
    /// Partners it passed by: they do without such mails.
    pub left_out: i64,
    /// A mail server is set.
    pub mails: bool,
    /// The reader may send and stop.
    pub can_manage: bool,
}

/// The page.
#[must_use]
pub fn detail(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let entry = &view.entry;
    let title = title_of(cx, &entry.kind, &entry.subject);
    let sending = entry.state == "sending";
    let standing = html! {
        @if sending {
            div #run hx-get=(cx.path) hx-select="#run" hx-trigger="every 2s" hx-swap="outerHTML" {
                (progress(cx, view))
            }
        } @else { div #run { (progress(cx, view)) } }
    };
    let body = html! {
        @if !view.mails {
            (banner(Tone::Warn, &html! { (t!(cx, "announcement-no-mail")) }, &html! {}))
        }
        (standing)
        (Card::new(t!(cx, "announcement-what")).body(html! {
            div.stack { @for part in view.text.split("\n\n") { p { (part) } } }
        }))
    };
    let list = t!(cx, "announcement-title");
    let parents = [(list.as_str(), BASE)];
    let actions = html! {
        @if view.can_manage && entry.state == "draft" {
            (Button::link(t!(cx, "announcement-edit"), format!("{BASE}/{}/edit", entry.id)).icon(Icon::Pencil))
        }
    };
    admin::detail(cx, shell, &parents, &title, &actions, &body)
}

fn progress(cx: &Cx, view: &Detail) -> Markup {
    let entry = &view.entry;
    let (sent, of) = entry.sent;
    let facts = vec![
        (t!(cx, "announcement-state"), state(cx, &entry.state)),
        (t!(cx, "announcement-program"), html! { (entry.program) }),
        (
            t!(cx, "announcement-to"),
            html! { (to_whom(cx, &entry.group)) },
        ),
        (t!(cx, "announcement-author"), html! { (view.author) }),
        (
            t!(cx, "announcement-at"),
            html! { (fmt::datetime(cx, entry.at)) },
        ),
    ];
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    Card::new("")
        .body(html! {
            div.stack {
                (key_values(&facts))
                @if entry.state != "draft" {
                    (meter(&t!(cx, "announcement-sent"), &t!(cx, "announcement-of", n = sent, of = of),
                        number(sent + view.left_out), number(of), Tone::Ok))
                    @if view.left_out > 0 { p.muted { (t!(cx, "announcement-left-out", n = view.left_out)) } }
                }
                @if view.can_manage { (acts(cx, view)) }
            }
        })
        .render()
}

/// What can be done, each with what it does.
fn acts(cx: &Cx, view: &Detail) -> Markup {
    let entry = &view.entry;
    let act = |name: &str, button: Button| {
        html! {
            form method="post" action={ (BASE) "/" (entry.id) "/" (name) } { (csrf(cx)) (button) }
        }
    };
    html! {
        @match entry.state.as_str() {
            "draft" => {
                p { (t!(cx, "announcement-send-text", n = view.audience)) }
                div.row.tight {
                    (act("send", Button::submit(t!(cx, "announcement-send")).primary().icon(Icon::Send)))
                    (act("delete", Button::submit(t!(cx, "announcement-delete")).danger()))
                }
            }
            "sending" => {
                p.muted { (t!(cx, "announcement-stop-text")) }
                div.row { (act("stop", Button::submit(t!(cx, "announcement-stop")).danger().icon(Icon::Pause))) }
            }
            "stopped" => {
                p.muted { (t!(cx, "announcement-go-on-text")) }
                div.row { (act("send", Button::submit(t!(cx, "announcement-go-on")).icon(Icon::Send))) }
            }
            _ => {}
        }
    }
}
