//! One published version: its rules, what it changed, and the way back to it.

use comity_domain::Timestamp;
use maud::{Markup, html};

use super::publish::{Change, differences};
use super::{Of, below};
use crate::component::{Button, Card, code_block, csrf, key_values};
use crate::layout::admin::AdminShell;
use crate::{Cx, fmt, t};

/// `GET …/rules/versions/{n}`; `POST …/rules/change` with `act=restore` and `version`.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// The program.
    pub of: Of,
    /// 1, 2, 3 …
    pub number: i64,
    /// Who published it.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why, or empty.
    pub note: String,
    /// To whom it applies, in words.
    pub applies: String,
    /// The rules: name and sentences.
    pub rules: Vec<(String, String)>,
    /// Limits over all rules.
    pub caps: Vec<String>,
    /// What it changed against the version before.
    pub changes: Vec<Change>,
    /// The JSON.
    pub json: String,
    /// It is the one in force.
    pub current: bool,
    /// The reader may bring it back.
    pub can_manage: bool,
}

/// The page.
#[must_use]
pub fn version(cx: &Cx, shell: &AdminShell, view: &VersionView) -> Markup {
    let base = view.of.rules();
    let actions = html! {
        @if view.can_manage && !view.current {
            form method="post" action={ (base) "/change" } {
                (csrf(cx))
                input type="hidden" name="version" value=(view.number);
                (Button::submit(t!(cx, "rule-restore")).value("act", "restore"))
            }
        }
    };
    let facts = [
        (t!(cx, "rule-version-who"), html! { (view.who) }),
        (t!(cx, "shell-date"), html! { (fmt::datetime(cx, view.at)) }),
        (t!(cx, "program-apply-to"), html! { (view.applies) }),
        (
            t!(cx, "program-note"),
            html! { (if view.note.is_empty() { "—" } else { &view.note }) },
        ),
    ];
    let body = html! {
        div.split {
            div.stack.wide {
                @for (place, (name, text)) in view.rules.iter().enumerate() {
                    (Card::new(format!("{}. {name}", place + 1)).body(html! { p { (text) } }))
                }
                @if !view.caps.is_empty() {
                    (Card::new(t!(cx, "rule-caps")).body(html! { @for cap in &view.caps { p { (cap) } } }))
                }
                (Card::new(t!(cx, "rule-text")).body(html! {
                    details.more { summary { (t!(cx, "rule-text-open")) } (code_block(cx, &t!(cx, "program-text"), &view.json)) }
                }))
            }
            div.stack.wide {
                (Card::new("").body(key_values(&facts)))
                (differences(cx, &view.changes))
            }
        }
    };
    let title = t!(cx, "rule-version", n = view.number);
    below(cx, shell, &view.of, &title, &actions, &body)
}
