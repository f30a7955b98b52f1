//! Any order, any number of copies: the same books (reliability goal R3).

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::integration::inbound::*;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

type Books = BTreeMap<(Kind, String), IncomingEvent>;

/// What the application does with events: keep one per natural key, joined.
fn fold(events: impl IntoIterator<Item = IncomingEvent>) -> Books {
    let mut books = Books::new();
    for event in events {
        let key = (event.kind, event.external_id.clone());
        let joined = books.get(&key).map(|first| merge(first, &event));
        match joined {
            None => drop(books.insert(key, event)),
            Some(Merged::Enriched(joined)) => drop(books.insert(key, *joined)),
            Some(Merged::Same | Merged::Conflict) => {}
        }
    }
    books
}

/// How much of `sale` is reversed, looking only at the set of events.
fn reversed(books: &Books, sale: &IncomingEvent) -> Reversal {
    let figures = sale.figures.unwrap();
    let mut totals = RefundTotals::new(figures.amount, figures.gross);
    let names = || sale.aliases.iter().chain([&sale.external_id]);
    for event in books.values() {
        if event
            .refers_to
            .iter()
            .any(|name| names().any(|own| own == name))
        {
            totals.add(event.kind, event.figures).unwrap();
        }
    }
    totals.reversal().unwrap()
}

fn stripe_event(topic: &str, object: &Value, previous: &Value) -> Vec<IncomingEvent> {
    let event = json!({
        "id": "evt", "type": topic, "created": 1_700_000_000, "livemode": true,
        "data": {"object": object, "previous_attributes": previous},
    });
    match stripe::normalise(event.to_string().as_bytes(), &Options::default()).unwrap() {
        Normalised::Events(events) => events,
        Normalised::Ignored(reason) => panic!("ignored: {}", reason.code()),
    }
}

/// A session with the click, its invoice with the lines, and refunds in four steps.
fn story() -> Vec<IncomingEvent> {
    let session = json!({
        "id": "cs_1", "mode": "subscription", "payment_status": "paid", "currency": "usd",
        "amount_total": 12_000, "invoice": "in_1", "subscription": "sub_1", "customer": "cus_1",
        "client_reference_id": "cid_abcd", "customer_details": {"email": "a@example.com"},
        "total_details": {"amount_tax": 2_000, "amount_shipping": 0, "amount_discount": 0},
    });
    let invoice = json!({
        "id": "in_1", "billing_reason": "subscription_create", "currency": "usd", "total": 12_000,
        "total_excluding_tax": 10_000, "customer": "cus_1", "subscription": "sub_1",
        "payments": {"data": [{"payment": {"payment_intent": "pi_1"}}]},
        "lines": {"data": [{"amount": 10_000, "quantity": 1, "description": "Plan"}]},
    });
    let charge = |total: i64| json!({"id": "ch_1", "payment_intent": "pi_1", "currency": "usd", "amount_refunded": total});
    let mut events = stripe_event("checkout.session.completed", &session, &Value::Null);
    events.extend(stripe_event("invoice.paid", &invoice, &Value::Null));
    for (before, after) in [(0, 1_000), (1_000, 1_001), (1_001, 4_000), (4_000, 7_777)] {
        let previous = json!({"amount_refunded": before});
        events.extend(stripe_event("charge.refunded", &charge(after), &previous));
    }
    events
}

