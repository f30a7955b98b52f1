//! Payouts with sample data.

use comity_domain::id::{PartnerId, PayoutBatchId, PayoutId, RawId};
use comity_domain::payout::{PayoutState, Rail, SkipReason};
use comity_domain::{Currency, Money};
use maud::Markup;

use super::{BatchView, Due, DueRow, Payment, RunRow, SkippedRow, batch, due, payer};
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
