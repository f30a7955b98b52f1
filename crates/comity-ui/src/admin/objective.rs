//! Objectives of a program: how far they are, setting one, changing and closing it (A1, A2).

use comity_domain::{ObjectiveId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Field, FormState, Tone, badge, csrf, empty, error_summary, key_values, meter,
    select,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, t};

/// An objective with its progress.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Its id.
    pub id: ObjectiveId,
    /// What is to be reached.
    pub title: String,
    /// Value and target, formatted.
    pub text: String,
    /// Tenths of a percent done.
    pub done: u16,
    /// Tenths of a percent of the time passed.
    pub elapsed: u16,
    /// First and last day.
    pub days: (String, String),
    /// Who answers for it, or empty.
    pub owner: String,
    /// Which goal of the business it serves, or empty.
    pub business_goal: String,
    /// `open`, `reached` or `dropped`.
    pub status: String,
}

impl Goal {
    /// For samples.
    #[must_use]
    pub fn sample(title: &str, status: &str) -> Self {
        Self {
            id: ObjectiveId(RawId([1; 16])),
            title: title.to_owned(),
            text: "31 / 50".to_owned(),
            done: 620,
            elapsed: 400,
            days: ("2026-11-01".to_owned(), "2026-11-30".to_owned()),
            owner: "Dana Ruiz".to_owned(),
            business_goal: title.to_owned(),
            status: status.to_owned(),
        }
    }
}

/// The tab of a program; with a form when the reader may set one.
pub(super) fn tab(cx: &Cx, goals: &[Goal], base: &str, form: Option<&FormState>) -> Markup {
    let (open, closed): (Vec<&Goal>, Vec<&Goal>) =
        goals.iter().partition(|goal| goal.status == "open");
    html! {
        (Card::new(t!(cx, "program-objectives")).body(html! {
            @if open.is_empty() {
                (empty(Icon::Target, &t!(cx, "objective-none"), &t!(cx, "objective-none-text"), &html! {}))
            }
            @for goal in open { (line(cx, goal, form.is_some())) }
        }))
        @if let Some(form) = form {
            (Card::new(t!(cx, "objective-new")).body(html! {
                form.stack method="post" action={ (base) "/objectives" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (fields(cx, form))
                    div.row { (Button::submit(t!(cx, "objective-new")).primary()) }
                }
            }))
        }
        @if !closed.is_empty() {
            (Card::new(t!(cx, "objective-closed")).body(html! {
                @for goal in closed { (line(cx, goal, form.is_some())) }
            }))
        }
    }
}

fn line(cx: &Cx, goal: &Goal, can_manage: bool) -> Markup {
    let behind = goal.done + 100 < goal.elapsed;
    let tone = match goal.status.as_str() {
        "dropped" => Tone::Neutral,
        _ if goal.done >= 1_000 => Tone::Ok,
        "open" if behind => Tone::Warn,
        _ => Tone::Info,
    };
    html! {
        (meter(&goal.title, &goal.text, u64::from(goal.done), 1_000, tone))
        div.row.between {
            p.small.muted {
                (t!(cx, "objective-due", day = &goal.days.1))
                @if !goal.owner.is_empty() { " · " (goal.owner) }
            }
            span.row.tight {
                @if goal.status != "open" { (status(cx, &goal.status)) }
                @if can_manage {
                    (Button::link(t!(cx, "objective-edit"), format!("/admin/objectives/{}", goal.id)).small())
                }
            }
        }
    }
}

fn status(cx: &Cx, status: &str) -> Markup {
    match status {
        "reached" => badge(Tone::Ok, &t!(cx, "objective-reached")),
        "dropped" => badge(Tone::Neutral, &t!(cx, "objective-dropped")),
        _ => badge(Tone::Info, &t!(cx, "objective-open")),
    }
}