proptest! {
    #[test]
    fn any_order_with_any_copies_gives_the_same_books(
        order in prop::collection::vec(0_usize..6, 0..20).prop_shuffle(),
        all in Just((0_usize..6).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let story = story();
        let told = order.iter().chain(&all).map(|&index| story[index].clone());
        let books = fold(told);
        prop_assert_eq!(&books, &fold(story.clone()));
        let sale = &books[&(Kind::Sale, "in_1".to_owned())];
        prop_assert_eq!(sale.click_id.as_deref(), Some("abcd"));
        prop_assert_eq!(sale.items.len(), 1);
        let reversal = reversed(&books, sale);
        prop_assert_eq!((reversal.gross.minor, reversal.net.minor), (7_777, 6_481));
    }

    #[test]
    fn partial_refunds_that_sum_to_the_whole_leave_no_residue(
        gross in 1_i64..1_000_000,
        share in 0_i64..=100,
        cuts in prop::collection::vec(1_i64..1_000, 1..6),
    ) {
        let money = |minor| Money::new(minor, Currency::EUR);
        let net = money(gross * share / 100);
        let mut totals = RefundTotals::new(net, money(gross));
        let mut left = gross;
        let mut before = 0;
        for (index, cut) in cuts.iter().enumerate() {
            let part = if index + 1 == cuts.len() { left } else { (*cut).min(left) };
            left -= part;
            let back = refund(index, money(part));
            totals.add(back.kind, back.figures).unwrap();
            let now = totals.reversal().unwrap().net.minor;
            prop_assert!(now >= before && now <= net.minor);
            before = now;
        }
        prop_assert_eq!(before, net.minor);
    }
}

fn refund(index: usize, amount: Money) -> IncomingEvent {
    let pairs = [
        ("event", "refund".to_owned()),
        ("order", format!("r{index}")),
        ("refers_to", "1".to_owned()),
        ("amount", amount.decimal()),
        ("currency", "EUR".to_owned()),
    ];
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let read = postback::normalise(&pairs, Timestamp::from_seconds(1)).unwrap();
    let Normalised::Events(mut events) = read else {
        panic!("a refund is an event")
    };
    let mut event = events.remove(0);
    let figures = event.figures.as_mut().unwrap();
    figures.basis = Basis::Gross;
    event
}

#[test]
fn refunds_past_the_sale_and_voids_stop_at_the_sale() {
    let money = |minor| Money::new(minor, Currency::EUR);
    let mut totals = RefundTotals::new(money(80), money(100));
    let back = refund(1, money(60));
    totals.add(back.kind, back.figures).unwrap();
    let back = refund(2, money(60));
    totals.add(back.kind, back.figures).unwrap();
    let whole = Reversal {
        gross: money(100),
        net: money(80),
    };
    assert_eq!(totals.reversal(), Ok(whole));
    let mut totals = RefundTotals::new(money(80), money(100));
    let mut void = refund(3, money(1));
    void.kind = Kind::Void;
    totals.add(void.kind, void.figures).unwrap();
    assert_eq!(totals.reversal(), Ok(whole));
    let mut net = refund(4, money(40));
    net.figures.as_mut().unwrap().basis = Basis::Net;
    let mut totals = RefundTotals::new(money(80), money(100));
    totals.add(net.kind, net.figures).unwrap();
    assert_eq!(
        totals.reversal(),
        Ok(Reversal {
            gross: money(50),
            net: money(40)
        })
    );
}

#[test]
fn two_tellings_with_different_money_are_a_conflict() {
    let story = story();
    let mut other = story[1].clone();
    other.figures.as_mut().unwrap().gross.minor += 1;
    assert_eq!(merge(&story[0], &other), Merged::Conflict);
    assert_eq!(merge(&story[0], &story[0]), Merged::Same);
}

#[test]
fn a_chargeback_counts_until_it_is_won_in_either_order() {
    let money = |minor| Money::new(minor, Currency::EUR);
    let mut taken = refund(1, money(100));
    taken.kind = Kind::Chargeback;
    let mut won = taken.clone();
    won.kind = Kind::ChargebackWon;
    let reversed = |events: &[&IncomingEvent]| {
        let mut totals = RefundTotals::new(money(80), money(100));
        events
            .iter()
            .for_each(|event| totals.add(event.kind, event.figures).unwrap());
        totals.reversal().unwrap().net.minor
    };
    let part = refund(2, money(50));
    assert_eq!(reversed(&[&taken]), 80);
    assert_eq!(
        [
            reversed(&[&taken, &won]),
            reversed(&[&won, &taken]),
            reversed(&[&won])
        ],
        [0; 3]
    );
    assert_eq!(reversed(&[&part, &taken]), 80);
    assert_eq!(reversed(&[&part, &won, &taken]), 40);
}

#[test]
fn a_refund_without_a_known_name_finds_the_only_fitting_sale() {
    let charge = json!({
        "id": "ch_1", "customer": "cus_1", "currency": "usd", "amount": 12_000,
        "amount_refunded": 3_000,
    });
    let refund = &stripe_event("charge.refunded", &charge, &json!({"amount_refunded": 0}))[0];
    let sale = |id: &str, customer: &str, gross| KnownSale {
        external_id: id.to_owned(),
        customer: Some(customer.to_owned()),
        gross: Money::new(gross, Currency::USD),
    };
    let mut known = vec![
        sale("in_1", "cus_1", 9_600),
        sale("in_2", "cus_1", 12_000),
        sale("in_3", "cus_2", 12_000),
    ];
    assert_eq!(
        sale_by_amount(refund, &known).map(|sale| sale.external_id.as_str()),
        Some("in_2")
    );
    known.push(sale("in_4", "cus_1", 12_000));
    assert_eq!(sale_by_amount(refund, &known), None);
}

#[test]
fn an_invoice_payment_gives_the_sale_its_other_names() {
    let paid = json!({
        "id": "inpay_1", "invoice": "in_1",
        "payment": {"type": "payment_intent", "payment_intent": "pi_1"},
    });
    let names = &stripe_event("invoice_payment.paid", &paid, &Value::Null)[0];
    assert_eq!(names.kind, Kind::SaleNames);
    assert_eq!(
        (&names.refers_to[..], &names.aliases[..]),
        (&["in_1".to_owned()][..], &["pi_1".to_owned()][..])
    );
}
