//! Mails that were sent, wait, or are kept because no server is set.

use comity_domain::time::Timestamp;
use comity_domain::{MailId, RawId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Listing, Row, Tab, Table, Tone, badge, banner, chips, code_block,
    copy_box, empty, export, key_values,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// A mail in the list.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Its id.
    pub id: MailId,
    /// Address.
    pub recipient: String,
    /// Subject.
    pub subject: String,
    /// `queued`, `sent`, `kept` or `failed`.
    pub status: String,
    /// When it was written.
    pub at: Timestamp,
}

/// The list.
#[derive(Debug, Clone)]
pub struct Outbox {
    /// Whether a mail server is set.
    pub configured: bool,
    /// Newest first.
    pub mails: Vec<MailRow>,
    /// What was searched.
    pub query: String,
    /// The chosen status by code, or empty.
    pub status: String,
    /// The next page.
    pub next: Option<String>,
}

/// One mail.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its row.
    pub row: MailRow,
    /// The plain text part.
    pub text: String,
    /// Addresses in it, to be passed on by other means.
    pub links: Vec<String>,
}

fn state(cx: &Cx, status: &str) -> Markup {
    match status {
        "sent" => badge(Tone::Ok, &t!(cx, "settings-mail-sent")),
        "kept" => badge(Tone::Warn, &t!(cx, "settings-mail-kept")),
        "failed" => badge(Tone::Bad, &t!(cx, "settings-mail-failed")),
        _ => badge(Tone::Info, &t!(cx, "settings-mail-queued")),
    }
}

/// The list of mails.
#[must_use]
pub fn list(cx: &Cx, shell: &AdminShell, view: &Outbox) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "settings-mail-to")),
        Column::text(t!(cx, "settings-mail-subject")),
        Column::tight(t!(cx, "settings-mail-status")),
        Column::tight(t!(cx, "settings-mail-at")),
    ];
    let rows = view.mails.iter().map(|mail| {
        let subject = html! {
            a.rowlink href={ "/admin/settings/outbox/" (mail.id) } { (mail.subject) }
        };
        let cells = vec![
            html! { (mail.recipient) },
            subject,
            state(cx, &mail.status),
            html! { (fmt::ago(cx, mail.at)) },
        ];
        Row::new(mail.id.to_string(), &mail.subject, cells)
    });
    let title = t!(cx, "settings-mail-title");
    let table = html! { (Table::new(cx, &title, columns).rows(rows)) };
    let (none, text) = (
        t!(cx, "settings-mail-empty"),
        t!(cx, "settings-mail-empty-text"),
    );
    let listing = Listing {
        id: "mails",
        query: &view.query,
        shown: view.mails.len(),
        next: view.next.as_deref(),
    };
    let table = listing.around(cx, &table, &empty(Icon::Mail, &none, &text, &html! {}));
    let body = html! {
        @if !view.configured {
            (banner(Tone::Warn, &html! { (t!(cx, "settings-mail-unset")) }, &html! {}))
        }
        (states(cx, view))
        (Card::new(&title).id("mails").flush(table))
    };
    admin::settings(cx, shell, &export(cx, "/admin/settings/outbox.csv"), &body)
}

fn states(cx: &Cx, view: &Outbox) -> Markup {
    let tab = |text, code: &str| Tab::query(cx, text, "status", code, view.status == code);
    let all = [
        tab(t!(cx, "settings-mail-all"), ""),
        tab(t!(cx, "settings-mail-queued"), "queued"),
        tab(t!(cx, "settings-mail-sent"), "sent"),
        tab(t!(cx, "settings-mail-kept"), "kept"),
        tab(t!(cx, "settings-mail-failed"), "failed"),
    ];
    chips(cx, &t!(cx, "settings-mail-status"), &all)
}

/// One mail, with its addresses to copy.
#[must_use]
pub fn show(cx: &Cx, shell: &AdminShell, view: &Shown) -> Markup {
    let facts = vec![
        (t!(cx, "settings-mail-to"), html! { (view.row.recipient) }),
        (t!(cx, "settings-mail-status"), state(cx, &view.row.status)),
        (
            t!(cx, "settings-mail-at"),
            html! { (fmt::datetime(cx, view.row.at)) },
        ),
    ];
    let body = html! {
        (Card::new(&view.row.subject).body(html! {
            (key_values(&facts))
            @for link in &view.links { (copy_box(cx, &t!(cx, "settings-mail-link"), link)) }
        }))
        (Card::new(t!(cx, "settings-mail-text")).body(code_block(cx, &t!(cx, "settings-mail-text"), &view.text)))
        div.row { (Button::link(t!(cx, "settings-mail-back"), "/admin/settings/outbox").icon(Icon::ArrowLeft)) }
    };
    admin::settings(cx, shell, &html! {}, &body)
}

fn row(n: u8, subject: &str, status: &str) -> MailRow {
    MailRow {
        id: MailId(RawId([n; 16])),
        recipient: "maya@example.org".to_owned(),
        subject: subject.to_owned(),
        status: status.to_owned(),
        at: sample::now(),
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn at(cx: &Cx) -> Cx {
        Cx {
            path: "/admin/settings/outbox".to_owned(),
            ..cx.clone()
        }
    }
    vec![
        ("settings-outbox", |cx| {
            let mails = vec![
                row(1, "Your sign-in link", "kept"),
                row(2, "You are in", "sent"),
                row(3, HOSTILE, "failed"),
                row(4, "First sale", "queued"),
            ];
            let view = Outbox {
                configured: false,
                mails,
                query: String::new(),
                status: String::new(),
                next: None,
            };
            list(&at(cx), &AdminShell::sample(), &view)
        }),
        ("settings-outbox-empty", |cx| {
            let view = Outbox {
                configured: true,
                mails: Vec::new(),
                query: String::new(),
                status: String::new(),
                next: None,
            };
            list(&at(cx), &AdminShell::sample(), &view)
        }),
        ("settings-outbox-mail", |cx| {
            let view = Shown {
                row: row(1, "Your sign-in link", "kept"),
                text: "Sign in:\nhttps://partners.acme.test/sign-in/link/tok\n".to_owned(),
                links: vec!["https://partners.acme.test/sign-in/link/tok".to_owned()],
            };
            show(&at(cx), &AdminShell::sample(), &view)
        }),
    ]
}
