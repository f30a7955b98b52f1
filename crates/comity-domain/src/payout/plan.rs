//! Who is paid in a run, how much, and why the others are not.

use std::collections::{BTreeMap, BTreeSet};

use super::Rail;
use crate::ledger::HoldReason;
use crate::ledger::recipe::PayoutPart;
use crate::{
    Bps, Currency, EnrollmentId, Money, MoneyError, PartnerId, PayoutId, PayoutMethodId, ProgramId,
    Timestamp,
};

/// A partner's chosen way of being paid, as far as planning needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodFacts {
    /// The method.
    pub id: PayoutMethodId,
    /// Its rail.
    pub rail: Rail,
    /// A change of details is safe only after this; theft of an account shows by then.
    pub cooling_off_until: Option<Timestamp>,
    /// Fee passed on to the partner per payment, in the balance's currency; zero or more.
    pub fee_minor: i64,
}

/// One enrollment's balance in one currency, with everything that decides about paying it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartnerBalanceFacts {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Its program.
    pub program: ProgramId,
    /// Its partner.
    pub partner: PartnerId,
    /// The available balance; its currency is that of the payout.
    pub available: Money,
    /// The least that is paid, in minor units of that currency.
    pub minimum_minor: i64,
    /// How the partner is paid, if they said so.
    pub method: Option<MethodFacts>,
    /// Why all of the partner's payouts are held, if they are.
    pub held: Option<HoldReason>,
    /// A tax form or number must be given first.
    pub tax_blocked: bool,
    /// Tax to keep back.
    pub withholding: Bps,
    /// A payout of this partner, period and currency that exists already.
    pub existing: Option<PayoutId>,
}

/// What a run may do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlanPolicy {
    /// Stops everything at once.
    pub kill_switch: bool,
    /// Only these partners, when a person selected some.
    pub selected: Option<BTreeSet<PartnerId>>,
    /// Most that one partner gets in a run, in minor units per currency.
    pub partner_cap: BTreeMap<Currency, i64>,
    /// Most that a run pays, in minor units per currency.
    pub run_cap: BTreeMap<Currency, i64>,
    /// From this total on a second person must approve; `None` switches four eyes off.
    pub four_eyes_from: Option<BTreeMap<Currency, i64>>,
    /// Rails that can be used now, each with the currencies it is set up for.
    pub rails: BTreeMap<Rail, BTreeSet<Currency>>,
}

/// Why an enrollment is not paid in this run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SkipReason {
    /// Payouts are stopped.
    KillSwitch,
    /// Not among the selected partners.
    NotSelected,
    /// The partner has a payout for this period and currency (rule 5).
    AlreadyPaidOrLive(PayoutId),
    /// Payouts to the partner are held.
    Held(HoldReason),
    /// Tax details are missing.
    TaxBlocked,
    /// The partner owes money (I10).
    NegativeBalance,
    /// Nothing is available.
    NothingDue,
    /// Less than the minimum.
    BelowMinimum,
    /// No payout method.
    NoMethod,
    /// The method was changed recently.
    MethodCoolingOff(Timestamp),
    /// The rail is not set up for the currency.
    CurrencyUnsupported,
    /// Tax and fee leave nothing to send.
    NothingAfterDeductions,
    /// More than one partner may get in a run.
    PerPartnerCap,
    /// The run's limit is used up.
    OverRunCap,
    /// The amounts cannot be added.
    AmountOutOfRange,
}

impl SkipReason {
    /// The stable code; catalogues hold its text.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::KillSwitch => "kill_switch",
            Self::NotSelected => "not_selected",
            Self::AlreadyPaidOrLive(_) => "already_paid_or_live",
            Self::Held(_) => "held",
            Self::TaxBlocked => "tax_blocked",
            Self::NegativeBalance => "negative_balance",
            Self::NothingDue => "nothing_due",
            Self::BelowMinimum => "below_minimum",
            Self::NoMethod => "no_method",
            Self::MethodCoolingOff(_) => "method_cooling_off",
            Self::CurrencyUnsupported => "currency_unsupported",
            Self::NothingAfterDeductions => "nothing_after_deductions",
            Self::PerPartnerCap => "per_partner_cap",
            Self::OverRunCap => "over_run_cap",
            Self::AmountOutOfRange => "amount_out_of_range",
        }
    }
}

