//! Finds conditions that can never hold and rules that are never reached.
//!
//! Both answers are careful: they are given only when they are certain.

use super::{Check, ProblemCode};
use crate::commission::condition::{Condition, Range};
use crate::commission::facts::EventKind;
use crate::commission::reward::RewardSpec;
use crate::commission::rule::{Lasts, Rule, RuleSet, Scope, Then};
use crate::commission::tier::TierMode;
use crate::commission::total::Measure;

/// The rule's condition together with what its duration asks for.
pub(super) fn whole_condition(rule: &Rule) -> Condition {
    if rule.lasts == Lasts::FirstOrder && rule.on == [EventKind::Sale] {
        let first = Condition::OrderNumber(Range {
            at_least: Some(1),
            at_most: Some(1),
        });
        return Condition::All(vec![rule.when.clone(), first]);
    }
    rule.when.clone()
}

/// True when the condition certainly never holds.
pub(super) fn never(condition: &Condition) -> bool {
    let mut all = Vec::new();
    flatten(condition, &mut all);
    let denied = |part: &&Condition| matches!(part, Condition::Not(x) if implies(condition, x));
    all.iter().any(|part| never_alone(part))
        || all.iter().any(denied)
        || all
            .iter()
            .enumerate()
            .any(|(i, a)| all[i + 1..].iter().any(|b| exclude(a, b)))
}

fn flatten<'a>(condition: &'a Condition, into: &mut Vec<&'a Condition>) {
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| flatten(part, into)),
        _ => into.push(condition),
    }
}

fn never_alone(condition: &Condition) -> bool {
    match condition {
        Condition::Any(parts) => parts.iter().all(never),
        Condition::Not(part) => always(part),
        leaf => {
            values(leaf).is_some_and(<[String]>::is_empty)
                || range(leaf).is_some_and(|(_, r)| crossed(r))
        }
    }
}

fn always(condition: &Condition) -> bool {
    match condition {
        Condition::Always => true,
        Condition::All(parts) => parts.iter().all(always),
        Condition::Any(parts) => parts.iter().any(always),
        Condition::Not(part) => never(part),
        _ => false,
    }
}

fn crossed(range: Range) -> bool {
    matches!((range.at_least, range.at_most), (Some(low), Some(high)) if low > high)
}

/// True when two conditions certainly never hold together.
fn exclude(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::Not(a), b) => implies(b, a),
        (a, Condition::Not(b)) => implies(a, b),
        (Condition::Any(parts), other) | (other, Condition::Any(parts)) => parts
            .iter()
            .all(|part| never(&Condition::All(vec![part.clone(), other.clone()]))),
        (Condition::CustomerIsNew(a), Condition::CustomerIsNew(b))
        | (Condition::CouponUsed(a), Condition::CouponUsed(b)) => a != b,
        (Condition::CouponUsed(false), Condition::Coupon(_))
        | (Condition::Coupon(_), Condition::CouponUsed(false)) => true,
        (Condition::CustomerIsNew(true), Condition::OrderNumber(range))
        | (Condition::OrderNumber(range), Condition::CustomerIsNew(true)) => {
            range.at_least.is_some_and(|low| low > 1)
        }
        _ => disjoint(a, b),
    }
}

fn disjoint(a: &Condition, b: &Condition) -> bool {
    if let (Some((kind_a, a)), Some((kind_b, b))) = (range(a), range(b)) {
        let low = a.at_least.max(b.at_least);
        let high = [a.at_most, b.at_most].into_iter().flatten().min();
        return kind_a == kind_b
            && crossed(Range {
                at_least: low,
                at_most: high,
            });
    }
    match (values(a), values(b)) {
        (Some(list_a), Some(list_b)) => {
            // An order may carry several codes.
            let single = !matches!(a, Condition::Coupon(_));
            let apart = !list_a.iter().any(|value| list_b.contains(value));
            single && same_fact(a, b) && !list_a.is_empty() && apart
        }
        _ => false,
    }
}

/// True when `a` holding certainly means that `b` holds.
fn implies(a: &Condition, b: &Condition) -> bool {
    if a == b || always(b) {
        return true;
    }
    match (a, b) {
        (_, Condition::All(parts)) => parts.iter().all(|part| implies(a, part)),
        (Condition::Any(parts), _) => parts.iter().all(|part| implies(part, b)),
        (Condition::All(held), Condition::Any(wanted)) => {
            held.iter().any(|part| implies(part, b)) || wanted.iter().any(|part| implies(a, part))
        }
        (_, Condition::Any(parts)) => parts.iter().any(|part| implies(a, part)),
        (Condition::All(parts), _) => parts.iter().any(|part| implies(part, b)),
        (Condition::Not(a), Condition::Not(b)) => implies(b, a),
        (Condition::Coupon(_), Condition::CouponUsed(true)) => true,
        _ => narrower(a, b),
    }
}

