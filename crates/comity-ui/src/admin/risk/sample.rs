//! Risk pages with sample data.

use comity_domain::fraud::{
    AppealState, CaseOrigin, CaseState, EmailMatch, Evidence, Policy, SignalAction, SignalKind,
};
use comity_domain::id::{CommissionId, FraudCaseId, PartnerId, RawId};
use comity_domain::{Currency, Money};
use maud::Markup;

use super::{
    Detail, Entry, Line, List, Outcome, PolicyPage, Report, Seen, Stopped, detail, list, policy,
};
use crate::Cx;
use crate::component::FormState;
use crate::fraud::FileRow;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn entry(cx: &Cx, n: u8, name: &str, state: CaseState) -> Entry {
    Entry {
        id: FraudCaseId(RawId([n; 16])),
        name: name.to_owned(),
        order: format!("A-10{n}"),
        signals: vec![SignalKind::SelfReferralEmail, SignalKind::TooFast],
        amount: eur(2_202),
        state,
        appeal: if n == 2 {
            AppealState::Open
        } else {
            AppealState::None
        },
        due_at: cx.now.plus_days(i64::from(n) - 2),
        opened_at: cx.now.plus_days(-i64::from(n)),
        assignee: if n == 3 {
            name.to_owned()
        } else {
            String::new()
        },
    }
}

fn queue(cx: &Cx, name: &str) -> List {
    List {
        rows: vec![
            entry(cx, 1, name, CaseState::Open),
            entry(cx, 2, "Coupon Hawk", CaseState::Open),
            entry(cx, 3, name, CaseState::Waiting),
            entry(cx, 4, "ClickRush", CaseState::Rejected),
        ],
        counts: [2, 1, 1, 1],
        state: "all".to_owned(),
        signal: String::new(),
        mine: String::new(),
        partner: String::new(),
        query: String::new(),
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), name.to_owned()),
        ],
        program: String::new(),
        next: Some("frd_0".to_owned()),
        can_manage: true,
    }
}

fn seen(name: &str) -> Vec<Seen> {
    let one = |evidence, weight, action| Seen {
        evidence,
        weight,
        action,
        would: SignalAction::Hold,
    };
    vec![
        one(
            Evidence::SelfReferralEmail {
                how: EmailMatch::Normalised,
            },
            100,
            SignalAction::Hold,
        ),
        one(
            Evidence::TooFast {
                millis: 1_400,
                at_least_millis: 5_000,
            },
            0,
            SignalAction::Observe,
        ),
        one(
            Evidence::PaidClick {
                parameter: "gclid".to_owned(),
                campaign: Some(name.to_owned()),
            },
            60,
            SignalAction::Hold,
        ),
    ]
}

fn case(cx: &Cx, name: &str) -> Detail {
    let line = |kind: &str, author: &str, body: &str, days: i64| Line {
        kind: kind.to_owned(),
        author: author.to_owned(),
        by_partner: kind == "appealed",
        shared: kind != "note",
        reason: String::new(),
        body: body.to_owned(),
        at: cx.now.plus_days(-days),
    };
    Detail {
        id: FraudCaseId(RawId([1; 16])),
        state: CaseState::Open,
        appeal: AppealState::Open,
        origin: CaseOrigin::Signals,
        partner: (PartnerId(RawId([2; 16])), name.to_owned()),
        commission: (CommissionId(RawId([3; 16])), eur(2_202)),
        basis: eur(11_010),
        order: "A-101".to_owned(),
        program: ("prg_1".to_owned(), "Acme partners".to_owned()),
        customer: ("cus_42".to_owned(), "/admin/customers/cus_42".to_owned()),
        seen: seen(name),
        score: (160, 60),
        by_score: false,
        lines: vec![
            line("opened", "", "", 4),
            line("note", "Dana Ruiz", name, 3),
            line("asked", "Dana Ruiz", "Who placed this order?", 3),
            line("appealed", name, "It was a client of mine.", 1),
        ],
        files: vec![FileRow {
            href: "/admin/risk/x/files/x".to_owned(),
            name: format!("{name}.pdf"),
            size: 1_284_000,
            at: cx.now.plus_days(-1),
        }],
        record: (3, 1),
        assignee: "Dana Ruiz".to_owned(),
        mine: true,
        due_at: cx.now.plus_days(1),
        opened_at: cx.now.plus_days(-4),
        can_manage: true,
        form: FormState::default(),
    }
}

fn settings(name: &str) -> PolicyPage {
    let mut form = FormState::default()
        .with("service_hours", "72")
        .with("hold_score", "60");
    for kind in SignalKind::ALL {
        let code = kind.code();
        form = form
            .with(&format!("action_{code}"), "hold")
            .with(&format!("weight_{code}"), "60");
    }
    let stopped = |commissions, minor| Stopped {
        commissions,
        amount: eur(minor),
        partners: 2,
    };
    let outcome = Outcome {
        now: stopped(12, 30_411),
        then: stopped(19, 51_210),
    };
    PolicyPage {
        program: ("prg_1".to_owned(), name.to_owned()),
        policy: Policy::default(),
        version: 2,
        form,
        report: Some(Report {
            days: 30,
            conversions: 412,
            cut_off: true,
            held: outcome,
            rejected: outcome,
            kinds: vec![
                (SignalKind::TooFast, 7, stopped(7, 20_799)),
                (SignalKind::CountryMismatch, 31, stopped(0, 0)),
            ],
        }),
        can_manage: true,
    }
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    fn at(cx: &Cx, path: &str) -> Cx {
        Cx {
            path: path.to_owned(),
            ..cx.clone()
        }
    }
    fn show_list(cx: &Cx, view: &List) -> Markup {
        list(&at(cx, "/admin/risk"), &AdminShell::sample(), view)
    }
    fn show(cx: &Cx, view: &Detail) -> Markup {
        let path = format!("/admin/risk/{}", view.id);
        detail(&at(cx, &path), &AdminShell::sample(), view)
    }
    fn show_policy(cx: &Cx, view: &PolicyPage) -> Markup {
        let cx = at(cx, "/admin/risk/policy/prg_1");
        policy(&cx, &AdminShell::sample(), view)
    }
    vec![
        ("admin-risk", |cx| {
            show_list(cx, &queue(cx, "Maya Lindqvist"))
        }),
        ("admin-risk-hostile", |cx| {
            show_list(cx, &queue(cx, HOSTILE))
        }),
        ("admin-risk-empty", |cx| {
            let view = List {
                rows: Vec::new(),
                counts: [0; 4],
                next: None,
                ..queue(cx, "Acme")
            };
            show_list(cx, &view)
        }),
        ("admin-risk-case", |cx| {
            show(cx, &case(cx, "Maya Lindqvist"))
        }),
        ("admin-risk-case-hostile", |cx| {
            let mut view = case(cx, HOSTILE);
            view.form = FormState::default().error("ask_text", HOSTILE);
            show(cx, &view)
        }),
        ("admin-risk-case-decided", |cx| {
            let mut view = case(cx, "Maya Lindqvist");
            (view.state, view.appeal) = (CaseState::Rejected, AppealState::Declined);
            view.seen.clear();
            show(cx, &view)
        }),
        ("admin-risk-policy", |cx| {
            show_policy(cx, &settings("Acme partners"))
        }),
        ("admin-risk-policy-hostile", |cx| {
            show_policy(cx, &settings(HOSTILE))
        }),
    ]
}
