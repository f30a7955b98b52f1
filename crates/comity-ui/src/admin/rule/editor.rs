//! The draft of the rules: the list in its order, the text beside it, the example, what is wrong.

use comity_domain::Timestamp;
use maud::{Markup, html};

use super::Of;
use super::example::{Example, card};
use super::reward::kinds;
use crate::admin::commission::escaped;
use crate::component::{
    Button, Card, FormState, Tone, badge, banner, csrf, empty, error_summary, label, select,
};
use crate::icon::Icon;
use crate::layout::admin::AdminShell;
use crate::rule::Names;
use crate::{Cx, fmt, t};

/// One rule of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it says.
    pub text: String,
    /// What is wrong with it: the field and the words.
    pub problems: Vec<(String, String)>,
    /// What may be a mistake: the field and the words.
    pub doubts: Vec<(String, String)>,
}

/// `GET …/rules`. Posts: `…/rules/change` (`act` is `up`, `down`, `duplicate`, `remove` with
/// `rule`; `undo`, `discard`), `…/rules/text` (`body`).
#[derive(Debug, Clone)]
pub struct Editor {
    /// The program.
    pub of: Of,
    /// The rules in order.
    pub rules: Vec<RuleLine>,
    /// Limits over all rules, in words.
    pub caps: Vec<String>,
    /// What is wrong outside single rules: the place and the words.
    pub problems: Vec<(String, String)>,
    /// The JSON of the draft.
    pub json: String,
    /// Typed text and its error, under `body`.
    pub form: FormState,
    /// Who changed the draft last and when; nothing when it equals the version in force.
    pub changed: Option<(String, Timestamp)>,
    /// The version in force.
    pub version: i64,
    /// The last change can be undone.
    pub can_undo: bool,
    /// The reader may change it.
    pub can_manage: bool,
    /// Names of types and groups, and the currency.
    pub names: Names,
    /// The live example.
    pub example: Example,
}

/// The page.
#[must_use]
pub fn editor(cx: &Cx, shell: &AdminShell, view: &Editor) -> Markup {
    let base = view.of.rules();
    let wrong = view.problems.len()
        + view
            .rules
            .iter()
            .map(|rule| rule.problems.len())
            .sum::<usize>();
    let actions = html! {
        (Button::link(t!(cx, "rule-tiers"), format!("/admin/programs/{}/tiers", view.of.id)))
        (Button::link(t!(cx, "catalog-title"), format!("/admin/programs/{}/products", view.of.id)))
        (Button::link(t!(cx, "rule-replay"), format!("{base}/replay")))
        @if view.can_manage && view.changed.is_some() {
            (Button::link(t!(cx, "rule-publish"), format!("{base}/publish")).primary())
        }
    };
    let body = html! {
        (state(cx, view, &base))
        @if wrong > 0 {
            (banner(Tone::Bad, &html! { (t!(cx, "rule-wrong", n = wrong)) }, &html! {}))
        }
        div.split {
            div.stack.wide {
                (list(cx, view, &base))
                (Card::new(t!(cx, "rule-caps")).body(overall(cx, view, &base)))
                (text(cx, view, &base))
            }
            div.stack.wide { (card(cx, &base, &view.names, &view.example)) }
        }
    };
    framed(cx, shell, view, &actions, &body)
}

fn framed(cx: &Cx, shell: &AdminShell, view: &Editor, actions: &Markup, body: &Markup) -> Markup {
    let (programs, program) = (
        t!(cx, "shell-nav-programs"),
        format!("/admin/programs/{}", view.of.id),
    );
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (view.of.name.as_str(), program.as_str()),
    ];
    crate::layout::admin::detail(cx, shell, &parents, &t!(cx, "rule-title"), actions, body)
}

/// Where the draft stands, and the ways back.
fn state(cx: &Cx, view: &Editor, base: &str) -> Markup {
    let words = match &view.changed {
        Some((who, at)) => {
            t!(
                cx,
                "rule-draft",
                who = who,
                when = fmt::ago(cx, *at),
                version = view.version
            )
        }
        None => t!(cx, "rule-in-force", version = view.version),
    };
    let back = html! {
        @if view.can_manage && view.changed.is_some() {
            form.row.tight method="post" action={ (base) "/change" } {
                (csrf(cx))
                @if view.can_undo { (Button::submit(t!(cx, "rule-undo")).small().value("act", "undo")) }
                (Button::submit(t!(cx, "rule-discard")).small().value("act", "discard"))
            }
        }
    };
    banner(Tone::Info, &html! { (words) }, &back)
}