/// One payment of the run: all of a partner's programs in one currency together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Planned {
    /// The partner.
    pub partner: PartnerId,
    /// The method.
    pub method: PayoutMethodId,
    /// Its rail.
    pub rail: Rail,
    /// What each enrollment contributes; debts are netted.
    pub parts: Vec<PayoutPart>,
    /// Sum taken from the balances.
    pub gross: Money,
    /// Sum that is sent.
    pub net: Money,
}

/// An enrollment that is not paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The currency.
    pub currency: Currency,
    /// Why.
    pub reason: SkipReason,
}

/// The run: every fact is in exactly one of the lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Payments, by partner and currency.
    pub payable: Vec<Planned>,
    /// The others.
    pub skipped: Vec<Skipped>,
}

impl Plan {
    /// Sum taken from balances per currency, in minor units.
    #[must_use]
    pub fn totals(&self) -> BTreeMap<Currency, i128> {
        let mut totals = BTreeMap::new();
        for planned in &self.payable {
            *totals.entry(planned.gross.currency).or_default() += i128::from(planned.gross.minor);
        }
        totals
    }
}

/// Decides a run. Preview and execution call this with the same facts (rule 8).
///
/// Partners are taken in the order of their ids, oldest first, so a run cap
/// always leaves out the same ones.
#[must_use]
pub fn plan(facts: &[PartnerBalanceFacts], policy: &PlanPolicy, now: Timestamp) -> Plan {
    let mut groups: BTreeMap<(PartnerId, Currency), Vec<&PartnerBalanceFacts>> = BTreeMap::new();
    for fact in facts {
        groups
            .entry((fact.partner, fact.available.currency))
            .or_default()
            .push(fact);
    }
    let mut plan = Plan::default();
    for ((_, currency), mut group) in groups {
        group.sort_by_key(|fact| fact.enrollment);
        let spent = plan.totals().get(&currency).copied().unwrap_or(0);
        match pay(&group, policy, spent, now) {
            Ok(planned) => plan.payable.push(planned),
            Err(reason) => plan.skipped.extend(group.iter().map(|fact| Skipped {
                enrollment: fact.enrollment,
                currency,
                reason,
            })),
        }
    }
    plan
}

fn pay(
    group: &[&PartnerBalanceFacts],
    policy: &PlanPolicy,
    spent: i128,
    now: Timestamp,
) -> Result<Planned, SkipReason> {
    let (first, gross) = (group[0], total(group)?);
    check_partner(group, policy)?;
    let minimum = group
        .iter()
        .map(|fact| fact.minimum_minor)
        .min()
        .unwrap_or(0);
    match gross.minor {
        i64::MIN..0 => return Err(SkipReason::NegativeBalance),
        0 => return Err(SkipReason::NothingDue),
        minor if minor < minimum => return Err(SkipReason::BelowMinimum),
        _ => {}
    }
    let method = check_method(group, gross.currency, policy, now)?;
    let parts = parts(group, gross, method.fee_minor)?;
    let net = sum(
        parts
            .iter()
            .map(|part| part.net().map_err(|_| SkipReason::AmountOutOfRange)),
        gross.currency,
    )?;
    if policy
        .partner_cap
        .get(&gross.currency)
        .is_some_and(|&cap| gross.minor > cap)
    {
        return Err(SkipReason::PerPartnerCap);
    }
    let after = spent + i128::from(gross.minor);
    if policy
        .run_cap
        .get(&gross.currency)
        .is_some_and(|&cap| after > i128::from(cap))
    {
        return Err(SkipReason::OverRunCap);
    }
    Ok(Planned {
        partner: first.partner,
        method: method.id,
        rail: method.rail,
        parts,
        gross,
        net,
    })
}

