//! What is known about a conversion when it is checked.
//!
//! Addresses, devices, cards and accounts come as hashes made by the caller with
//! the installation's key: equal hashes mean equal values, and nothing else can be read.

use crate::{Email, Money, Timestamp, VisitorId};

/// A network address together with a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Hash of the address (of the /64 for IPv6).
    pub ip_hash: String,
    /// Hash of the user agent.
    pub agent_hash: String,
    /// When it was seen.
    pub at: Timestamp,
}

/// The partner's side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartnerSide {
    /// All known e-mail addresses of the partner's people.
    pub emails: Vec<Email>,
    /// Hash of the account that is paid out to.
    pub payout_hash: Option<String>,
    /// How many other partners of the program are paid out to the same account.
    pub others_on_payout: u32,
    /// Hash of the postal address.
    pub address_hash: Option<String>,
    /// Browsers the partner signed in with.
    pub visitors: Vec<VisitorId>,
    /// Recent sign-ins.
    pub devices: Vec<Device>,
}

/// The customer's side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerSide {
    /// E-mail address.
    pub email: Option<Email>,
    /// Hash of the account that paid.
    pub payment_hash: Option<String>,
    /// Hash of the postal address.
    pub address_hash: Option<String>,
    /// The browser.
    pub visitor: Option<VisitorId>,
    /// Address and browser at the conversion.
    pub device: Option<Device>,
    /// Billing country, ISO 3166 alpha-2 upper case.
    pub country: Option<String>,
    /// The order counts as the first of a new customer.
    pub is_new: bool,
    /// Orders of the same mailbox under other accounts before this one.
    pub earlier_orders: i64,
}

/// The credited click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// When.
    pub at: Timestamp,
    /// The landing address's parameters.
    pub query: Vec<(String, String)>,
    /// Host and path of the referrer, lower case, without scheme.
    pub referrer: Option<String>,
    /// Country of the network address.
    pub country: Option<String>,
    /// The address belongs to a data centre.
    pub data_center: bool,
    /// The address belongs to a privacy relay of real people.
    pub privacy_relay: bool,
}

/// Totals of the partner and the program around the conversion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartnerStatistics {
    /// Conversions in the last 24 hours, this one included.
    pub conversions_today: i64,
    /// Different network addresses among them.
    pub networks_today: i64,
    /// Conversions per day of the 28 days before.
    pub daily_history: Vec<i64>,
    /// Different customers from this conversion's address in the last 24 hours.
    pub customers_on_address: i64,
    /// Clicks in the last 30 days.
    pub clicks: i64,
    /// Conversions in the last 30 days.
    pub conversions: i64,
    /// Of 10,000 clicks in the whole program, how many convert.
    pub program_conversion_bps: i64,
    /// Sales in the last 90 days.
    pub sales: i64,
    /// How many of them were refunded or charged back.
    pub refunds: i64,
    /// Of 10,000 sales in the whole program, how many are refunded.
    pub program_refund_bps: i64,
}

/// A conversion to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// When it happened.
    pub at: Timestamp,
    /// The order's net amount.
    pub amount: Money,
    /// The partner.
    pub partner: PartnerSide,
    /// The customer.
    pub customer: CustomerSide,
    /// The credited click; nothing for coupons and other touches.
    pub click: Option<Click>,
    /// Where a code was credited without a click: when the customer last followed
    /// another partner's link.
    pub rival_click_at: Option<Timestamp>,
    /// When the customer first put something into the cart.
    pub cart_at: Option<Timestamp>,
    /// Whether the shop itself knows the order: asked when the event did not come from it.
    pub known_to_shop: Option<bool>,
    /// Totals.
    pub statistics: PartnerStatistics,
}
