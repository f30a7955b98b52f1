//! Facts that signals look at: what is counted, and what is not.

use comity_app::fraud::{Filter, cases, detail};
use comity_app::tracking::{NewCustomer, record};
use comity_domain::fraud::{Evidence, SignalKind};
use comity_domain::time::{DAY, MINUTE};
use comity_domain::tracking::EventKind;
use comity_store::session::{self, Session, Subject};
use comity_store::{Store, fraud};
use comity_testkit::app::with_fakes;
use comity_testkit::database::on_both;
use comity_testkit::world::{World, ten_percent};

#[tokio::test]
async fn conversions_addresses_days_and_older_orders_are_counted_in_their_window() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let app = &fakes.app;
        let world = World::new(app, "acme", &ten_percent()).await;
        let maya = world.member(app, "maya").await;
        let start = app.now();
        let mut customers = Vec::new();
        for n in 0..4 {
            let mut sale = world.event(EventKind::Sale, &format!("order-{n}"), 1_000);
            if n > 0 {
                sale.click = Some(world.click(app, &maya, app.now()).await);
            } else {
                sale.coupons = vec!["MAYA10".to_owned()];
            }
            fakes.clock.advance(10 * MINUTE);
            sale.customer = NewCustomer {
                external_id: format!("c-{n}"),
                email: "kim@customer.example".to_owned(),
                ..NewCustomer::default()
            };
            let done = record(app, &world.owner, "api", sale).await.unwrap();
            customers.push(done.event.customer.unwrap());
            fakes.clock.advance(if n == 1 { 2 * DAY } else { MINUTE });
        }
        let now = app.now();
        let mut tx = app.store.read().await.unwrap();
        let (tenant, id) = (world.tenant, maya.enrollment.id);
        let all = fraud::recent(&mut tx, tenant, id, (start, now))
            .await
            .unwrap();
        // Three share an address; the one without a click counts as an address of its own.
        assert_eq!((all.conversions, all.networks), (4, 2));
        let today = fraud::recent(&mut tx, tenant, id, (now.plus(-DAY), now)).await;
        assert_eq!(today.unwrap().conversions, 2);
        let days = fraud::daily(&mut tx, tenant, id, (start, now))
            .await
            .unwrap();
        assert_eq!(days, [(0, 2), (2, 2)]);
        let address = fraud::Address {
            hash: &[1; 16],
            from: now.plus(-DAY),
            to: now,
        };
        let on = fraud::customers_on_address(&mut tx, tenant, world.program.id, address).await;
        assert_eq!(on.unwrap(), 2);
        let who = ("kim@customer.example", customers[3]);
        let older = fraud::earlier_orders(&mut tx, tenant, world.program.id, who, now).await;
        assert_eq!(older.unwrap(), 3);
        let seen = fraud::visitors_of(&mut tx, tenant, world.program.id, who)
            .await
            .unwrap();
        assert_eq!(seen.len(), 2, "browsers of the other accounts that clicked");
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_from_the_customers_network_is_seen_although_the_keys_of_addresses_change() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let app = &fakes.app;
        let world = World::new(app, "acme", &ten_percent()).await;
        let maya = world.member(app, "maya").await;
        fakes.clock.advance(3 * DAY);
        let clicked = app.now();
        let key = app.config.address_keys().at(clicked);
        // Sessions keep the network of an IPv6 address, the redirect hears all of it.
        let hash = key.hash("2001:db8:0:7:aaaa::2".parse().unwrap());
        let mut tx = app.store.write().await.unwrap();
        let signed_in = Session {
            tenant: world.tenant,
            id: app.id(),
            token_hash: [9; 32],
            subject: Subject::Partner(maya.partner.id),
            impersonator: None,
            stage: "full".to_owned(),
            ip: "2001:db8:0:7::/64".to_owned(),
            user_agent: "Mozilla/5.0".to_owned(),
            created_at: clicked,
            last_seen_at: clicked,
            reauth_at: clicked,
            expires_at: clicked.plus(DAY),
        };
        session::insert(&mut tx, &signed_in).await.unwrap();
        tx.commit().await.unwrap();
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(world.click_from(app, &maya, clicked, hash).await);
        // Sold the day after: the key has changed, the click's address has not.
        fakes.clock.advance(DAY);
        sale.customer = NewCustomer {
            external_id: "c-1".to_owned(),
            email: "orders@partner.example".to_owned(),
            ..NewCustomer::default()
        };
        record(app, &world.owner, "api", sale).await.unwrap();
        let found = cases(app, &world.owner, &Filter::default(), None, 5)
            .await
            .unwrap();
        let seen = detail(app, &world.owner, found[0].case.id).await.unwrap();
        let seen = seen.verdict.unwrap().contributions;
        let shared = seen
            .iter()
            .find(|one| one.evidence.kind() == SignalKind::SharedNetwork);
        assert_eq!(
            shared.map(|one| &one.evidence),
            Some(&Evidence::SharedNetwork {
                same_agent: true,
                minutes_apart: 0
            })
        );
    })
    .await;
}