fn check_partner(group: &[&PartnerBalanceFacts], policy: &PlanPolicy) -> Result<(), SkipReason> {
    if policy.kill_switch {
        return Err(SkipReason::KillSwitch);
    }
    let chosen = |partner| {
        policy
            .selected
            .as_ref()
            .is_none_or(|set| set.contains(&partner))
    };
    for fact in group {
        if !chosen(fact.partner) {
            return Err(SkipReason::NotSelected);
        }
        if let Some(payout) = fact.existing {
            return Err(SkipReason::AlreadyPaidOrLive(payout));
        }
        if let Some(reason) = fact.held {
            return Err(SkipReason::Held(reason));
        }
        if fact.tax_blocked {
            return Err(SkipReason::TaxBlocked);
        }
    }
    Ok(())
}

fn check_method<'a>(
    group: &[&'a PartnerBalanceFacts],
    currency: Currency,
    policy: &PlanPolicy,
    now: Timestamp,
) -> Result<&'a MethodFacts, SkipReason> {
    let method = group
        .iter()
        .find_map(|fact| fact.method.as_ref())
        .ok_or(SkipReason::NoMethod)?;
    if let Some(until) = method.cooling_off_until.filter(|&until| now < until) {
        return Err(SkipReason::MethodCoolingOff(until));
    }
    if !policy
        .rails
        .get(&method.rail)
        .is_some_and(|set| set.contains(&currency))
    {
        return Err(SkipReason::CurrencyUnsupported);
    }
    Ok(method)
}

/// Tax and fee are spread over the parts that earn, in proportion and without residue.
fn parts(
    group: &[&PartnerBalanceFacts],
    gross: Money,
    fee_minor: i64,
) -> Result<Vec<PayoutPart>, SkipReason> {
    let out_of_range = |_: MoneyError| SkipReason::AmountOutOfRange;
    let rate = group
        .iter()
        .map(|fact| fact.withholding)
        .max()
        .unwrap_or_default();
    let withheld = gross.percent(rate).map_err(out_of_range)?;
    let fee = Money::new(fee_minor.max(0), gross.currency);
    let left = gross
        .sub(withheld)
        .and_then(|rest| rest.sub(fee))
        .map_err(out_of_range)?;
    if !left.is_positive() {
        return Err(SkipReason::NothingAfterDeductions);
    }
    let earned: Vec<u64> = group
        .iter()
        .map(|fact| u64::try_from(fact.available.minor).unwrap_or(0))
        .collect();
    let taxes = withheld.split(&earned).map_err(out_of_range)?;
    let after_tax: Vec<u64> = earned
        .iter()
        .zip(&taxes)
        .map(|(earned, tax)| earned.saturating_sub(tax.minor.unsigned_abs()))
        .collect();
    let fees = fee.split(&after_tax).map_err(out_of_range)?;
    let part = |((fact, withheld), fee): ((&&PartnerBalanceFacts, Money), Money)| PayoutPart {
        enrollment: fact.enrollment,
        program: fact.program,
        gross: fact.available,
        withheld,
        fee,
    };
    let parts = group.iter().zip(taxes).zip(fees).map(part);
    Ok(parts.filter(|part| part.gross.minor != 0).collect())
}

fn total(group: &[&PartnerBalanceFacts]) -> Result<Money, SkipReason> {
    let currency = group[0].available.currency;
    sum(group.iter().map(|fact| Ok(fact.available)), currency)
}

fn sum(
    mut amounts: impl Iterator<Item = Result<Money, SkipReason>>,
    currency: Currency,
) -> Result<Money, SkipReason> {
    amounts.try_fold(Money::zero(currency), |sum, amount| {
        sum.add(amount?).map_err(|_| SkipReason::AmountOutOfRange)
    })
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
