//! Malformed input names its field; policies and policies' edges.

use serde_json::{Value, json};

use crate::integration::inbound::field::decimal;
use crate::integration::inbound::*;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

fn order() -> Value {
    json!({
        "id": 1, "created_at": "2026-01-02T03:04:05+01:00", "currency": "EUR",
        "financial_status": "paid", "total_price": "123.45", "total_tax": "19.71",
        "taxes_included": true, "total_discounts": "0.00",
        "landing_site": "/shop?utm_source=x&cid=cid_abcd1234#top",
        "shipping_lines": [{"price": "5.95", "tax_lines": [{"price": "0.95"}]}],
        "line_items": [{"title": "A", "quantity": 1, "price": "117.50", "tax_lines": [{"price": "18.76"}]}],
    })
}

fn read(order: &Value, options: &Options) -> Result<Normalised, NormaliseError> {
    shopify::normalise("orders/create", order.to_string().as_bytes(), options)
}

fn one(normalised: Normalised) -> IncomingEvent {
    match normalised {
        Normalised::Events(mut events) if events.len() == 1 => events.remove(0),
        Normalised::Events(_) | Normalised::Ignored(_) => panic!("expected one event"),
    }
}

#[test]
fn net_is_exact_when_prices_include_tax() {
    let event = one(read(&order(), &Options::default()).unwrap());
    let figures = event.figures.unwrap();
    assert_eq!(figures.amount.minor, 12_345 - 1_971 - 500);
    assert_eq!((figures.shipping.minor, figures.tax.minor), (500, 1_971));
    assert_eq!(event.items[0].amount.minor, 11_750 - 1_876);
    assert_eq!(event.click_id.as_deref(), Some("abcd1234"));
    assert_eq!(event.occurred_at.to_string(), "2026-01-02T02:04:05Z");
}

#[test]
fn the_policy_may_count_tax_and_shipping() {
    let options = Options {
        include_tax: true,
        include_shipping: true,
        ..Options::default()
    };
    let event = one(read(&order(), &options).unwrap());
    assert_eq!(event.figures.unwrap().amount.minor, 12_345);
}

#[test]
fn errors_name_the_field_and_the_problem() {
    let cases = [
        (
            "total_price",
            json!("12,3"),
            "total_price",
            Problem::NotAmount,
        ),
        (
            "total_price",
            json!("-1.00"),
            "total_price",
            Problem::Negative,
        ),
        (
            "total_price",
            json!("99999999999999999999"),
            "total_price",
            Problem::Overflow,
        ),
        ("total_price", json!(12.5), "total_price", Problem::NotText),
        ("total_price", Value::Null, "total_price", Problem::Missing),
        ("currency", json!("XXX"), "currency", Problem::Currency),
        ("id", json!(-1), "id", Problem::NotInteger),
        ("id", json!(0), "id", Problem::Missing),
        (
            "created_at",
            json!("yesterday"),
            "created_at",
            Problem::NotTime,
        ),
        ("line_items", json!({}), "line_items", Problem::Shape),
        (
            "line_items",
            json!([{"quantity": -1, "price": "1"}]),
            "line_items[0].quantity",
            Problem::NotInteger,
        ),
        (
            "shipping_lines",
            json!([{"price": "x"}]),
            "shipping_lines[0].price",
            Problem::NotAmount,
        ),
    ];
    for (name, value, path, problem) in cases {
        let mut order = order();
        order[name] = value;
        let error = read(&order, &Options::default()).unwrap_err();
        assert_eq!((error.path.as_str(), error.problem), (path, problem));
    }
    let bad = stripe::normalise(b"\xff{", &Options::default()).unwrap_err();
    assert_eq!((bad.path.as_str(), bad.problem), ("", Problem::Shape));
    let bad =
        br#"{"type":"invoice.paid","created":1,"data":{"object":{"id":"in_1","currency":"usd"}}}"#;
    let error = stripe::normalise(bad, &Options::default()).unwrap_err();
    assert_eq!(error.to_string(), "field `data.object.total`: missing");
}

#[test]
fn decimals_are_read_exactly_in_every_currency() {
    let read = |text: &str, code: &str| {
        decimal(text, code.parse().unwrap()).map(|money: Money| money.minor)
    };
    let cases = [
        ("409.94", "USD", Ok(40_994)),
        ("1000.00", "JPY", Ok(1_000)),
        ("1.2345", "EUR", Ok(123)),
        ("1.235", "EUR", Ok(124)),
        ("1.245", "EUR", Ok(124)),
        ("1.2450001", "EUR", Ok(125)),
        ("-1.235", "EUR", Ok(-124)),
        ("0.5", "JPY", Ok(0)),
        ("1.5", "JPY", Ok(2)),
        ("1.5", "KWD", Ok(1_500)),
        ("1.2e3", "EUR", Err(Problem::NotAmount)),
        ("1.00x", "EUR", Err(Problem::NotAmount)),
        ("", "EUR", Err(Problem::NotAmount)),
        (".5", "EUR", Err(Problem::NotAmount)),
        ("92233720368547758.07", "EUR", Ok(i64::MAX)),
        ("92233720368547758.08", "EUR", Err(Problem::Overflow)),
        ("92233720368547758.079", "EUR", Err(Problem::Overflow)),
    ];
    for (text, code, expected) in cases {
        assert_eq!(read(text, code), expected, "{text} {code}");
    }
}

