//! Drafts over real history, and rules published for the past too (H12, X3).

use comity_app::commission::{Past, correct, replay, simulation};
use comity_app::job::{Registry, run_due};
use comity_app::kpi::{NewGuard, set_guard};
use comity_app::program::{PolicyKind, Publication, publish_policy};
use comity_app::tracking::{Happening, record};
use comity_domain::commission::{
    Condition, Item, Measure, Milestone, Period, Prize, RewardSpec, Rule, RuleSet, Then,
};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard};
use comity_domain::ledger::Account;
use comity_domain::ledger::chain::verify_chain;
use comity_domain::program::ApplyTo;
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, Money, Timestamp};
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

    async fn sale(&self, id: &str, cents: i64) {
        let mut sale = self.world.event(EventKind::Sale, id, cents);
        sale.coupons = vec!["MAYA10".to_owned()];
        sale.customer.external_id = format!("customer-{id}");
        sale.items = vec![Item {
            product: "pro".to_owned(),
            sku: None,
            category: None,
            quantity: 1,
            net: sale.net,
        }];
        record(&self.fakes.app, &self.world.owner, "api", sale)
            .await
            .unwrap();
    }

    async fn refund(&self, sale: &str, id: &str, cents: i64) {
        let mut event = self.world.event(EventKind::Refund, id, cents);
        event.happening = Happening::Kind(EventKind::Refund);
        event.refers_to = vec![sale.to_owned()];
        record(&self.fakes.app, &self.world.owner, "api", event)
            .await
            .unwrap();
    }

    fn past(&self) -> Past {
        Past {
            program: self.world.program.id,
            from: Timestamp::from_seconds(0),
            to: self.fakes.app.now().plus(1),
        }
    }

    async fn run_jobs(&self) {
        let registry = Registry::default()
            .with(simulation::JOB, simulation::run)
            .with(correct::JOB, correct::run);
        while run_due(&self.fakes.app, &registry).await.unwrap() > 0 {}
    }

    async fn publish(&self, set: &RuleSet, scope: ApplyTo) {
        let body = serde_json::to_string(set).unwrap();
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let kind = PolicyKind::Commission;
        let how = Publication {
            apply_to: scope,
            note: "",
            accept_doubts: false,
        };
        publish_policy(app, owner, self.world.program.id, kind, &body, how)
            .await
            .unwrap();
    }

    /// What stands: the order and the amount, oldest first.
    async fn commissions(&self) -> Vec<(String, i64)> {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let filter = commission::Filter::default();
        let mut all = commission::page(&mut tx, self.world.tenant, &filter, None, 100)
            .await
            .unwrap();
        all.retain(|row| row.commission.kind != "replaced");
        all.sort_by_key(|row| row.commission.occurred_at);
        all.into_iter()
            .map(|row| (row.external_id, row.commission.book.net().minor))
            .collect()
    }

    /// What the partner is owed by the books.
    async fn owed(&self) -> i64 {
        let mut tx = self.fakes.app.store.read().await.unwrap();
        let mut sum = 0;
        let id = self.maya.enrollment.id;
        for account in [Account::Pending(id), Account::Available(id)] {
            let currency = self.world.program.currency;
            let held = ledger::balance(&mut tx, self.world.tenant, account, currency).await;
            sum -= held.unwrap().minor;
        }
        let entries = ledger::entries_after(&mut tx, self.world.tenant, 0, 1_000)
            .await
            .unwrap();
        verify_chain(entries).unwrap();
        sum
    }
}

/// A fifth for Pro, and 5.00 more for every sale.
fn generous() -> RuleSet {
    let pro = Rule {
        when: Condition::Product(vec!["pro".to_owned()]),
        then: Then::Stack,
        ..Rule::new("pro", "Pro", RewardSpec::Percent(Bps(2_000)))
    };
    let five = Money::new(500, comity_domain::Currency::EUR);
    let extra = Rule::new("extra", "Extra", RewardSpec::Flat(five));
    RuleSet {
        rules: vec![pro, extra],
        caps: Vec::new(),
    }
}

#[tokio::test]
async fn a_draft_is_decided_over_the_facts_as_they_were() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        scene.sale("one", 10_000).await;
        scene.sale("two", 5_000).await;
        scene.sale("gone", 7_000).await;
        scene.refund("gone", "refund-gone", 7_000).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let mut seen = Vec::new();
        let draft = generous();
        let report = replay(app, owner, scene.past(), &draft, |progress| {
            seen.push((progress.done, progress.total));
            true
        });
        let report = report.await.unwrap();
        assert_eq!(seen, [(2, 2)], "a sale that was given back does not count");
        assert_eq!(report.total.before.minor, 1_500);
        assert_eq!(report.total.after.minor, 2_500 + 1_500);
        assert_eq!(report.new_customers, 2);
        assert_eq!(report.winners().len(), 1);
        let unchanged = replay(app, owner, scene.past(), &ten_percent(), |_| true)
            .await
            .unwrap();
        assert_eq!(
            unchanged.total.before, unchanged.total.after,
            "the same rules cost the same"
        );
    })
    .await;
}

