//! Invoices by number, and what is kept back for tax.

use comity_domain::Money;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Table, Tone, badge, csrf, empty,
    error_summary, export, pager,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::{Cx, fmt, t};

/// A document.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Its sequence, for addresses.
    pub seq: i64,
    /// As printed.
    pub number: String,
    /// For whom.
    pub name: String,
    /// What was paid.
    pub net: Money,
    /// It cancels another one.
    pub cancels: bool,
    /// When it was issued.
    pub at: Timestamp,
}

/// `GET /admin/payouts/documents?q=`; a document is `…/documents/{seq}` (PDF), all of them
/// `/admin/payouts/documents.csv`.
#[derive(Debug, Clone)]
pub struct Documents {
    /// Newest first.
    pub rows: Vec<DocumentRow>,
    /// What was searched for.
    pub query: String,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The page.
#[must_use]
pub fn documents(cx: &Cx, shell: &AdminShell, view: &Documents) -> Markup {
    let (all, title) = (t!(cx, "payout-title"), t!(cx, "payout-documents"));
    let actions = html! {
        (Button::link(t!(cx, "payout-tax"), "/admin/payouts/tax"))
        (export(cx, "/admin/payouts/documents.csv"))
    };
    let content = html! {
        (FilterBar::new(cx, "documents").search(t!(cx, "payout-document-search"), &view.query))
        @if view.rows.is_empty() {
            (empty(Icon::Wallet, &t!(cx, "payout-no-documents"), &t!(cx, "payout-no-documents-text"), &html! {}))
        } @else {
            (table(cx, view))
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }
    };
    let body = Card::new("").id("documents").flush(content);
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/payouts")],
        &title,
        &actions,
        &html! { (body) },
    )
}

fn table(cx: &Cx, view: &Documents) -> Markup {
    let columns = vec![
        Column::tight(t!(cx, "payout-document-number")),
        Column::text(t!(cx, "payout-partner")),
        Column::num(t!(cx, "payout-amount")),
        Column::tight(t!(cx, "payout-document-issued")),
        Column::tight(""),
    ];
    let rows = view.rows.iter().map(|row| {
        let cells = vec![
            html! { a.link href={ "/admin/payouts/documents/" (row.seq) } { (row.number) } },
            html! { (row.name) },
            html! { (fmt::money(cx, row.net)) },
            html! { (fmt::date(cx, row.at)) },
            html! { @if row.cancels { (badge(Tone::Warn, &t!(cx, "payout-document-cancels"))) } },
        ];
        Row::new(format!("document-{}", row.seq), &row.number, cells)
    });
    html! { (Table::new(cx, t!(cx, "payout-documents"), columns).rows(rows)) }
}

/// A rule of what is kept back.
#[derive(Debug, Clone)]
pub struct TaxRuleRow {
    /// Country code, or empty for all others.
    pub country: String,
    /// Its first day.
    pub from: String,
    /// The rate in words.
    pub rate: String,
    /// The yearly threshold as a plain decimal.
    pub above: String,
}

/// `GET /admin/payouts/tax`; its forms post to `/admin/payouts/tax` (`country`, `valid_from`,
/// `rate`, `above`) and `/admin/payouts/tax/company` (`name`, `address`, `company_country`,
/// `tax_id`, `vat_id`).
#[derive(Debug, Clone)]
pub struct Tax {
    /// The rules, by country, newest first.
    pub rules: Vec<TaxRuleRow>,
    /// Values and errors of both forms.
    pub form: FormState,
    /// The reader may change them.
    pub can_change: bool,
}

/// The page.
#[must_use]
pub fn tax(cx: &Cx, shell: &AdminShell, view: &Tax) -> Markup {
    let (all, title) = (t!(cx, "payout-title"), t!(cx, "payout-tax"));
    let body = html! {
        (error_summary(cx, &view.form))
        (Card::new(t!(cx, "payout-tax-rules")).flush(rules(cx, view)))
        @if view.can_change {
            (Card::new(t!(cx, "payout-tax-add")).body(add(cx, view)))
            (Card::new(t!(cx, "payout-company")).body(company(cx, view)))
        } @else {
            p { (t!(cx, "payout-needs-approver")) }
        }
    };
    admin::detail(
        cx,
        shell,
        &[(&all, "/admin/payouts")],
        &title,
        &html! {},
        &body,
    )
}

fn rules(cx: &Cx, view: &Tax) -> Markup {
    if view.rules.is_empty() {
        let (title, text) = (t!(cx, "payout-tax-none"), t!(cx, "payout-tax-none-text"));
        return empty(Icon::Wallet, &title, &text, &html! {});
    }
    let columns = vec![
        Column::text(t!(cx, "payout-tax-country")),
        Column::tight(t!(cx, "payout-tax-from")),
        Column::num(t!(cx, "payout-tax-rate")),
        Column::num(t!(cx, "payout-tax-above")),
    ];
    let rows = view.rules.iter().enumerate().map(|(n, rule)| {
        let country = if rule.country.is_empty() {
            t!(cx, "payout-tax-others")
        } else {
            rule.country.clone()
        };
        let cells = vec![
            html! { (country) },
            html! { (rule.from) },
            html! { (rule.rate) },
            html! { (rule.above) },
        ];
        Row::new(format!("rule-{n}"), &country, cells)
    });
    html! { (Table::new(cx, t!(cx, "payout-tax-rules"), columns).rows(rows)) }
}

fn add(cx: &Cx, view: &Tax) -> Markup {
    let form = &view.form;
    html! {
        p.muted { (t!(cx, "payout-tax-text")) }
        form.stack method="post" action="/admin/payouts/tax" {
            (csrf(cx))
            (Field::text("country", t!(cx, "payout-tax-country")).bind(form).optional(cx).max(2)
                .hint(t!(cx, "payout-tax-country-hint")))
            (Field::date("valid_from", t!(cx, "payout-tax-from")).bind(form).required())
            (Field::percent("rate", t!(cx, "payout-tax-rate")).bind(form).required())
            (Field::text("above", t!(cx, "payout-tax-above")).bind(form).optional(cx).max(20)
                .hint(t!(cx, "payout-tax-above-hint")))
            div.row { (Button::submit(t!(cx, "payout-tax-add")).primary()) }
        }
    }
}

fn company(cx: &Cx, view: &Tax) -> Markup {
    let form = &view.form;
    html! {
        p.muted { (t!(cx, "payout-company-text")) }
        form.stack method="post" action="/admin/payouts/tax/company" {
            (csrf(cx))
            (Field::text("name", t!(cx, "payout-company-name")).bind(form).required().max(300))
            (Field::area("address", t!(cx, "payout-company-address")).bind(form).required().max(300))
            (Field::text("company_country", t!(cx, "payout-company-country")).bind(form).required().max(2))
            (Field::text("tax_id", t!(cx, "payout-company-tax")).bind(form).optional(cx).max(40))
            (Field::text("vat_id", t!(cx, "payout-company-vat")).bind(form).optional(cx).max(40))
            div.row { (Button::submit(t!(cx, "payout-payer-save")).primary()) }
        }
    }
}
