//! Refunds before and after the sale, in parts, disputed and won back (X19).

use comity_app::commission::{Act, act, release_due};
use comity_app::tracking::{Happening, NewEvent, record};
use comity_domain::ledger::chain::verify_chain;
use comity_domain::ledger::{Account, ReversalReason};
use comity_domain::time::{DAY, HOUR};
use comity_domain::tracking::EventKind;
use comity_store::{Store, commission, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Scene {
    fakes: Fakes,
    world: World,
    maya: Member,
}

impl Scene {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        Self { fakes, world, maya }
    }

    fn sale(&self) -> NewEvent {
        let mut sale = self.world.event(EventKind::Sale, "order-1", 9_999);
        sale.coupons = vec!["MAYA10".to_owned()];
        sale.aliases = vec!["charge-1".to_owned()];
        sale
    }

    fn back(&self, happening: Happening, id: &str, cents: i64) -> NewEvent {
        let mut event = self.world.event(EventKind::Refund, id, cents);
        event.happening = happening;
        event.refers_to = vec!["charge-1".to_owned()];
        event
    }

    async fn record(&self, event: NewEvent) {
        record(&self.fakes.app, &self.world.owner, "api", event)
            .await
            .unwrap();
    }

    async fn owed(&self) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let mut sum = 0;
        for account in [
            Account::Pending(self.maya.enrollment.id),
            Account::Available(self.maya.enrollment.id),
        ] {
            sum -= ledger::balance(
                &mut tx,
                self.world.tenant,
                account,
                self.world.program.currency,
            )
            .await
            .unwrap()
            .minor;
        }
        sum
    }

    /// The chain verifies and every balance equals the fold (invariant 2).
    async fn books_are_right(&self) {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let entries = ledger::entries_after(&mut tx, self.world.tenant, 0, 1_000)
            .await
            .unwrap();
        verify_chain(entries).unwrap();
        let fold = ledger::fold(&mut tx, self.world.tenant).await.unwrap();
        let balances = ledger::balances(&mut tx, self.world.tenant, "", 1_000)
            .await
            .unwrap();
        let balances: std::collections::BTreeMap<_, _> = balances
            .into_iter()
            .map(|(account, money)| ((account.to_string(), money.currency), money.minor))
            .collect();
        assert_eq!(fold, balances);
        assert_eq!(fold.values().sum::<i64>(), 0);
    }
}

const REFUND: Happening = Happening::Kind(EventKind::Refund);

#[tokio::test]
async fn any_order_of_sale_refund_and_dispute_ends_in_the_same_books() {
    on_both(|store: Store| async move {
        let orders: [[usize; 4]; 4] = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]];
        let mut owed = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            let fakes = with_fakes(store.clone());
            // Other ids than the run before: the same database holds all four worlds.
            fakes.clock.advance(i64::try_from(number).unwrap() * DAY);
            let world = World::new(&fakes.app, &format!("acme-{number}"), &ten_percent()).await;
            let maya = world.member(&fakes.app, "maya").await;
            let scene = Scene { fakes, world, maya };
            let events = [
                scene.sale(),
                scene.back(REFUND, "refund-1", 3_333),
                scene.back(Happening::Kind(EventKind::Chargeback), "dispute-1", 5_000),
                scene.back(Happening::ChargebackWon, "won-1", 5_000),
            ];
            for &index in order {
                scene.record(events[index].clone()).await;
            }
            scene.books_are_right().await;
            owed.push(scene.owed().await);
        }
        assert_eq!(owed, [667; 4]);
    })
    .await;
}

#[tokio::test]
async fn partial_refunds_of_the_whole_leave_no_residue_and_more_is_ignored() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.record(scene.sale()).await;
        for part in ["a", "b", "c", "d"] {
            scene.record(scene.back(REFUND, part, 3_333)).await;
        }
        assert_eq!(scene.owed().await, 0);
        scene.books_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_refund_after_clearing_takes_it_back_from_what_is_available() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.record(scene.sale()).await;
        scene.fakes.clock.advance(31 * DAY);
        release_due(&scene.fakes.app).await.unwrap();
        assert_eq!(scene.owed().await, 1_000);
        scene
            .record(scene.back(Happening::Void, "cancelled", 0))
            .await;
        assert_eq!(scene.owed().await, 0);
        scene.books_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn g9_a_rejection_has_a_reason_and_can_be_undone() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let recorded = record(&scene.fakes.app, &scene.world.owner, "api", scene.sale())
            .await
            .unwrap();
        let id = recorded.commissions[0].id;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let reject = Act::Reject(ReversalReason::ALL[0]);
        let rejected = act(app, owner, id, reject, "Test order").await.unwrap();
        assert_eq!(rejected.reason_text, "Test order");
        assert_eq!(scene.owed().await, 0);
        assert_eq!(
            act(app, owner, id, reject, "").await.unwrap_err().code(),
            "commission_wrong_state"
        );
        act(app, owner, id, Act::Reinstate, "").await.unwrap();
        act(app, owner, id, Act::Approve, "").await.unwrap();
        assert_eq!(scene.owed().await, 1_000);
        scene.books_are_right().await;
    })
    .await;
}

