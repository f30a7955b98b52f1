//! Tiers of a program: the list, and the form of one.

use comity_domain::partner::Reach;
use comity_domain::{Currency, TierId};
use maud::{Markup, html};

use super::condition::measures;
use super::form::periods;
use super::{Of, below};
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Table, confirm, csrf, empty, error_summary, select,
};
use crate::icon::Icon;
use crate::layout::admin::AdminShell;
use crate::rule::reach;
use crate::{Cx, fmt, t};

/// One tier of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierLine {
    /// Its id.
    pub id: TierId,
    /// Its name.
    pub name: String,
    /// Its place.
    pub level: i64,
    /// The total that reaches it, or nothing.
    pub reach: Option<Reach>,
    /// How many were given it by hand.
    pub holders: i64,
}

/// `GET …/tiers`, with `tier` to change one. Posts to itself (`tier`, `name`, `level`,
/// `measure`, `at`, `reach_period`, `reach_days`); `/admin/tiers/{id}/remove`.
#[derive(Debug, Clone)]
pub struct Tiers {
    /// The program.
    pub of: Of,
    /// The currency of its totals.
    pub currency: Currency,
    /// Lowest first.
    pub tiers: Vec<TierLine>,
    /// The tier that is changed, by id; empty for a new one.
    pub editing: String,
    /// Values and errors of the form.
    pub form: FormState,
    /// The reader may change them.
    pub can_manage: bool,
}

/// The page.
#[must_use]
pub fn tiers(cx: &Cx, shell: &AdminShell, view: &Tiers) -> Markup {
    let base = format!("/admin/programs/{}/tiers", view.of.id);
    let body = html! {
        (Card::new(t!(cx, "rule-tiers")).flush(html! {
            @if view.tiers.is_empty() {
                (empty(Icon::Layers, &t!(cx, "rule-tiers-none"), &t!(cx, "rule-tiers-none-text"), &html! {}))
            } @else { (table(cx, view, &base)) }
        }))
        @if view.can_manage { (form(cx, view, &base)) }
    };
    below(cx, shell, &view.of, &t!(cx, "rule-tiers"), &html! {}, &body)
}

fn table(cx: &Cx, view: &Tiers, base: &str) -> Markup {
    let columns = vec![
        Column::num(t!(cx, "rule-tier-level")),
        Column::text(t!(cx, "rule-form-name")),
        Column::text(t!(cx, "rule-tier-reached")),
        Column::num(t!(cx, "rule-tier-holders")),
    ];
    let rows = view.tiers.iter().map(|tier| {
        let words = match tier.reach {
            Some(total) => reach(cx, total, view.currency),
            None => t!(cx, "rule-tier-by-hand"),
        };
        let cells = vec![
            html! { (fmt::number(cx, tier.level)) },
            html! {
                @if view.can_manage { a.link href={ (base) "?tier=" (tier.id) "#tier-form" } { (tier.name) } }
                @else { (tier.name) }
            },
            html! { (words) },
            html! { (fmt::number(cx, tier.holders)) },
        ];
        Row::new(tier.id.to_string(), &tier.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "rule-tiers"), columns).rows(rows)) }
}

fn form(cx: &Cx, view: &Tiers, base: &str) -> Markup {
    let form = &view.form;
    let mut kinds = vec![(String::new(), t!(cx, "rule-tier-by-hand"))];
    kinds.extend(measures(cx));
    let old = view
        .tiers
        .iter()
        .find(|tier| tier.id.to_string() == view.editing);
    let title = match old {
        Some(tier) => t!(cx, "rule-tier-change", name = &tier.name),
        None => t!(cx, "rule-tier-new"),
    };
    html! {
        (Card::new(title).id("tier-form").body(html! {
            form.stack method="post" action=(base) {
                (csrf(cx))
                (error_summary(cx, form))
                input type="hidden" name="tier" value=(view.editing);
                div.fields2 {
                    (Field::text("name", t!(cx, "rule-form-name")).bind(form).required().max(60)
                        .hint(t!(cx, "rule-tier-name-hint")))
                    (Field::number("level", t!(cx, "rule-tier-level")).bind(form).required()
                        .hint(t!(cx, "rule-tier-level-hint")))
                    (select("measure", &t!(cx, "rule-tier-reached"), &kinds, form))
                    (Field::text("at", t!(cx, "rule-form-at")).bind(form).optional(cx)
                        .hint(t!(cx, "rule-tier-at-hint", currency = view.currency.code())))
                    (periods(cx, "reach", form))
                }
                div.row {
                    (Button::submit(t!(cx, "rule-tier-save")).primary())
                    @if old.is_some() { (Button::link(t!(cx, "rule-form-cancel"), base)) }
                }
            }
            @if let Some(tier) = old {
                @let effect = t!(cx, "rule-tier-remove-effect", n = tier.holders);
                (confirm(cx, &format!("/admin/tiers/{}/remove", tier.id), &effect,
                    &t!(cx, "rule-tier-remove"), base, &[]))
            }
        }))
    }
}
