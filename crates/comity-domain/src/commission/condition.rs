//! When a rule applies: a tree of tests over the facts.

use serde::{Deserialize, Serialize};

use super::facts::{EventKind, Facts, Item};
use super::period::Period;
use super::total::{Counter, Measure, Subject};
use crate::time::DAY;
use crate::{GroupId, PartnerTypeId, Timestamp};

/// An inclusive range; an end that is left out is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Range {
    /// The smallest value inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// The largest value inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
}

impl Range {
    /// From `value` upward.
    #[must_use]
    pub const fn at_least(value: i64) -> Self {
        Self {
            at_least: Some(value),
            at_most: None,
        }
    }

    /// Up to `value`.
    #[must_use]
    pub const fn at_most(value: i64) -> Self {
        Self {
            at_least: None,
            at_most: Some(value),
        }
    }

    /// True when `value` lies inside.
    #[must_use]
    pub fn contains(self, value: i64) -> bool {
        self.at_least.is_none_or(|low| low <= value)
            && self.at_most.is_none_or(|high| value <= high)
    }
}

/// A condition. A test on something unknown does not hold, so `not` of it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Always holds.
    #[default]
    Always,
    /// Every part holds.
    All(Vec<Self>),
    /// At least one part holds.
    Any(Vec<Self>),
    /// The part does not hold.
    Not(Box<Self>),
    /// The order's net amount, in minor units.
    Amount(Range),
    /// Discount as a share of the price, in hundredths of a percent.
    DiscountDepth(Range),
    /// The line is one of these products (makes the rule work per line).
    Product(Vec<String>),
    /// The line has one of these stock keeping units (per line).
    Sku(Vec<String>),
    /// The line is in one of these categories (per line).
    Category(Vec<String>),
    /// Number of the customer's order: 1 is the first.
    OrderNumber(Range),
    /// Full months since the customer's subscription began.
    SubscriptionMonths(Range),
    /// Billing country, ISO 3166 alpha-2 upper case.
    CustomerCountry(Vec<String>),
    /// Days since the customer was first seen.
    CustomerTenureDays(Range),
    /// Whether the customer never bought before.
    CustomerIsNew(bool),
    /// Whether any coupon was used.
    CouponUsed(bool),
    /// One of these coupon codes was used, upper case.
    Coupon(Vec<String>),
    /// Channel of the credited touch.
    Channel(Vec<String>),
    /// Kind of the credited touch.
    Touch(Vec<String>),
    /// The partner is of one of these types.
    PartnerType(Vec<PartnerTypeId>),
    /// The partner is in one of these groups.
    PartnerGroup(Vec<GroupId>),
    /// The partner stands on one of these tiers.
    PartnerTier(Vec<String>),
    /// Days since the partner joined.
    PartnerTenureDays(Range),
    /// Days since the partner's latest conversion.
    PartnerIdleDays(Range),
    /// Days since the partner was recruited by another.
    RecruitedDays(Range),
    /// A total of the partner before this event, over the rule's kinds of event.
    PartnerTotal {
        /// What is added up.
        measure: Measure,
        /// Over which period.
        period: Period,
        /// The total must lie in here (amounts in minor units).
        range: Range,
    },
    /// A field of the event has one of these values; with no values, any value.
    Metadata {
        /// The field's name.
        key: String,
        /// Accepted values.
        #[serde(default)]
        is: Vec<String>,
    },
}

/// The counter a total condition reads.
pub(super) fn partner_counter(measure: Measure, period: Period, on: &[EventKind]) -> Counter {
    Counter {
        subject: Subject::Partner,
        measure,
        period,
        events: on.to_vec(),
        rule: None,
    }
}

/// What a condition is tested against.
#[derive(Clone, Copy)]
pub(super) struct Probe<'a> {
    pub(super) facts: &'a Facts,
    pub(super) on: &'a [EventKind],
    pub(super) item: Option<&'a Item>,
}

/// A total was needed that the caller did not load.
pub(super) struct NotLoaded;

