//! Questions of partners: the list, and one with its answer.

use comity_domain::id::{CommissionId, InquiryId, PartnerId};
use comity_domain::money::Currency;
use comity_domain::time::Timestamp;
use comity_domain::{Money, RawId};
use maud::{Markup, Render, html};

use crate::component::{
    Button, Card, Column, Field, FilterBar, FormState, Row, Tab, Table, Tone, badge, banner, chips,
    csrf, empty, error_summary, export, key_values, pager, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, route, t};

/// A question in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: InquiryId,
    /// The partner's name.
    pub name: String,
    /// What they ask.
    pub question: String,
    /// The order it is about, or empty.
    pub order: String,
    /// It waits for an answer.
    pub open: bool,
    /// When it was asked.
    pub at: Timestamp,
}

/// `GET /admin/inquiries?status=…&program=…&q=…`.
#[derive(Debug, Clone)]
pub struct List {
    /// Newest first.
    pub rows: Vec<Entry>,
    /// How many are open and answered.
    pub counts: (u64, u64),
    /// `open`, `answered`, or empty for all.
    pub status: String,
    /// What was searched.
    pub query: String,
    /// Programs to choose from, by id and name.
    pub programs: Vec<(String, String)>,
    /// The chosen program by id, or empty.
    pub program: String,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The list.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &List) -> Markup {
    let actions = export(cx, route::INQUIRIES_CSV);
    let body = html! {
        (states(cx, view))
        (Card::new("").id("inquiries").flush(html! {
            (filters(cx, view))
            @if view.rows.is_empty() { (nothing(cx, view)) } @else { (table(cx, view)) }
            (pager(cx, view.rows.len(), view.next.as_deref()))
        }))
    };
    admin::page(cx, shell, &t!(cx, "inquiry-title"), &actions, &body)
}

fn states(cx: &Cx, view: &List) -> Markup {
    let (open, answered) = view.counts;
    let tab = |text: String, value: &str, n: u64| {
        Tab::query(cx, text, "status", value, view.status == value).count(n)
    };
    let all = [
        tab(t!(cx, "inquiry-all"), "", open + answered),
        tab(t!(cx, "inquiry-open"), "open", open),
        tab(t!(cx, "inquiry-answered"), "answered", answered),
    ];
    chips(cx, &t!(cx, "inquiry-state"), &all)
}

fn filters(cx: &Cx, view: &List) -> Markup {
    let mut bar = FilterBar::new(cx, "inquiries")
        .search(t!(cx, "inquiry-search"), &view.query)
        .keep("status", &view.status);
    if view.programs.len() > 1 {
        let mut options = vec![(String::new(), t!(cx, "inquiry-all-programs"))];
        options.extend(view.programs.iter().cloned());
        bar = bar.choice("program", t!(cx, "inquiry-program"), options, &view.program);
    }
    html! { (bar) }
}

fn nothing(cx: &Cx, view: &List) -> Markup {
    let narrowed = !(view.query.is_empty() && view.program.is_empty() && view.status.is_empty());
    let text = if narrowed {
        t!(cx, "inquiry-none-found")
    } else {
        t!(cx, "inquiry-none-text")
    };
    empty(
        Icon::MessageSquare,
        &t!(cx, "inquiry-none"),
        &text,
        &html! {},
    )
}

fn table(cx: &Cx, view: &List) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "inquiry-partner")),
        Column::text(t!(cx, "inquiry-question")),
        Column::text(t!(cx, "inquiry-order")),
        Column::tight(t!(cx, "inquiry-state")),
        Column::tight(t!(cx, "inquiry-asked")),
    ];
    let rows = view.rows.iter().map(|entry| {
        let href = format!("/admin/inquiries/{}", entry.id);
        let cells = vec![
            who(&entry.name, Some(&href), ""),
            html! { (short(&entry.question)) },
            html! { @if entry.order.is_empty() { span.muted { "—" } } @else { (entry.order) } },
            state(cx, entry.open),
            html! { (fmt::ago(cx, entry.at)) },
        ];
        Row::new(entry.id.to_string(), &entry.name, cells)
    });
    html! { (Table::new(cx, t!(cx, "inquiry-title"), columns).rows(rows)) }
}

fn state(cx: &Cx, open: bool) -> Markup {
    if open {
        badge(Tone::Warn, &t!(cx, "inquiry-state-open"))
    } else {
        badge(Tone::Ok, &t!(cx, "inquiry-state-answered"))
    }
}

/// The beginning of a long question.
fn short(text: &str) -> String {
    const SHOWN: usize = 140;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}

/// A question of the thread.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its id.
    pub id: InquiryId,
    /// What the partner asks.
    pub question: String,
    /// When.
    pub at: Timestamp,
    /// Who answered, when, and what.
    pub answer: Option<(String, Timestamp, String)>,
}

/// `GET /admin/inquiries/{id}`; `POST /admin/inquiries/{id}/answer` (`answer`).
#[derive(Debug, Clone)]
pub struct Thread {
    /// Whose.
    pub partner: (PartnerId, String),
    /// In which program.
    pub program: String,
    /// The commission it is about: id, order (or empty), amount.
    pub commission: Option<(CommissionId, String, Money)>,
    /// Everything asked about it, oldest first.
    pub said: Vec<Said>,
    /// The reader may answer.
    pub can_answer: bool,
    /// The answer as typed.
    pub form: FormState,
}