fn fields(cx: &Cx, form: &FormState) -> Markup {
    let metrics = [
        ("sales", t!(cx, "objective-metric-sales")),
        ("revenue", t!(cx, "objective-metric-revenue")),
        ("leads", t!(cx, "objective-metric-leads")),
        ("clicks", t!(cx, "objective-metric-clicks")),
        ("new_partners", t!(cx, "objective-metric-new")),
        ("active_partners", t!(cx, "objective-metric-active")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    html! {
        (Field::text("title", t!(cx, "objective-title")).bind(form).required().max(200)
            .hint(t!(cx, "objective-title-hint")))
        (select("metric", &t!(cx, "objective-metric"), &metrics, form))
        div.fields2 {
            (Field::text("baseline", t!(cx, "objective-baseline")).bind(form).required())
            (Field::text("target", t!(cx, "objective-target")).bind(form).required())
            (Field::date("starts_on", t!(cx, "objective-starts-on")).bind(form).optional(cx))
            (Field::date("due_on", t!(cx, "objective-due-on")).bind(form).required())
        }
        (Field::text("business_goal", t!(cx, "objective-goal")).bind(form).optional(cx).max(500))
    }
}

/// `GET /admin/objectives/{id}`; posts to itself and to `…/status` (`status`).
#[derive(Debug, Clone)]
pub struct Edit {
    /// The objective.
    pub goal: Goal,
    /// Its program: address and name.
    pub program: (String, String),
    /// Who may answer for it: id and name.
    pub people: Vec<(String, String)>,
    /// Values and errors.
    pub form: FormState,
}

/// The page of one objective.
#[must_use]
pub fn edit(cx: &Cx, shell: &AdminShell, view: &Edit) -> Markup {
    let goal = &view.goal;
    let own = format!("/admin/objectives/{}", goal.id);
    let mut people = vec![(String::new(), t!(cx, "objective-nobody"))];
    people.extend(view.people.iter().cloned());
    let facts = [
        (t!(cx, "objective-status"), status(cx, &goal.status)),
        (t!(cx, "objective-progress"), html! { (goal.text) }),
    ];
    let body = html! {
        (Card::new(&goal.title).body(key_values(&facts)))
        (Card::new(t!(cx, "objective-change")).body(html! {
            form.stack method="post" action=(own) {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (fields(cx, &view.form))
                (select("owner", &t!(cx, "objective-owner"), &people, &view.form))
                div.row { (Button::submit(t!(cx, "objective-save")).primary()) }
            }
        }))
        (closing(cx, goal, &own))
    };
    let (href, name) = &view.program;
    let (list, all) = (t!(cx, "shell-nav-programs"), "/admin/programs");
    let parents = [(list.as_str(), all), (name.as_str(), href.as_str())];
    admin::detail(
        cx,
        shell,
        &parents,
        &t!(cx, "objective-change"),
        &html! {},
        &body,
    )
}

fn closing(cx: &Cx, goal: &Goal, own: &str) -> Markup {
    let open = goal.status == "open";
    let title = if open {
        t!(cx, "objective-close")
    } else {
        t!(cx, "objective-reopen")
    };
    let body = html! {
        p.muted { (t!(cx, "objective-close-text")) }
        form.row.tight method="post" action={ (own) "/status" } {
            (csrf(cx))
            @if open {
                (Button::submit(t!(cx, "objective-mark-reached")).value("status", "reached"))
                (Button::submit(t!(cx, "objective-mark-dropped")).value("status", "dropped"))
            } @else {
                (Button::submit(t!(cx, "objective-mark-open")).value("status", "open"))
            }
        }
    };
    html! { (Card::new(title).body(body)) }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, title: &str, status: &str, form: FormState) -> Markup {
        let view = Edit {
            goal: Goal::sample(title, status),
            program: (
                "/admin/programs/prg_1".to_owned(),
                "Acme partners".to_owned(),
            ),
            people: vec![("usr_1".to_owned(), "Dana Ruiz".to_owned())],
            form: form.with("title", title),
        };
        edit(cx, &AdminShell::sample(), &view)
    }
    vec![
        ("admin-objective", |cx| {
            show(cx, "50 sales in November", "open", FormState::default())
        }),
        ("admin-objective-closed", |cx| {
            show(cx, "50 sales in May", "reached", FormState::default())
        }),
        ("admin-objective-hostile", |cx| {
            show(
                cx,
                HOSTILE,
                "dropped",
                FormState::default().error("target", HOSTILE),
            )
        }),
    ]
}
