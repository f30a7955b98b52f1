//! Payouts with sample data.

use comity_domain::id::{EnrollmentId, JournalId, PartnerId, PayoutBatchId, PayoutId, RawId};
use comity_domain::payout::{PayoutState, Rail, SkipReason};
use comity_domain::{Currency, Money};
use maud::Markup;

use super::{
    Attention, AttentionRow, BatchView, DebtRow, Debts, Due, DueRow, Messages, Payment,
    ProviderRow, ProviderSet, Providers, Rules, RunRow, SkippedRow, Stopped, WriteOffRow,
    attention, batch, debts, due, give_up, payer, providers, rules,
};
use super::{DocumentRow, Documents, Tax, TaxRuleRow, documents, nacha, tax};
use crate::Cx;
use crate::component::FormState;
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn partner(n: u8) -> PartnerId {
    PartnerId(RawId([n; 16]))
}

fn filled(cx: &Cx, name: &str) -> Due {
    let run = |n: u8, status: &str| RunRow {
        id: PayoutBatchId(RawId([n; 16])),
        period: "2026-11".to_owned(),
        rail: Rail::Sepa,
        payments: 14,
        total: eur(841_240),
        status: status.to_owned(),
        at: cx.now.plus_days(-i64::from(n)),
    };
    let skip = |n: u8, reason| SkippedRow {
        partner: partner(n),
        name: "Northwind Labs".to_owned(),
        available: eur(1_200),
        reason,
    };
    Due {
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), name.to_owned()),
        ],
        program: "prg_1".to_owned(),
        payable: vec![DueRow {
            partner: partner(1),
            name: name.to_owned(),
            rail: Rail::Sepa,
            amount: eur(84_000),
        }],
        total: Some(eur(84_000)),
        skipped: vec![
            skip(2, SkipReason::BelowMinimum),
            skip(3, SkipReason::NoMethod),
            skip(4, SkipReason::MethodCoolingOff(cx.now.plus_days(2))),
        ],
        runs: vec![run(5, "planned"), run(6, "settled")],
        next: Some("pbt_0".to_owned()),
        can_prepare: true,
        stopped: Stopped::default(),
        attention: 2,
    }
}

fn one(cx: &Cx, name: &str, status: &str, state: PayoutState) -> BatchView {
    let payment = |n: u8, name: &str, failure: &str| Payment {
        id: PayoutId(RawId([n; 16])),
        partner: partner(n),
        name: name.to_owned(),
        masked: "DE89 •••• 3000".to_owned(),
        amount: eur(84_000),
        state,
        failure: failure.to_owned(),
    };
    BatchView {
        id: PayoutBatchId(RawId([5; 16])),
        period: "2026-11".to_owned(),
        program: name.to_owned(),
        rail: Rail::Sepa,
        status: status.to_owned(),
        total: eur(168_000),
        payments: vec![payment(1, name, ""), payment(2, "Лена Соколова", name)],
        planned_by_reader: false,
        four_eyes: true,
        dates: [Some(cx.now), None, None, None],
        file: "payouts.xml".to_owned(),
        can_approve: true,
        can_prepare: true,
        form: FormState::default(),
        stopped: Stopped::default(),
        driven: false,
    }
}

fn at(cx: &Cx, path: &str) -> Cx {
    Cx {
        path: path.to_owned(),
        ..cx.clone()
    }
}

/// Samples for tests and eyes.
pub(crate) fn samples() -> Vec<Sample> {
    let mut all = operations();
    all.extend(runs());
    all
}

fn owes(name: &str) -> DebtRow {
    DebtRow {
        enrollment: EnrollmentId(RawId([1; 16])),
        partner: partner(1),
        name: name.to_owned(),
        owed: eur(12_400),
    }
}

fn owing(cx: &Cx, name: &str, empty: bool) -> Markup {
    let row = |n: u8, status: &str| WriteOffRow {
        id: JournalId(RawId([n; 16])),
        name: name.to_owned(),
        amount: eur(999_900),
        reason: name.to_owned(),
        status: status.to_owned(),
        at: cx.now,
        can_decide: status == "waiting",
    };
    let view = Debts {
        rows: if empty { Vec::new() } else { vec![owes(name)] },
        write_offs: if empty {
            Vec::new()
        } else {
            vec![row(1, "waiting"), row(2, "done"), row(3, "declined")]
        },
        next: None,
        can_prepare: true,
    };
    let cx = at(cx, "/admin/payouts/debts");
    debts(&cx, &AdminShell::sample(), &view)
}

