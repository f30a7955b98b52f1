//! The list of partners, and the form that invites one.

use comity_domain::partner::EnrollmentStatus;
use comity_domain::{EnrollmentId, Money, PartnerId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, checkbox, chips, csrf,
    empty, error_summary, export, pager, select, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::partner::{status_badge, status_key};
use crate::sample::{HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// A membership in the list.
#[derive(Debug, Clone)]
pub struct Member {
    /// The membership.
    pub enrollment: EnrollmentId,
    /// The partner.
    pub partner: PartnerId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Program, when there are several.
    pub program: String,
    /// Where it stands.
    pub status: EnrollmentStatus,
    /// Valid clicks.
    pub clicks: i64,
    /// Leads.
    pub leads: i64,
    /// Sales.
    pub sales: i64,
    /// Revenue less refunds.
    pub revenue: Money,
    /// Commission net of reversals.
    pub earned: Money,
}

/// `GET /admin/partners` with `q`, `status`, `program`, `group`, `cursor`. Bulk acts post
/// `id` and `act` to `/admin/partners/bulk`.
#[derive(Debug, Clone)]
pub struct List {
    /// Rows.
    pub rows: Vec<Member>,
    /// Numbers per status.
    pub counts: Vec<(EnrollmentStatus, u64)>,
    /// The chosen status.
    pub status: Option<EnrollmentStatus>,
    /// The search.
    pub query: String,
    /// The order, as in `-clicks`, or empty for the newest first.
    pub sort: String,
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program.
    pub program: String,
    /// Groups by id and name.
    pub groups: Vec<(String, String)>,
    /// The chosen group.
    pub group: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Whether the reader may change partners.
    pub can_manage: bool,
}

impl List {
    /// Two partners.
    #[must_use]
    pub fn sample() -> Self {
        let eur = |minor| Money::new(minor, comity_domain::Currency::EUR);
        let member = |n: u8, name: &str, status| Member {
            enrollment: EnrollmentId(RawId([n; 16])),
            partner: PartnerId(RawId([n; 16])),
            name: name.to_owned(),
            email: "maya@example.com".to_owned(),
            program: String::new(),
            status,
            clicks: 1_284,
            leads: 40,
            sales: 12,
            revenue: eur(144_000),
            earned: eur(28_800),
        };
        Self {
            rows: vec![
                member(1, "Maya Okafor", EnrollmentStatus::Approved),
                member(2, "Ivan Petrov", EnrollmentStatus::Paused),
            ],
            counts: vec![
                (EnrollmentStatus::Approved, 41),
                (EnrollmentStatus::Paused, 2),
            ],
            status: None,
            query: String::new(),
            sort: String::new(),
            programs: Vec::new(),
            program: String::new(),
            groups: vec![("grp_1".to_owned(), "Newsletters".to_owned())],
            group: String::new(),
            next: Some("enr_1".to_owned()),
            can_manage: true,
        }
    }

    /// Nobody yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            rows: Vec::new(),
            counts: Vec::new(),
            next: None,
            ..Self::sample()
        }
    }

    /// Endless names and markup.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.rows[0].name = HOSTILE.to_owned();
        view.rows[0].program = HOSTILE.to_owned();
        view.groups[0].1 = HOSTILE.to_owned();
        view.query = HOSTILE.to_owned();
        view
    }
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let actions = html! {
        (export(cx, "/admin/partners.csv"))
        @if view.can_manage {
            (Button::link(t!(cx, "partner-invite"), "/admin/partners/new").primary().icon(Icon::Plus).creates())
        }
    };
    let mut all = vec![Tab::query(
        cx,
        t!(cx, "partner-all"),
        "status",
        "",
        view.status.is_none(),
    )];
    for (status, n) in &view.counts {
        let current = view.status == Some(*status);
        let name = cx.text(status_key(*status));
        all.push(Tab::query(cx, name, "status", status.code(), current).count(*n));
    }
    let body = html! {
        (chips(cx, &t!(cx, "partner-by-status"), &all))
        (Card::new("").id("partners").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nobody(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "partner-title"), &actions, &body)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let any = |text: String, rest: &[(String, String)]| {
        std::iter::once((String::new(), text))
            .chain(rest.iter().cloned())
            .collect::<Vec<_>>()
    };
    let status = view.status.map_or("", EnrollmentStatus::code);
    let mut bar = FilterBar::new(cx, "partners")
        .search(t!(cx, "partner-search"), &view.query)
        .keep("status", status)
        .keep("sort", &view.sort);
    if view.programs.len() > 1 {
        let options = any(t!(cx, "partner-any-program"), &view.programs);
        bar = bar.choice("program", t!(cx, "partner-program"), options, &view.program);
    }
    if !view.groups.is_empty() {
        let options = any(t!(cx, "partner-any-group"), &view.groups);
        bar = bar.choice("group", t!(cx, "partner-group"), options, &view.group);
    }
    html! { (bar) }
}

