//! What the books must say, computed without the books from what happened.

use comity_domain::ledger::chain::verify_chain;
use comity_domain::ledger::{Account, Balances, Bucket, Cost, Decision};
use comity_domain::payout::PayoutState;

use crate::world::{ENROLLMENTS, PROGRAM, World, enrollment};

/// Sums in plain 128-bit integers, debits positive, per enrollment and currency.
#[derive(Clone, Copy, Default)]
struct Partner {
    pending: i128,
    available: i128,
    in_flight: i128,
    paid: i128,
    reserve: i128,
}

#[derive(Clone, Copy, Default)]
struct Tenant {
    expense: i128,
    withheld: i128,
    fees: i128,
    fx: i128,
    bank: i128,
    written_off: i128,
}

/// Checks I1, I2, I5, I6, I7, I10, I11 and I12 after an operation.
pub fn check(world: &World) -> Result<(), String> {
    let mut partners = [[Partner::default(); 3]; ENROLLMENTS];
    let mut tenant = [Tenant::default(); 3];
    commissions(world, &mut partners, &mut tenant)?;
    payouts(world, &mut partners, &mut tenant)?;
    for (who, row) in partners.iter_mut().enumerate() {
        for (currency, partner) in row.iter_mut().enumerate() {
            let extra = world.extra[who][currency];
            let moved = extra.adjusted + extra.written_off - extra.reserve + extra.transferred;
            partner.available += i128::from(moved);
            partner.reserve += i128::from(extra.reserve);
            tenant[currency].expense += i128::from(extra.adjusted);
            tenant[currency].written_off += i128::from(extra.written_off);
            compare_partner(world, who, currency, partner)?;
        }
    }
    for (currency, expected) in tenant.iter().enumerate() {
        compare_tenant(world, currency, expected)?;
    }
    world
        .balances
        .check()
        .map_err(|error| format!("I1: {error}"))
}

fn commissions(
    world: &World,
    partners: &mut [[Partner; 3]; ENROLLMENTS],
    tenant: &mut [Tenant; 3],
) -> Result<(), String> {
    for commission in &world.commissions {
        let book = &commission.book;
        if book.reversed.minor < 0 || book.reversed.minor > book.amount.minor {
            return Err("I5: reversed more than accrued, or less than nothing".into());
        }
        if commission.refunded == commission.sale && book.net().minor != 0 {
            return Err("I4: residue after a full refund".into());
        }
        if book.decision == Decision::Rejected {
            continue;
        }
        let net = i128::from(book.net().minor);
        let partner = &mut partners[commission.enrollment][commission.currency];
        match book.bucket {
            Bucket::Pending => partner.pending += net,
            Bucket::Available => partner.available += net,
        }
        let free = book.decision == Decision::Approved && book.holds.is_empty();
        if (book.bucket == Bucket::Available) != free {
            return Err("I6: payable although held or not approved, or the other way round".into());
        }
        tenant[commission.currency].expense += net;
    }
    Ok(())
}

fn payouts(
    world: &World,
    partners: &mut [[Partner; 3]; ENROLLMENTS],
    tenant: &mut [Tenant; 3],
) -> Result<(), String> {
    let mut live = [[0; 3]; ENROLLMENTS];
    for payout in &world.payouts {
        let (who, currency) = (payout.enrollment, payout.currency);
        let net = i128::from(payout.part.net().map_err(|error| error.to_string())?.minor);
        if payout.part.gross.minor <= 0 || net <= 0 {
            return Err("I10: a payout of nothing or of a debt".into());
        }
        let in_flight = payout.progress.state.in_flight();
        let paid = payout.progress.state == PayoutState::Paid;
        if !in_flight && !paid {
            continue;
        }
        partners[who][currency].available -= i128::from(payout.part.gross.minor);
        tenant[currency].withheld += i128::from(payout.part.withheld.minor);
        tenant[currency].fees -= i128::from(payout.part.fee.minor);
        if in_flight {
            partners[who][currency].in_flight += net;
            live[who][currency] += 1;
        } else if let Some(sent) = payout.converted {
            let to = (currency + 1) % 3;
            partners[who][to].paid += i128::from(sent.minor);
            tenant[currency].fx -= net;
            tenant[to].fx += i128::from(sent.minor);
        } else {
            partners[who][currency].paid += net;
        }
    }
    for (currency, shared) in world.shared.iter().enumerate() {
        tenant[currency].fees += i128::from(shared.fees_charged);
        tenant[currency].fx += i128::from(shared.fx_more);
        tenant[currency].bank -= i128::from(shared.fees_charged + shared.fx_more);
    }
    if live.iter().flatten().any(|&count| count > 1) {
        return Err("I6: two live payouts of one partner and currency".into());
    }
    Ok(())
}

fn compare_partner(
    world: &World,
    who: usize,
    currency: usize,
    expected: &Partner,
) -> Result<(), String> {
    let balance = world
        .balances
        .partner(enrollment(who), world.currencies[currency]);
    for (name, found, expected) in [
        ("pending", balance.pending, expected.pending),
        ("available", balance.available, expected.available),
        ("in flight", balance.in_flight, expected.in_flight),
        ("reserve", balance.reserve, expected.reserve),
        ("paid", balance.paid, expected.paid),
    ] {
        if i128::from(found.minor) != expected {
            return Err(format!(
                "I2: {name} of {who} is {found:?}, expected {expected}"
            ));
        }
    }
    Ok(())
}

fn compare_tenant(world: &World, currency: usize, expected: &Tenant) -> Result<(), String> {
    let of = |account| i128::from(world.balances.of(account, world.currencies[currency]).minor);
    let expense: i128 = Cost::ALL
        .iter()
        .map(|&cost| of(Account::Expense(PROGRAM, cost)))
        .sum();
    for (name, found, expected) in [
        ("expense", expense, expected.expense),
        ("tax withheld", -of(Account::TaxWithheld), expected.withheld),
        ("fees", of(Account::Fees(PROGRAM)), expected.fees),
        ("fx difference", of(Account::FxDifference), expected.fx),
        ("bank", of(Account::Bank), expected.bank),
        (
            "write-off",
            of(Account::WriteOff(PROGRAM)),
            expected.written_off,
        ),
    ] {
        if found != expected {
            return Err(format!("I2, I11: {name} is {found}, expected {expected}"));
        }
    }
    Ok(())
}

/// Checks I2, I3 and I13 over the whole history.
pub fn check_end(world: &World) -> Result<(), String> {
    let head = verify_chain(world.chain()).map_err(|broken| format!("I3: {broken}"))?;
    if head != world.head() {
        return Err("I3: the chain ends elsewhere".into());
    }
    let fold = |until: Option<_>| {
        let journals = world.entries.iter().map(|(journal, _)| journal);
        Balances::fold(journals.filter(|journal| until.is_none_or(|until| journal.at() <= until)))
    };
    if fold(None).as_ref() != Ok(&world.balances) {
        return Err("I2: balances are not the fold of the journals".into());
    }
    match &world.past {
        Some((at, then)) if fold(Some(*at)).as_ref() != Ok(then) => {
            Err("I13: the past has changed".into())
        }
        _ => Ok(()),
    }
}