/// An order of 99.99 that was refunded in part and edited twice; the later edit counts.
fn edited(scene: &Scene) -> [NewEvent; 4] {
    let now = scene.fakes.app.now();
    let dated = |mut event: NewEvent, hours: i64| {
        event.occurred_at = Some(now.plus((hours - 10) * HOUR));
        event
    };
    [
        dated(scene.sale(), 0),
        dated(scene.back(REFUND, "refund-1", 3_333), 1),
        dated(scene.back(Happening::OrderEdited, "edit-1", 5_999), 2),
        dated(scene.back(Happening::OrderEdited, "edit-2", 14_999), 3),
    ]
}

#[tokio::test]
async fn an_edited_order_earns_what_it_comes_to_in_any_order_of_events() {
    on_both(|store: Store| async move {
        let orders: [[usize; 4]; 5] = [
            [0, 1, 2, 3],
            [3, 2, 1, 0],
            [0, 3, 2, 1],
            [2, 0, 1, 3],
            [1, 3, 0, 2],
        ];
        let mut owed = Vec::new();
        for (number, order) in orders.iter().enumerate() {
            let fakes = with_fakes(store.clone());
            fakes.clock.advance(i64::try_from(number).unwrap() * DAY);
            let world = World::new(&fakes.app, &format!("acme-{number}"), &ten_percent()).await;
            let maya = world.member(&fakes.app, "maya").await;
            let scene = Scene { fakes, world, maya };
            let events = edited(&scene);
            for &index in order {
                scene.record(events[index].clone()).await;
                scene.record(events[index].clone()).await;
            }
            scene.books_are_right().await;
            owed.push(scene.owed().await);
        }
        // A tenth of 149.99, less the share of 33.33 in it.
        assert_eq!(owed, [1_500 - 333; 5]);
    })
    .await;
}

#[tokio::test]
async fn an_order_edited_after_clearing_is_settled_to_the_cent_and_leaves_nothing() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        scene.record(scene.sale()).await;
        scene.fakes.clock.advance(31 * DAY);
        release_due(&scene.fakes.app).await.unwrap();
        let edit = |id, cents| scene.back(Happening::OrderEdited, id, cents);
        for (id, cents, owed) in [
            ("up", 20_001, 2_000),
            ("down", 4_444, 444),
            ("same", 4_444, 444),
        ] {
            scene.fakes.clock.advance(HOUR);
            scene.record(edit(id, cents)).await;
            assert_eq!(scene.owed().await, owed, "{id}");
        }
        let mut foreign = edit("foreign", 9_000);
        foreign.net.currency = "USD".parse().unwrap();
        foreign.gross.currency = foreign.net.currency;
        let refused = record(&scene.fakes.app, &scene.world.owner, "api", foreign)
            .await
            .unwrap();
        assert_eq!(refused.event.status_reason, "currency_differs");
        for part in ["a", "b"] {
            scene.record(scene.back(REFUND, part, 2_222)).await;
        }
        assert_eq!(scene.owed().await, 0, "all of what it came to went back");
        scene.books_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_person_decided_about_an_order_outlives_its_edit() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let recorded = record(&scene.fakes.app, &scene.world.owner, "api", scene.sale())
            .await
            .unwrap();
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let reject = Act::Reject(ReversalReason::ALL[0]);
        act(app, owner, recorded.commissions[0].id, reject, "Test order")
            .await
            .unwrap();
        scene
            .record(scene.back(Happening::OrderEdited, "edit-1", 20_000))
            .await;
        assert_eq!(scene.owed().await, 0);
        let mut tx = app.store.read().await.unwrap();
        let all = commission::of_event(&mut tx, scene.world.tenant, recorded.event.id)
            .await
            .unwrap();
        drop(tx);
        let standing: Vec<_> = all.iter().filter(|one| one.kind != "replaced").collect();
        assert_eq!(standing.len(), 1);
        assert_eq!(standing[0].reason_text, "Test order");
        act(app, owner, standing[0].id, Act::Reinstate, "")
            .await
            .unwrap();
        assert_eq!(scene.owed().await, 2_000, "of the edited order");
        scene.books_are_right().await;
    })
    .await;
}