impl Condition {
    /// True when a test of the order's lines occurs anywhere in the tree.
    #[must_use]
    pub fn is_per_item(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::is_per_item),
            Self::Not(part) => part.is_per_item(),
            Self::Product(_) | Self::Sku(_) | Self::Category(_) => true,
            _ => false,
        }
    }

    /// The part that does not hold, or nothing when the condition holds.
    pub(super) fn failing(&self, probe: Probe<'_>) -> Result<Option<&Self>, NotLoaded> {
        if let Self::All(parts) = self {
            for part in parts {
                if let Some(failing) = part.failing(probe)? {
                    return Ok(Some(failing));
                }
            }
            return Ok(None);
        }
        Ok(if self.holds(probe)? { None } else { Some(self) })
    }

    fn holds(&self, probe: Probe<'_>) -> Result<bool, NotLoaded> {
        match self {
            Self::Always => Ok(true),
            Self::All(_) => Ok(self.failing(probe)?.is_none()),
            Self::Any(parts) => {
                for part in parts {
                    if part.holds(probe)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(part) => Ok(!part.holds(probe)?),
            Self::PartnerTotal {
                measure,
                period,
                range,
            } => {
                let counter = partner_counter(*measure, *period, probe.on);
                let value = probe.facts.totals.get(&counter).ok_or(NotLoaded)?;
                Ok(range.contains(value))
            }
            leaf => Ok(leaf.leaf_holds(probe)),
        }
    }

    /// Tests of one fact; the branches and totals are handled by the caller.
    fn leaf_holds(&self, Probe { facts, item, .. }: Probe<'_>) -> bool {
        let (customer, partner) = (&facts.customer, &facts.partner);
        let days =
            |since: Option<Timestamp>| since.map(|then| facts.at.since(then).div_euclid(DAY));
        let inside = |range: &Range, value: Option<i64>| value.is_some_and(|v| range.contains(v));
        let number = |value: Option<u32>| value.map(i64::from);
        match self {
            Self::Amount(range) => range.contains(facts.net.minor),
            Self::DiscountDepth(range) => inside(
                range,
                facts.discount_depth().map(|depth| i64::from(depth.0)),
            ),
            Self::Product(list) => item.is_some_and(|item| list.contains(&item.product)),
            Self::Sku(list) => item.is_some_and(|item| listed(list, item.sku.as_ref())),
            Self::Category(list) => item.is_some_and(|item| listed(list, item.category.as_ref())),
            Self::OrderNumber(range) => inside(range, number(customer.order_number)),
            Self::SubscriptionMonths(range) => inside(range, number(customer.subscription_months)),
            Self::CustomerCountry(list) => listed(list, customer.country.as_ref()),
            Self::CustomerTenureDays(range) => inside(range, days(customer.since)),
            Self::CustomerIsNew(wanted) => customer.is_new == *wanted,
            Self::CouponUsed(wanted) => facts.coupons.is_empty() != *wanted,
            Self::Coupon(list) => facts.coupons.iter().any(|code| list.contains(code)),
            Self::Channel(list) => listed(list, facts.channel.as_ref()),
            Self::Touch(list) => listed(list, facts.touch.as_ref()),
            Self::PartnerType(list) => list.iter().any(|id| partner.types.contains(id)),
            Self::PartnerGroup(list) => list.iter().any(|id| partner.groups.contains(id)),
            Self::PartnerTier(list) => listed(list, partner.tier.as_ref()),
            Self::PartnerTenureDays(range) => inside(range, days(partner.joined_at)),
            Self::PartnerIdleDays(range) => inside(range, days(partner.last_conversion_at)),
            Self::RecruitedDays(range) => inside(range, days(partner.recruited_at)),
            Self::Metadata { key, is } => facts
                .metadata
                .get(key)
                .is_some_and(|value| is.is_empty() || is.contains(value)),
            Self::Always
            | Self::All(_)
            | Self::Any(_)
            | Self::Not(_)
            | Self::PartnerTotal { .. } => false,
        }
    }
}

fn listed(list: &[String], value: Option<&String>) -> bool {
    value.is_some_and(|value| list.contains(value))
}
