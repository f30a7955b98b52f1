//! From a click to a commission that can say why.

use comity_app::commission::release_due;
use comity_app::tracking::{NewCustomer, record};
use comity_app::{AppError, attribution};
use comity_domain::attribution::Reason;
use comity_domain::ledger::{Account, CommissionStatus};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, Money};
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

async fn available(fakes: &Fakes, world: &World, member: &Member) -> i64 {
    balance(fakes, world, Account::Available(member.enrollment.id)).await
}

async fn balance(fakes: &Fakes, world: &World, account: Account) -> i64 {
    let mut tx = fakes.app.store.read().await.unwrap();
    -ledger::balance(&mut tx, world.tenant, account, world.program.currency)
        .await
        .unwrap()
        .minor
}

#[tokio::test]
async fn g5_a_click_becomes_money_that_clears_after_the_hold() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let click = world.click(&fakes.app, &maya, fakes.app.now()).await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(click);
        let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();

        assert_eq!(recorded.commissions.len(), 1);
        assert_eq!(
            recorded.commissions[0].book.amount,
            Money::new(1_200, world.program.currency)
        );
        assert_eq!(
            balance(&fakes, &world, Account::Pending(maya.enrollment.id)).await,
            1_200
        );
        assert_eq!(available(&fakes, &world, &maya).await, 0);

        fakes.clock.advance(31 * DAY);
        assert_eq!(release_due(&fakes.app).await.unwrap(), 1);
        assert_eq!(release_due(&fakes.app).await.unwrap(), 0);
        assert_eq!(available(&fakes, &world, &maya).await, 1_200);
    })
    .await;
}

#[tokio::test]
async fn the_same_event_twice_is_one_event_and_another_body_is_refused() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.coupons = vec!["maya10".to_owned()];
        let first = record(&fakes.app, &world.owner, "api", sale.clone())
            .await
            .unwrap();
        let again = record(&fakes.app, &world.owner, "api", sale.clone())
            .await
            .unwrap();
        assert!(again.repeated);
        assert_eq!(again.commissions, first.commissions);
        sale.net = Money::new(1, world.program.currency);
        let refused = record(&fakes.app, &world.owner, "api", sale)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "event_differs");
        assert_eq!(
            balance(&fakes, &world, Account::Pending(maya.enrollment.id)).await,
            1_200
        );
    })
    .await;
}

#[tokio::test]
async fn h2_ten_percent_for_five_sales_of_a_month_then_fifteen() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let rules = comity_domain::commission::RuleSet::monthly_marginal_tiers(
            "tiers",
            5,
            Bps(1_000),
            Bps(1_500),
        );
        let world = World::new(&fakes.app, "acme", &rules).await;
        world.member(&fakes.app, "maya").await;
        let mut earned = Vec::new();
        for number in 1..=7 {
            fakes.clock.advance(1_000_000);
            let mut sale = world.event(EventKind::Sale, &format!("order-{number}"), 10_000);
            sale.coupons = vec!["MAYA10".to_owned()];
            let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();
            earned.push(recorded.commissions[0].book.amount.minor);
        }
        assert_eq!(earned, [1_000, 1_000, 1_000, 1_000, 1_000, 1_500, 1_500]);
    })
    .await;
}

#[tokio::test]
async fn x1_a_trace_says_who_was_refused_and_why() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let (maya, omar) = (
            world.member(&fakes.app, "maya").await,
            world.member(&fakes.app, "omar").await,
        );
        let old = fakes.app.now().plus(-40 * DAY);
        let early = world.click(&fakes.app, &omar, old).await;
        let customer = NewCustomer {
            external_id: "c-1".to_owned(),
            ..NewCustomer::default()
        };
        let mut lead = world.event(EventKind::Lead, "lead-1", 0);
        (lead.click, lead.customer, lead.occurred_at) =
            (Some(early), customer.clone(), Some(old.plus(1)));
        record(&fakes.app, &world.owner, "api", lead).await.unwrap();
        let click = world.click(&fakes.app, &maya, fakes.app.now()).await;
        let mut sale = world.event(EventKind::Sale, "order-1", 5_000);
        (sale.click, sale.customer) = (Some(click), customer);
        record(&fakes.app, &world.owner, "api", sale).await.unwrap();

        let trace = attribution::trace(&fakes.app, &world.owner, "order-1")
            .await
            .unwrap();
        let decision = trace.events[0].decision.as_ref().unwrap();
        assert_eq!(decision.credits[0].partner, maya.partner.id);
        let refused = decision
            .considered
            .iter()
            .find(|c| c.touch.partner == omar.partner.id)
            .unwrap();
        assert_eq!(
            refused.outcome,
            comity_domain::attribution::Outcome::Refused {
                reason: Reason::OutsideWindow
            }
        );
        assert!(trace.events[0].commissions[0].explanation.is_some());

        let stranger = World::new(&fakes.app, "other", &ten_percent()).await;
        let unseen = attribution::trace(&fakes.app, &stranger.owner, "order-1").await;
        assert!(matches!(unseen, Err(AppError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn j1_a_partner_earns_nothing_from_their_own_purchase() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 5_000);
        sale.click = Some(world.click(&fakes.app, &maya, fakes.app.now()).await);
        sale.customer.email = "Maya@partner.example".to_owned();
        let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();
        assert!(recorded.commissions.is_empty());
        let decision = recorded.decision.unwrap();
        let reason = comity_domain::attribution::Outcome::Refused {
            reason: Reason::SelfReferral,
        };
        assert_eq!(decision.considered[0].outcome, reason);
    })
    .await;
}

#[tokio::test]
async fn bad_input_names_every_field_and_changes_nothing() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let mut event = world.event(EventKind::Refund, " ", -1);
        event.customer.name = "x".repeat(100_000);
        event.occurred_at = Some(fakes.app.now().plus(DAY));
        let AppError::Invalid(errors) = record(&fakes.app, &world.owner, "api", event)
            .await
            .unwrap_err()
        else {
            panic!("expected field errors");
        };
        let fields: Vec<_> = errors
            .iter()
            .map(|error| (error.field.as_str(), error.code))
            .collect();
        let expected = [
            ("external_id", "required"),
            ("refers_to", "required"),
            ("customer.name", "too_long"),
            ("amount_minor", "out_of_range"),
            ("occurred_at", "in_the_future"),
        ];
        assert_eq!(fields, expected);
        let mut tx = fakes.app.store.read().await.unwrap();
        assert_eq!(
            comity_store::event::count(&mut tx, world.tenant, None)
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn a_hundred_copies_at_once_are_one_sale() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (app, owner, sale) = (fakes.app.clone(), world.owner.clone(), sale.clone());
            tasks.spawn(async move { record(&app, &owner, "api", sale).await });
        }
        let answers: Vec<_> = tasks
            .join_all()
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(answers.iter().filter(|answer| !answer.repeated).count(), 1);
        assert!(
            answers
                .iter()
                .all(|answer| answer.commissions[0].book.status() == CommissionStatus::Pending)
        );
        assert_eq!(
            balance(&fakes, &world, Account::Pending(maya.enrollment.id)).await,
            1_200
        );
    })
    .await;
}
