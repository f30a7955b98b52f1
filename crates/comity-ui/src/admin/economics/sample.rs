//! Sample data of the economics pages.

use comity_domain::kpi::{CostKind, Costs};
use comity_domain::{Bps, CostId, Currency, Money, ProgramId, RawId};
use maud::Markup;

use super::{Alert, CostPage, Economics, Entry, HistoryLine, Ledger, Line, cost_page, page};
use crate::Cx;
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample, now};

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn line(n: u8, name: &str, customers: i64) -> Line {
    Line {
        id: n.to_string(),
        href: format!("/admin/partners/{n}"),
        name: name.to_owned(),
        commissions: eur(98_000 / i64::from(n)),
        own: eur(if n == 1 { 20_000 } else { 0 }),
        customers,
        cac: (customers > 0).then(|| eur(4_810)),
    }
}

fn entry(n: u8, kind: CostKind, note: &str, minor: i64) -> Entry {
    Entry {
        id: CostId(RawId([n; 16])),
        kind,
        amount: eur(minor),
        days: ("2026-11-01".to_owned(), "2026-11-30".to_owned()),
        note: note.to_owned(),
        partner: String::new(),
    }
}

impl Economics {
    /// A month near its limit.
    #[must_use]
    pub fn sample() -> Self {
        let costs = Costs {
            commissions: eur(184_250),
            perks: eur(14_000),
            platform: eur(29_000),
            management: eur(90_000),
        };
        let rows = vec![
            entry(1, CostKind::Management, "Agency retainer", 90_000),
            Entry {
                partner: "Maya Okafor".to_owned(),
                ..entry(2, CostKind::Perk, "Travel to the summit", 14_000)
            },
        ];
        Self {
            program: ProgramId(RawId([1; 16])),
            name: "Acme partners".to_owned(),
            period: "month".to_owned(),
            costs,
            customers: 66,
            revenue: eur(1_284_000),
            roi_bps: Some(30_480),
            cac: Some(eur(4_807)),
            forecast: Some(eur(4_420)),
            allowable: Some(eur(5_000)),
            warn_at: Bps(8_000),
            alerts: vec![Alert {
                above: false,
                cac: eur(4_100),
                allowable: eur(5_000),
                at: now(),
            }],
            partners: vec![line(1, "Maya Okafor", 22), line(2, "DevWeekly", 0)],
            groups: vec![line(3, "Newsletters", 31)],
            ledger: Ledger {
                rows,
                kind: String::new(),
                query: String::new(),
                next: None,
                partners: vec![("enr_1".to_owned(), "Maya Okafor".to_owned())],
                can_manage: true,
                form: FormState::default(),
            },
            can_guard: true,
            guard: FormState::default()
                .with("above", "approve")
                .with("ltv", "250.00")
                .with("margin", "80")
                .with("share", "25")
                .with("warn_at", "80")
                .with("min_customers", "10"),
        }
    }

    /// A program of today.
    #[must_use]
    pub fn empty() -> Self {
        let mut view = Self::sample();
        view.costs = Costs::none(Currency::EUR);
        view.customers = 0;
        view.revenue = eur(0);
        view.roi_bps = None;
        view.cac = None;
        view.forecast = None;
        view.allowable = None;
        view.alerts = Vec::new();
        view.partners = Vec::new();
        view.groups = Vec::new();
        view.ledger.rows = Vec::new();
        view.guard = FormState::default().with("above", "off");
        view
    }

    /// Markup, endless words, amounts out of proportion.
    #[must_use]
    pub fn hostile() -> Self {
        let mut view = Self::sample();
        view.name = HOSTILE.to_owned();
        view.partners[0].name = HOSTILE.to_owned();
        view.ledger.rows[0].note = HOSTILE.repeat(3);
        view.ledger.rows[1].partner = HOSTILE.to_owned();
        view.ledger.query = HOSTILE.to_owned();
        view.cac = Some(eur(i64::MAX));
        view.roi_bps = Some(i64::MIN);
        view.alerts[0].above = true;
        view.ledger.form = FormState::default().error("note", HOSTILE);
        view.guard = FormState::default().error("ltv", HOSTILE);
        view
    }
}

impl CostPage {
    /// A cost that was changed once.
    #[must_use]
    pub fn sample() -> Self {
        let state = |version, minor| HistoryLine {
            version,
            amount: Some(eur(minor)),
            days: "2026-11-01 – 2026-11-30".to_owned(),
            note: "Agency retainer".to_owned(),
            removed: false,
            at: now(),
        };
        Self {
            entry: entry(1, CostKind::Management, "Agency retainer", 90_000),
            removed: false,
            program: ProgramId(RawId([1; 16])),
            program_name: "Acme partners".to_owned(),
            partners: vec![("enr_1".to_owned(), "Maya Okafor".to_owned())],
            history: vec![state(2, 90_000), state(1, 80_000)],
            can_manage: true,
            form: FormState::default().with("note", "Agency retainer"),
        }
    }

    /// A cost that was taken back.
    #[must_use]
    pub fn removed() -> Self {
        let mut view = Self::sample();
        view.removed = true;
        view.history[0].removed = true;
        view.entry.note = HOSTILE.to_owned();
        view.history[1].note = HOSTILE.to_owned();
        view
    }
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, view: &Economics) -> Markup {
        page(cx, &AdminShell::sample(), view)
    }
    vec![
        ("admin-economics", |cx| show(cx, &Economics::sample())),
        ("admin-economics-empty", |cx| show(cx, &Economics::empty())),
        ("admin-economics-hostile", |cx| {
            show(cx, &Economics::hostile())
        }),
        ("admin-cost", |cx| {
            cost_page(cx, &AdminShell::sample(), &CostPage::sample())
        }),
        ("admin-cost-removed", |cx| {
            cost_page(cx, &AdminShell::sample(), &CostPage::removed())
        }),
    ]
}
