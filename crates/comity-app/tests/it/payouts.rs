//! From what is available to what arrived: planned, approved, sent, settled, failed (K1, K4).

use comity_app::commission::release_due;
use comity_app::payout::{self, MethodChange, Settlement};
use comity_app::program::{accept_terms, publish_terms};
use comity_app::tracking::{Happening, record};
use comity_app::{App, AppError};
use comity_domain::ledger::{Account, CommissionStatus, HoldReason};
use comity_domain::payout::{MethodFields, PayoutState, Rail, SkipReason};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, PayoutBatchId, Role};
use comity_store::payout::Batch;
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
    /// Maya has 120.00 available and gave an account.
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 120_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        record(&fakes.app, &world.owner, "api", sale).await.unwrap();
        fakes.clock.advance(31 * DAY);
        release_due(&fakes.app).await.unwrap();
        let scene = Self { fakes, world, maya };
        scene.give_account("DE89370400440532013000").await.unwrap();
        scene
    }

    fn app(&self) -> &App {
        &self.fakes.app
    }

    async fn give_account(&self, iban: &str) -> Result<(), AppError> {
        let partner = Actor::Partner {
            tenant: self.world.tenant,
            id: self.maya.partner.id,
            impersonator: None,
        };
        let fields = MethodFields {
            holder: "Maya Okafor".to_owned(),
            iban: iban.to_owned(),
            ..MethodFields::default()
        };
        let change = MethodChange {
            partner: self.maya.partner.id,
            rail: Rail::Sepa,
            fields,
        };
        payout::set_method(self.app(), &partner, change)
            .await
            .map(drop)
    }

    async fn planned(&self) -> Batch {
        let mut batches =
            payout::create(self.app(), &self.world.owner, self.world.program.id, None)
                .await
                .unwrap();
        assert_eq!(batches.len(), 1);
        batches.remove(0)
    }

    async fn sent(&self) -> Batch {
        let batch = self.planned().await;
        payout::approve(self.app(), &self.world.owner, batch.id)
            .await
            .unwrap();
        payout::mark_sent(self.app(), &self.world.owner, batch.id)
            .await
            .unwrap()
    }

    /// Available, in flight, paid.
    async fn money(&self) -> [i64; 3] {
        let (id, currency) = (self.maya.enrollment.id, self.world.program.currency);
        let mut tx = self.app().store.read().await.unwrap();
        let mut found = [0; 3];
        for (slot, account) in found.iter_mut().zip([
            Account::Available(id),
            Account::InFlight(id),
            Account::Paid(id),
        ]) {
            *slot = -ledger::balance(&mut tx, self.world.tenant, account, currency)
                .await
                .unwrap()
                .minor;
        }
        found
    }

    /// The commissions' states, oldest first.
    async fn states(&self) -> Vec<&'static str> {
        let mut tx = self.app().store.read().await.unwrap();
        let filter = commission::Filter::default();
        let mut all = commission::page(&mut tx, self.world.tenant, &filter, None, 10)
            .await
            .unwrap();
        all.sort_by_key(|row| row.commission.id);
        all.iter()
            .map(|row| row.commission.book.status().code())
            .collect()
    }

    async fn only_payout(&self, batch: PayoutBatchId) -> comity_store::payout::Payout {
        let mut tx = self.app().store.read().await.unwrap();
        comity_store::payout::of_batch(&mut tx, self.world.tenant, batch)
            .await
            .unwrap()
            .remove(0)
            .0
    }
}

#[tokio::test]
async fn d4_a_payout_waits_until_the_terms_in_force_are_accepted() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let (app, program) = (scene.app(), scene.world.program.id);
        publish_terms(app, &scene.world.owner, program, "New terms.")
            .await
            .unwrap();
        let waiting = payout::preview(app, &scene.world.owner, program, None)
            .await
            .unwrap();
        assert!(waiting.plan.payable.is_empty());
        let reasons: Vec<SkipReason> = waiting.plan.skipped.iter().map(|one| one.reason).collect();
        assert_eq!(reasons, [SkipReason::Held(HoldReason::TermsNotAccepted)]);
        let partner = Actor::Partner {
            tenant: scene.world.tenant,
            id: scene.maya.partner.id,
            impersonator: None,
        };
        accept_terms(app, &partner, program, "192.0.2.1")
            .await
            .unwrap();
        let _ = scene.planned().await;
    })
    .await;
}

