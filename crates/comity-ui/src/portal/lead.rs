//! Leads the partner submits: a form, and what became of each.

use maud::{Markup, html};

use comity_domain::Timestamp;

use crate::component::{
    Button, Card, Field, FilterBar, FormState, Tone, badge, csrf, empty, error_summary, pager,
};
use crate::icon::Icon;
use crate::layout::portal::{self, PortalShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// One submitted lead.
#[derive(Debug, Clone)]
pub struct LeadRow {
    /// The person's address.
    pub email: String,
    /// Name and company, or empty.
    pub who: String,
    /// When it was submitted.
    pub at: Timestamp,
    /// Why it was refused, by code; empty when it was accepted.
    pub reason: String,
}

/// `GET /portal/leads?q=&cursor=`; posts `email`, `name`, `company` and `note` there. The
/// same as a file at `/portal/leads.csv`.
#[derive(Debug, Clone)]
pub struct Leads {
    /// Head and tabs.
    pub shell: PortalShell,
    /// The page of leads, newest first.
    pub rows: Vec<LeadRow>,
    /// Searched part of an address or name.
    pub query: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// More may be submitted.
    pub can_submit: bool,
    /// Values and errors.
    pub form: FormState,
}

impl Leads {
    /// Three leads, one of each fate.
    #[must_use]
    pub fn sample() -> Self {
        let row = |email: &str, reason: &str, days: i64| LeadRow {
            email: email.to_owned(),
            who: "Ann Brown, Brown & Sons".to_owned(),
            at: sample::now().plus_days(-days),
            reason: reason.to_owned(),
        };
        Self {
            shell: PortalShell::sample(),
            rows: vec![
                row("ann@brown.test", "", 1),
                row("bob@known.test", "known_customer", 3),
                row("eve@twice.test", "already_submitted", 9),
            ],
            query: String::new(),
            next: None,
            can_submit: true,
            form: FormState::default(),
        }
    }

    /// None yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rows: Vec::new(),
            ..Self::sample()
        }
    }

    /// Long texts and refusals.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.rows[0].email = HOSTILE.to_owned();
        view.rows[0].who = HOSTILE.to_owned();
        view.rows[1].reason = HOSTILE.to_owned();
        view.form = FormState::default()
            .with("email", HOSTILE)
            .error("email", HOSTILE);
        view
    }
}

/// Why a lead was refused, in words; empty for an accepted one.
#[must_use]
pub fn reason(cx: &Cx, code: &str) -> String {
    match code {
        "known_customer" => t!(cx, "portal-lead-known"),
        "already_submitted" => t!(cx, "portal-lead-twice"),
        "own_address" => t!(cx, "portal-lead-own"),
        other => other.to_owned(),
    }
}

/// Where a lead stands, in words.
#[must_use]
pub fn state(cx: &Cx, code: &str) -> String {
    if code.is_empty() {
        t!(cx, "portal-lead-accepted")
    } else {
        t!(cx, "portal-lead-refused")
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, view: &Leads) -> Markup {
    let body = html! {
        @if view.can_submit { (form(cx, &view.form)) }
        (Card::new(t!(cx, "portal-leads-sent")).id("leads").flush(html! {
            @if !view.rows.is_empty() || !view.query.is_empty() {
                (FilterBar::new(cx, "leads").search(t!(cx, "portal-lead-search"), &view.query))
            }
            @if view.rows.is_empty() && !view.query.is_empty() {
                (empty(Icon::Search, &t!(cx, "portal-none-found"), &t!(cx, "portal-none-found-text"), &html! {}))
            } @else if view.rows.is_empty() {
                (empty(Icon::UserPlus, &t!(cx, "portal-no-leads"), &t!(cx, "portal-no-leads-text"), &html! {}))
            } @else {
                ul.items { @for row in &view.rows { (item(cx, row)) } }
            }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
        @if !view.rows.is_empty() {
            p.row { a.link href=(route::PORTAL_LEADS_CSV) { (t!(cx, "portal-csv")) } }
        }
    };
    portal::page(
        cx,
        &view.shell,
        &t!(cx, "portal-submit-lead"),
        &html! {},
        &body,
    )
}

fn form(cx: &Cx, form: &FormState) -> Card {
    Card::new(t!(cx, "portal-lead-new")).body(html! {
        p.muted { (t!(cx, "portal-lead-text")) }
        form.stack method="post" action=(route::PORTAL_LEADS) {
            (csrf(cx))
            (error_summary(cx, form))
            (Field::email("email", t!(cx, "portal-lead-email")).bind(form).required()
                .hint(t!(cx, "portal-lead-email-hint")))
            div.fields2 {
                (Field::text("name", t!(cx, "portal-lead-name")).bind(form).optional(cx))
                (Field::text("company", t!(cx, "portal-lead-company")).bind(form).optional(cx))
            }
            (Field::area("note", t!(cx, "portal-lead-note")).bind(form).optional(cx))
            div.row { (Button::submit(t!(cx, "portal-lead-send")).primary()) }
        }
    })
}

fn item(cx: &Cx, row: &LeadRow) -> Markup {
    let (tone, text) = (
        if row.reason.is_empty() {
            Tone::Ok
        } else {
            Tone::Neutral
        },
        state(cx, &row.reason),
    );
    html! {
        li {
            b { (row.email) }
            span {}
            small {
                (fmt::date_short(cx, row.at))
                @if !row.who.is_empty() { " · " (row.who) }
                @if !row.reason.is_empty() { br; (reason(cx, &row.reason)) }
            }
            (badge(tone, &text))
        }
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Leads) -> Markup {
        let cx = Cx {
            path: route::PORTAL_LEADS.to_owned(),
            ..cx.clone()
        };
        page(&cx, view)
    }
    vec![
        ("portal-leads", |cx| show(cx, &Leads::sample())),
        ("portal-leads-empty", |cx| show(cx, &Leads::empty())),
        ("portal-leads-hostile", |cx| show(cx, &Leads::hostile())),
    ]
}
