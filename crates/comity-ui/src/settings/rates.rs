//! Exchange rates: reading a public file in, and what is known by day.

use comity_domain::Currency;
use comity_domain::time::Timestamp;
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, FilterBar, FormState, Row, Table, Tone, banner, csrf, empty,
    error_summary, export, file_drop, pager,
};
use crate::explain::rate_source;
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

const BASE: &str = "/admin/settings/rates";

/// The rates of a day.
#[derive(Debug, Clone)]
pub struct Day {
    /// Its first instant in the reader's zone.
    pub at: Timestamp,
    /// As in `2026-10-30`.
    pub code: String,
    /// Currency code and rate as a decimal.
    pub rates: Vec<(String, String)>,
    /// Who published them, by code.
    pub source: String,
    /// When the file was read.
    pub read_at: Timestamp,
}

/// `GET /admin/settings/rates` with `q` (the beginning of a date), `cursor` and `currency`; its form
/// posts there with `file`; `GET …/rates.csv` has every currency.
#[derive(Debug, Clone)]
pub struct Rates {
    /// Days, newest first.
    pub days: Vec<Day>,
    /// The chosen currency, or empty.
    pub currency: String,
    /// What was searched.
    pub query: String,
    /// Events that wait for a rate.
    pub waiting: usize,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The reader may read a file in.
    pub can_change: bool,
    /// Refusals.
    pub form: FormState,
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Rates) -> Markup {
    let actions = html! {
        @if !view.days.is_empty() || !view.query.is_empty() { (export(cx, "/admin/settings/rates.csv")) }
    };
    let body = html! {
        @if view.waiting > 0 {
            (banner(Tone::Warn, &html! { (t!(cx, "fx-waiting", n = view.waiting)) }, &html! {}))
        }
        (Card::new(t!(cx, "fx-upload")).body(upload(cx, view)))
        (Card::new(t!(cx, "fx-list")).id("rates").flush(days(cx, view)))
    };
    admin::settings(cx, shell, &actions, &body)
}

fn upload(cx: &Cx, view: &Rates) -> Markup {
    html! {
        p.muted { (t!(cx, "fx-upload-text")) }
        @if view.can_change {
            form.stack method="post" action=(BASE) enctype="multipart/form-data" {
                (csrf(cx))
                (error_summary(cx, &view.form))
                (file_drop(cx, "file", &t!(cx, "fx-file"), ".csv,text/csv", &t!(cx, "fx-file-hint")))
                div.row { (Button::submit(t!(cx, "fx-upload-do")).primary().icon(Icon::Upload)) }
            }
        } @else {
            p { (t!(cx, "fx-forbidden")) }
        }
    }
}

fn days(cx: &Cx, view: &Rates) -> Markup {
    if view.days.is_empty() && view.query.is_empty() {
        let (title, text) = (t!(cx, "fx-none"), t!(cx, "fx-none-text"));
        return empty(Icon::BadgeDollarSign, &title, &text, &html! {});
    }
    let mut currencies = vec![(String::new(), t!(cx, "fx-usual"))];
    currencies.extend(Currency::all().map(|one| (one.to_string(), one.to_string())));
    let columns = vec![
        Column::tight(t!(cx, "fx-day")),
        Column::text(t!(cx, "fx-rates")),
        Column::text(t!(cx, "fx-source")),
        Column::tight(t!(cx, "fx-read-in")),
    ];
    let rows = view.days.iter().map(|day| {
        let rates: Vec<String> = day
            .rates
            .iter()
            .map(|(currency, rate)| format!("{currency}\u{a0}{rate}"))
            .collect();
        let cells = vec![
            html! { (fmt::date(cx, day.at)) },
            html! { @if rates.is_empty() { span.muted { "—" } } @else { (rates.join(" · ")) } },
            html! { (rate_source(cx, &day.source)) },
            html! { (fmt::date(cx, day.read_at)) },
        ];
        Row::new(format!("day-{}", day.code), &day.code, cells)
    });
    html! {
        (FilterBar::new(cx, "rates").search(t!(cx, "fx-search"), &view.query)
            .choice("currency", t!(cx, "fx-currency"), currencies, &view.currency))
        @if view.days.is_empty() {
            (empty(Icon::Search, &t!(cx, "shell-list-none"), &t!(cx, "fx-none-found"), &html! {}))
        } @else {
            (Table::new(cx, t!(cx, "fx-list"), columns).rows(rows).dense())
        }
        (pager(cx, view.days.len(), view.next.as_deref()))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, days: i64, source: &str, form: FormState) -> Markup {
        let cx = Cx {
            path: BASE.to_owned(),
            ..cx.clone()
        };
        let rate = |code: &str, rate: &str| (code.to_owned(), rate.to_owned());
        let day = |n: i64| Day {
            at: sample::now().plus_days(-n),
            code: format!("2026-11-{:02}", 20 - n),
            rates: vec![
                rate("USD", "1.1172"),
                rate("GBP", "0.8338"),
                rate("JPY", "175.68"),
            ],
            source: source.to_owned(),
            read_at: sample::now(),
        };
        let view = Rates {
            days: (1..=days).map(day).collect(),
            currency: String::new(),
            query: String::new(),
            waiting: usize::from(days > 0) * 3,
            next: None,
            can_change: source != "reader",
            form,
        };
        page(&cx, &AdminShell::sample(), &view)
    }
    vec![
        ("settings-rates", |cx| {
            show(cx, 5, "ecb", FormState::default())
        }),
        ("settings-rates-empty", |cx| {
            show(cx, 0, "ecb", FormState::default())
        }),
        ("settings-rates-reader", |cx| {
            show(cx, 1, "reader", FormState::default())
        }),
        ("settings-rates-hostile", |cx| {
            show(cx, 2, HOSTILE, FormState::default().error("", HOSTILE))
        }),
    ]
}