fn nobody(cx: &Cx, view: &List) -> Markup {
    let filtered = !view.query.is_empty() || view.status.is_some() || !view.group.is_empty();
    html! {
        @if filtered {
            (empty(Icon::Search, &t!(cx, "partner-none-found"), &t!(cx, "partner-none-found-text"), &html! {
                (Button::link(t!(cx, "partner-all"), "/admin/partners"))
            }))
        } @else {
            (empty(Icon::Users, &t!(cx, "partner-none"), &t!(cx, "partner-none-text"), &html! {
                (Button::link(t!(cx, "partner-invite"), "/admin/partners/new").primary())
            }))
        }
    }
}

fn table(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "partner-name")),
        Column::tight(t!(cx, "partner-status")),
        Column::num(t!(cx, "partner-clicks")).sort("clicks"),
        Column::num(t!(cx, "partner-leads")).sort("leads"),
        Column::num(t!(cx, "partner-sales")).sort("sales"),
        Column::num(t!(cx, "partner-revenue")).sort("revenue"),
        Column::num(t!(cx, "partner-earned")).sort("earned"),
    ];
    let rows = view.rows.iter().map(|row| {
        let href = format!("/admin/partners/{}", row.partner);
        let second = if row.program.is_empty() {
            &row.email
        } else {
            &row.program
        };
        let cells = vec![
            who(&row.name, Some(&href), second),
            status_badge(cx, row.status),
            html! { (fmt::number(cx, row.clicks)) },
            html! { (fmt::number(cx, row.leads)) },
            html! { (fmt::number(cx, row.sales)) },
            html! { (fmt::money(cx, row.revenue)) },
            html! { (fmt::money(cx, row.earned)) },
        ];
        Row::new(row.enrollment.to_string(), &row.name, cells)
    });
    let table = Table::new(cx, t!(cx, "partner-title"), columns).rows(rows);
    if !view.can_manage {
        return html! { (table) };
    }
    html! {
        form method="post" action="/admin/partners/bulk" {
            (csrf(cx))
            (table.selectable())
            (Table::bulk(cx, &html! {
                (Button::submit(t!(cx, "partner-do-approve")).small().value("act", "approved"))
                (Button::submit(t!(cx, "partner-do-pause")).small().value("act", "paused"))
            }))
        }
    }
}

/// What is known of a person: name, address, company, site, country, language.
pub(super) fn person_fields(cx: &Cx, form: &FormState) -> Markup {
    let langs = [("en", "English"), ("ru", "Русский")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()));
    html! {
        (Field::text("name", t!(cx, "partner-name")).bind(form).required().max(120))
        (Field::email("email", t!(cx, "partner-email")).bind(form).required())
        (Field::text("company", t!(cx, "partner-company")).bind(form).optional(cx).max(120))
        (Field::text("website", t!(cx, "partner-website")).bind(form).optional(cx))
        (Field::text("country", t!(cx, "partner-country")).bind(form).optional(cx).max(2)
            .hint(t!(cx, "partner-country-hint")))
        (select("lang", &t!(cx, "partner-lang"), &langs, form))
    }
}

/// `GET /admin/partners/new`; posts to `/admin/partners`.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Programs by id and name.
    pub programs: Vec<(String, String)>,
    /// Values and errors.
    pub form: FormState,
}

/// The form of a new partner.
#[must_use]
pub fn invite(cx: &Cx, shell: &AdminShell, view: &Invite) -> Markup {
    let form = &view.form;
    let body = Card::new("").body(html! {
        form.stack method="post" action="/admin/partners" {
            (csrf(cx))
            (error_summary(cx, form))
            (select("program", &t!(cx, "partner-program"), &view.programs, form))
            (person_fields(cx, form))
            (checkbox("send_mail", &html! { (t!(cx, "partner-send-mail")) }, "", form))
            div.row.tight {
                (Button::submit(t!(cx, "partner-invite")).primary())
                (Button::link(t!(cx, "shell-cancel"), "/admin/partners"))
            }
        }
    });
    let title = t!(cx, "partner-title");
    let parents = [(title.as_str(), "/admin/partners")];
    admin::detail(
        cx,
        shell,
        &parents,
        &t!(cx, "partner-invite"),
        &html! {},
        &html! { (body) },
    )
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-partners", |cx| {
            list(cx, &AdminShell::sample(), &List::sample())
        }),
        ("admin-partners-empty", |cx| {
            list(cx, &AdminShell::sample(), &List::empty())
        }),
        ("admin-partners-hostile", |cx| {
            list(cx, &AdminShell::sample(), &List::hostile())
        }),
        ("admin-partner-new", |cx| {
            let programs = vec![("prg_1".to_owned(), HOSTILE.to_owned())];
            let form = FormState::default()
                .error("email", "…")
                .with("name", HOSTILE);
            invite(cx, &AdminShell::sample(), &Invite { programs, form })
        }),
    ]
}
