//! Transfers for the tests of all rails, and the way to the reference data.

use comity_domain::payout::{MethodFields, PayoutMethod, Rail};
use comity_domain::{Currency, Money, PayoutBatchId, PayoutId, RawId};

use super::Transfer;

/// A file of the reference data.
pub fn data(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");
    std::fs::read_to_string(format!("{root}{path}")).unwrap()
}

pub fn batch() -> PayoutBatchId {
    PayoutBatchId(RawId([0x22; 16]))
}

pub fn payout(number: u8) -> PayoutId {
    PayoutId(RawId([number; 16]))
}

pub fn fields() -> MethodFields {
    MethodFields {
        holder: "Jürgen Müller & Söhne <GmbH>".into(),
        iban: "DE89370400440532013000".into(),
        bic: "COBADEFFXXX".into(),
        routing_number: "231380104".into(),
        account_number: "987654321".into(),
        account_type: "checking".into(),
        email: "ann@example.com".into(),
        stripe_account: "acct_1032D82eZvKYlo2C".into(),
        instructions: "=HYPERLINK(\"http://example.com\")".into(),
    }
}

pub fn transfer(number: u8, rail: Rail, minor: i64, currency: Currency) -> Transfer {
    Transfer {
        payout: payout(number),
        amount: Money::new(minor, currency),
        method: PayoutMethod::from_fields(rail, &fields()).unwrap(),
        statement: "Партнёрская программа: октябрь 2026".into(),
    }
}
