//! Running payouts day by day: schedules, limits, the switch, partners who ask, debts.

use comity_app::AppError;
use comity_app::payout::{self, MethodChange, Settlement};
use comity_app::tracking::record;
use comity_domain::ledger::Account;
use comity_domain::payout::{MethodFields, PayoutRules, Rail, Schedule};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Role, UserId};
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    fakes: Fakes,
    world: World,
    maya: Member,
}

impl Stage {
    /// Maya has 120.00 that can be paid over SEPA.
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let stage = Self { fakes, world, maya };
        stage.sale("order-1", 120_000).await;
        let fields = MethodFields {
            holder: "Maya".to_owned(),
            iban: "DE89370400440532013000".to_owned(),
            ..MethodFields::default()
        };
        let change = MethodChange {
            partner: stage.maya.partner.id,
            rail: Rail::Sepa,
            fields,
        };
        let app = &stage.fakes.app;
        drop(
            payout::set_method(app, &stage.partner(), change)
                .await
                .unwrap(),
        );
        stage.fakes.clock.advance(31 * DAY);
        comity_app::commission::release_due(app).await.unwrap();
        stage
    }

    async fn sale(&self, id: &str, minor: i64) {
        let mut sale = self.world.event(EventKind::Sale, id, minor);
        sale.coupons = vec!["MAYA10".to_owned()];
        record(&self.fakes.app, &self.world.owner, "api", sale)
            .await
            .unwrap();
    }

    fn partner(&self) -> Actor {
        Actor::Partner {
            tenant: self.world.tenant,
            id: self.maya.partner.id,
            impersonator: None,
        }
    }

    fn another(&self) -> Actor {
        Actor::User {
            tenant: self.world.tenant,
            id: self.fakes.app.id::<UserId>(),
            role: Role::Finance,
            name: "Finn".to_owned(),
        }
    }

    async fn rules(&self, rules: PayoutRules) {
        let id = self.world.program.id;
        payout::set_program_rules(&self.fakes.app, &self.world.owner, id, rules)
            .await
            .unwrap();
    }

    async fn available(&self) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let account = Account::Available(self.maya.enrollment.id);
        let currency = self.world.program.currency;
        let balance = ledger::balance(&mut tx, self.world.tenant, account, currency).await;
        -balance.unwrap().minor
    }

    async fn batches(&self) -> usize {
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let all = payout::batches(app, owner, None, "", None, 50)
            .await
            .unwrap();
        all.len()
    }
}

#[tokio::test]
async fn k2_a_schedule_plans_once_and_waits_for_a_person() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let app = &stage.fakes.app;
        let weekly = PayoutRules {
            schedule: Schedule::Weekly { weekday: 3 },
            ..PayoutRules::default()
        };
        stage.rules(weekly).await;
        assert_eq!(payout::run_schedules(app).await.unwrap(), 0, "not today");
        stage.fakes.clock.advance(7 * DAY);
        assert_eq!(payout::run_schedules(app).await.unwrap(), 1);
        assert_eq!(payout::run_schedules(app).await.unwrap(), 0, "once a day");
        stage.fakes.clock.advance(7 * DAY);
        assert_eq!(
            payout::run_schedules(app).await.unwrap(),
            0,
            "one is under way"
        );
        let all = payout::batches(app, &stage.world.owner, None, "", None, 50).await;
        let all = all.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].status.as_str(), all[0].total.minor),
            ("planned", 12_000)
        );
        assert_eq!(all[0].created_by, "system");
    })
    .await;
}

#[tokio::test]
async fn k2_enough_due_plans_a_run() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let app = &stage.fakes.app;
        let over = |due_minor| PayoutRules {
            schedule: Schedule::Threshold { due_minor },
            ..PayoutRules::default()
        };
        stage.rules(over(12_001)).await;
        stage.fakes.clock.advance(DAY);
        assert_eq!(payout::run_schedules(app).await.unwrap(), 0);
        stage.rules(over(12_000)).await;
        stage.fakes.clock.advance(DAY);
        assert_eq!(payout::run_schedules(app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn limits_hold_per_partner_run_and_day() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner, id) = (&stage.fakes.app, &stage.world.owner, stage.world.program.id);
        let capped = |run, partner, day| PayoutRules {
            run_cap_minor: run,
            partner_cap_minor: partner,
            day_cap_minor: day,
            ..PayoutRules::default()
        };
        for (rules, reason) in [
            (capped(Some(11_999), None, None), "over_run_cap"),
            (capped(None, Some(11_999), None), "per_partner_cap"),
            (capped(None, None, Some(11_999)), "over_run_cap"),
        ] {
            stage.rules(rules).await;
            let preview = payout::preview(app, owner, id, None).await.unwrap();
            assert_eq!(preview.plan.skipped[0].reason.code(), reason);
        }
        stage.rules(capped(None, None, Some(12_000))).await;
        let planned = payout::create(app, owner, id, None).await.unwrap();
        assert_eq!(planned[0].total.minor, 12_000);
        let wrong = capped(Some(0), None, None);
        let refused = payout::set_program_rules(app, owner, id, wrong).await;
        assert_eq!(refused.unwrap_err().code(), "invalid_input");
    })
    .await;
}

