//! Stored things as portal pages show them.

use comity_app::portal::{Balance as Books, Commission, Here};
use comity_domain::Money;
use comity_domain::ledger::{CommissionStatus, HoldReason};
use comity_ui::commission::{hold_reason, reason_of};
use comity_ui::portal::earning::Earning;
use comity_ui::portal::home::NextPayout;
use comity_ui::portal::{Balance, State};
use comity_ui::{Cx, explain, t};

/// Where a commission stands, in the partner's words.
pub(super) fn state(commission: &Commission) -> State {
    match commission.book.status() {
        CommissionStatus::Paid => State::Paid,
        CommissionStatus::Rejected => State::Declined,
        CommissionStatus::Reversed => State::Reversed,
        CommissionStatus::Pending | CommissionStatus::Approved if held(commission) => State::Held,
        CommissionStatus::Pending => State::Pending,
        CommissionStatus::Approved => State::Approved,
    }
}

/// More than the usual waiting time holds it.
fn held(commission: &Commission) -> bool {
    let usual = |hold: &HoldReason| *hold == HoldReason::RefundWindow;
    !commission.book.holds.iter().all(usual)
}

/// The code of the store's filter for a state.
pub(super) const fn filter(state: State) -> &'static str {
    match state {
        State::Declined => "rejected",
        State::Pending | State::Held | State::Approved | State::Paid | State::Reversed => {
            state.code()
        }
    }
}

/// What a commission is for: the kind of event and the order's own id.
pub(super) fn what(cx: &Cx, commission: &Commission, external_id: &str) -> String {
    let code = match commission.kind.as_str() {
        "commission" => commission.event_kind.as_str(),
        kind => kind,
    };
    let kind = explain::word(cx, explain::matter(code), code);
    if external_id.is_empty() {
        kind
    } else {
        format!("{kind} · {external_id}")
    }
}

/// Why it is held, declined or taken back, in words; or nothing.
pub(super) fn reason(cx: &Cx, commission: &Commission) -> String {
    match state(commission) {
        State::Held => {
            let holds = commission.book.holds.iter();
            let words: Vec<String> = holds.map(|hold| hold_reason(cx, *hold)).collect();
            t!(cx, "portal-clears-after", reason = words.join("; "))
        }
        State::Declined | State::Reversed => {
            if !commission.reason_text.is_empty() {
                return commission.reason_text.clone();
            }
            reason_of(cx, &commission.reason_code)
        }
        State::Pending | State::Approved | State::Paid => String::new(),
    }
}

/// A line of a list of commissions.
pub(super) fn earning(cx: &Cx, commission: &Commission, external_id: &str) -> Earning {
    let state = state(commission);
    Earning {
        id: commission.id,
        what: what(cx, commission, external_id),
        at: commission.occurred_at,
        amount: if state == State::Reversed || state == State::Declined {
            commission.book.amount
        } else {
            commission.book.net()
        },
        state,
        reason: reason(cx, commission),
        clears_at: commission.hold_until.filter(|_| state == State::Pending),
    }
}

/// The balance shown.
pub(super) const fn balance(books: &Books) -> Balance {
    Balance {
        available: books.available,
        pending: books.pending,
    }
}

/// The smallest amount that is paid out.
pub(super) const fn minimum(here: &Here) -> Money {
    Money::new(
        here.program.settings.payout_minimum_minor,
        here.program.currency,
    )
}

/// What stands between the balance and the bank.
pub(super) fn next_payout(here: &Here, books: &Books, has_method: bool) -> NextPayout {
    let minimum = minimum(here);
    if here.terms_open {
        NextPayout::Terms
    } else if books.available.minor < 0 {
        NextPayout::Owed
    } else if !has_method {
        NextPayout::NoMethod
    } else if !books.available.is_positive() {
        NextPayout::Nothing
    } else if books.available.minor < minimum.minor {
        NextPayout::BelowMinimum(minimum)
    } else {
        NextPayout::Ready
    }
}

/// A count that is never below zero.
pub(super) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