fn list(cx: &Cx, view: &Editor, base: &str) -> Markup {
    let last = view.rules.len().saturating_sub(1);
    html! {
        @if view.rules.is_empty() {
            (Card::new("").body(empty(Icon::Wallet, &t!(cx, "rule-none"), &t!(cx, "rule-none-text"), &html! {})))
        }
        @for (place, rule) in view.rules.iter().enumerate() {
            (one(cx, view, base, rule, (place, place == last)))
        }
        @if view.can_manage { (Card::new(t!(cx, "rule-add")).body(add(cx, base))) }
    }
}

fn one(
    cx: &Cx,
    view: &Editor,
    base: &str,
    rule: &RuleLine,
    (place, last): (usize, bool),
) -> Markup {
    let title = format!("{}. {}", place + 1, rule.name);
    let actions = html! {
        @if !rule.problems.is_empty() { (badge(Tone::Bad, &t!(cx, "rule-problems", n = rule.problems.len()))) }
        @if !rule.doubts.is_empty() { (badge(Tone::Warn, &t!(cx, "rule-doubts", n = rule.doubts.len()))) }
    };
    let card = Card::new(title)
        .actions(actions)
        .body(html! {
            div.stack {
                p { (rule.text) }
                @for (place, words) in &rule.problems { p.error { (label(place)) " " (words) } }
                @for (place, words) in &rule.doubts { p { (label(place)) " " (words) } }
                @if view.can_manage {
                    form.row.tight method="post" action={ (base) "/change" } {
                        (csrf(cx))
                        input type="hidden" name="rule" value=(rule.id);
                        (Button::link(t!(cx, "rule-edit"), format!("{base}/edit?rule={}", escaped(&rule.id))).small())
                        (Button::submit(t!(cx, "rule-up")).small().disabled(place == 0).value("act", "up"))
                        (Button::submit(t!(cx, "rule-down")).small().disabled(last).value("act", "down"))
                        (Button::submit(t!(cx, "rule-duplicate")).small().value("act", "duplicate"))
                        (Button::submit(t!(cx, "rule-remove")).small().danger().value("act", "remove"))
                    }
                }
            }
        });
    html! { (card) }
}

fn add(cx: &Cx, base: &str) -> Markup {
    html! {
        form.stack method="get" action={ (base) "/edit" } {
            (select("reward", &t!(cx, "rule-form-kind"), &kinds(cx), &FormState::default()))
            div.row { (Button::submit(t!(cx, "rule-add-this")).icon(Icon::Plus)) }
        }
    }
}

fn overall(cx: &Cx, view: &Editor, base: &str) -> Markup {
    html! {
        div.stack {
            @if view.caps.is_empty() { p.muted { (t!(cx, "rule-caps-none")) } }
            @for cap in &view.caps { p { (cap) } }
            @for (place, words) in &view.problems { p.error { (label(place)) " " (words) } }
            @if view.can_manage {
                div.row { (Button::link(t!(cx, "rule-caps-edit"), format!("{base}/caps")).small()) }
            }
        }
    }
}

/// The JSON view.
fn text(cx: &Cx, view: &Editor, base: &str) -> Markup {
    let typed = view.form.value("body");
    let shown = if typed.is_empty() { &view.json } else { typed };
    let problem = view.form.error_of("body");
    let card = Card::new(t!(cx, "rule-text"))
        .id("text")
        .body(html! {
            details.more open[problem.is_some()] {
                summary { (t!(cx, "rule-text-open")) }
                form.stack method="post" action={ (base) "/text" } {
                    (csrf(cx))
                    (error_summary(cx, &view.form))
                    div.field {
                        label for="body" { (t!(cx, "program-text")) }
                        textarea #body name="body" rows="18" spellcheck="false" readonly[!view.can_manage]
                            aria-invalid=[problem.map(|_| "true")]
                            aria-describedby=[problem.map(|_| "body-error")] { (shown) }
                        @if let Some(problem) = problem { p.error #body-error { (problem) } }
                    }
                    @if view.can_manage { div.row { (Button::submit(t!(cx, "rule-text-take"))) } }
                }
            }
        });
    html! { (card) }
}
