//! Events in other currencies: converted once at their day's rate, taken back without residue.

use comity_app::tracking::{NewEvent, Recorded, record};
use comity_app::{AppError, attribution, fx};
use comity_domain::ledger::Account;
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Currency, Money};
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{World, ten_percent};

/// The Friday before the Sunday on which the clock stands.
const FRIDAY: &[u8] = b"Date,USD,GBP\n2025-12-12,1.25,0.85\n";

fn in_currency(world: &World, kind: EventKind, id: &str, minor: i64, code: &str) -> NewEvent {
    let mut event = world.event(kind, id, minor);
    let amount = Money::new(minor, code.parse().unwrap());
    (event.net, event.gross) = (amount, amount);
    event.coupons = vec!["MAYA10".to_owned()];
    event
}

async fn taken(fakes: &Fakes, world: &World, event: NewEvent) -> Recorded {
    record(&fakes.app, &world.owner, "api", event)
        .await
        .unwrap()
}

async fn refund(fakes: &Fakes, world: &World, id: &str, minor: i64, code: &str) -> i64 {
    let mut event = in_currency(world, EventKind::Refund, id, minor, code);
    event.refers_to = vec!["order-1".to_owned()];
    let recorded = taken(fakes, world, event).await;
    recorded.commissions[0].book.reversed.minor
}

#[tokio::test]
async fn k6_an_amount_is_counted_at_the_rate_of_its_day_and_says_so() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let imported = fx::import(&fakes.app, &world.owner, FRIDAY).await.unwrap();
        assert_eq!((imported.new, imported.known), (1, 0));
        let sale = in_currency(&world, EventKind::Sale, "order-1", 15_000, "USD");
        let recorded = taken(&fakes, &world, sale).await;
        // 150.00 USD ÷ 1.25 = 120.00 EUR, ten percent of that.
        assert_eq!(recorded.event.amount.currency, Currency::USD);
        let earned = &recorded.commissions[0];
        assert_eq!(earned.basis, Money::new(12_000, Currency::EUR));
        assert_eq!(earned.book.amount, Money::new(1_200, Currency::EUR));
        let trace = attribution::trace(&fakes.app, &world.owner, "order-1")
            .await
            .unwrap();
        let known = trace.events[0].conversion.as_ref().unwrap();
        assert_eq!(known.original, Money::new(15_000, Currency::USD));
        assert_eq!(known.converted, Money::new(12_000, Currency::EUR));
        assert_eq!(known.rate.date.to_string(), "2025-12-12");
        assert_eq!(known.rate.source, "ecb");
        // Balances are per currency: nothing is owed in dollars.
        let mut tx = fakes.app.store.read().await.unwrap();
        let account = Account::Pending(maya.enrollment.id);
        for (currency, owed) in [(Currency::EUR, -1_200), (Currency::USD, 0)] {
            let balance = ledger::balance(&mut tx, world.tenant, account, currency).await;
            assert_eq!(balance.unwrap().minor, owed);
        }
    })
    .await;
}

#[tokio::test]
async fn i4_refunds_in_any_currency_leave_nothing() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        world.member(&fakes.app, "maya").await;
        fx::import(&fakes.app, &world.owner, FRIDAY).await.unwrap();
        let sale = in_currency(&world, EventKind::Sale, "order-1", 15_000, "USD");
        taken(&fakes, &world, sale).await;
        assert_eq!(refund(&fakes, &world, "r-1", 5_000, "USD").await, 400);
        // 34.00 GBP ÷ 0.85 × 1.25 = 50.00 USD at the rates of the sale's day, although the
        // pound has fallen since.
        let fallen = b"Date,USD,GBP\n2025-12-15,1.25,1.70\n2025-12-12,1.25,0.85\n";
        fx::import(&fakes.app, &world.owner, fallen).await.unwrap();
        fakes.clock.advance(2 * DAY);
        assert_eq!(refund(&fakes, &world, "r-2", 3_400, "GBP").await, 800);
        assert_eq!(refund(&fakes, &world, "r-3", 4_999, "USD").await, 1_200);
        assert_eq!(refund(&fakes, &world, "r-4", 1, "USD").await, 1_200);
    })
    .await;
}

#[tokio::test]
async fn without_a_rate_an_event_waits_with_its_reason_until_the_rate_comes() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        world.member(&fakes.app, "maya").await;
        let sale = in_currency(&world, EventKind::Sale, "order-1", 15_000, "USD");
        let recorded = taken(&fakes, &world, sale).await;
        assert_eq!(recorded.event.status, "parked");
        assert_eq!(recorded.event.status_reason, "no_rate");
        assert!(recorded.commissions.is_empty());
        // A refund that comes meanwhile waits for its sale.
        let mut back = in_currency(&world, EventKind::Refund, "r-1", 7_500, "USD");
        back.refers_to = vec!["order-1".to_owned()];
        assert_eq!(taken(&fakes, &world, back).await.event.status, "parked");
        assert_eq!(fx::waiting(&fakes.app, &world.owner).await.unwrap(), 1);
        fx::import(&fakes.app, &world.owner, FRIDAY).await.unwrap();
        fx::catch_up(&fakes.app, world.tenant).await.unwrap();
        fx::catch_up(&fakes.app, world.tenant).await.unwrap();
        let trace = attribution::trace(&fakes.app, &world.owner, "order-1")
            .await
            .unwrap();
        let earned = &trace.events[0].commissions[0].commission;
        assert_eq!(earned.book.amount.minor, 1_200);
        assert_eq!(earned.book.reversed.minor, 600);
        assert_eq!(fx::waiting(&fakes.app, &world.owner).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_rates_file_with_a_hole_or_a_contradiction_changes_nothing() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        fx::import(&fakes.app, &world.owner, FRIDAY).await.unwrap();
        let cases: [(&[u8], &str, &str); 6] = [
            (b"nothing", "line 1", "rates_heading"),
            (b"Date,USD\n2025-12-15,x\n", "line 2, USD", "rates_rate"),
            (
                b"Date,USD\n2025-12-17,1.2\n2025-12-15,1.2\n",
                "2025-12-16",
                "rates_missing_day",
            ),
            (b"Date,USD\n2025-12-17,1.2\n", "2025-12-15", "rates_gap"),
            (b"Date,USD\n2025-12-09,1.2\n", "2025-12-10", "rates_gap"),
            (
                b"Date,USD\n2025-12-12,1.26\n",
                "2025-12-12 USD",
                "rates_differ",
            ),
        ];
        for (file, place, code) in cases {
            let refused = fx::import(&fakes.app, &world.owner, file)
                .await
                .unwrap_err();
            let AppError::Invalid(errors) = refused else {
                panic!("expected the place");
            };
            assert_eq!((errors[0].field.as_str(), errors[0].code), (place, code));
        }
        assert_eq!(
            fx::page(&fakes.app, &world.owner, "", "", 10)
                .await
                .unwrap()
                .len(),
            1
        );
        let again = fx::import(&fakes.app, &world.owner, FRIDAY).await.unwrap();
        assert_eq!((again.new, again.known), (0, 1));
    })
    .await;
}
