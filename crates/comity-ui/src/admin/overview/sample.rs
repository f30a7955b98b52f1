//! The overview with sample data.

use comity_domain::{Bps, Currency, Money};
use maud::Markup;

use super::{Cac, Falling, FeedLine, Needs, Numbers, Overview, page, without_program};
use crate::Cx;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};

fn numbers(seed: i64) -> Numbers {
    let wave = |size: i64| {
        (0..30)
            .map(|day| (day * seed % 11 + day / 3) * size)
            .collect::<Vec<i64>>()
    };
    Numbers {
        revenue: wave(12_900),
        sales_by_point: wave(1),
        clicks_by_point: wave(90),
        clicks: 48_210,
        leads: 6_020,
        sales: 1_204 + seed,
        active: 18,
        roi_bps: Some(41_230 - seed * 700),
    }
}

impl Overview {
    /// A running program.
    #[must_use]
    pub fn sample(cx: &Cx) -> Self {
        let line = |kind: &str, minor: i64, hours: i64| FeedLine {
            kind: kind.to_owned(),
            partner: "Maya Lindqvist".to_owned(),
            amount: Some(Money::new(minor, Currency::EUR)),
            at: cx.now.plus(-hours * comity_domain::time::HOUR),
        };
        Self {
            late: None,
            unrecorded: None,
            programs: vec![
                ("prg_1".to_owned(), "Acme partners".to_owned()),
                ("prg_2".to_owned(), "Refer a friend".to_owned()),
            ],
            program: "prg_1".to_owned(),
            period: "30d".to_owned(),
            currency: Currency::EUR,
            starts: (0..30).map(|day| cx.now.plus_days(day - 29)).collect(),
            now: numbers(3),
            before: numbers(7),
            customers: 1_010,
            paid: 904,
            falling: vec![Falling {
                href: "/admin/partners/prt_1".to_owned(),
                name: "Studio Kestrel".to_owned(),
                sales: true,
                fall: Bps(6_200),
                usual: 12,
                since: cx.now.plus_days(-7),
            }],
            cac: Cac {
                now: Some(Money::new(4_807, Currency::EUR)),
                forecast: Some(Money::new(4_420, Currency::EUR)),
                allowable: Some(Money::new(5_000, Currency::EUR)),
            },
            needs: Needs {
                applications: 3,
                batches: 1,
                held: 12,
                risk: 4,
                overdue: 1,
                parked: 2,
            },
            done: [true, true, true, false],
            feed: vec![
                line("commission.created", 1_580, 1),
                line("application.submitted", 0, 3),
                line("payout.paid", 84_000, 30),
                line("something.new", 0, 31),
            ],
            top: vec![
                ("Maya Lindqvist".to_owned(), 918_000),
                ("Northwind Labs".to_owned(), 505_600),
            ],
        }
    }

    /// A program of today: nothing happened yet.
    #[must_use]
    pub fn empty(cx: &Cx) -> Self {
        let sample = Self::sample(cx);
        Self {
            programs: vec![("prg_1".to_owned(), "Acme partners".to_owned())],
            now: Numbers {
                revenue: vec![0; 30],
                ..Numbers::default()
            },
            before: Numbers {
                revenue: vec![0; 30],
                ..Numbers::default()
            },
            customers: 0,
            paid: 0,
            cac: Cac::default(),
            falling: Vec::new(),
            needs: Needs::default(),
            done: [false; 4],
            feed: Vec::new(),
            top: Vec::new(),
            ..sample
        }
    }

    /// Names without end, refunds above revenue.
    #[must_use]
    pub fn hostile(cx: &Cx) -> Self {
        let mut view = Self::sample(cx);
        view.late = Some(cx.now.plus(-comity_domain::time::HOUR));
        view.unrecorded = Some((12_345, cx.now.plus(-comity_domain::time::DAY)));
        view.programs[0].1 = HOSTILE.to_owned();
        view.feed[0].partner = HOSTILE.to_owned();
        view.feed[3].kind = HOSTILE.to_owned();
        view.top[0] = (HOSTILE.to_owned(), -5);
        view.now.revenue[4] = -9_000_000_000_000;
        view.now.roi_bps = Some(i64::MIN);
        view
    }
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Overview) -> Markup {
        let cx = Cx {
            path: "/admin".to_owned(),
            ..cx.clone()
        };
        page(&cx, &AdminShell::sample(), view)
    }
    vec![
        ("admin-overview", |cx| show(cx, &Overview::sample(cx))),
        ("admin-overview-empty", |cx| show(cx, &Overview::empty(cx))),
        ("admin-overview-hostile", |cx| {
            show(cx, &Overview::hostile(cx))
        }),
        ("admin-overview-none", |cx| {
            without_program(cx, &AdminShell::sample())
        }),
    ]
}