#[tokio::test]
async fn k1_a_run_is_planned_approved_sent_and_settled() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.planned().await;
        assert_eq!(scene.money().await, [12_000, 0, 0]);
        let approved = payout::approve(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        assert_eq!(scene.money().await, [0, 12_000, 0]);
        assert!(approved.file_body.contains(",12000,EUR"));
        payout::mark_sent(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        let settled = payout::settle_batch(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        assert_eq!(
            (settled.status.as_str(), scene.money().await),
            ("settled", [0, 0, 12_000])
        );
        let again = payout::settle_batch(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap_err();
        assert_eq!(again.code(), "batch_not_sent");
    })
    .await;
}

#[tokio::test]
async fn i7_a_failed_payment_gives_the_money_back_and_can_be_paid_again() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        let payout = scene.only_payout(batch.id).await;
        let failed = Settlement::Failed("account closed".to_owned());
        let settled = payout::settle(scene.app(), &scene.world.owner, payout.id, &failed)
            .await
            .unwrap();
        assert_eq!(settled.progress.state, PayoutState::Failed);
        assert_eq!(scene.money().await, [12_000, 0, 0]);
        let second = scene.sent().await;
        payout::settle_batch(scene.app(), &scene.world.owner, second.id)
            .await
            .unwrap();
        assert_eq!(scene.money().await, [0, 0, 12_000]);
    })
    .await;
}

#[tokio::test]
async fn i7_a_payment_that_arrived_after_all_has_its_commissions_again() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        let payout = scene.only_payout(batch.id).await;
        let settle = async |result| {
            payout::settle(scene.app(), &scene.world.owner, payout.id, &result)
                .await
                .unwrap()
        };
        let of_payout = async || {
            let mut tx = scene.app().store.read().await.unwrap();
            let rows = comity_store::commission::of_payout(&mut tx, scene.world.tenant, payout.id);
            let rows = rows.await.unwrap();
            rows.iter()
                .map(|row| (row.id, row.book.status()))
                .collect::<Vec<_>>()
        };
        let had = of_payout().await;
        assert!(!had.is_empty());
        settle(Settlement::Failed("account closed".to_owned())).await;
        assert_eq!(of_payout().await, []);
        settle(Settlement::ArrivedAfterAll("late".to_owned())).await;
        let paid: Vec<_> = had
            .iter()
            .map(|(id, _)| (*id, CommissionStatus::Paid))
            .collect();
        assert_eq!(of_payout().await, paid);
        assert_eq!(scene.money().await, [0, 0, 12_000]);
        let nothing = payout::create(
            scene.app(),
            &scene.world.owner,
            scene.world.program.id,
            None,
        );
        assert_eq!(nothing.await.unwrap_err().code(), "nothing_to_pay");
    })
    .await;
}

#[tokio::test]
async fn x19_a_refund_after_the_payout_is_netted_from_the_next_one() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        payout::settle_batch(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        let mut refund = scene.world.event(EventKind::Refund, "refund-1", 50_000);
        refund.happening = Happening::Kind(EventKind::Refund);
        refund.refers_to = vec!["order-1".to_owned()];
        record(scene.app(), &scene.world.owner, "api", refund)
            .await
            .unwrap();
        assert_eq!(scene.money().await, [-5_000, 0, 12_000]);
        let preview = payout::preview(
            scene.app(),
            &scene.world.owner,
            scene.world.program.id,
            None,
        )
        .await
        .unwrap();
        assert_eq!(preview.plan.skipped[0].reason, SkipReason::NegativeBalance);
    })
    .await;
}

#[tokio::test]
async fn an_order_edited_after_its_payout_moves_only_the_difference() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        payout::settle_batch(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        for (id, cents, available) in [("up", 150_000, 3_000), ("down", 100_000, -2_000)] {
            let mut edit = scene.world.event(EventKind::Sale, id, cents);
            scene.fakes.clock.advance(DAY);
            edit.happening = Happening::OrderEdited;
            edit.refers_to = vec!["order-1".to_owned()];
            record(scene.app(), &scene.world.owner, "api", edit)
                .await
                .unwrap();
            assert_eq!(scene.money().await, [available, 0, 12_000], "{id}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_payout_is_for_what_was_payable_when_it_was_planned() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.planned().await;
        let mut late = scene.world.event(EventKind::Sale, "order-2", 50_000);
        late.coupons = vec!["MAYA10".to_owned()];
        late.occurred_at = Some(scene.app().now().plus(-40 * DAY));
        record(scene.app(), &scene.world.owner, "api", late)
            .await
            .unwrap();
        let (app, owner) = (scene.app(), &scene.world.owner);
        payout::approve(app, owner, batch.id).await.unwrap();
        payout::mark_sent(app, owner, batch.id).await.unwrap();
        payout::settle_batch(app, owner, batch.id).await.unwrap();
        assert_eq!(scene.money().await, [5_000, 0, 12_000]);
        assert_eq!(scene.states().await, ["paid", "approved"]);
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_arrived_after_all_pays_its_commissions_again() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        let payout = scene.only_payout(batch.id).await.id;
        let (app, owner) = (scene.app(), &scene.world.owner);
        let failed = Settlement::Failed("account closed".to_owned());
        drop(payout::settle(app, owner, payout, &failed).await.unwrap());
        assert_eq!(scene.states().await, ["approved"]);
        let arrived = Settlement::ArrivedAfterAll("bank-77".to_owned());
        drop(payout::settle(app, owner, payout, &arrived).await.unwrap());
        assert_eq!(scene.money().await, [0, 0, 12_000]);
        assert_eq!(scene.states().await, ["paid"]);
    })
    .await;
}

