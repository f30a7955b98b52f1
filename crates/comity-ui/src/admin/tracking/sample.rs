//! Events, traces and customers with sample data.

use comity_domain::attribution::{Outcome, Reason, TouchKind};
use comity_domain::ledger::CommissionStatus;
use comity_domain::{Currency, Money};
use maud::Markup;

use super::{ClickRow, Clicks, clicks};
use super::{
    CustomerRow, Customers, Earned, EventRow, Events, Journey, Moment, Touched, Trace, Traced,
    customers, events, journey, trace,
};
use crate::Cx;
use crate::component::Step;
use crate::layout::admin::AdminShell;
use crate::sample::{self, HOSTILE, Sample};

fn row(cx: &Cx, id: &str, kind: &str, status: &str, reason: &str) -> EventRow {
    EventRow {
        id: format!("evt_{}", reason.len() + kind.len() * 40 + status.len()),
        kind: kind.to_owned(),
        external_id: id.to_owned(),
        amount: Money::new(11_010, Currency::EUR),
        source: "api".to_owned(),
        status: status.to_owned(),
        reason: reason.to_owned(),
        at: cx.now,
    }
}

fn all(cx: &Cx, name: &str) -> Events {
    Events {
        rows: vec![
            row(cx, name, "sale", "decided", ""),
            row(cx, "R-1", "refund", "parked", "waiting_for_sale"),
            row(cx, "R-2", "void", "ignored", "sale_already_refunded"),
        ],
        status: String::new(),
        kind: "sale".to_owned(),
        query: String::new(),
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), name.to_owned()),
        ],
        program: String::new(),
        next: Some("evt_0".to_owned()),
    }
}

fn traced(cx: &Cx, name: &str) -> Trace {
    let link = |name: &str| (name.to_owned(), "/admin/partners/prt_1".to_owned());
    let touched = |outcome| Touched {
        kind: TouchKind::Click,
        partner: link(name),
        at: cx.now,
        outcome,
    };
    Trace {
        id: name.to_owned(),
        events: vec![Traced {
            event: row(cx, name, "sale", "decided", ""),
            customer: (name.to_owned(), "/admin/customers/cus_1".to_owned()),
            rule: "Decided by: last contact, window of 30 days".to_owned(),
            policy: Some(2),
            touches: vec![
                touched(Outcome::Refused {
                    reason: Reason::NotLast,
                }),
                touched(Outcome::Credited { share_bps: 10_000 }),
            ],
            earned: vec![Earned {
                partner: link(name),
                net: Money::new(2_202, Currency::EUR),
                status: CommissionStatus::Pending,
                steps: vec![Step {
                    text: name.to_owned(),
                    detail: String::new(),
                    amount: "€22.02".to_owned(),
                    result: true,
                }],
            }],
            followed_by: vec![row(cx, "R-1", "refund", "parked", "no_rate")],
        }],
    }
}

fn one(cx: &Cx, name: &str) -> CustomerRow {
    CustomerRow {
        id: "cus_1".to_owned(),
        name: name.to_owned(),
        note: "C-42".to_owned(),
        owner: name.to_owned(),
        orders: 3,
        revenue: Money::new(45_000, Currency::EUR),
        since: cx.now.plus_days(-60),
    }
}

fn listed(cx: &Cx, name: &str) -> Customers {
    Customers {
        rows: vec![one(cx, name)],
        query: String::new(),
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), name.to_owned()),
        ],
        program: String::new(),
        next: None,
    }
}

fn way(cx: &Cx, name: &str) -> Journey {
    Journey {
        row: one(cx, name),
        owner: Some((name.to_owned(), "/admin/partners/prt_1".to_owned())),
        moments: vec![
            Moment::Touch(name.to_owned(), false, cx.now.plus_days(-3)),
            Moment::Touch("Northwind Labs".to_owned(), true, cx.now.plus_days(-2)),
            Moment::Event(row(cx, name, "sale", "decided", "")),
        ],
    }
}

fn clicked(cx: &Cx, classes: &[&str], from: &str) -> Markup {
    let row = |(n, class): (usize, &&str)| ClickRow {
        id: format!("clk_{n}"),
        partner: ("/admin/partners/prt_1".to_owned(), format!("Maya {from}")),
        link: ("/admin/links/lnk_1".to_owned(), "maya".to_owned()),
        from: from.to_owned(),
        class: (*class).to_owned(),
        at: sample::now(),
    };
    let view = Clicks {
        rows: classes.iter().enumerate().map(row).collect(),
        class: String::new(),
        query: String::new(),
        programs: Vec::new(),
        program: String::new(),
        next: None,
    };
    let cx = Cx {
        path: "/admin/clicks".to_owned(),
        ..cx.clone()
    };
    clicks(&cx, &AdminShell::sample(), &view)
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Events) -> Markup {
        events(&at(cx, "/admin/events"), &AdminShell::sample(), view)
    }
    fn show_trace(cx: &Cx, view: &Trace) -> Markup {
        trace(&at(cx, "/admin/trace"), &AdminShell::sample(), view)
    }
    let mut samples: Vec<Sample> = vec![
        ("admin-clicks", |cx| {
            clicked(cx, &["person", "crawler"], "blog.example")
        }),
        ("admin-clicks-empty", |cx| clicked(cx, &[], "")),
        ("admin-clicks-hostile", |cx| {
            clicked(cx, &["duplicate"], HOSTILE)
        }),
        ("admin-events", |cx| show(cx, &all(cx, "A-102"))),
        ("admin-events-hostile", |cx| show(cx, &all(cx, HOSTILE))),
        ("admin-events-empty", |cx| {
            show(
                cx,
                &Events {
                    rows: Vec::new(),
                    next: None,
                    ..all(cx, "A")
                },
            )
        }),
        ("admin-trace", |cx| show_trace(cx, &traced(cx, "A-102"))),
        ("admin-trace-hostile", |cx| {
            show_trace(cx, &traced(cx, HOSTILE))
        }),
        ("admin-trace-none", |cx| {
            show_trace(
                cx,
                &Trace {
                    id: "A-1".to_owned(),
                    events: Vec::new(),
                },
            )
        }),
    ];
    samples.extend(customer_samples());
    samples
}

fn at(cx: &Cx, path: &str) -> Cx {
    Cx {
        path: path.to_owned(),
        ..cx.clone()
    }
}

fn customer_samples() -> Vec<Sample> {
    fn show_all(cx: &Cx, view: &Customers) -> Markup {
        customers(&at(cx, "/admin/customers"), &AdminShell::sample(), view)
    }
    fn show_one(cx: &Cx, view: &Journey) -> Markup {
        let cx = at(cx, "/admin/customers/cus_1");
        journey(&cx, &AdminShell::sample(), view)
    }
    vec![
        ("admin-customers", |cx| {
            show_all(cx, &listed(cx, "Ada Byron"))
        }),
        ("admin-customers-hostile", |cx| {
            show_all(cx, &listed(cx, HOSTILE))
        }),
        ("admin-customers-empty", |cx| {
            show_all(
                cx,
                &Customers {
                    rows: Vec::new(),
                    ..listed(cx, "A")
                },
            )
        }),
        ("admin-customer", |cx| show_one(cx, &way(cx, "Ada Byron"))),
        ("admin-customer-hostile", |cx| {
            show_one(cx, &way(cx, HOSTILE))
        }),
    ]
}