fn session(changes: &Value) -> Result<Normalised, NormaliseError> {
    let mut object = json!({
        "id": "cs_1", "mode": "payment", "payment_status": "paid", "currency": "eur",
        "amount_total": 11_900, "payment_intent": "pi_1", "client_reference_id": "cid_abc-123",
        "total_details": {"amount_tax": 1_900, "amount_shipping": 500, "amount_discount": 0},
        "discounts": [{"coupon": null, "promotion_code": {"id": "promo_1", "code": "SPRING"}}],
    });
    for (key, value) in changes.as_object().unwrap() {
        object[key] = value.clone();
    }
    let event = json!({
        "id": "evt_1", "type": "checkout.session.completed", "created": 1_700_000_000,
        "livemode": true, "data": {"object": object},
    });
    stripe::normalise(event.to_string().as_bytes(), &Options::default())
}

#[test]
fn a_checkout_session_is_net_of_tax_and_shipping_and_knows_click_and_code() {
    let event = one(session(&json!({})).unwrap());
    assert_eq!(
        (event.kind, event.external_id.as_str()),
        (Kind::Sale, "pi_1")
    );
    assert_eq!(event.aliases, ["cs_1"]);
    assert_eq!(
        event.figures.unwrap().amount,
        Money::new(9_500, Currency::EUR)
    );
    assert_eq!(event.click_id.as_deref(), Some("abc-123"));
    assert_eq!(event.coupons, ["SPRING"]);
    assert!(!event.test);
}

#[test]
fn a_merchants_own_reference_is_not_taken_for_a_click() {
    for own in ["42", "user-17", "cid_<script>", "cid_"] {
        let event = one(session(&json!({"client_reference_id": own})).unwrap());
        assert_eq!(event.click_id, None, "{own}");
    }
    let metadata = json!({"client_reference_id": "42", "metadata": {"cid": "cid_fromMeta"}});
    let event = one(session(&metadata).unwrap());
    assert_eq!(event.click_id.as_deref(), Some("fromMeta"));
}

#[test]
fn unpaid_and_free_sessions_are_not_sales() {
    let unpaid = session(&json!({"payment_status": "unpaid"}));
    assert_eq!(unpaid, Ok(Normalised::Ignored(Ignored::AwaitingPayment)));
    let free = session(&json!({"amount_total": 0, "total_details": {}}));
    assert_eq!(free, Ok(Normalised::Ignored(Ignored::ZeroAmount)));
    let trial = json!({
        "mode": "subscription", "payment_status": "no_payment_required", "amount_total": 0,
        "subscription": "sub_1", "invoice": {"id": "in_1"}, "payment_intent": null,
    });
    let trial = one(session(&trial).unwrap());
    assert_eq!(
        (trial.kind, trial.external_id.as_str()),
        (Kind::Lead, "sub_1")
    );
    let broken = session(&json!({"total_details": {"amount_tax": 99_999}})).unwrap_err();
    assert_eq!(
        (broken.path.as_str(), broken.problem),
        ("data.object.amount_total", Problem::Negative)
    );
}

