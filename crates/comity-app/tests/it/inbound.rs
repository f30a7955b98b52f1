//! Messages of shops and billing systems: any order, any number of copies, the same books (R3).

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use comity_app::integration::inbound::{
    Arrived, Kind, NewConnection, Outcome, create, messages, receive, replay, set_paused,
};
use comity_app::tracking::{Happening, NewCustomer, record};
use comity_domain::Timestamp;
use comity_domain::integration::inbound::verify::postback;
use comity_domain::ledger::Account;
use comity_domain::time::{DAY, HOUR, MINUTE};
use comity_domain::tracking::EventKind;
use comity_store::connection::Connection;
use comity_store::{Store, event, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const SECRET: &str = "whsec_for_tests";

struct Scene {
    fakes: Fakes,
    world: World,
    maya: Member,
    connection: Connection,
}

impl Scene {
    async fn new(store: &Store, name: &str, kind: Kind) -> Self {
        let fakes = with_fakes(store.clone());
        let shift = name.bytes().map(i64::from).sum::<i64>();
        // Long before the events, and with other ids than other worlds in the same database.
        fakes.clock.advance(shift * MINUTE - 30 * DAY);
        let world = World::new(&fakes.app, name, &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let input = NewConnection {
            program: world.program.id,
            kind: kind.code().to_owned(),
            name: String::new(),
            secret: SECRET.to_owned(),
        };
        let connection = create(&fakes.app, &world.owner, input).await.unwrap();
        fakes.clock.advance(30 * DAY);
        Self {
            fakes,
            world,
            maya,
            connection,
        }
    }

    async fn send(&self, kind: Kind, headers: &[(&str, String)], body: &[u8]) -> Outcome {
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        let arrived = Arrived {
            headers: &headers,
            query: "",
            body,
            in_query: false,
        };
        let id = self.connection.id.to_string();
        receive(&self.fakes.app, kind, &id, arrived).await.unwrap()
    }

    async fn stripe(&self, body: &[u8]) -> Outcome {
        let now = self.fakes.app.now();
        self.send(
            Kind::Stripe,
            &[("stripe-signature", stripe_signature(now, body))],
            body,
        )
        .await
    }

    async fn owed(&self) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let account = Account::Pending(self.maya.enrollment.id);
        let currency = self.world.program.currency;
        -ledger::balance(&mut tx, self.world.tenant, account, currency)
            .await
            .unwrap()
            .minor
    }

    /// Kind, id, status of every event, and what is owed: what must not depend on order.
    async fn books(&self) -> (Vec<(String, String, String)>, i64) {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let all = event::page(
            &mut tx,
            self.world.tenant,
            &event::Filter::default(),
            None,
            200,
        )
        .await
        .unwrap();
        drop(tx);
        let mut events: Vec<_> = all
            .into_iter()
            .map(|event| (event.kind, event.external_id, format!("{:?}", event.amount)))
            .collect();
        events.sort();
        (events, self.owed().await)
    }
}

fn mac(parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

fn stripe_signature(at: Timestamp, body: &[u8]) -> String {
    let time = at.seconds().to_string();
    let signature = hex::encode(mac(&[time.as_bytes(), b".", body]));
    format!("t={time},v1={signature}")
}

/// The shared reference files; the tests have nothing to say where they are absent.
fn reference(folder: &str) -> Option<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(folder);
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .ok()?
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    Some(
        names
            .into_iter()
            .map(|path| std::fs::read(path).unwrap())
            .collect(),
    )
}

/// The story in the program's currency and with a real click in its checkout session, so
/// that somebody is credited.
fn with_click(story: &[Vec<u8>], click: &str) -> Vec<Vec<u8>> {
    let swap = |body: &Vec<u8>| {
        let text = String::from_utf8(body.clone()).unwrap();
        let text = text.replace("\"usd\"", "\"eur\"");
        text.replace("click_01HZXTEST", click).into_bytes()
    };
    story.iter().map(swap).collect()
}

#[tokio::test]
async fn r3_the_stripe_story_in_any_order_twice_over_gives_the_same_books() {
    let Some(story) = reference("stripe/events") else {
        return;
    };
    assert_eq!(story.len(), 20);
    on_both(|store: Store| {
        let story = story.clone();
        async move {
            let forward: Vec<usize> = (0..20).collect();
            let reversed: Vec<usize> = (0..20).rev().collect();
            let shuffled: Vec<usize> = (0..20).map(|index| index * 7 % 20).collect();
            let mut books = Vec::new();
            for (name, order) in [("ahead", forward), ("back", reversed), ("mixed", shuffled)] {
                let scene = Scene::new(&store, name, Kind::Stripe).await;
                // Another time is another id: all worlds share the database.
                let shift = i64::try_from(books.len()).unwrap() * MINUTE;
                let before = Timestamp::from_seconds(1_764_547_201).plus(shift - HOUR);
                let click = scene
                    .world
                    .click(&scene.fakes.app, &scene.maya, before)
                    .await;
                let story = with_click(&story, &click.to_string());
                for _ in 0..2 {
                    for &index in &order {
                        let outcome = scene.stripe(&story[index]).await;
                        let failed =
                            matches!(&outcome, Outcome::Kept { status, .. } if status == "failed");
                        assert!(!failed, "{name} {index}: {outcome:?}");
                    }
                }
                books.push(scene.books().await);
            }
            // 10 % of 96 dollars; the renewal of 120 was refunded, then disputed in vain.
            assert_eq!(books[0].1, 960);
            assert_eq!(books[0], books[1]);
            assert_eq!(books[0], books[2]);
        }
    })
    .await;
}

#[tokio::test]
async fn forged_stale_and_repeated_messages_change_nothing() {
    on_both(|store: Store| async move {
        let scene = Scene::new(&store, "acme", Kind::Stripe).await;
        let body = br#"{"id":"evt_1","type":"invoice.paid","created":1765713000,"livemode":true,
            "data":{"object":{"id":"in_1","billing_reason":"manual","currency":"eur","total":5000,"customer":"cus_1"}}}"#;
        let now = scene.fakes.app.now();
        let forged = ("stripe-signature", format!("t={},v1={}", now.seconds(), "0".repeat(64)));
        assert_eq!(scene.send(Kind::Stripe, &[forged], body).await, Outcome::Refused("bad_signature"));
        let stale = ("stripe-signature", stripe_signature(now.plus(-HOUR), body));
        assert_eq!(scene.send(Kind::Stripe, &[stale], body).await, Outcome::Refused("stale_timestamp"));
        assert_eq!(scene.send(Kind::Stripe, &[], body).await, Outcome::Refused("missing_signature"));
        // The right secret on another kind's address.
        assert_eq!(scene.send(Kind::Shopify, &[], body).await, Outcome::Refused("bad_signature"));
        assert!(scene.books().await.0.is_empty());
        let kept = Outcome::Kept { status: "processed".to_owned(), detail: "recorded".to_owned() };
        assert_eq!(scene.stripe(body).await, kept);
        assert_eq!(scene.stripe(body).await, Outcome::Repeated);
        assert_eq!(scene.books().await.0.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_paused_connection_keeps_messages_for_later() {
    on_both(|store: Store| async move {
        let scene = Scene::new(&store, "acme", Kind::Postback).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        set_paused(app, owner, scene.connection.id, true)
            .await
            .unwrap();
        let body = b"order=1001&amount=50.00&currency=EUR&coupon=MAYA10";
        let now = app.now();
        let headers = [
            (postback::TIMESTAMP_HEADER, now.seconds().to_string()),
            (
                postback::SIGNATURE_HEADER,
                postback::sign_body(now, body, SECRET),
            ),
        ];
        scene.send(Kind::Postback, &headers, body).await;
        assert_eq!(scene.owed().await, 0);
        set_paused(app, owner, scene.connection.id, false)
            .await
            .unwrap();
        let kept = messages(app, owner, scene.connection.id, ("received", ""), None, 10)
            .await
            .unwrap();
        let replayed = replay(app, owner, kept[0].id).await.unwrap();
        assert_eq!(
            (replayed.status.as_str(), replayed.detail.as_str()),
            ("processed", "recorded")
        );
        assert_eq!(scene.owed().await, 500);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_cannot_be_used_stays_visible_with_a_code() {
    on_both(|store: Store| async move {
        let scene = Scene::new(&store, "acme", Kind::Postback).await;
        let now = scene.fakes.app.now();
        let query = format!("order=1001&currency=EUR&ts={}", now.seconds());
        let signed = postback::sign_query(&query, SECRET);
        let arrived = Arrived {
            headers: &[],
            query: &signed,
            body: b"",
            in_query: true,
        };
        let id = scene.connection.id.to_string();
        let outcome = receive(&scene.fakes.app, Kind::Postback, &id, arrived)
            .await
            .unwrap();
        let failed = Outcome::Kept {
            status: "failed".to_owned(),
            detail: "malformed:amount".to_owned(),
        };
        assert_eq!(outcome, failed);
    })
    .await;
}

#[tokio::test]
async fn shop_orders_and_their_gross_refunds_come_down_to_net_in_both_orders() {
    on_both(|store: Store| async move {
        let order = br#"{"id":1,"created_at":"2025-12-14T10:00:00Z","processed_at":"2025-12-14T10:00:00Z",
            "currency":"EUR","total_price":"119.00","total_tax":"19.00","financial_status":"paid","taxes_included":true,
            "discount_codes":[{"code":"MAYA10"}],"line_items":[],"shipping_lines":[]}"#;
        let refund = br#"{"id":7,"order_id":1,"created_at":"2025-12-14T11:00:00Z",
            "transactions":[{"kind":"refund","status":"success","amount":"59.50","currency":"EUR"}]}"#;
        for (name, back) in [("ahead", false), ("behind", true)] {
            let scene = Scene::new(&store, name, Kind::Shopify).await;
            let mut told = vec![("orders/paid", "a", &order[..]), ("refunds/create", "b", &refund[..])];
            if back {
                told.reverse();
            }
            for (topic, id, body) in told {
                let headers = [
                    ("x-shopify-topic", topic.to_owned()),
                    ("x-shopify-webhook-id", id.to_owned()),
                    ("x-shopify-hmac-sha256", BASE64_STANDARD.encode(mac(&[body]))),
                ];
                let outcome = scene.send(Kind::Shopify, &headers, body).await;
                assert!(matches!(&outcome, Outcome::Kept { status, .. } if status == "processed"), "{outcome:?}");
                assert_eq!(scene.send(Kind::Shopify, &headers, body).await, Outcome::Repeated);
            }
            // Half of 119 gross is half of 100 net: 5 of 10 remain.
            assert_eq!(scene.owed().await, 500, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_woocommerce_greeting_means_nothing_and_an_order_is_a_sale() {
    on_both(|store: Store| async move {
        let scene = Scene::new(&store, "acme", Kind::WooCommerce).await;
        assert_eq!(scene.send(Kind::WooCommerce, &[], b"webhook_id=12").await, Outcome::Ping);
        let order = br#"{"id":727,"status":"processing","currency":"EUR","date_created_gmt":"2025-12-14T10:00:00",
            "date_paid_gmt":"2025-12-14T10:00:05","total":"40.00","total_tax":"0.00","shipping_total":"0.00",
            "discount_total":"0.00","coupon_lines":[{"code":"maya10"}],"line_items":[],"refunds":[]}"#;
        let headers = [
            ("x-wc-webhook-topic", "order.updated".to_owned()),
            ("x-wc-webhook-signature", BASE64_STANDARD.encode(mac(&[order]))),
        ];
        scene.send(Kind::WooCommerce, &headers, order).await;
        assert_eq!(scene.owed().await, 400);
    })
    .await;
}

#[tokio::test]
async fn a_customer_who_becomes_known_late_credits_what_they_bought_before() {
    on_both(|store: Store| async move {
        let scene = Scene::new(&store, "acme", Kind::Stripe).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let click = scene.world.click(app, &scene.maya, app.now()).await;
        scene.fakes.clock.advance(DAY);
        let customer = NewCustomer {
            external_id: "cus_1".to_owned(),
            ..NewCustomer::default()
        };
        let mut sale = scene.world.event(EventKind::Sale, "order-1", 10_000);
        sale.customer = customer.clone();
        record(app, owner, "api", sale).await.unwrap();
        let mut refund = scene.world.event(EventKind::Refund, "back-1", 4_000);
        refund.refers_to = vec!["order-1".to_owned()];
        record(app, owner, "api", refund).await.unwrap();
        assert_eq!(scene.owed().await, 0);
        let mut seen = scene.world.event(EventKind::Lead, "cus_1", 0);
        seen.happening = Happening::CustomerSeen;
        seen.customer = customer;
        seen.click = Some(click);
        record(app, owner, "api", seen).await.unwrap();
        assert_eq!(scene.owed().await, 600);
    })
    .await;
}