#[tokio::test]
async fn four_eyes_guard_large_runs_and_only_some_roles_approve() {
    on_both(|store: Store| async move {
        let mut scene = Scene::new(store).await;
        scene.world.program.settings.four_eyes_above_minor = 10_000;
        let mut tx = scene.app().store.write().await.unwrap();
        comity_store::program::update(&mut tx, &scene.world.program)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let batch = scene.planned().await;
        let same = payout::approve(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap_err();
        assert_eq!(same.code(), "needs_second_person");
        let user = |role| Actor::User {
            tenant: scene.world.tenant,
            id: scene.app().id(),
            role,
            name: String::new(),
        };
        let manager = payout::approve(scene.app(), &user(Role::Manager), batch.id)
            .await
            .unwrap_err();
        assert_eq!(manager.code(), "forbidden");
        payout::approve(scene.app(), &user(Role::Finance), batch.id)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn k4_a_changed_account_cools_off_and_a_mistyped_one_is_refused() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let refused = scene
            .give_account("DE89370400440532013001")
            .await
            .unwrap_err();
        let AppError::Invalid(errors) = refused else {
            panic!("expected a field error")
        };
        assert_eq!(
            (errors[0].field.as_str(), errors[0].code),
            ("iban", "checksum")
        );
        scene
            .give_account("FR1420041010050500013M02606")
            .await
            .unwrap();
        let nothing = payout::create(
            scene.app(),
            &scene.world.owner,
            scene.world.program.id,
            None,
        )
        .await;
        assert_eq!(nothing.unwrap_err().code(), "nothing_to_pay");
        scene
            .give_account("FR1420041010050500013M02606")
            .await
            .unwrap();
        let shortened = payout::preview(
            scene.app(),
            &scene.world.owner,
            scene.world.program.id,
            None,
        )
        .await
        .unwrap();
        assert!(shortened.plan.payable.is_empty());
        scene.fakes.clock.advance(3 * DAY);
        scene.planned().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_of_another_batch_or_amount_is_refused_whole() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.sent().await;
        let payout = scene.only_payout(batch.id).await.id;
        let stranger: comity_domain::PayoutId = scene.app().id();
        let bad = [
            (
                format!("{payout},12000,EUR,ok\n{stranger},1,EUR,ok\n"),
                "line 2",
                "other_batch",
            ),
            (
                format!("{payout},12001,EUR,ok\n"),
                "line 1",
                "amount_differs",
            ),
            ("nonsense\n".to_owned(), "line 1", "unreadable"),
        ];
        for (report, place, code) in bad {
            let refused =
                payout::reconcile(scene.app(), &scene.world.owner, batch.id, report.as_bytes())
                    .await
                    .unwrap_err();
            let AppError::Invalid(errors) = refused else {
                panic!("expected a field error")
            };
            assert_eq!((errors[0].field.as_str(), errors[0].code), (place, code));
            assert_eq!(scene.money().await, [0, 12_000, 0]);
        }
        let good = format!("{payout},12000,EUR,ok\n");
        let outcome = payout::reconcile(scene.app(), &scene.world.owner, batch.id, good.as_bytes())
            .await
            .unwrap();
        assert_eq!((outcome.paid, scene.money().await), (1, [0, 0, 12_000]));
        let again = payout::reconcile(scene.app(), &scene.world.owner, batch.id, good.as_bytes())
            .await
            .unwrap();
        assert_eq!((again.paid, again.known), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_run_leaves_no_trace_in_the_balances() {
    on_both(|store: Store| async move {
        let scene = Scene::new(store).await;
        let batch = scene.planned().await;
        payout::approve(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        payout::cancel(scene.app(), &scene.world.owner, batch.id)
            .await
            .unwrap();
        assert_eq!(scene.money().await, [12_000, 0, 0]);
        scene.sent().await;
    })
    .await;
}
