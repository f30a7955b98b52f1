//! Conditions in words.

use comity_domain::commission::{Condition, Measure, Period, Range};
use comity_domain::partner::Reach;
use comity_domain::{Bps, Currency, Money};

use super::Names;
use crate::commission::touch_word;
use crate::{Cx, fmt, t};

/// A condition as part of a sentence.
#[must_use]
pub fn condition(cx: &Cx, condition: &Condition, names: &Names) -> String {
    match condition {
        Condition::Always => t!(cx, "rule-always"),
        Condition::All(parts) => joined(cx, parts, names, &t!(cx, "rule-and")),
        Condition::Any(parts) => joined(cx, parts, names, &t!(cx, "rule-or")),
        Condition::Not(part) => {
            t!(cx, "rule-not", part = self::condition(cx, part, names))
        }
        Condition::PartnerTotal {
            measure: what,
            period: over,
            range: wanted,
        } => {
            let range = range(cx, *wanted, |n| total(cx, *what, n, names));
            let (what, over) = (measure(cx, *what), period(cx, *over));
            t!(
                cx,
                "rule-is-total",
                measure = what,
                period = over,
                range = range
            )
        }
        leaf => of_order(cx, leaf, names),
    }
}

fn joined(cx: &Cx, parts: &[Condition], names: &Names, word: &str) -> String {
    let part = |part: &Condition| {
        let text = condition(cx, part, names);
        let many = matches!(part, Condition::All(list) | Condition::Any(list) if list.len() > 1);
        if many { format!("({text})") } else { text }
    };
    if parts.is_empty() {
        return t!(cx, "rule-always");
    }
    let all: Vec<String> = parts.iter().map(part).collect();
    all.join(&format!(" {word} "))
}

/// Tests of the order and of the customer.
fn of_order(cx: &Cx, leaf: &Condition, names: &Names) -> String {
    let count = |wanted: Range| range(cx, wanted, |n| fmt::number(cx, n));
    match leaf {
        Condition::Amount(wanted) => {
            let money = |n| fmt::money(cx, Money::new(n, names.currency));
            t!(cx, "rule-is-amount", range = range(cx, *wanted, money))
        }
        Condition::DiscountDepth(wanted) => {
            let percent = |n| fmt::percent(cx, Bps(u32::try_from(n).unwrap_or(0)));
            t!(cx, "rule-is-discount", range = range(cx, *wanted, percent))
        }
        Condition::Product(list) => t!(cx, "rule-is-product", list = words(cx, list)),
        Condition::Sku(list) => t!(cx, "rule-is-sku", list = words(cx, list)),
        Condition::Category(list) => t!(cx, "rule-is-category", list = words(cx, list)),
        Condition::OrderNumber(wanted) => t!(cx, "rule-is-order", range = count(*wanted)),
        Condition::SubscriptionMonths(wanted) => {
            t!(cx, "rule-is-subscription", range = count(*wanted))
        }
        Condition::CustomerCountry(list) => t!(cx, "rule-is-country", list = words(cx, list)),
        Condition::CustomerTenureDays(wanted) => {
            t!(cx, "rule-is-customer-days", range = count(*wanted))
        }
        Condition::CustomerIsNew(true) => t!(cx, "rule-is-new"),
        Condition::CustomerIsNew(false) => t!(cx, "rule-is-returning"),
        Condition::CouponUsed(true) => t!(cx, "rule-is-code-used"),
        Condition::CouponUsed(false) => t!(cx, "rule-is-no-code"),
        Condition::Coupon(list) => t!(cx, "rule-is-code", list = words(cx, list)),
        other => of_partner(cx, other, names),
    }
}