#[test]
fn disputes_that_moved_no_money_are_ignored() {
    let dispute = |topic: &str, status: &str| {
        let event = json!({
            "type": topic, "created": 1, "data": {"object": {
                "id": "dp_1", "charge": "ch_1", "amount": 500, "currency": "usd", "status": status,
            }},
        });
        stripe::normalise(event.to_string().as_bytes(), &Options::default()).unwrap()
    };
    let inquiry = dispute("charge.dispute.created", "warning_needs_response");
    assert_eq!(inquiry, Normalised::Ignored(Ignored::DisputeInquiry));
    let lost = one(dispute("charge.dispute.closed", "lost"));
    assert_eq!(
        (lost.kind, lost.external_id.as_str()),
        (Kind::Chargeback, "dp_1")
    );
    let won = one(dispute("charge.dispute.closed", "won"));
    assert_eq!(
        (won.kind, won.refers_to),
        (
            Kind::ChargebackWon,
            vec!["ch_1".to_owned(), "dp_1".to_owned()]
        )
    );
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn postback(pairs: Pairs<'_>) -> Result<Normalised, NormaliseError> {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    postback::normalise(&pairs, Timestamp::from_seconds(1_700_000_000))
}

#[test]
fn a_postback_is_read_and_a_doubled_parameter_refused() {
    let ok = [
        ("event", "sale"),
        ("order", "A-1"),
        ("amount", "119.00"),
        ("tax", "19.00"),
        ("currency", "eur"),
        ("cid", "clk_1"),
        ("coupon", "X, Y"),
        ("sub1", "spring"),
        ("country", "de"),
        ("ts", "1"),
        ("sig", "00"),
        ("email", ""),
    ];
    let event = one(postback(&ok).unwrap());
    assert_eq!(event.figures.unwrap().amount.minor, 10_000);
    assert_eq!(
        (event.coupons.len(), event.customer.country.as_deref()),
        (2, Some("DE"))
    );
    assert_eq!(event.metadata.keys().collect::<Vec<_>>(), ["sub1"]);
    let cases: [(Pairs<'_>, &str, Problem); 8] = [
        (&[("order", "1"), ("order", "1")], "order", Problem::Twice),
        (&[("amount", "1")], "order", Problem::Missing),
        (
            &[("order", "1"), ("amount", "1")],
            "currency",
            Problem::Missing,
        ),
        (
            &[("order", "1"), ("currency", "EUR")],
            "amount",
            Problem::Missing,
        ),
        (
            &[("order", "1"), ("amount", "-1"), ("currency", "EUR")],
            "amount",
            Problem::Negative,
        ),
        (&[("order", "1"), ("event", "x")], "event", Problem::Shape),
        (
            &[("order", "1"), ("event", "lead"), ("at", "soon")],
            "at",
            Problem::NotTime,
        ),
        (
            &[("order", "1"), ("event", "void")],
            "refers_to",
            Problem::Missing,
        ),
    ];
    for (pairs, path, problem) in cases {
        let error = postback(pairs).unwrap_err();
        assert_eq!((error.path.as_str(), error.problem), (path, problem));
    }
}

/// Calls `visit` with every copy of `value` in which one part is replaced by something else.
fn every_replacement(value: &Value, visit: &mut dyn FnMut(&Value)) {
    let parts: Vec<String> = pointers(value, String::new());
    let odd = [
        Value::Null,
        json!(-1),
        json!(0),
        json!(1e308),
        json!(i64::MAX),
        json!(""),
        json!("x"),
        json!("99999999999999999999.99"),
        json!("-0.001"),
        json!(true),
        json!({}),
        json!([]),
        json!([1]),
    ];
    for part in &parts {
        for other in &odd {
            let mut mutant = value.clone();
            *mutant.pointer_mut(part).unwrap() = other.clone();
            visit(&mutant);
        }
    }
}

fn pointers(value: &Value, here: String) -> Vec<String> {
    let below: Vec<String> = match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, part)| pointers(part, format!("{here}/{key}")))
            .collect(),
        Value::Array(list) => {
            let part = |(index, part)| pointers(part, format!("{here}/{index}"));
            list.iter().enumerate().flat_map(part).collect()
        }
        _ => Vec::new(),
    };
    std::iter::once(here).chain(below).collect()
}

#[test]
fn no_replaced_part_panics_or_gives_a_negative_amount() {
    let woo = include_bytes!("../../../../tests/input/woocommerce/order_updated.json");
    let woo: Value = serde_json::from_slice(woo).unwrap();
    let stripe = json!({
        "id": "evt", "type": "invoice.paid", "created": 1, "livemode": true, "data": {
            "previous_attributes": {"amount_refunded": 5},
            "object": {
                "id": "in_1", "billing_reason": "subscription_create", "currency": "usd",
                "total": 100, "total_excluding_tax": 90, "amount_shipping": 5, "amount": 100,
                "amount_refunded": 10, "status": "won", "charge": "ch_1", "subscription": "sub_1",
                "discounts": [{"coupon": {"id": "X"}}], "metadata": {"cid": "abcd"},
                "total_discount_amounts": [{"amount": 5}],
                "payments": {"data": [{"payment": {"payment_intent": "pi_1"}}]},
                "lines": {"data": [{"amount": 90, "quantity": 1, "taxes": [
                    {"amount": 1, "tax_behavior": "inclusive"}]}]},
            },
        },
    });
    let sound = |reading: Result<Normalised, NormaliseError>| {
        if let Ok(Normalised::Events(events)) = reading {
            for figures in events.iter().filter_map(|event| event.figures) {
                assert!(
                    figures.amount.minor >= 0 && figures.gross.minor >= 0,
                    "{figures:?}"
                );
            }
        }
    };
    let options = Options::default();
    every_replacement(&woo, &mut |mutant| {
        let body = mutant.to_string();
        sound(woocommerce::normalise(
            "order.updated",
            body.as_bytes(),
            Timestamp::default(),
            &options,
        ));
    });
    every_replacement(&order(), &mut |mutant| sound(read(mutant, &options)));
    for topic in ["invoice.paid", "charge.refunded", "charge.dispute.closed"] {
        let mut event = stripe.clone();
        event["type"] = json!(topic);
        every_replacement(&event, &mut |mutant| {
            sound(stripe::normalise(mutant.to_string().as_bytes(), &options));
        });
    }
}
