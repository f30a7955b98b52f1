//! A small copy of what use cases do: decide with the domain, then post; refused means unchanged.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::ledger::chain::{ChainEntry, Hash, Head, canonical};
use comity_domain::ledger::lifecycle::{Change, Movement};
use comity_domain::ledger::recipe::{self, Earning, PayoutPart, Stamp};
use comity_domain::ledger::{
    Balances, Bucket, CommissionBook, Cost, HoldReason, Journal, LedgerError, reversal_due,
};
use comity_domain::payout::{LedgerMove, PayoutEvent, PayoutState, Progress};
use comity_domain::{
    Bps, CommissionId, Currency, EnrollmentId, EventId, JournalId, Money, PayoutId, ProgramId,
    RawId, Timestamp,
};

use crate::operation::Operation;

pub const ENROLLMENTS: usize = 3;
pub const PROGRAM: ProgramId = ProgramId(RawId([0xee; 16]));

/// Any reason for a refusal; which one is the business of the unit tests.
#[derive(Debug)]
pub struct Refused;

impl<E: std::error::Error> From<E> for Refused {
    fn from(_: E) -> Self {
        Self
    }
}

#[derive(Clone, PartialEq)]
pub struct Commission {
    pub enrollment: usize,
    pub currency: usize,
    pub sale: Money,
    pub refunded: Money,
    pub charged_back: Option<Money>,
    pub book: CommissionBook,
}

#[derive(Clone, PartialEq)]
pub struct Payout {
    pub enrollment: usize,
    pub currency: usize,
    pub part: PayoutPart,
    pub period: u32,
    pub progress: Progress,
    pub commissions: Vec<usize>,
    /// What arrived, where it arrived in another currency.
    pub converted: Option<Money>,
}

/// What balances hold beside commissions and payouts, kept by plain addition for the oracle.
#[derive(Clone, Copy, PartialEq, Default)]
pub struct Extra {
    pub adjusted: i64,
    pub written_off: i64,
    pub reserve: i64,
    pub transferred: i64,
}

#[derive(Clone, Copy, PartialEq, Default)]
pub struct Shared {
    pub fees_charged: i64,
    pub fx_more: i64,
}

pub struct World {
    seed: u64,
    pub currencies: [Currency; 3],
    pub commissions: Vec<Commission>,
    pub payouts: Vec<Payout>,
    pub extra: [[Extra; 3]; ENROLLMENTS],
    pub shared: [Shared; 3],
    pub balances: Balances,
    pub entries: Vec<(Journal, Hash)>,
    head: Head,
    keys: BTreeSet<String>,
    performed: Vec<(Operation, bool)>,
    /// Balances as of half time, to be found again at the end (I13).
    pub past: Option<(Timestamp, Balances)>,
    period: u32,
    clock: i64,
}

pub fn enrollment(index: usize) -> EnrollmentId {
    EnrollmentId(RawId([u8::try_from(index).unwrap() + 1; 16]))
}

