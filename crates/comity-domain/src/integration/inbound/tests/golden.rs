//! Every reference payload against the committed reading of it.
//!
//! `UPDATE_GOLDEN=1` writes the files anew; the difference is then reviewed.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::integration::inbound::{
    NormaliseError, Normalised, Options, shopify, stripe, woocommerce,
};
use crate::reference::reference_file;
use crate::time::Timestamp;

fn crate_file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(path)
}

/// Compares readings, one after the other, with `tests/golden/{name}.txt`.
fn compare(name: &str, readings: &[(String, Result<Normalised, NormaliseError>)]) {
    let mut text = String::new();
    for (input, reading) in readings {
        let reading = match reading {
            Ok(reading) => serde_json::to_string_pretty(reading).unwrap(),
            Err(error) => format!("error: {error}"),
        };
        writeln!(text, "== {input}\n{reading}").unwrap();
    }
    let path = crate_file(&format!("golden/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == text,
        "reading differs from {}:\n{text}",
        path.display()
    );
}

#[test]
fn every_stripe_event_is_read_as_committed() {
    let names = [
        "01_checkout_session_completed",
        "02_customer_created",
        "03_customer_subscription_created",
        "04_invoice_paid",
        "05_invoice_paid",
        "06_invoice_paid",
        "07_invoice_payment_failed",
        "08_charge_refunded",
        "09_charge_refunded",
        "10_charge_dispute_created",
        "11_charge_dispute_closed",
        "12_customer_subscription_updated",
        "13_customer_subscription_deleted",
        "14_account_updated",
        "15_transfer_created",
        "16_transfer_reversed",
        "17_payout_paid",
        "18_payout_failed",
        "19_invoice_paid",
        "20_invoice_paid",
    ];
    let mut readings = Vec::new();
    for name in names {
        let Some(body) = reference_file(&format!("stripe/events/{name}.json")) else {
            return;
        };
        let keys = stripe::delivery_keys(&body).unwrap();
        readings.push((
            format!("{name} {}", keys.object_and_type),
            stripe::normalise(&body, &Options::default()),
        ));
    }
    compare("stripe", &readings);
}

#[test]
fn every_shopify_payload_is_read_as_committed() {
    let inputs = [
        ("orders/create", "py_order"),
        ("orders/paid", "py_order"),
        ("orders/cancelled", "py_order"),
        ("orders/paid", "go_order"),
        ("orders/cancelled", "go_order"),
        ("orders/updated", "go_order_with_transaction"),
        ("orders/paid", "go_orders"),
        ("refunds/create", "py_refund"),
        ("customers/create", "py_customer"),
        ("customers/create", "go_customer"),
        ("app/uninstalled", "go_product"),
        ("products/update", "py_product"),
        ("orders/paid", "py_checkouts"),
        ("orders/paid", "py_discount_code"),
    ];
    let mut readings = Vec::new();
    for (topic, name) in inputs {
        let Some(body) = reference_file(&format!("shopify/{name}.json")) else {
            return;
        };
        let reading = shopify::normalise(topic, &body, &Options::default());
        readings.push((format!("{topic} {name}"), reading));
    }
    compare("shopify", &readings);
}

#[test]
fn every_woocommerce_payload_is_read_as_committed() {
    let inputs = [
        ("order.created", "order_created"),
        ("order.created", "order_created_unpaid"),
        ("order.updated", "order_updated"),
        ("order.updated", "order_updated_cancelled"),
        ("order.deleted", "order_deleted"),
        ("customer.created", "customer_created"),
        ("product.updated", "product_updated"),
    ];
    let received_at = Timestamp::from_seconds(1_775_000_000);
    let read = |(topic, name): (&str, &str)| {
        let body = std::fs::read(crate_file(&format!("input/woocommerce/{name}.json"))).unwrap();
        let reading = woocommerce::normalise(topic, &body, received_at, &Options::default());
        (format!("{topic} {name}"), reading)
    };
    compare("woocommerce", &inputs.map(read));
}
