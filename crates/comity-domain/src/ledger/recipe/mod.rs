//! One function per thing that moves money; each returns a balanced journal.
//!
//! Keys name the step, not the attempt: posting the same step twice yields the
//! same key, which storage keeps unique, so a replay changes nothing (I8).
//! A step that can happen again (hold, release) carries a `step` number, which
//! is the commission's own count of changes.

mod accrue;
mod adjust;
mod fee;
mod fx_difference;
mod hold;
mod payout_failed;
mod payout_intent;
mod payout_paid;
mod payout_recovered;
mod payout_returned;
mod reinstate;
mod reject;
mod release;
mod reserve;
mod restore;
mod reverse;
mod transfer;
mod write_off;

pub use accrue::accrue;
pub use adjust::adjust;
pub use fee::fee;
pub use fx_difference::fx_difference;
pub use hold::hold;
pub use payout_failed::payout_failed;
pub use payout_intent::payout_intent;
pub use payout_paid::{payout_paid, payout_paid_converted};
pub use payout_recovered::payout_recovered;
pub use payout_returned::{payout_returned, payout_returned_converted};
pub use reinstate::reinstate;
pub use reject::reject;
pub use release::release;
pub use reserve::{free_reserve, keep_reserve};
pub use restore::restore;
pub use reverse::reverse;
pub use transfer::transfer;
pub use write_off::write_off;

use super::{Account, Bucket, Cost, Journal, JournalKind, JournalParts, LedgerError, Line, Refs};
use crate::{
    CommissionId, Currency, EnrollmentId, EventId, JournalId, Money, PayoutId, ProgramId, Timestamp,
};

/// The id and time of a new journal; both come from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// The new journal's id.
    pub id: JournalId,
    /// When it counts.
    pub at: Timestamp,
}

/// A commission, bonus, instalment or adjustment as the books know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Earning {
    /// The commission; bonuses and instalments have one too.
    pub commission: CommissionId,
    /// Who earned it.
    pub enrollment: EnrollmentId,
    /// Who pays for it.
    pub program: ProgramId,
    /// What it was spent on.
    pub cost: Cost,
    /// The event that caused this step, if one did.
    pub event: Option<EventId>,
}

/// One enrollment's part of a payout; all parts have the payout's currency.
///
/// A part may be below zero: a debt in one program is netted with the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PayoutPart {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Its program, which bears the fees.
    pub program: ProgramId,
    /// Taken from the available balance.
    pub gross: Money,
    /// Tax kept back; zero or more.
    pub withheld: Money,
    /// Payment fee passed on to the partner; zero or more.
    pub fee: Money,
}

impl PayoutPart {
    /// What is sent: gross less tax and fee.
    pub fn net(&self) -> Result<Money, LedgerError> {
        Ok(self.gross.sub(self.withheld)?.sub(self.fee)?)
    }

    fn check(&self) -> Result<(), LedgerError> {
        let net = self.net()?;
        let kept_back = self.withheld.minor != 0 || self.fee.minor != 0;
        if self.withheld.minor < 0 || self.fee.minor < 0 || (kept_back && net.minor < 0) {
            return Err(LedgerError::DeductionsTooLarge);
        }
        Ok(())
    }
}

fn account(bucket: Bucket, enrollment: EnrollmentId) -> Account {
    match bucket {
        Bucket::Pending => Account::Pending(enrollment),
        Bucket::Available => Account::Available(enrollment),
    }
}

/// Collects lines; zero amounts leave no line.
#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn debit(&mut self, account: Account, amount: Money) {
        if amount.minor != 0 {
            self.0.push(Line { account, amount });
        }
    }

    fn credit(&mut self, account: Account, amount: Money) -> Result<(), LedgerError> {
        self.debit(account, amount.negated()?);
        Ok(())
    }
}

/// Debit one account and credit another by an amount over zero.
fn move_between(debit: Account, credit: Account, amount: Money) -> Result<Lines, LedgerError> {
    if !amount.is_positive() {
        return Err(LedgerError::NotPositive);
    }
    let mut lines = Lines::default();
    lines.debit(debit, amount);
    lines.credit(credit, amount)?;
    Ok(lines)
}

fn post(
    stamp: Stamp,
    kind: JournalKind,
    key: String,
    refs: Refs,
    lines: Lines,
) -> Result<Journal, LedgerError> {
    let Stamp { id, at } = stamp;
    Journal::new(JournalParts {
        id,
        at,
        kind,
        key,
        refs,
        lines: lines.0,
    })
}

fn of_earning(earning: &Earning) -> Refs {
    Refs {
        commission: Some(earning.commission),
        event: earning.event,
        payout: None,
    }
}

fn of_payout(payout: PayoutId) -> Refs {
    Refs {
        commission: None,
        event: None,
        payout: Some(payout),
    }
}

fn one_currency(parts: &[PayoutPart]) -> Result<Currency, LedgerError> {
    let currency = parts.first().ok_or(LedgerError::Empty)?.gross.currency;
    match parts
        .iter()
        .map(|part| part.gross.currency)
        .find(|&found| found != currency)
    {
        Some(found) => Err(LedgerError::CurrencyMismatch(currency, found)),
        None => Ok(currency),
    }
}