fn narrower(a: &Condition, b: &Condition) -> bool {
    if let (Some((kind_a, a)), Some((kind_b, b))) = (range(a), range(b)) {
        let low = b
            .at_least
            .is_none_or(|low| a.at_least.is_some_and(|l| l >= low));
        let high = b
            .at_most
            .is_none_or(|high| a.at_most.is_some_and(|h| h <= high));
        return kind_a == kind_b && low && high;
    }
    match (a, b) {
        (Condition::PartnerType(a), Condition::PartnerType(b)) => a.iter().all(|v| b.contains(v)),
        (Condition::PartnerGroup(a), Condition::PartnerGroup(b)) => a.iter().all(|v| b.contains(v)),
        (Condition::Metadata { key: a, .. }, Condition::Metadata { key: b, is })
            if is.is_empty() =>
        {
            a == b
        }
        _ => match (values(a), values(b)) {
            (Some(list_a), Some(list_b)) => {
                same_fact(a, b) && list_a.iter().all(|v| list_b.contains(v))
            }
            _ => false,
        },
    }
}

/// A condition on a number: which number, and its range.
fn range(condition: &Condition) -> Option<(Condition, Range)> {
    use Condition as C;
    let open = Range::default();
    Some(match condition {
        C::Amount(range) => (C::Amount(open), *range),
        C::DiscountDepth(range) => (C::DiscountDepth(open), *range),
        C::OrderNumber(range) => (C::OrderNumber(open), *range),
        C::SubscriptionMonths(range) => (C::SubscriptionMonths(open), *range),
        C::CustomerTenureDays(range) => (C::CustomerTenureDays(open), *range),
        C::PartnerTenureDays(range) => (C::PartnerTenureDays(open), *range),
        C::PartnerIdleDays(range) => (C::PartnerIdleDays(open), *range),
        C::RecruitedDays(range) => (C::RecruitedDays(open), *range),
        C::PartnerTotal {
            measure,
            period,
            range,
        } => (
            C::PartnerTotal {
                measure: *measure,
                period: *period,
                range: open,
            },
            *range,
        ),
        _ => return None,
    })
}

/// A condition on a fact that is a text: the accepted values.
fn values(condition: &Condition) -> Option<&[String]> {
    use Condition as C;
    match condition {
        C::Product(list)
        | C::Sku(list)
        | C::Category(list)
        | C::CustomerCountry(list)
        | C::Coupon(list)
        | C::Channel(list)
        | C::Touch(list)
        | C::PartnerTier(list) => Some(list),
        C::Metadata { is, .. } if !is.is_empty() => Some(is),
        _ => None,
    }
}

fn same_fact(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::Metadata { key: a, .. }, Condition::Metadata { key: b, .. }) => a == b,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Reports the rules before which another rule always applies and ends the search.
pub(super) fn unreachable(set: &RuleSet, check: &mut Check<'_>) {
    for (index, later) in set.rules.iter().enumerate() {
        let hidden = set.rules.iter().enumerate().any(|(place, earlier)| {
            place != index && asked_first(earlier, place, later, index) && hides(earlier, later)
        });
        if hidden {
            check.rule = Some(later.id.clone());
            check.add(&format!("rules[{index}]"), ProblemCode::Unreachable);
        }
    }
}

fn asked_first(earlier: &Rule, place: usize, later: &Rule, index: usize) -> bool {
    let ranks = (earlier.scope.rank(), later.scope.rank());
    ranks.0 > ranks.1 || (ranks.0 == ranks.1 && place < index)
}

fn hides(earlier: &Rule, later: &Rule) -> bool {
    let covers = earlier.scope == Scope::Program || earlier.scope == later.scope;
    covers
        && earlier.to == later.to
        && earlier.then == Then::Stop
        && later.on.iter().all(|kind| earlier.on.contains(kind))
        && always_gives(earlier)
        && (earlier.lasts == Lasts::Lifetime || earlier.lasts == later.lasts)
        && (!earlier.when.is_per_item() || later.when.is_per_item())
        && implies(&later.when, &earlier.when)
}

/// True when a matching rule is never passed over for what it gives.
fn always_gives(rule: &Rule) -> bool {
    match &rule.reward {
        RewardSpec::Percent(_)
        | RewardSpec::Flat(_)
        | RewardSpec::PerItem(_)
        | RewardSpec::ShareOfCommission(_) => true,
        RewardSpec::Tiers(table) => {
            let start = i64::from(table.measure == Measure::Count);
            // An order of zero lies in no tier of revenue, and earns nothing anywhere.
            table.mode != TierMode::Fixed && table.tiers.first().is_some_and(|t| t.from <= start)
        }
        RewardSpec::Milestone(_) | RewardSpec::Instalments(_) | RewardSpec::Perk { .. } => false,
    }
}