#[tokio::test]
async fn the_switch_stops_planning_approving_and_sending() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let program = stage.world.program.id;
        let planned = payout::create(app, owner, program, None).await.unwrap();
        let id = planned[0].id;
        assert_eq!(
            payout::stop(app, owner, " ").await.unwrap_err().code(),
            "invalid_input"
        );
        payout::stop(app, owner, "we check a file").await.unwrap();
        let refused = payout::approve(app, owner, id).await.unwrap_err();
        assert_eq!(refused.code(), "payouts_stopped");
        let preview = payout::preview(app, owner, program, None).await.unwrap();
        assert!(preview.plan.payable.is_empty());
        payout::resume(app, owner).await.unwrap();
        payout::approve(app, owner, id).await.unwrap();
        payout::stop(app, &stage.another(), "again").await.unwrap();
        let refused = payout::mark_sent(app, owner, id).await.unwrap_err();
        assert_eq!(refused.code(), "payouts_stopped");
        let manager = Actor::User {
            tenant: stage.world.tenant,
            id: app.id::<UserId>(),
            role: Role::Manager,
            name: "Mia".to_owned(),
        };
        let refused = payout::resume(app, &manager).await.unwrap_err();
        assert!(matches!(refused, AppError::Forbidden));
    })
    .await;
}

#[tokio::test]
async fn a_partner_asks_for_what_is_due_and_nothing_else() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, me, mine) = (&stage.fakes.app, stage.partner(), stage.maya.enrollment.id);
        let refused = payout::ask(app, &me, mine).await.unwrap_err();
        assert_eq!(refused.code(), "asking_is_off");
        let open = PayoutRules {
            partners_may_ask: true,
            ..PayoutRules::default()
        };
        stage.rules(open).await;
        let omar = stage.world.member(app, "omar").await;
        let foreign = payout::ask(app, &me, omar.enrollment.id).await.unwrap_err();
        assert!(matches!(foreign, AppError::NotFound(_)));
        let batch = payout::ask(app, &me, mine).await.unwrap();
        assert_eq!((batch.total.minor, batch.payouts), (12_000, 1));
        let again = payout::ask(app, &me, mine).await.unwrap_err();
        assert_eq!(again.code(), "already_paid_or_live");
        assert_eq!(stage.batches().await, 1);
        // The partner planned it; a person of the team approves it.
        payout::approve(app, &stage.world.owner, batch.id)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn i10_a_debt_is_visible_and_given_up_by_two_people() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let planned = payout::create(app, owner, stage.world.program.id, None).await;
        let id = planned.unwrap()[0].id;
        payout::approve(app, owner, id).await.unwrap();
        payout::mark_sent(app, owner, id).await.unwrap();
        payout::settle_batch(app, owner, id).await.unwrap();
        let mut back = stage.world.event(EventKind::Refund, "r-1", 120_000);
        back.refers_to = vec!["order-1".to_owned()];
        record(app, owner, "api", back).await.unwrap();
        assert_eq!(stage.available().await, -12_000);
        let debts = payout::debts(app, owner).await.unwrap();
        assert_eq!(
            (debts[0].name.as_str(), debts[0].owed.minor),
            ("maya", 12_000)
        );
        let mine = stage.maya.enrollment.id;
        // A manager may ask, but not decide.
        let manager = Actor::User {
            tenant: stage.world.tenant,
            id: app.id::<UserId>(),
            role: Role::Manager,
            name: "Mia".to_owned(),
        };
        let asked = payout::ask_write_off(app, &manager, mine, "small shop").await;
        let asked = asked.unwrap();
        assert_eq!(asked.status, "waiting");
        let twice = payout::ask_write_off(app, &manager, mine, "again").await;
        assert!(matches!(twice.unwrap_err(), AppError::Conflict(_)));
        assert_eq!(stage.available().await, -12_000);
        let done = payout::decide_write_off(app, owner, asked.id, true).await;
        assert_eq!(done.unwrap().status, "done");
        assert_eq!(stage.available().await, 0);
        let again = payout::decide_write_off(app, owner, asked.id, true).await;
        assert_eq!(again.unwrap_err().code(), "write_off_decided");
        let checked = comity_app::ledger::verify_all(app).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    })
    .await;
}

#[tokio::test]
async fn k4_money_that_came_back_is_available_again() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let (app, owner) = (&stage.fakes.app, &stage.world.owner);
        let planned = payout::create(app, owner, stage.world.program.id, None).await;
        let id = planned.unwrap()[0].id;
        payout::approve(app, owner, id).await.unwrap();
        payout::mark_sent(app, owner, id).await.unwrap();
        payout::settle_batch(app, owner, id).await.unwrap();
        let (_, payments) = payout::batch(app, owner, id).await.unwrap();
        let back = Settlement::Failed("account closed".to_owned());
        payout::settle(app, owner, payments[0].0.id, &back)
            .await
            .unwrap();
        assert_eq!(stage.available().await, 12_000);
        let (_, payments) = payout::batch(app, owner, id).await.unwrap();
        assert_eq!(payments[0].0.progress.state.code(), "returned");
        assert_eq!(payments[0].0.failure, "account closed");
    })
    .await;
}