fn raw(kind: u8, number: usize) -> RawId {
    let mut bytes = [kind; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    RawId(bytes)
}

impl World {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            currencies: ["EUR", "JPY", "BHD"].map(|code| code.parse().unwrap()),
            commissions: Vec::new(),
            payouts: Vec::new(),
            extra: [[Extra::default(); 3]; ENROLLMENTS],
            shared: [Shared::default(); 3],
            balances: Balances::default(),
            entries: Vec::new(),
            head: Head::default(),
            keys: BTreeSet::new(),
            performed: Vec::new(),
            past: None,
            period: 0,
            clock: 1_700_000_000,
        }
    }

    pub const fn head(&self) -> Head {
        self.head
    }

    pub fn canonical(&self) -> Vec<u8> {
        self.entries
            .iter()
            .flat_map(|(journal, _)| canonical(journal))
            .collect()
    }

    pub fn chain(&self) -> impl Iterator<Item = ChainEntry> {
        (1..)
            .zip(&self.entries)
            .map(|(sequence, (journal, hash))| ChainEntry {
                sequence,
                id: journal.id(),
                hash: *hash,
                journal: Ok(journal.clone()),
            })
    }

    pub fn performed(&self) -> usize {
        self.performed.len()
    }

    /// Performs an operation once; a repeat is recognised by its number and body (I8).
    pub fn perform(&mut self, operation: &Operation) {
        self.clock += 7 * 3_600;
        if self.entries.len() > 60 && self.past.is_none() {
            self.past = Some((self.now(), self.balances.clone()));
            self.clock += 1;
        }
        match *operation {
            Operation::Replay { of } if of < self.performed.len() => {
                let (again, _) = self.performed[of];
                self.unchanged(|world| assert!(world.repeat(of, again).is_ok()));
            }
            Operation::ReplayChanged { of } if of < self.performed.len() => {
                let changed = self.performed[of].0.changed();
                if changed != self.performed[of].0 {
                    self.unchanged(|world| assert!(world.repeat(of, changed).is_err()));
                }
            }
            Operation::Replay { .. } | Operation::ReplayChanged { .. } => {}
            fresh => {
                let before = self.touched(&fresh);
                let done = self.apply(&fresh).is_ok();
                if !done {
                    assert!(
                        before == self.touched(&fresh),
                        "I9: refused {fresh:?} changed something"
                    );
                }
                self.performed.push((fresh, done));
            }
        }
    }

    /// What a request with a known idempotency key does: nothing, or a conflict.
    fn repeat(&mut self, number: usize, operation: Operation) -> Result<bool, Refused> {
        let (known, done) = self.performed[number];
        if known == operation {
            Ok(done)
        } else {
            Err(Refused)
        }
    }

    fn unchanged(&mut self, action: impl FnOnce(&mut Self)) {
        let before = self.head;
        action(self);
        assert_eq!(before, self.head, "I8: a repeat changed something");
    }

    /// Everything an operation may change; balances are compared by the oracle anyway.
    fn touched(
        &self,
        operation: &Operation,
    ) -> (
        Head,
        usize,
        Option<Commission>,
        Option<Payout>,
        [[Extra; 3]; ENROLLMENTS],
    ) {
        let (commission, payout) = match *operation {
            Operation::Refund { commission, .. }
            | Operation::RefundAll { commission }
            | Operation::Chargeback { commission }
            | Operation::ChargebackWon { commission }
            | Operation::Approve { commission }
            | Operation::Reject { commission }
            | Operation::Reinstate { commission }
            | Operation::Hold { commission, .. }
            | Operation::Release { commission, .. } => (self.commissions.get(commission), None),
            Operation::PayoutCancel { payout }
            | Operation::PayoutClaim { payout }
            | Operation::PayoutAccepted { payout }
            | Operation::PayoutLost { payout }
            | Operation::PayoutRefused { payout }
            | Operation::PayoutPaid { payout, .. }
            | Operation::PayoutFailed { payout }
            | Operation::PayoutReturned { payout }
            | Operation::PayoutPaidAfterAll { payout } => (None, self.payouts.get(payout)),
            _ => (None, None),
        };
        let sizes = self.commissions.len() + self.payouts.len();
        (
            self.head,
            sizes,
            commission.cloned(),
            payout.cloned(),
            self.extra,
        )
    }

    fn apply(&mut self, operation: &Operation) -> Result<(), Refused> {
        match *operation {
            Operation::Sale {
                enrollment,
                currency,
                sale,
                rate,
                held,
            } => self.sale(enrollment, currency, sale, rate, held),
            Operation::Refund { commission, amount } => self.refund(commission, Some(amount)),
            Operation::RefundAll { commission } => self.refund(commission, None),
            Operation::Chargeback { commission } => self.charge_back(commission),
            Operation::ChargebackWon { commission } => self.win_back(commission),
            Operation::Approve { commission } => self.change(commission, Change::Approve),
            Operation::Reject { commission } => self.change(commission, Change::Reject),
            Operation::Reinstate { commission } => self.change(commission, Change::Reinstate),
            Operation::Hold { commission, reason } => self.change(commission, Change::Hold(reason)),
            Operation::Release { commission, reason } => {
                self.change(commission, Change::Unhold(reason))
            }
            Operation::PayoutCreate {
                enrollment,
                currency,
                withheld_bps,
                fee,
            } => self.payout_create(enrollment, currency, Bps(withheld_bps), fee),
            Operation::PayoutCancel { payout } => self.payout(payout, PayoutEvent::Cancel),
            Operation::PayoutClaim { payout } => self.payout(payout, PayoutEvent::Claim),
            Operation::PayoutAccepted { payout } => self.payout(payout, PayoutEvent::Accepted),
            Operation::PayoutLost { payout } => self.payout(payout, PayoutEvent::Lost),
            Operation::PayoutRefused { payout } => self.payout(payout, PayoutEvent::Refused),
            Operation::PayoutPaid { payout, converted } => self.payout_paid(payout, converted),
            Operation::PayoutFailed { payout } => self.payout(payout, PayoutEvent::Failed),
            Operation::PayoutReturned { payout } => self.payout(payout, PayoutEvent::Returned),
            Operation::PayoutPaidAfterAll { payout } => {
                self.payout(payout, PayoutEvent::PaidAfterAll)
            }
            Operation::NextPeriod => {
                self.period += 1;
                Ok(())
            }
            Operation::Replay { .. } | Operation::ReplayChanged { .. } => Ok(()),
            _ => self.book(operation),
        }
    }

    /// Operations that are one journal and nothing else.
    fn book(&mut self, operation: &Operation) -> Result<(), Refused> {
        let stamp = self.stamp();
        match *operation {
            Operation::Adjust {
                enrollment: who,
                currency,
                amount,
            } => {
                let earning = self.earning(who, 900_000 + self.performed.len(), Cost::Adjustment);
                self.post(recipe::adjust(
                    stamp,
                    &earning,
                    self.money(amount, currency),
                ))?;
                self.extra[who][currency].adjusted += amount;
            }
            Operation::WriteOff {
                enrollment: who,
                currency,
                amount,
            } => {
                if amount > -self.available(who, currency) {
                    return Err(Refused);
                }
                let money = self.money(amount, currency);
                self.post(recipe::write_off(stamp, enrollment(who), PROGRAM, money))?;
                self.extra[who][currency].written_off += amount;
            }
            Operation::KeepReserve {
                enrollment: who,
                currency,
                amount,
            } => {
                if amount > self.available(who, currency) {
                    return Err(Refused);
                }
                let money = self.money(amount, currency);
                self.post(recipe::keep_reserve(stamp, enrollment(who), money))?;
                self.extra[who][currency].reserve += amount;
            }
            Operation::FreeReserve {
                enrollment: who,
                currency,
                amount,
            } => {
                if amount > self.extra[who][currency].reserve {
                    return Err(Refused);
                }
                let money = self.money(amount, currency);
                self.post(recipe::free_reserve(stamp, enrollment(who), money))?;
                self.extra[who][currency].reserve -= amount;
            }
            Operation::Merge { from, to, currency } => {
                let amount = self.available(from, currency);
                let money = self.money(amount, currency);
                let (a, b) = (enrollment(from), enrollment(to));
                self.post(recipe::transfer(stamp, a, b, Bucket::Available, money))?;
                self.extra[from][currency].transferred -= amount;
                self.extra[to][currency].transferred += amount;
            }
            Operation::Fee { payout, amount } => {
                let currency = self.payouts.get(payout).ok_or(Refused)?.currency;
                let money = self.money(amount, currency);
                self.post(recipe::fee(stamp, PayoutId(raw(3, payout)), PROGRAM, money))?;
                self.shared[currency].fees_charged += amount;
            }
            Operation::FxDifference {
                payout,
                booked,
                taken,
            } => {
                let currency = self.payouts.get(payout).ok_or(Refused)?.currency;
                let (a, b) = (self.money(booked, currency), self.money(taken, currency));
                self.post(recipe::fx_difference(stamp, PayoutId(raw(3, payout)), a, b))?;
                self.shared[currency].fx_more += taken - booked;
            }
            _ => {}
        }
        Ok(())
    }

    fn sale(
        &mut self,
        who: usize,
        currency: usize,
        sale: i64,
        rate: u32,
        held: bool,
    ) -> Result<(), Refused> {
        let sale = self.money(sale, currency);
        let amount = sale.percent(Bps(rate))?;
        let number = self.commissions.len();
        let cost = [Cost::Commission, Cost::Bonus, Cost::Instalment][number % 3];
        let earning = self.earning(who, number, cost);
        self.post(recipe::accrue(self.stamp(), &earning, amount))?;
        let holds = if held {
            BTreeSet::from([HoldReason::RefundWindow])
        } else {
            BTreeSet::new()
        };
        self.commissions.push(Commission {
            enrollment: who,
            currency,
            sale,
            refunded: self.money(0, currency),
            charged_back: None,
            book: CommissionBook::accrued(amount, holds),
        });
        Ok(())
    }

    /// A refund of an amount, or of all that is left.
    fn refund(&mut self, index: usize, amount: Option<i64>) -> Result<(), Refused> {
        let found = self.commissions.get(index).ok_or(Refused)?;
        let amount = amount.unwrap_or(found.sale.minor - found.refunded.minor);
        if amount <= 0 {
            return Err(Refused);
        }
        let total = found.refunded.add(self.money(amount, found.currency))?;
        let due = reversal_due(found.book.amount, found.sale, total, found.book.reversed)?;
        if due.minor != 0 {
            self.change(index, Change::Reverse(due))?;
        }
        self.commissions[index].refunded = total;
        Ok(())
    }

    fn charge_back(&mut self, index: usize) -> Result<(), Refused> {
        let found = self.commissions.get(index).ok_or(Refused)?;
        let before = found.refunded;
        self.refund(index, None)?;
        self.commissions[index].charged_back = Some(before);
        Ok(())
    }

    fn win_back(&mut self, index: usize) -> Result<(), Refused> {
        let found = self.commissions.get(index).ok_or(Refused)?;
        let before = found.charged_back.ok_or(Refused)?;
        let due = reversal_due(found.book.amount, found.sale, before, found.book.reversed)?;
        if due.minor != 0 {
            self.change(index, Change::Restore(due.negated()?))?;
        }
        let found = &mut self.commissions[index];
        (found.refunded, found.charged_back) = (before, None);
        Ok(())
    }

    fn change(&mut self, index: usize, change: Change) -> Result<(), Refused> {
        let found = self.commissions.get(index).ok_or(Refused)?;
        let (next, movement) = found.book.after(change)?;
        let cost = [Cost::Commission, Cost::Bonus, Cost::Instalment][index % 3];
        let (stamp, earning) = (self.stamp(), self.earning(found.enrollment, index, cost));
        let event = EventId(raw(4, self.performed.len()));
        let journal = match movement {
            Movement::None => None,
            Movement::Release(amount) => Some(recipe::release(stamp, &earning, amount, next.step)),
            Movement::Hold(amount) => Some(recipe::hold(stamp, &earning, amount, next.step)),
            Movement::Reject(amount, bucket) => {
                Some(recipe::reject(stamp, &earning, amount, bucket, next.step))
            }
            Movement::Reinstate(amount) => {
                Some(recipe::reinstate(stamp, &earning, amount, next.step))
            }
            Movement::Reverse(amount, bucket) => {
                Some(recipe::reverse(stamp, &earning, amount, bucket, event))
            }
            Movement::Restore(amount, bucket) => {
                Some(recipe::restore(stamp, &earning, amount, bucket, event))
            }
        };
        if let Some(journal) = journal {
            self.post(journal)?;
        }
        self.commissions[index].book = next;
        Ok(())
    }

    fn payout_create(
        &mut self,
        who: usize,
        currency: usize,
        withheld: Bps,
        fee: i64,
    ) -> Result<(), Refused> {
        let gross = self.money(self.available(who, currency), currency);
        let live = |p: &Payout| {
            let same = (p.enrollment, p.currency) == (who, currency);
            same && (p.progress.state.in_flight()
                || (p.progress.state.is_live() && p.period == self.period))
        };
        if !gross.is_positive() || self.payouts.iter().any(live) {
            return Err(Refused);
        }
        let part = PayoutPart {
            enrollment: enrollment(who),
            program: PROGRAM,
            gross,
            withheld: gross.percent(withheld)?,
            fee: self.money(fee, currency),
        };
        let number = self.payouts.len();
        let id = PayoutId(raw(3, number));
        self.post(recipe::payout_intent(self.stamp(), id, &[part]))?;
        let mut progress = Progress::planned(self.now());
        for event in [PayoutEvent::Approve, PayoutEvent::Freeze] {
            progress = progress.after(event, self.now())?.0;
        }
        let payable: Vec<usize> = (0..self.commissions.len())
            .filter(|&index| {
                let found = &self.commissions[index];
                (found.enrollment, found.currency) == (who, currency) && found.book.payable()
            })
            .collect();
        for &index in &payable {
            self.commissions[index].book = self.commissions[index].book.after(Change::Take(id))?.0;
        }
        self.payouts.push(Payout {
            enrollment: who,
            currency,
            part,
            period: self.period,
            progress,
            commissions: payable,
            converted: None,
        });
        Ok(())
    }

    fn payout_paid(&mut self, index: usize, converted: bool) -> Result<(), Refused> {
        let found = self.payouts.get(index).ok_or(Refused)?;
        let (_, moved) = found.progress.after(PayoutEvent::Paid, self.now())?;
        if converted && moved == LedgerMove::Paid {
            let to = self.currencies[(found.currency + 1) % 3];
            let sent = Money::new(found.part.net()?.scaled(11, 7)?.minor + 1, to);
            self.payouts[index].converted = Some(sent);
        }
        self.payout(index, PayoutEvent::Paid)
    }

    fn payout(&mut self, index: usize, event: PayoutEvent) -> Result<(), Refused> {
        let found = self.payouts.get(index).ok_or(Refused)?;
        let (next, moved) = found.progress.after(event, self.now())?;
        let (stamp, id, part) = (self.stamp(), PayoutId(raw(3, index)), found.part);
        let parts = &[part];
        let journal = match (moved, found.converted) {
            (LedgerMove::None, _) => None,
            (LedgerMove::Intent, _) => Some(recipe::payout_intent(stamp, id, parts)),
            (LedgerMove::Failed, _) => Some(recipe::payout_failed(stamp, id, parts)),
            (LedgerMove::Recovered, _) => Some(recipe::payout_recovered(stamp, id, parts)),
            (LedgerMove::Paid, None) => Some(recipe::payout_paid(stamp, id, parts)),
            (LedgerMove::Paid, Some(sent)) => {
                Some(recipe::payout_paid_converted(stamp, id, &part, sent))
            }
            (LedgerMove::Returned, None) => Some(recipe::payout_returned(stamp, id, parts)),
            (LedgerMove::Returned, Some(sent)) => {
                Some(recipe::payout_returned_converted(stamp, id, &part, sent))
            }
        };
        if let Some(journal) = journal {
            self.post(journal)?;
        }
        self.payouts[index].progress = next;
        let changes: &[Change] = match moved {
            LedgerMove::Paid => &[Change::Settle(id)],
            LedgerMove::Failed | LedgerMove::Returned => &[Change::Untake(id)],
            LedgerMove::Recovered => &[Change::Take(id), Change::Settle(id)],
            LedgerMove::None | LedgerMove::Intent => return Ok(()),
        };
        let mut commissions = std::mem::take(&mut self.payouts[index].commissions);
        if moved == LedgerMove::Recovered {
            // Meanwhile some may have been paid by a later payout.
            commissions.retain(|&index| self.commissions[index].book.payable());
        }
        for &index in &commissions {
            for &change in changes {
                self.commissions[index].book = self.commissions[index].book.after(change)?.0;
            }
        }
        self.payouts[index].commissions = commissions;
        Ok(())
    }

    /// What storage does: the key is unique, the balance is materialised, the chain grows.
    fn post(&mut self, journal: Result<Journal, LedgerError>) -> Result<(), Refused> {
        let journal = journal?;
        // A fee or difference is booked once per payout; another one is a conflict.
        if self.keys.contains(journal.key()) {
            return Err(Refused);
        }
        self.balances.apply(&journal)?;
        self.head = self.head.append(&journal);
        self.keys.insert(journal.key().to_owned());
        self.entries.push((journal, self.head.hash));
        Ok(())
    }

    fn stamp(&self) -> Stamp {
        let mut id = raw(9, self.entries.len());
        id.0[..8].copy_from_slice(&self.seed.to_be_bytes());
        Stamp {
            id: JournalId(id),
            at: self.now(),
        }
    }

    fn earning(&self, who: usize, number: usize, cost: Cost) -> Earning {
        Earning {
            commission: CommissionId(raw(2, number)),
            enrollment: enrollment(who),
            program: PROGRAM,
            cost,
            event: None,
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.clock)
    }

    fn money(&self, minor: i64, currency: usize) -> Money {
        Money::new(minor, self.currencies[currency])
    }

    pub fn available(&self, who: usize, currency: usize) -> i64 {
        self.balances
            .partner(enrollment(who), self.currencies[currency])
            .available
            .minor
    }
}

