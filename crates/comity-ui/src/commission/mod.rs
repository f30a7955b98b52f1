//! Words about commissions: states, reasons, and how an amount came about.

mod credit;
mod explain;
mod reason;

pub use credit::{credit, model, rule, touch, touch_word};
pub use explain::{passed, passed_over, step, steps};
pub use reason::{attribution_reason, hold_reason, reason_of, reversal_reason};

use comity_domain::ledger::{Account, CommissionStatus, JournalKind};
use maud::Markup;

use crate::component::{Tone, badge};
use crate::{Cx, t};

/// The state as a badge; a hold is seen before the state it delays.
#[must_use]
pub fn status(cx: &Cx, status: CommissionStatus, held: bool) -> Markup {
    if held
        && matches!(
            status,
            CommissionStatus::Pending | CommissionStatus::Approved
        )
    {
        return badge(Tone::Warn, &t!(cx, "commission-held"));
    }
    let tone = match status {
        CommissionStatus::Pending => Tone::Info,
        CommissionStatus::Approved | CommissionStatus::Paid => Tone::Ok,
        CommissionStatus::Rejected | CommissionStatus::Reversed => Tone::Bad,
    };
    badge(tone, &status_word(cx, status))
}

/// The state in a word.
#[must_use]
pub fn status_word(cx: &Cx, status: CommissionStatus) -> String {
    match status {
        CommissionStatus::Pending => t!(cx, "commission-pending"),
        CommissionStatus::Approved => t!(cx, "commission-approved"),
        CommissionStatus::Paid => t!(cx, "commission-paid"),
        CommissionStatus::Rejected => t!(cx, "commission-rejected"),
        CommissionStatus::Reversed => t!(cx, "commission-reversed"),
    }
}

/// Where a journal's line stands, in words.
#[must_use]
pub fn account(cx: &Cx, account: &Account) -> String {
    match account {
        Account::Pending(_) => t!(cx, "commission-account-pending"),
        Account::Available(_) => t!(cx, "commission-account-available"),
        Account::InFlight(_) => t!(cx, "commission-account-in-flight"),
        Account::Reserve(_) => t!(cx, "commission-account-reserve"),
        Account::Paid(_) => t!(cx, "commission-account-paid"),
        Account::Expense(..) => t!(cx, "commission-account-expense"),
        Account::WriteOff(_) => t!(cx, "commission-account-write-off"),
        Account::Fees(_) => t!(cx, "commission-account-fees"),
        Account::TaxWithheld => t!(cx, "commission-account-tax"),
        Account::FxDifference => t!(cx, "commission-account-fx"),
        Account::Bank => t!(cx, "commission-account-bank"),
    }
}

/// What a journal records.
#[must_use]
pub fn journal(cx: &Cx, kind: JournalKind) -> String {
    match kind {
        JournalKind::Accrual | JournalKind::Bonus | JournalKind::Instalment => {
            t!(cx, "commission-journal-earned")
        }
        JournalKind::Release => t!(cx, "commission-journal-released"),
        JournalKind::Hold => t!(cx, "commission-journal-held"),
        JournalKind::Rejection => t!(cx, "commission-journal-rejected"),
        JournalKind::Reinstatement => t!(cx, "commission-journal-reinstated"),
        JournalKind::Reversal => t!(cx, "commission-journal-reversed"),
        JournalKind::Restoration => t!(cx, "commission-journal-restored"),
        JournalKind::Adjustment => t!(cx, "commission-journal-adjusted"),
        other => other.code().to_owned(),
    }
}