fn set(cx: &Cx, form: FormState, can_change: bool) -> Markup {
    let view = Rules {
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), "Referrals".to_owned()),
        ],
        program: "prg_1".to_owned(),
        currency: Currency::EUR,
        can_change,
        form: form.with("schedule", "monthly").with("day", "15"),
    };
    let cx = at(cx, "/admin/payouts/rules");
    rules(&cx, &AdminShell::sample(), &view)
}

fn papers(cx: &Cx, name: &str, rows: usize) -> Markup {
    let row = |n: usize| DocumentRow {
        seq: 2_026_000_000 + i64::try_from(n).unwrap_or(0),
        number: format!("2026-{n:06}"),
        name: name.to_owned(),
        net: eur(84_000),
        cancels: n == 2,
        at: cx.now,
    };
    let view = Documents {
        rows: (1..=rows).map(row).collect(),
        query: String::new(),
        next: None,
    };
    let cx = at(cx, "/admin/payouts/documents");
    documents(&cx, &AdminShell::sample(), &view)
}

fn taxes(cx: &Cx, countries: &[&str], form: FormState) -> Markup {
    let rule = |country: &&str| TaxRuleRow {
        country: (*country).to_owned(),
        from: "2026-01-01".to_owned(),
        rate: "13 %".to_owned(),
        above: "600.00".to_owned(),
    };
    let view = Tax {
        rules: countries.iter().map(rule).collect(),
        form,
        can_change: true,
    };
    let cx = at(cx, "/admin/payouts/tax");
    tax(&cx, &AdminShell::sample(), &view)
}

fn connected(cx: &Cx, problem: &str) -> Markup {
    let row = |rail: Rail, set, form| ProviderRow {
        rail,
        address: format!(
            "https://partners.acme.test/hooks/payouts/{}/org_01",
            rail.code()
        ),
        set,
        form,
    };
    let set = |sandbox: bool, problem: &str| {
        Some(ProviderSet {
            sandbox,
            hint: "9x2f".to_owned(),
            tested_at: problem.is_empty().then_some(cx.now),
            problem: problem.to_owned(),
            heard: sandbox.then_some(Messages {
                noted: 12,
                unknown: 1,
                refused: 0,
                at: Some(cx.now),
            }),
        })
    };
    let view = Providers {
        rows: vec![
            row(Rail::PayPal, set(true, ""), FormState::default()),
            row(Rail::Stripe, set(false, problem), FormState::default()),
            row(
                Rail::Wise,
                None,
                FormState::default().error("wise_account", "…"),
            ),
        ],
        can_change: true,
    };
    let cx = at(cx, "/admin/settings/payouts/providers");
    providers(&cx, &AdminShell::sample(), &view)
}

fn calling(cx: &Cx, name: &str, reasons: &[&str]) -> Markup {
    let row = |(n, reason): (u8, &&str)| AttentionRow {
        id: PayoutId(RawId([n; 16])),
        batch: PayoutBatchId(RawId([5; 16])),
        partner: partner(n),
        name: name.to_owned(),
        amount: eur(12_000),
        reason: (*reason).to_owned(),
        reference: "tr_1".to_owned(),
        since: Some(cx.now),
        failed: n == 2,
    };
    let view = Attention {
        rows: (1..).zip(reasons).map(row).collect(),
        next: None,
        can_prepare: true,
    };
    let cx = at(cx, "/admin/payouts/attention");
    attention(&cx, &AdminShell::sample(), &view)
}

