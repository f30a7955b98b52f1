//! Announcements with sample data.

use comity_domain::{AnnouncementId, RawId};
use maud::Markup;

use super::{Detail, Edit, Entry, List, detail, edit, list};
use crate::Cx;
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

fn entry(n: u8, subject: &str, state: &str) -> Entry {
    Entry {
        id: AnnouncementId(RawId([n; 16])),
        kind: if subject.is_empty() { "terms" } else { "news" }.to_owned(),
        subject: subject.to_owned(),
        program: "Acme partners".to_owned(),
        group: if n == 2 { "Newsletters" } else { "" }.to_owned(),
        state: state.to_owned(),
        sent: if state == "draft" { (0, 0) } else { (41, 60) },
        at: sample::now().plus_days(-i64::from(n)),
    }
}

fn show_list(cx: &Cx, rows: Vec<Entry>, query: &str) -> Markup {
    let view = List {
        rows,
        state: String::new(),
        query: query.to_owned(),
        programs: Vec::new(),
        program: String::new(),
        next: None,
        can_manage: true,
    };
    let cx = Cx {
        path: super::BASE.to_owned(),
        ..cx.clone()
    };
    list(&cx, &AdminShell::sample(), &view)
}

fn show_one(cx: &Cx, subject: &str, state: &str) -> Markup {
    let view = Detail {
        entry: entry(1, subject, state),
        author: "Dana Ruiz".to_owned(),
        text: format!("{subject}\n\nTwice the commission until Sunday.\n\n{subject}"),
        audience: 60,
        left_out: if state == "draft" { 0 } else { 4 },
        mails: state != "done",
        can_manage: true,
    };
    let cx = Cx {
        path: format!("{}/{}", super::BASE, view.entry.id),
        ..cx.clone()
    };
    detail(&cx, &AdminShell::sample(), &view)
}

fn show_edit(cx: &Cx, form: FormState) -> Markup {
    let view = Edit {
        id: None,
        programs: vec![
            ("prg_1".to_owned(), "Acme partners".to_owned()),
            ("prg_2".to_owned(), HOSTILE.to_owned()),
        ],
        groups: vec![("grp_1".to_owned(), "Newsletters".to_owned())],
        form,
    };
    edit(cx, &AdminShell::sample(), &view)
}

pub(in crate::admin) fn samples() -> Vec<Sample> {
    vec![
        ("admin-announcements", |cx| {
            let rows = vec![
                entry(1, "Autumn offers", "draft"),
                entry(2, "A week of double commissions", "sending"),
                entry(3, "", "done"),
                entry(4, "Server moves", "stopped"),
            ];
            show_list(cx, rows, "")
        }),
        ("admin-announcements-empty", |cx| {
            show_list(cx, Vec::new(), "")
        }),
        ("admin-announcements-none-found", |cx| {
            show_list(cx, Vec::new(), "zzz")
        }),
        ("admin-announcements-hostile", |cx| {
            show_list(cx, vec![entry(1, &HOSTILE.repeat(2), "done")], HOSTILE)
        }),
        ("admin-announcement-new", |cx| {
            show_edit(cx, FormState::default())
        }),
        ("admin-announcement-new-refused", |cx| {
            let form = FormState::default()
                .with("subject", HOSTILE)
                .error("subject", HOSTILE)
                .error("body", HOSTILE);
            show_edit(cx, form)
        }),
        ("admin-announcement-draft", |cx| {
            show_one(cx, "Autumn offers", "draft")
        }),
        ("admin-announcement-sending", |cx| {
            show_one(cx, "Autumn offers", "sending")
        }),
        ("admin-announcement-stopped", |cx| {
            show_one(cx, HOSTILE, "stopped")
        }),
        ("admin-announcement-done", |cx| {
            show_one(cx, HOSTILE, "done")
        }),
    ]
}
