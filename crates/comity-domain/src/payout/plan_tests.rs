//! Tests of payout planning: every reason once, netting, caps and deductions.

use proptest::prelude::*;

use super::*;
use crate::RawId;
use crate::payout::{Approval, approval_needed};

const fn raw(number: u8) -> RawId {
    RawId([number; 16])
}

fn fact(partner: u8, program: u8, minor: i64) -> PartnerBalanceFacts {
    PartnerBalanceFacts {
        enrollment: EnrollmentId(raw(partner.wrapping_mul(16).wrapping_add(program))),
        program: ProgramId(raw(program)),
        partner: PartnerId(raw(partner)),
        available: Money::new(minor, Currency::EUR),
        minimum_minor: 1_000,
        method: Some(MethodFacts {
            id: PayoutMethodId(raw(partner)),
            rail: Rail::Sepa,
            cooling_off_until: None,
            fee_minor: 0,
        }),
        held: None,
        tax_blocked: false,
        withholding: Bps(0),
        existing: None,
    }
}

fn policy() -> PlanPolicy {
    PlanPolicy {
        rails: BTreeMap::from([(Rail::Sepa, BTreeSet::from([Currency::EUR]))]),
        ..PlanPolicy::default()
    }
}

const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

fn only_reason(change: impl FnOnce(&mut PartnerBalanceFacts, &mut PlanPolicy)) -> SkipReason {
    let (mut fact, mut policy) = (fact(1, 1, 5_000), policy());
    change(&mut fact, &mut policy);
    let plan = plan(&[fact], &policy, NOW);
    assert!(plan.payable.is_empty());
    plan.skipped[0].reason
}

#[test]
fn each_obstacle_has_its_reason() {
    let payout = PayoutId(raw(9));
    let later = NOW.plus(1);
    assert_eq!(
        only_reason(|_, p| p.kill_switch = true),
        SkipReason::KillSwitch
    );
    assert_eq!(
        only_reason(|_, p| p.selected = Some(BTreeSet::new())),
        SkipReason::NotSelected
    );
    assert_eq!(
        only_reason(|f, _| f.existing = Some(payout)),
        SkipReason::AlreadyPaidOrLive(payout)
    );
    assert_eq!(
        only_reason(|f, _| f.held = Some(HoldReason::FraudReview)),
        SkipReason::Held(HoldReason::FraudReview)
    );
    assert_eq!(
        only_reason(|f, _| f.tax_blocked = true),
        SkipReason::TaxBlocked
    );
    assert_eq!(
        only_reason(|f, _| f.available.minor = -1),
        SkipReason::NegativeBalance
    );
    assert_eq!(
        only_reason(|f, _| f.available.minor = 0),
        SkipReason::NothingDue
    );
    assert_eq!(
        only_reason(|f, _| f.available.minor = 999),
        SkipReason::BelowMinimum
    );
    assert_eq!(only_reason(|f, _| f.method = None), SkipReason::NoMethod);
    assert_eq!(
        only_reason(|f, _| f.method.as_mut().unwrap().cooling_off_until = Some(later)),
        SkipReason::MethodCoolingOff(later)
    );
    assert_eq!(
        only_reason(|_, p| p.rails.clear()),
        SkipReason::CurrencyUnsupported
    );
    assert_eq!(
        only_reason(|f, _| f.method.as_mut().unwrap().fee_minor = 5_000),
        SkipReason::NothingAfterDeductions
    );
    assert_eq!(
        only_reason(|_, p| _ = p.partner_cap.insert(Currency::EUR, 4_999)),
        SkipReason::PerPartnerCap
    );
    assert_eq!(
        only_reason(|_, p| _ = p.run_cap.insert(Currency::EUR, 4_999)),
        SkipReason::OverRunCap
    );
}

#[test]
fn i10_a_debt_in_one_program_is_netted_with_the_others() {
    let facts = [fact(1, 1, 5_000), fact(1, 2, -1_500)];
    let run = plan(&facts, &policy(), NOW);
    assert_eq!((run.payable.len(), run.payable[0].net.minor), (1, 3_500));
    assert_eq!(run.payable[0].parts.len(), 2);
}

#[test]
fn rule_7_the_run_cap_leaves_out_the_newest_partners() {
    let mut policy = policy();
    policy.run_cap.insert(Currency::EUR, 10_000);
    let facts = [fact(3, 1, 6_000), fact(1, 1, 6_000), fact(2, 1, 3_000)];
    let run = plan(&facts, &policy, NOW);
    let paid: Vec<_> = run.payable.iter().map(|planned| planned.partner).collect();
    assert_eq!(paid, [PartnerId(raw(1)), PartnerId(raw(2))]);
    assert_eq!(run.skipped[0].reason, SkipReason::OverRunCap);
}

#[test]
fn rule_7_four_eyes_from_the_threshold_on_and_for_unknown_currencies() {
    let run = plan(&[fact(1, 1, 5_000)], &policy(), NOW);
    let needed = |from: Option<BTreeMap<Currency, i64>>| {
        approval_needed(
            &run,
            &PlanPolicy {
                four_eyes_from: from,
                ..policy()
            },
        )
    };
    assert_eq!(needed(None), Approval::One);
    assert_eq!(
        needed(Some(BTreeMap::from([(Currency::EUR, 5_001)]))),
        Approval::One
    );
    assert_eq!(
        needed(Some(BTreeMap::from([(Currency::EUR, 5_000)]))),
        Approval::FourEyes
    );
    assert_eq!(
        needed(Some(BTreeMap::from([(Currency::USD, 5_001)]))),
        Approval::FourEyes
    );
}

proptest! {
    #[test]
    fn every_fact_is_paid_or_skipped_once_and_sums_agree(
        amounts in prop::collection::vec((1_u8..6, -3_000_i64..9_000), 0..30),
        withholding in 0_u32..6_000,
        fee in 0_i64..400,
    ) {
        let facts: Vec<_> = amounts.iter().enumerate().map(|(index, &(partner, minor))| {
            let mut fact = fact(partner, 1, minor);
            fact.enrollment = EnrollmentId(raw(u8::try_from(index).unwrap()));
            fact.withholding = Bps(withholding);
            fact.method.as_mut().unwrap().fee_minor = fee;
            fact
        }).collect();
        let run = plan(&facts, &policy(), NOW);
        let zero = facts.iter().filter(|fact| fact.available.minor == 0).count();
        let parts: usize = run.payable.iter().map(|planned| planned.parts.len()).sum();
        let listed = parts + run.skipped.len();
        prop_assert!(listed <= facts.len() && listed + zero >= facts.len());
        for planned in &run.payable {
            prop_assert!(planned.net.minor > 0);
            let net: i64 = planned.parts.iter().map(|part| part.net().unwrap().minor).sum();
            let kept: i64 = planned.parts.iter().map(|p| p.withheld.minor + p.fee.minor).sum();
            prop_assert_eq!(net, planned.net.minor);
            prop_assert_eq!(net + kept, planned.gross.minor);
            let stamp = crate::ledger::recipe::Stamp { id: crate::JournalId(raw(1)), at: NOW };
            let payout = PayoutId(raw(2));
            prop_assert!(crate::ledger::recipe::payout_intent(stamp, payout, &planned.parts).is_ok());
        }
        prop_assert_eq!(plan(&facts, &policy(), NOW), run);
    }
}