/// Tests of the contact, the partner and the event's own fields.
fn of_partner(cx: &Cx, leaf: &Condition, names: &Names) -> String {
    let count = |wanted: Range| range(cx, wanted, |n| fmt::number(cx, n));
    match leaf {
        Condition::Channel(list) => {
            let list: Vec<String> = list.iter().map(|code| touch_word(cx, code)).collect();
            t!(cx, "rule-is-channel", list = words(cx, &list))
        }
        Condition::Touch(list) => {
            let list: Vec<String> = list.iter().map(|code| touch_word(cx, code)).collect();
            t!(cx, "rule-is-contact", list = words(cx, &list))
        }
        Condition::PartnerType(list) => {
            let list: Vec<String> = list.iter().map(|id| names.partner_type(cx, id)).collect();
            t!(cx, "rule-is-type", list = words(cx, &list))
        }
        Condition::PartnerGroup(list) => {
            let list: Vec<String> = list.iter().map(|id| names.group(cx, id)).collect();
            t!(cx, "rule-is-group", list = words(cx, &list))
        }
        Condition::PartnerTier(list) => t!(cx, "rule-is-tier", list = words(cx, list)),
        Condition::PartnerTenureDays(wanted) => {
            t!(cx, "rule-is-partner-days", range = count(*wanted))
        }
        Condition::PartnerIdleDays(wanted) => t!(cx, "rule-is-idle", range = count(*wanted)),
        Condition::RecruitedDays(wanted) => t!(cx, "rule-is-recruited", range = count(*wanted)),
        Condition::Metadata { key, is } if is.is_empty() => {
            t!(cx, "rule-is-field-there", key = key)
        }
        Condition::Metadata { key, is } => {
            t!(cx, "rule-is-field", key = key, list = words(cx, is))
        }
        _ => t!(cx, "rule-always"),
    }
}

/// `a, b or c`.
fn words(cx: &Cx, list: &[String]) -> String {
    match list {
        [] => t!(cx, "rule-nothing"),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), t!(cx, "rule-or")),
    }
}

fn range(cx: &Cx, range: Range, show: impl Fn(i64) -> String) -> String {
    match (range.at_least, range.at_most) {
        (Some(low), Some(high)) if low == high => t!(cx, "rule-exactly", n = show(low)),
        (Some(low), Some(high)) => t!(cx, "rule-between", low = show(low), high = show(high)),
        (Some(low), None) => t!(cx, "rule-at-least", n = show(low)),
        (None, Some(high)) => t!(cx, "rule-no-more", n = show(high)),
        (None, None) => t!(cx, "rule-any"),
    }
}

/// A total: a count, or an amount in minor units.
pub(super) fn total(cx: &Cx, measure: Measure, value: i64, names: &Names) -> String {
    if measure.is_amount() {
        fmt::money(cx, Money::new(value, names.currency))
    } else {
        fmt::number(cx, value)
    }
}

/// The total that reaches a tier of partners.
#[must_use]
pub fn reach(cx: &Cx, reach: Reach, currency: Currency) -> String {
    let at = total(cx, reach.measure, reach.at, &Names::none(currency));
    let (what, over) = (measure(cx, reach.measure), period(cx, reach.period));
    t!(
        cx,
        "rule-tier-reach",
        measure = what,
        period = over,
        at = at
    )
}

/// What is added up.
#[must_use]
pub fn measure(cx: &Cx, measure: Measure) -> String {
    match measure {
        Measure::Count => t!(cx, "commission-measure-count"),
        Measure::Revenue => t!(cx, "commission-measure-revenue"),
        Measure::Commission => t!(cx, "commission-measure-commission"),
        Measure::NewCustomers => t!(cx, "commission-measure-customers"),
    }
}

/// Over which period.
#[must_use]
pub fn period(cx: &Cx, period: Period) -> String {
    match period {
        Period::Month => t!(cx, "commission-period-month"),
        Period::Quarter => t!(cx, "commission-period-quarter"),
        Period::Year => t!(cx, "commission-period-year"),
        Period::RollingDays(days) => t!(cx, "commission-period-days", n = days),
        Period::Lifetime => t!(cx, "commission-period-lifetime"),
    }
}