/// Rules, debts, providers and the switch.
fn operations() -> Vec<Sample> {
    vec![
        ("admin-documents", |cx| papers(cx, "Maya Lindqvist", 3)),
        ("admin-documents-empty", |cx| papers(cx, "", 0)),
        ("admin-documents-hostile", |cx| papers(cx, HOSTILE, 2)),
        ("admin-tax", |cx| {
            taxes(cx, &["RU", ""], FormState::default())
        }),
        ("admin-tax-empty", |cx| taxes(cx, &[], FormState::default())),
        ("admin-tax-hostile", |cx| {
            taxes(cx, &[HOSTILE], FormState::default().error("rate", HOSTILE))
        }),
        ("admin-nacha", |cx| {
            let cx = at(cx, "/admin/settings/payouts/nacha");
            let form = FormState::default().error("bank", HOSTILE);
            nacha(&cx, &AdminShell::sample(), &form, true)
        }),
        ("admin-providers", |cx| connected(cx, "")),
        ("admin-providers-hostile", |cx| connected(cx, HOSTILE)),
        ("admin-attention", |cx| {
            calling(cx, "Maya Lindqvist", &["no_answer", "contradiction"])
        }),
        ("admin-attention-empty", |cx| calling(cx, "", &[])),
        ("admin-attention-hostile", |cx| {
            calling(cx, HOSTILE, &[HOSTILE])
        }),
        ("admin-payout-rules", |cx| {
            set(cx, FormState::default().with("run_cap", "5000.00"), true)
        }),
        ("admin-payout-rules-hostile", |cx| {
            set(cx, FormState::default().error("day", HOSTILE), false)
        }),
        ("admin-debts", |cx| owing(cx, "Maya Lindqvist", false)),
        ("admin-debts-empty", |cx| owing(cx, "", true)),
        ("admin-debts-hostile", |cx| owing(cx, HOSTILE, false)),
        ("admin-debt", |cx| {
            let cx = at(cx, "/admin/payouts/debts/enr_1");
            let form = FormState::default().error("reason", "…");
            give_up(&cx, &AdminShell::sample(), &owes("Maya Lindqvist"), &form)
        }),
        ("admin-payouts-stopped", |cx| {
            let stopped = Stopped {
                since: Some((cx.now, HOSTILE.to_owned())),
                can_stop: true,
                can_resume: true,
            };
            let cx = at(cx, "/admin/settings/payouts");
            let form = FormState::default();
            let stop = (&stopped, &FormState::default());
            payer(&cx, &AdminShell::sample(), &form, true, stop)
        }),
    ]
}

fn runs() -> Vec<Sample> {
    fn show_due(cx: &Cx, view: &Due) -> Markup {
        due(&at(cx, "/admin/payouts"), &AdminShell::sample(), view)
    }
    fn show(cx: &Cx, view: &BatchView) -> Markup {
        batch(
            &at(cx, &format!("/admin/payouts/{}", view.id)),
            &AdminShell::sample(),
            view,
        )
    }
    fn show_payer(cx: &Cx, form: &FormState, can_change: bool) -> Markup {
        payer(
            &at(cx, "/admin/settings/payouts"),
            &AdminShell::sample(),
            form,
            can_change,
            (&Stopped::default(), &FormState::default()),
        )
    }
    vec![
        ("admin-payouts", |cx| {
            show_due(cx, &filled(cx, "Maya Lindqvist"))
        }),
        ("admin-payouts-hostile", |cx| {
            show_due(cx, &filled(cx, HOSTILE))
        }),
        ("admin-payouts-empty", |cx| {
            let empty = Due {
                payable: Vec::new(),
                skipped: Vec::new(),
                runs: Vec::new(),
                next: None,
                ..filled(cx, "Acme")
            };
            show_due(cx, &empty)
        }),
        ("admin-payout-planned", |cx| {
            show(
                cx,
                &one(cx, "Maya Lindqvist", "planned", PayoutState::Planned),
            )
        }),
        ("admin-payout-approved", |cx| {
            show(
                cx,
                &one(cx, "Maya Lindqvist", "approved", PayoutState::Intent),
            )
        }),
        ("admin-payout-hostile", |cx| {
            let form = FormState::default().error("", HOSTILE);
            show(
                cx,
                &BatchView {
                    form,
                    ..one(cx, HOSTILE, "sent", PayoutState::Sent)
                },
            )
        }),
        ("admin-payer", |cx| {
            show_payer(cx, &FormState::default().error("iban", HOSTILE), true)
        }),
        ("admin-payer-reader", |cx| {
            show_payer(cx, &FormState::default(), false)
        }),
    ]
}
