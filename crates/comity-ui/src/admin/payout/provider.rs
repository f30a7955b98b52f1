//! Accounts at payment providers, and payments that wait for a person.

use comity_domain::Money;
use comity_domain::id::{PartnerId, PayoutBatchId, PayoutId};
use comity_domain::payout::Rail;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FormState, Row, Table, Tone, badge, banner, checkbox, copy_box,
    csrf, empty, error_summary, pager, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::payout::rail as rail_name;
use crate::{Cx, fmt, t};

const BASE: &str = "/admin/settings/payouts/providers";

/// An account that is set.
#[derive(Debug, Clone)]
pub struct ProviderSet {
    /// No real money.
    pub sandbox: bool,
    /// The secret's last characters.
    pub hint: String,
    /// When the credentials last worked.
    pub tested_at: Option<Timestamp>,
    /// What the provider said when they did not, or empty.
    pub problem: String,
    /// Its messages so far, if they are taken.
    pub heard: Option<Messages>,
}

/// Messages of a provider.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    /// About payments of ours.
    pub noted: i64,
    /// Genuine, about nothing of ours.
    pub unknown: i64,
    /// Not the provider's.
    pub refused: i64,
    /// The last one.
    pub at: Option<Timestamp>,
}

/// One provider.
#[derive(Debug, Clone)]
pub struct ProviderRow {
    /// Which one.
    pub rail: Rail,
    /// Where its messages go.
    pub address: String,
    /// The account, if one is set.
    pub set: Option<ProviderSet>,
    /// Values and errors.
    pub form: FormState,
}

/// `GET /admin/settings/payouts/providers`; POST `…/{rail}` with `account`, `secret`, `sandbox`, `hook`;
/// `…/{rail}/test`; `…/{rail}/remove`.
#[derive(Debug, Clone)]
pub struct Providers {
    /// The providers.
    pub rows: Vec<ProviderRow>,
    /// The reader may change them.
    pub can_change: bool,
}

