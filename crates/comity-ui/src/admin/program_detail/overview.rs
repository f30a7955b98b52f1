//! The first tab: what is ready, and opening, pausing, closing.

use comity_domain::program::{ProgramStatus, Readiness};
use maud::{Markup, html};

use super::Detail;
use crate::component::{Button, Card, Task, checklist, csrf};
use crate::program::change_keys;
use crate::{Cx, t};

pub(super) fn overview(cx: &Cx, view: &Detail, items: &[Readiness], base: &str) -> Markup {
    let tasks: Vec<Task> = items.iter().map(|item| task(cx, item, base)).collect();
    let next = [
        ProgramStatus::Active,
        ProgramStatus::Paused,
        ProgramStatus::Closed,
    ];
    html! {
        (Card::new(t!(cx, "program-ready")).body(checklist(cx, &tasks)))
        @if view.can_manage {
            @for status in next.iter().filter(|next| view.program.status.may_become(**next)) {
                @let (verb, effect) = change_keys(*status);
                @let card = Card::new(cx.text(verb)).body(html! {
                    p { (cx.text(effect)) }
                    form method="post" action={ (base) "/status" } {
                        (csrf(cx))
                        @let button = Button::submit(cx.text(verb)).value("status", status.code());
                        @if *status == ProgramStatus::Active { (button.primary()) }
                        @else if *status == ProgramStatus::Closed { (button.danger()) }
                        @else { (button) }
                    }
                });
                @if *status == ProgramStatus::Closed { (card.danger()) } @else { (card) }
            }
        }
    }
}

fn task(cx: &Cx, item: &Readiness, base: &str) -> Task {
    let (title, tab) = match item.item {
        "promise" => (t!(cx, "program-ready-promise"), "settings"),
        "website" => (t!(cx, "program-ready-website"), "settings"),
        "rules" => (t!(cx, "program-ready-rules"), "rules"),
        "terms" => (t!(cx, "program-ready-terms"), "terms"),
        "link" => (t!(cx, "program-ready-link"), ""),
        _ => (t!(cx, "program-ready-active"), ""),
    };
    let href = match item.item {
        "link" => "/admin/partners/new".to_owned(),
        _ => format!("{base}?tab={tab}"),
    };
    let action = (!item.done && item.item != "active").then(|| (t!(cx, "program-mend"), href));
    Task {
        title,
        text: String::new(),
        done: item.done,
        action,
    }
}
