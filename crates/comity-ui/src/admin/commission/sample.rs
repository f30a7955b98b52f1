//! Commissions with sample data.

use comity_domain::id::{CommissionId, PartnerId, RawId};
use comity_domain::ledger::{CommissionStatus, HoldReason, JournalKind};
use comity_domain::{Currency, Money};
use maud::Markup;

use super::{Detail, Entry, JournalLine, List, detail, list};
use crate::Cx;
use crate::component::{FormState, Step};
use crate::layout::admin::AdminShell;
use crate::sample::{HOSTILE, Sample};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn entry(cx: &Cx, n: u8, name: &str, status: CommissionStatus, holds: &[HoldReason]) -> Entry {
    Entry {
        id: CommissionId(RawId([n; 16])),
        partner: PartnerId(RawId([n; 16])),
        name: name.to_owned(),
        order: format!("A-10{n}"),
        basis: eur(11_010),
        net: eur(2_202),
        status,
        holds: holds.to_vec(),
        at: cx.now.plus_days(-i64::from(n)),
    }
}

fn listed(cx: &Cx, name: &str) -> List {
    List {
        rows: vec![
            entry(
                cx,
                1,
                name,
                CommissionStatus::Pending,
                &[HoldReason::RefundWindow],
            ),
            entry(
                cx,
                2,
                "Northwind Labs",
                CommissionStatus::Pending,
                &[HoldReason::FraudReview],
            ),
            entry(cx, 3, "Лена Соколова", CommissionStatus::Paid, &[]),
            entry(cx, 4, name, CommissionStatus::Rejected, &[]),
        ],
        counts: vec![
            (CommissionStatus::Pending, 2),
            (CommissionStatus::Paid, 1_204),
        ],
        held: 1,
        state: String::new(),
        query: String::new(),
        programs: vec![
            ("prg_1".to_owned(), "Acme".to_owned()),
            ("prg_2".to_owned(), name.to_owned()),
        ],
        program: String::new(),
        next: Some("cmm_0".to_owned()),
        can_manage: true,
    }
}

fn one(cx: &Cx, name: &str) -> Detail {
    let step = |text: &str, detail: &str, amount: &str, result| Step {
        text: text.to_owned(),
        detail: detail.to_owned(),
        amount: amount.to_owned(),
        result,
    };
    Detail {
        entry: entry(
            cx,
            2,
            name,
            CommissionStatus::Pending,
            &[HoldReason::RefundWindow, HoldReason::FraudReview],
        ),
        program: "Acme partners".to_owned(),
        customer: ("cus_42".to_owned(), "/admin/customers/cus_42".to_owned()),
        accrued: eur(2_502),
        reversed: eur(300),
        clears_at: Some(cx.now.plus_days(20)),
        reason: ("Fraud review".to_owned(), name.to_owned()),
        batch: None,
        case: Some("/admin/risk/frd_0".to_owned()),
        rules_version: Some(3),
        steps: vec![
            step(
                "Computed on €110.10",
                "net order €110.10 × credit 100%",
                "",
                false,
            ),
            step(name, "", "€22.02", true),
        ],
        passed: vec![(name.to_owned(), "is for other partners".to_owned())],
        credit: vec![step("Last click within 60 days", name, "", true)],
        journal: vec![JournalLine {
            at: cx.now,
            kind: JournalKind::Accrual,
            account: "pending:enr_0".to_owned(),
            amount: eur(-2_502),
        }],
        can_manage: true,
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
    fn show_list(cx: &Cx, view: &List) -> Markup {
        list(&at(cx, "/admin/commissions"), &AdminShell::sample(), view)
    }
    fn show(cx: &Cx, view: &Detail) -> Markup {
        let path = format!("/admin/commissions/{}", view.entry.id);
        detail(&at(cx, &path), &AdminShell::sample(), view)
    }
    vec![
        ("admin-commissions", |cx| {
            show_list(cx, &listed(cx, "Maya Lindqvist"))
        }),
        ("admin-commissions-hostile", |cx| {
            show_list(cx, &listed(cx, HOSTILE))
        }),
        ("admin-commissions-empty", |cx| {
            let view = List {
                rows: Vec::new(),
                next: None,
                ..listed(cx, "Acme")
            };
            show_list(cx, &view)
        }),
        ("admin-commission", |cx| {
            show(cx, &one(cx, "Maya Lindqvist"))
        }),
        ("admin-commission-hostile", |cx| {
            let mut view = one(cx, HOSTILE);
            view.form = FormState::default().error("hold_text", HOSTILE);
            show(cx, &view)
        }),
        ("admin-commission-rejected", |cx| {
            let mut view = one(cx, "Maya Lindqvist");
            view.entry = entry(cx, 4, "Maya Lindqvist", CommissionStatus::Rejected, &[]);
            show(cx, &view)
        }),
    ]
}
