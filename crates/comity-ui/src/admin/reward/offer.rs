//! What can be earned beside money: the catalogue of perks, and badges.

use maud::{Markup, Render, html};

use super::{BadgeRow, PerkRow, Rewards, filters, none_text};
use crate::component::{
    Button, Card, Field, Tone, badge, csrf, empty, error_summary, label, pager, select,
};
use crate::icon::Icon;
use crate::{Cx, fmt, t};

/// A field without an id of its own: several such forms stand on one page.
fn labelled(text: &str, name: &str, value: &str) -> Markup {
    html! { label.field { span { (text) } input type="text" name=(name) value=(value) maxlength="1000"; } }
}

/// Whether it can still be had, as a choice without an id.
fn active(cx: &Cx, on: bool) -> Markup {
    html! {
        label.field {
            span { (t!(cx, "reward-state")) }
            select name="active" {
                option value="1" selected[on] { (t!(cx, "reward-on")) }
                option value="" selected[!on] { (t!(cx, "reward-off")) }
            }
        }
    }
}

fn programs(cx: &Cx, view: &Rewards) -> Markup {
    html! {
        @if view.programs.len() > 1 {
            (select("program", &t!(cx, "segment-program"), &view.programs, &view.form))
        } @else {
            @for (id, _) in &view.programs { input type="hidden" name="program" value=(id); }
        }
    }
}

/// The catalogue and the form of a new perk.
pub(super) fn catalogue(cx: &Cx, view: &Rewards, rows: &[PerkRow]) -> Markup {
    let form = &view.form;
    html! {
        (Card::new("").id("rewards").flush(html! {
            (filters(cx, view, "catalogue", t!(cx, "reward-search-catalogue")))
            @if rows.is_empty() {
                (empty(Icon::Gift, &t!(cx, "reward-catalogue-none"),
                    &none_text(cx, view, t!(cx, "reward-catalogue-none-text")), &html! {}))
            } @else {
                div.body { @for row in rows { (perk(cx, view, row)) } }
            }
            (pager(cx, rows.len(), view.next.as_deref()))
        }))
        @if view.can_manage {
            (Card::new(t!(cx, "reward-new-perk")).body(html! {
                form.stack method="post" action="/admin/rewards/perks" {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (programs(cx, view))
                    div.fields2 {
                        (Field::text("name", t!(cx, "reward-name")).bind(form).required().max(80))
                        (Field::text("unit", t!(cx, "reward-unit")).bind(form).optional(cx).max(40)
                            .hint(t!(cx, "reward-unit-hint")))
                        (Field::money("cost", t!(cx, "reward-cost"), view.currency).bind(form).optional(cx)
                            .hint(t!(cx, "reward-cost-hint")))
                        (Field::text("description", t!(cx, "reward-description")).bind(form).optional(cx).max(1_000))
                    }
                    div.row { (Button::submit(t!(cx, "reward-add-perk")).primary()) }
                }
            }))
        }
    }
}

fn perk(cx: &Cx, view: &Rewards, row: &PerkRow) -> Markup {
    html! {
        div.stack {
            div {
                b { (row.name) } " " (label(&row.unit)) " "
                @if !row.active { (badge(Tone::Neutral, &t!(cx, "reward-off"))) }
                p.muted { (row.description) }
                p.small { (t!(cx, "reward-costs", cost = fmt::money(cx, row.cost))) }
                @if view.programs.len() > 1 { small.muted { (row.program) } }
            }
            @if view.can_manage {
                details.more {
                    summary { (t!(cx, "segment-edit")) }
                    form.stack method="post" action={ "/admin/rewards/perks/" (row.id) } {
                        (csrf(cx))
                        (labelled(&t!(cx, "reward-name"), "name", &row.name))
                        (labelled(&t!(cx, "reward-description"), "description", &row.description))
                        (labelled(&t!(cx, "reward-cost"), "cost", &row.cost.decimal()))
                        (active(cx, row.active))
                        div.row { (Button::submit(t!(cx, "segment-save"))) }
                    }
                }
            }
        }
    }
}

/// Badges and the form of a new one.
pub(super) fn badges(cx: &Cx, view: &Rewards, rows: &[BadgeRow]) -> Markup {
    html! {
        (Card::new("").id("rewards").flush(html! {
            (filters(cx, view, "badges", t!(cx, "reward-search-badges")))
            @if rows.is_empty() {
                (empty(Icon::Star, &t!(cx, "reward-badges-none"),
                    &none_text(cx, view, t!(cx, "reward-badges-none-text")), &html! {}))
            } @else {
                div.body { @for row in rows { (one_badge(cx, view, row)) } }
            }
            (pager(cx, rows.len(), view.next.as_deref()))
        }))
        @if view.can_manage { (new_badge(cx, view)) }
    }
}

fn new_badge(cx: &Cx, view: &Rewards) -> Markup {
    let form = &view.form;
    let measures = [
        ("count", t!(cx, "reward-measure-count")),
        ("revenue", t!(cx, "reward-measure-revenue")),
        ("commission", t!(cx, "reward-measure-commission")),
        ("new_customers", t!(cx, "reward-measure-new")),
    ]
    .map(|(code, name)| (code.to_owned(), name));
    let mut units = vec![(String::new(), t!(cx, "reward-unlocks-nothing"))];
    units.extend(view.units.iter().cloned());
    Card::new(t!(cx, "reward-new-badge"))
        .body(html! {
            form.stack method="post" action="/admin/rewards/badges" {
                (csrf(cx))
                (error_summary(cx, form))
                (programs(cx, view))
                div.fields2 {
                    (Field::text("name", t!(cx, "reward-name")).bind(form).required().max(80))
                    (Field::text("description", t!(cx, "reward-description")).bind(form).optional(cx).max(1_000))
                    (select("measure", &t!(cx, "reward-measure"), &measures, form))
                    (Field::text("threshold", t!(cx, "reward-threshold")).bind(form).required()
                        .hint(t!(cx, "reward-threshold-hint")))
                    (select("unit", &t!(cx, "reward-unlocks"), &units, form))
                    (Field::number("quantity", t!(cx, "reward-quantity")).bind(form).optional(cx))
                }
                div.row { (Button::submit(t!(cx, "reward-add-badge")).primary()) }
            }
        })
        .render()
}

fn one_badge(cx: &Cx, view: &Rewards, row: &BadgeRow) -> Markup {
    html! {
        div.stack {
            div {
                b { (row.name) } " " (label(&t!(cx, "reward-awards", n = row.awards))) " "
                @if !row.active { (badge(Tone::Neutral, &t!(cx, "reward-off"))) }
                p { (row.goal) }
                p.muted { (row.description) }
                @if !row.unit.is_empty() {
                    p.small { (t!(cx, "reward-unlocks-perk", perk = &row.perk, n = row.quantity)) }
                }
                @if view.programs.len() > 1 { small.muted { (row.program) } }
            }
            @if view.can_manage {
                details.more {
                    summary { (t!(cx, "segment-edit")) }
                    form.stack method="post" action={ "/admin/rewards/badges/" (row.id) } {
                        (csrf(cx))
                        (labelled(&t!(cx, "reward-name"), "name", &row.name))
                        (labelled(&t!(cx, "reward-description"), "description", &row.description))
                        (labelled(&t!(cx, "reward-unlocks"), "unit", &row.unit))
                        (labelled(&t!(cx, "reward-quantity"), "quantity", &row.quantity.to_string()))
                        (active(cx, row.active))
                        div.row { (Button::submit(t!(cx, "segment-save"))) }
                    }
                }
            }
        }
    }
}
