//! The tests a condition's form offers.

use crate::i18n::Key;
use crate::key;

/// Which fields a test needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words with commas.
    List,
    /// Two amounts.
    Money,
    /// Two shares in per cent.
    Percent,
    /// Two whole numbers.
    Count,
    /// Yes or no.
    YesNo,
    /// Kinds of contact to tick.
    Touches,
    /// Kinds of partner to tick.
    Types,
    /// Groups to tick.
    Groups,
    /// A total of the partner over a period.
    Total,
    /// A field of the event and its values.
    Metadata,
}

/// One test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named like the conditions of the domain")]
pub enum Test {
    Amount,
    DiscountDepth,
    Product,
    Sku,
    Category,
    OrderNumber,
    SubscriptionMonths,
    CustomerCountry,
    CustomerTenureDays,
    CustomerIsNew,
    CouponUsed,
    Coupon,
    Channel,
    Touch,
    PartnerType,
    PartnerGroup,
    PartnerTier,
    PartnerTenureDays,
    PartnerIdleDays,
    RecruitedDays,
    PartnerTotal,
    Metadata,
}

type Line = (Test, &'static str, Shape, Key);

/// Code, fields and name of each test, in the order of the list.
const TABLE: [Line; 22] = [
    (
        Test::Amount,
        "amount",
        Shape::Money,
        key!("rule-test-amount"),
    ),
    (
        Test::DiscountDepth,
        "discount_depth",
        Shape::Percent,
        key!("rule-test-discount"),
    ),
    (
        Test::Product,
        "product",
        Shape::List,
        key!("rule-test-product"),
    ),
    (Test::Sku, "sku", Shape::List, key!("rule-test-sku")),
    (
        Test::Category,
        "category",
        Shape::List,
        key!("rule-test-category"),
    ),
    (
        Test::OrderNumber,
        "order_number",
        Shape::Count,
        key!("rule-test-order"),
    ),
    (
        Test::SubscriptionMonths,
        "subscription_months",
        Shape::Count,
        key!("rule-test-subscription"),
    ),
    (
        Test::CustomerIsNew,
        "customer_is_new",
        Shape::YesNo,
        key!("rule-test-new"),
    ),
    (
        Test::CustomerCountry,
        "customer_country",
        Shape::List,
        key!("rule-test-country"),
    ),
    (
        Test::CustomerTenureDays,
        "customer_tenure_days",
        Shape::Count,
        key!("rule-test-customer-days"),
    ),
    (
        Test::CouponUsed,
        "coupon_used",
        Shape::YesNo,
        key!("rule-test-code-used"),
    ),
    (Test::Coupon, "coupon", Shape::List, key!("rule-test-code")),
    (
        Test::Channel,
        "channel",
        Shape::List,
        key!("rule-test-channel"),
    ),
    (
        Test::Touch,
        "touch",
        Shape::Touches,
        key!("rule-test-touch"),
    ),
    (
        Test::PartnerType,
        "partner_type",
        Shape::Types,
        key!("rule-test-type"),
    ),
    (
        Test::PartnerGroup,
        "partner_group",
        Shape::Groups,
        key!("rule-test-group"),
    ),
    (
        Test::PartnerTier,
        "partner_tier",
        Shape::List,
        key!("rule-test-tier"),
    ),
    (
        Test::PartnerTenureDays,
        "partner_tenure_days",
        Shape::Count,
        key!("rule-test-partner-days"),
    ),
    (
        Test::PartnerIdleDays,
        "partner_idle_days",
        Shape::Count,
        key!("rule-test-idle"),
    ),
    (
        Test::RecruitedDays,
        "recruited_days",
        Shape::Count,
        key!("rule-test-recruited"),
    ),
    (
        Test::PartnerTotal,
        "partner_total",
        Shape::Total,
        key!("rule-test-total"),
    ),
    (
        Test::Metadata,
        "metadata",
        Shape::Metadata,
        key!("rule-test-metadata"),
    ),
];

impl Test {
    /// Every test, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|line| line.0)
    }

    fn line(self) -> &'static Line {
        let found = TABLE.iter().find(|line| line.0 == self);
        found.expect("the table holds every test")
    }

    /// The code, as in the JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.line().1
    }

    /// The test with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|test| test.code() == code)
    }

    /// Which fields it needs.
    #[must_use]
    pub fn shape(self) -> Shape {
        self.line().2
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Key {
        self.line().3
    }
}