#[tokio::test]
async fn a_simulation_is_a_job_that_can_be_stopped() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        scene.sale("one", 10_000).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let margin = Bps(6_000);
        let run = simulation::start(app, owner, scene.past(), &generous(), margin)
            .await
            .unwrap();
        let draft = generous();
        let stopped = simulation::start(app, owner, scene.past(), &draft, margin).await;
        let stopped = stopped.unwrap();
        simulation::stop(app, owner, stopped.id).await.unwrap();
        scene.run_jobs().await;
        let (row, summary) = simulation::get(app, owner, run.id).await.unwrap();
        let summary = summary.unwrap();
        assert_eq!((row.status.as_str(), row.done, row.total), ("done", 1, 1));
        assert_eq!((summary.before_minor, summary.after_minor), (1_000, 2_500));
        assert_eq!(summary.cac_minor, Some((1_000, 2_500)));
        let wanted = ("may", simulation::Order::Gains);
        let lines = simulation::partners(app, owner, run.id, wanted, None, 10)
            .await
            .unwrap();
        assert_eq!((lines.len(), lines[0].after_minor), (1, 2_500));
        let (row, _) = simulation::get(app, owner, stopped.id).await.unwrap();
        assert_eq!((row.status.as_str(), row.done), ("stopped", 0));
    })
    .await;
}

#[tokio::test]
async fn rules_for_everything_correct_the_past_and_the_books_stay_balanced() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        scene.sale("one", 10_000).await;
        scene.sale("half", 10_000).await;
        scene.refund("half", "refund-half", 5_000).await;
        assert_eq!(scene.owed().await, 1_000 + 500);
        scene.fakes.clock.advance(40 * DAY);
        scene.publish(&generous(), ApplyTo::All).await;
        scene.run_jobs().await;
        let corrected = 2_000 + 500 + (2_000 + 500) / 2;
        assert_eq!(scene.owed().await, corrected);
        scene.refund("half", "refund-rest", 5_000).await;
        assert_eq!(
            scene.owed().await,
            2_500,
            "a later refund takes the rest of the new one only"
        );
        scene.publish(&ten_percent(), ApplyTo::All).await;
        scene.run_jobs().await;
        assert_eq!(scene.owed().await, 1_000, "and back");
        let mut tx = scene.fakes.app.store.read().await.unwrap();
        let filter = commission::Filter::default();
        let all = commission::page(&mut tx, scene.world.tenant, &filter, None, 100)
            .await
            .unwrap();
        let replaced = all.iter().filter(|row| row.commission.kind == "replaced");
        assert_eq!(replaced.clone().count(), 4, "nothing disappears");
        assert!(
            replaced
                .clone()
                .all(|row| row.commission.book.net().minor == 0)
        );
    })
    .await;
}

#[tokio::test]
async fn rules_for_new_events_leave_the_past_alone() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        scene.sale("one", 10_000).await;
        scene.fakes.clock.advance(DAY);
        scene.publish(&generous(), ApplyTo::NewEvents).await;
        scene.run_jobs().await;
        assert_eq!(scene.owed().await, 1_000);
        scene.sale("two", 10_000).await;
        assert_eq!(scene.owed().await, 1_000 + 2_500);
    })
    .await;
}

#[tokio::test]
async fn corrections_ask_the_guard_of_acquisition_costs_again() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let guard = CacGuard {
            allowable: AllowableCac {
                ltv: Money::new(10_000, scene.world.program.currency),
                margin: Bps::ONE,
                share: Bps(1_500),
            },
            warn_at: Bps(8_000),
            above: CacAction::Clamp,
            min_customers: 2,
        };
        let new = NewGuard {
            guard: Some(guard),
            platform_minor: 0,
            management_minor: 0,
        };
        set_guard(app, owner, scene.world.program.id, new)
            .await
            .unwrap();
        // €15 may be spent on a customer, judged from the second on.
        for id in ["one", "two", "three"] {
            scene.fakes.clock.advance(1_000_000);
            scene.sale(id, 10_000).await;
        }
        assert_eq!(scene.owed().await, 3_000);
        scene.fakes.clock.advance(DAY);
        scene.publish(&generous(), ApplyTo::All).await;
        scene.run_jobs().await;
        // €25 each: the second and third are cut to what is left of €30 and €45.
        assert_eq!(scene.owed().await, 2_500 + 500 + 1_500);
        let before = scene.commissions().await;
        scene.publish(&generous(), ApplyTo::All).await;
        scene.run_jobs().await;
        assert_eq!(
            scene.commissions().await,
            before,
            "the same again is nothing"
        );
    })
    .await;
}

#[tokio::test]
async fn corrections_give_a_bonus_once_and_where_it_is_due_now() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let bonus = |at: i64| {
            let prize = Prize::Cash(Money::new(700, comity_domain::Currency::EUR));
            let mile = Milestone {
                measure: Measure::Count,
                period: Period::Lifetime,
                at,
                repeat: false,
                prize,
            };
            let mut set = ten_percent();
            let rule = Rule {
                then: Then::Stack,
                ..Rule::new("mile", "Milestone", RewardSpec::Milestone(mile))
            };
            set.rules.insert(0, rule);
            set
        };
        scene.publish(&bonus(3), ApplyTo::All).await;
        scene.run_jobs().await;
        for id in ["one", "two", "three", "four"] {
            scene.fakes.clock.advance(DAY);
            scene.sale(id, 1_000).await;
        }
        assert_eq!(scene.owed().await, 4 * 100 + 700);
        scene.fakes.clock.advance(DAY);
        scene.publish(&bonus(2), ApplyTo::All).await;
        scene.run_jobs().await;
        let owed = scene.owed().await;
        assert_eq!(owed, 4 * 100 + 700, "at the second sale, not twice");
        let mut standing = scene.commissions().await;
        standing.retain(|(_, minor)| *minor == 700);
        assert_eq!(standing, [("two".to_owned(), 700)]);
    })
    .await;
}