/// How often what happened, over many histories.
#[derive(Default)]
pub struct Statistics {
    done: BTreeMap<String, u64>,
    pub negative: u64,
    pub returned: u64,
    pub recovered: u64,
    pub converted: u64,
}

impl Statistics {
    pub fn add(&mut self, world: &World) {
        for (operation, done) in &world.performed {
            let text = format!("{operation:?}");
            let name = text.split(' ').next().unwrap_or_default();
            *self.done.entry(format!("{name} {done}")).or_default() += 1;
        }
        for who in 0..ENROLLMENTS {
            for currency in world.currencies {
                let balance = world.balances.partner(enrollment(who), currency);
                self.negative += u64::from(balance.is_negative());
            }
        }
        for payout in &world.payouts {
            self.returned += u64::from(payout.progress.state == PayoutState::Returned);
            self.converted += u64::from(payout.converted.is_some());
        }
        let recovered = |(journal, _): &&(Journal, Hash)| journal.key().starts_with("payout_rec");
        self.recovered += world.entries.iter().filter(recovered).count() as u64;
    }

    pub fn check_that_everything_happened(&self) {
        for name in [
            "Sale",
            "Refund",
            "RefundAll",
            "Chargeback",
            "ChargebackWon",
            "Approve",
            "Reject",
            "Reinstate",
            "Hold",
            "Release",
            "Adjust",
            "WriteOff",
            "KeepReserve",
            "FreeReserve",
            "Merge",
            "PayoutCreate",
            "PayoutCancel",
            "PayoutClaim",
            "PayoutAccepted",
            "PayoutLost",
            "PayoutRefused",
            "PayoutPaid",
            "PayoutFailed",
            "PayoutReturned",
            "PayoutPaidAfterAll",
            "Fee",
            "FxDifference",
        ] {
            for outcome in ["true", "false"] {
                let times = self
                    .done
                    .get(&format!("{name} {outcome}"))
                    .copied()
                    .unwrap_or(0);
                assert!(times > 20, "{name} {outcome} happened {times} times only");
            }
        }
        for (what, times) in [
            ("negative balances", self.negative),
            ("returned payouts", self.returned),
            ("recovered payouts", self.recovered),
            ("converted payouts", self.converted),
        ] {
            assert!(times > 20, "{what} happened {times} times only");
        }
    }
}