/// The page.
#[must_use]
pub fn providers(cx: &Cx, shell: &AdminShell, view: &Providers) -> Markup {
    let body = html! {
        p.muted { (t!(cx, "payout-providers-text")) }
        @for row in &view.rows { (provider(cx, view, row)) }
        p { a.link href="/admin/settings/payouts" { (t!(cx, "payout-providers-back")) } }
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn provider(cx: &Cx, view: &Providers, row: &ProviderRow) -> Markup {
    let code = row.rail.code();
    let actions = html! {
        @match &row.set {
            None => (badge(Tone::Neutral, &t!(cx, "payout-provider-off"))),
            Some(set) if !set.problem.is_empty() => (badge(Tone::Bad, &t!(cx, "payout-provider-broken"))),
            Some(set) if set.sandbox => (badge(Tone::Warn, &t!(cx, "payout-provider-sandbox"))),
            Some(_) => (badge(Tone::Ok, &t!(cx, "payout-provider-on"))),
        }
    };
    let body = html! {
        @if let Some(set) = &row.set { (standing(cx, set)) }
        @if view.can_change {
            form.stack method="post" action={ (BASE) "/" (code) } {
                (csrf(cx))
                (error_summary(cx, &row.form))
                (fields(cx, row))
                div.row { (Button::submit(t!(cx, "payout-payer-save")).primary()) }
            }
            @if row.set.is_some() {
                div.row {
                    form method="post" action={ (BASE) "/" (code) "/test" } {
                        (csrf(cx)) (Button::submit(t!(cx, "payout-provider-test")))
                    }
                    form method="post" action={ (BASE) "/" (code) "/remove" } {
                        (csrf(cx)) (Button::submit(t!(cx, "payout-provider-remove")).danger())
                    }
                }
                p.small.muted { (t!(cx, "payout-provider-remove-text")) }
            }
        } @else {
            p { (t!(cx, "payout-payer-forbidden")) }
        }
    };
    html! { (Card::new(rail_name(cx, row.rail)).id(code).actions(actions).body(body)) }
}

fn standing(cx: &Cx, set: &ProviderSet) -> Markup {
    html! {
        @if !set.problem.is_empty() {
            (banner(Tone::Bad, &html! { (t!(cx, "payout-provider-said", text = &set.problem)) }, &html! {}))
        } @else if let Some(at) = set.tested_at {
            p.small.muted { (t!(cx, "payout-provider-tested", date = fmt::datetime(cx, at))) }
        } @else {
            p.small.muted { (t!(cx, "payout-provider-untested")) }
        }
    }
}

/// Ids are unique on a page with several forms.
fn fields(cx: &Cx, row: &ProviderRow) -> Markup {
    let code = row.rail.code();
    let account = match row.rail {
        Rail::PayPal => Some(t!(cx, "payout-provider-client")),
        Rail::Wise => Some(t!(cx, "payout-provider-profile")),
        _ => None,
    };
    let hint = match &row.set {
        Some(set) => t!(cx, "payout-provider-secret-kept", hint = &set.hint),
        None => t!(cx, "payout-provider-secret-hint"),
    };
    let secret = format!("{code}_secret");
    let mut field = Field::password(&secret, t!(cx, "payout-provider-secret"), "off")
        .bind(&row.form)
        .hint(hint);
    if row.set.is_some() {
        field = field.optional(cx);
    }
    html! {
        @if let Some(label) = account {
            (Field::text(&format!("{code}_account"), label).bind(&row.form).required().max(200))
        }
        (field)
        (messages(cx, row))
        (checkbox(&format!("{code}_sandbox"), &html! { (t!(cx, "payout-provider-try")) }, &t!(cx, "payout-provider-try-text"), &row.form))
    }
}

/// Where the provider's messages go, what proves them, and how many came.
fn messages(cx: &Cx, row: &ProviderRow) -> Markup {
    let name = format!("{}_hook", row.rail.code());
    let label = match row.rail {
        Rail::Stripe => t!(cx, "payout-provider-hook-stripe"),
        Rail::PayPal => t!(cx, "payout-provider-hook-paypal"),
        _ => t!(cx, "payout-provider-hook-wise"),
    };
    let heard = row.set.as_ref().and_then(|set| set.heard);
    let hint = match heard {
        Some(heard) => t!(
            cx,
            "payout-provider-hook-heard",
            noted = heard.noted,
            unknown = heard.unknown,
            refused = heard.refused
        ),
        None => t!(cx, "payout-provider-hook-none"),
    };
    html! {
        div.field {
            span.small { (t!(cx, "payout-provider-hook-address")) }
            (copy_box(cx, &t!(cx, "payout-provider-hook-address"), &row.address))
        }
        (Field::area(&name, label).bind(&row.form).optional(cx).max(2_000).hint(hint))
        @if let Some(at) = heard.and_then(|heard| heard.at) {
            p.small.muted { (t!(cx, "payout-provider-hook-at", date = fmt::datetime(cx, at))) }
        }
    }
}

/// A payment that waits for a person.
#[derive(Debug, Clone)]
pub struct AttentionRow {
    /// Its id.
    pub id: PayoutId,
    /// Its run.
    pub batch: PayoutBatchId,
    /// To whom.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// Why, by code.
    pub reason: String,
    /// The provider's reference, or empty.
    pub reference: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// It was booked as failed.
    pub failed: bool,
}

/// `GET /admin/payouts/attention`; each row posts to `/admin/payments/{id}/settle` with
/// `arrived`, `failed`, `after_all` or `dismiss`.
#[derive(Debug, Clone)]
pub struct Attention {
    /// Newest first.
    pub rows: Vec<AttentionRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The reader may decide.
    pub can_prepare: bool,
}

/// The page.
#[must_use]
pub fn attention(cx: &Cx, shell: &AdminShell, view: &Attention) -> Markup {
    let (all, title) = (t!(cx, "payout-title"), t!(cx, "payout-attention"));
    let content = if view.rows.is_empty() {
        let (title, text) = (t!(cx, "payout-calm"), t!(cx, "payout-calm-text"));
        empty(Icon::Check, &title, &text, &html! {})
    } else {
        let columns = vec![
            Column::text(t!(cx, "payout-partner")),
            Column::num(t!(cx, "payout-amount")),
            Column::text(t!(cx, "payout-attention-why")),
            Column::tight(t!(cx, "payout-attention-since")),
            Column::text(""),
        ];
        let rows = view.rows.iter().map(|row| waiting(cx, view, row));
        html! {
            (Table::new(cx, &title, columns).rows(rows))
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }
    };
    let body = html! {
        p.muted { (t!(cx, "payout-attention-text")) }
        (Card::new("").flush(content))
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

fn waiting(cx: &Cx, view: &Attention, row: &AttentionRow) -> Row {
    let href = format!("/admin/payouts/{}", row.batch);
    let cells = vec![
        who(&row.name, Some(&href), &row.reference),
        html! { (fmt::money(cx, row.amount)) },
        html! { (why(cx, &row.reason)) },
        html! { @if let Some(at) = row.since { (fmt::datetime(cx, at)) } },
        html! {
            @if view.can_prepare {
                form method="post" action={ "/admin/payments/" (row.id) "/settle" } {
                    (csrf(cx))
                    div.row.tight {
                        @if row.failed {
                            (Button::submit(t!(cx, "payout-after-all")).small().value("after_all", "1"))
                            (Button::submit(t!(cx, "payout-dismiss")).small().value("dismiss", "1"))
                        } @else {
                            (Button::submit(t!(cx, "payout-arrived")).small().value("arrived", "1"))
                            (Button::submit(t!(cx, "payout-failed")).small().danger().value("failed", "1"))
                        }
                    }
                }
            }
        },
    ];
    Row::new(row.id.to_string(), &row.name, cells)
}

/// Why a person is needed.
fn why(cx: &Cx, code: &str) -> String {
    match code {
        "not_found_past_memory" => t!(cx, "payout-why-not-found"),
        "no_answer" => t!(cx, "payout-why-no-answer"),
        "no_confirmation" => t!(cx, "payout-why-no-confirmation"),
        "contradiction" => t!(cx, "payout-why-contradiction"),
        "vanished" => t!(cx, "payout-why-vanished"),
        "no_account" => t!(cx, "payout-why-no-account"),
        "request_changed" => t!(cx, "payout-why-changed"),
        other => other.to_owned(),
    }
}