/// One question with its thread.
#[must_use]
pub fn thread(cx: &Cx, shell: &AdminShell, view: &Thread) -> Markup {
    let title = t!(cx, "inquiry-of", name = &view.partner.1);
    let open = view.said.iter().find(|one| one.answer.is_none());
    let body = html! {
        (Card::new(t!(cx, "inquiry-about")).body(key_values(&facts(cx, view))))
        (Card::new(t!(cx, "inquiry-thread")).body(html! {
            div.stack {
                @for one in &view.said { (line(cx, &view.partner.1, one)) }
            }
        }))
        @if let Some(one) = open.filter(|_| view.can_answer) { (answer(cx, one.id, &view.form)) }
    };
    let parents = [(t!(cx, "inquiry-title"), "/admin/inquiries")];
    let parents = parents
        .each_ref()
        .map(|(text, href)| (text.as_str(), *href));
    admin::detail(cx, shell, &parents, &title, &html! {}, &body)
}

fn facts(cx: &Cx, view: &Thread) -> Vec<(String, Markup)> {
    let (id, name) = &view.partner;
    let mut facts = vec![
        (
            t!(cx, "inquiry-partner"),
            html! { a href={ "/admin/partners/" (id) } { (name) } },
        ),
        (t!(cx, "inquiry-program"), html! { (view.program) }),
    ];
    if let Some((id, order, amount)) = &view.commission {
        let text = if order.is_empty() {
            id.to_string()
        } else {
            order.clone()
        };
        facts.push((
            t!(cx, "inquiry-commission"),
            html! { a href={ "/admin/commissions/" (id) } { (text) } " · " (fmt::money(cx, *amount)) },
        ));
    }
    facts
}

fn line(cx: &Cx, name: &str, one: &Said) -> Markup {
    html! {
        div {
            p { b { (name) } " " span.small.muted { (fmt::datetime(cx, one.at)) } }
            p { (one.question) }
        }
        @if let Some((by, at, text)) = &one.answer {
            (banner(Tone::Info, &html! {
                b { (by) } " " span.small { (fmt::datetime(cx, *at)) } br; (text)
            }, &html! {}))
        }
    }
}

fn answer(cx: &Cx, id: InquiryId, form: &FormState) -> Markup {
    let field = Field::area("answer", t!(cx, "inquiry-answer"));
    Card::new(t!(cx, "inquiry-answer-title"))
        .body(html! {
            form.stack method="post" action={ "/admin/inquiries/" (id) "/answer" } {
                (csrf(cx))
                (error_summary(cx, form))
                (field.bind(form).hint(t!(cx, "inquiry-answer-hint")).required().max(4_000))
                div.row { (Button::submit(t!(cx, "inquiry-send")).primary().icon(Icon::Send)) }
            }
        })
        .render()
}

fn entry(n: u8, name: &str, question: &str, open: bool) -> Entry {
    Entry {
        id: InquiryId(RawId([n; 16])),
        name: name.to_owned(),
        question: question.to_owned(),
        order: if n == 2 {
            String::new()
        } else {
            format!("SO-10{n}")
        },
        open,
        at: sample::now(),
    }
}

fn listed(cx: &Cx, rows: Vec<Entry>, query: &str) -> Markup {
    let cx = Cx {
        path: "/admin/inquiries".to_owned(),
        ..cx.clone()
    };
    let view = List {
        counts: (rows.iter().filter(|row| row.open).count() as u64, 1),
        rows,
        status: String::new(),
        query: query.to_owned(),
        programs: Vec::new(),
        program: String::new(),
        next: None,
    };
    list(&cx, &AdminShell::sample(), &view)
}

fn shown(cx: &Cx, name: &str, form: FormState) -> Markup {
    let cx = Cx {
        path: "/admin/inquiries/inq_1".to_owned(),
        ..cx.clone()
    };
    let said = |n: u8, answered: bool| Said {
        id: InquiryId(RawId([n; 16])),
        question: format!("{name}: why is it ten percent and not twelve?"),
        at: sample::now(),
        answer: answered.then(|| ("Dana Ruiz".to_owned(), sample::now(), name.to_owned())),
    };
    let amount = Money::new(12_00, Currency::EUR);
    let view = Thread {
        partner: (PartnerId(RawId([1; 16])), name.to_owned()),
        program: "Partner program".to_owned(),
        commission: Some((CommissionId(RawId([3; 16])), "SO-101".to_owned(), amount)),
        said: vec![said(1, true), said(2, false)],
        can_answer: true,
        form,
    };
    thread(&cx, &AdminShell::sample(), &view)
}

pub(super) fn samples() -> Vec<Sample> {
    vec![
        ("admin-inquiries", |cx| {
            let rows = vec![
                entry(
                    1,
                    "Maya Okafor",
                    "Why is it ten percent and not twelve?",
                    true,
                ),
                entry(2, "Ivo Lang", "When does this clear?", false),
            ];
            listed(cx, rows, "")
        }),
        ("admin-inquiries-empty", |cx| listed(cx, Vec::new(), "")),
        ("admin-inquiries-none-found", |cx| {
            listed(cx, Vec::new(), "zzz")
        }),
        ("admin-inquiries-hostile", |cx| {
            listed(
                cx,
                vec![entry(1, HOSTILE, &HOSTILE.repeat(4), true)],
                HOSTILE,
            )
        }),
        ("admin-inquiry", |cx| {
            shown(cx, "Maya Okafor", FormState::default())
        }),
        ("admin-inquiry-hostile", |cx| {
            let form = FormState::default()
                .with("answer", HOSTILE)
                .error("answer", HOSTILE);
            shown(cx, HOSTILE, form)
        }),
    ]
}
