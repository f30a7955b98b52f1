//! What rules may ask about a sale: tier, agreement, channel, every code, and known products.

use std::cell::Cell;

use comity_app::agreement::{self, Terms};
use comity_app::catalog::{self, Filter, NewProduct};
use comity_app::commission::draft;
use comity_app::segment::{self, NewTier};
use comity_app::tracking::record;
use comity_app::{AppError, commission, partner};
use comity_domain::commission::{
    Condition, Item, Measure, Period, ProblemCode, RewardSpec, Rule, RuleSet, Scope,
};
use comity_domain::partner::Reach;
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, Currency, Money};
use comity_store::Store;
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World};

struct Scene {
    fakes: Fakes,
    world: World,
    maya: Member,
    sales: Cell<i64>,
}

/// Fixed sums that tell which rules applied: 1.00 for the tier, 2.00 for the agreement, 4.00 for
/// the channel, 8.00 for the second code.
fn rules(agreement: Option<comity_domain::AgreementId>) -> RuleSet {
    let flat = |cents| RewardSpec::Flat(Money::new(cents, Currency::EUR));
    let text = |name: &str| vec![name.to_owned()];
    let rule = |id: &str, cents, when, scope| Rule {
        when,
        scope,
        then: comity_domain::commission::Then::Stack,
        ..Rule::new(id, id, flat(cents))
    };
    let own = agreement.map(|id| rule("own", 200, Condition::Always, Scope::Agreement(id)));
    let mut all = vec![
        rule(
            "gold",
            100,
            Condition::PartnerTier(text("Gold")),
            Scope::Program,
        ),
        rule(
            "letter",
            400,
            Condition::Channel(text("newsletter")),
            Scope::Program,
        ),
        rule(
            "second",
            800,
            Condition::Coupon(text("EXTRA")),
            Scope::Program,
        ),
    ];
    all.extend(own);
    RuleSet {
        rules: all,
        caps: Vec::new(),
    }
}

fn tier(name: &str, level: i64, sales: Option<i64>) -> NewTier {
    NewTier {
        name: name.to_owned(),
        level,
        reach: sales.map(|at| Reach {
            measure: Measure::Count,
            period: Period::Lifetime,
            at,
        }),
    }
}

impl Scene {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(
            &fakes.app,
            "acme",
            &RuleSet::flat_percent("ten", Bps(1_000)),
        )
        .await;
        let maya = world.member(&fakes.app, "maya").await;
        Self {
            fakes,
            world,
            maya,
            sales: Cell::new(0),
        }
    }

    async fn publish(&self, set: &RuleSet, accept_doubts: bool) -> Result<(), AppError> {
        use comity_app::program::{PolicyKind, Publication, publish_policy};
        let body = serde_json::to_string(set).unwrap();
        let how = Publication {
            apply_to: comity_domain::program::ApplyTo::NewEvents,
            note: "",
            accept_doubts,
        };
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let id = self.world.program.id;
        publish_policy(app, owner, id, PolicyKind::Commission, &body, how)
            .await
            .map(drop)
    }

    /// What a sale with these codes earns, in cents, and the facts it was decided on.
    async fn earns(&self, id: &str, codes: &[&str]) -> (i64, comity_domain::commission::Facts) {
        let mut sale = self.world.event(EventKind::Sale, id, 7_700);
        sale.coupons = codes.iter().map(|code| (*code).to_owned()).collect();
        sale.customer.external_id = format!("customer-{id}");
        // Totals count what came strictly before.
        self.sales.set(self.sales.get() + 1);
        sale.occurred_at = Some(self.fakes.app.now().plus(self.sales.get()));
        let done = record(&self.fakes.app, &self.world.owner, "api", sale)
            .await
            .unwrap();
        let sum = done.commissions.iter().map(|one| one.book.amount.minor);
        let first = done.commissions.first().unwrap().id;
        let (app, owner) = (&self.fakes.app, &self.world.owner);
        let explained = commission::detail(app, owner, first).await.unwrap();
        (sum.sum(), explained.explanation.unwrap().inputs)
    }
}

#[tokio::test]
async fn tier_agreement_channel_and_every_code_reach_the_rules() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let (program, maya) = (scene.world.program.id, scene.maya.enrollment.id);
        for new in [tier("Silver", 1, Some(1)), tier("Gold", 2, Some(2))] {
            segment::create_tier(app, owner, program, new)
                .await
                .unwrap();
        }
        let terms = Terms {
            name: "Creator deal".to_owned(),
            ..Terms::default()
        };
        let agreed = agreement::conclude(app, owner, maya, &terms).await.unwrap();
        scene.publish(&rules(Some(agreed.id)), false).await.unwrap();
        let (sum, facts) = scene.earns("one", &["MAYA10", "extra"]).await;
        assert_eq!(sum, 200 + 800, "the agreement, and the second code");
        assert_eq!(facts.coupons, ["MAYA10", "EXTRA"]);
        assert_eq!(facts.channel.as_deref(), Some("coupon"));
        assert_eq!(
            (facts.partner.agreement, facts.partner.tier),
            (Some(agreed.id), None)
        );
        let (_, facts) = scene.earns("two", &["MAYA10"]).await;
        assert_eq!(
            facts.partner.tier.as_deref(),
            Some("Silver"),
            "one sale came before"
        );
        let (sum, facts) = scene.earns("three", &["MAYA10"]).await;
        assert_eq!(facts.partner.tier.as_deref(), Some("Gold"));
        assert_eq!(sum, 200 + 100);
        let silver = segment::tiers(app, owner, program).await.unwrap()[0].0.id;
        segment::give_tier(app, owner, maya, Some(silver))
            .await
            .unwrap();
        let (sum, facts) = scene.earns("four", &["MAYA10"]).await;
        assert_eq!(
            facts.partner.tier.as_deref(),
            Some("Silver"),
            "by hand goes before results"
        );
        assert_eq!(sum, 200);
        let shown = partner::detail(app, owner, scene.maya.partner.id)
            .await
            .unwrap();
        let standing = shown.memberships[0].standing.as_ref().unwrap();
        assert!(standing.by_hand && standing.tier.name == "Silver");
    })
    .await;
}

#[tokio::test]
async fn a_click_is_in_the_channel_its_link_is_labelled_with() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let mut tx = app.store.write().await.unwrap();
        let mut link = scene.maya.link.clone();
        link.label = "Newsletter".to_owned();
        comity_store::link::update(&mut tx, &link).await.unwrap();
        tx.commit().await.unwrap();
        scene.publish(&rules(None), false).await.unwrap_err();
        segment::create_tier(app, owner, scene.world.program.id, tier("Gold", 1, None))
            .await
            .unwrap();
        scene.publish(&rules(None), false).await.unwrap();
        let click = scene
            .world
            .click(app, &scene.maya, app.now().plus(-1_000))
            .await;
        let mut sale = scene.world.event(EventKind::Sale, "one", 10_000);
        sale.click = Some(click);
        let done = record(app, owner, "api", sale).await.unwrap();
        let rules: Vec<&str> = done
            .commissions
            .iter()
            .map(|one| one.rule.as_str())
            .collect();
        assert_eq!(rules, ["letter"]);
    })
    .await;
}

#[tokio::test]
async fn agreements_are_valid_in_their_days_and_never_two_at_once() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let maya = scene.maya.enrollment.id;
        let day = |days: i64| {
            app.now()
                .plus(days * DAY)
                .date_in(&scene.world.program.zone)
                .to_string()
        };
        let terms = |name: &str, from: i64, to: Option<i64>| Terms {
            name: name.to_owned(),
            note: String::new(),
            starts_on: day(from),
            ends_on: to.map(day).unwrap_or_default(),
        };
        let first = terms("Old", -30, Some(-10));
        let old = agreement::conclude(app, owner, maya, &first).await.unwrap();
        let wrong = |done: Result<agreement::Agreement, AppError>| match done {
            Err(AppError::Invalid(errors)) => (errors[0].field.clone(), errors[0].code),
            other => (format!("{other:?}"), ""),
        };
        for (terms, field, code) in [
            (terms("Meets", -10, None), "starts_on", "agreement_overlaps"),
            (terms("Back", 5, Some(3)), "ends_on", "before_start"),
            (terms(" ", 5, None), "name", "required"),
        ] {
            let done = agreement::conclude(app, owner, maya, &terms).await;
            assert_eq!(wrong(done), (field.to_owned(), code));
        }
        let next = terms("New", -9, None);
        let new = agreement::conclude(app, owner, maya, &next).await.unwrap();
        let longer = agreement::change(app, owner, old.id, &terms("Old", -30, None)).await;
        assert_eq!(wrong(longer).1, "agreement_overlaps");
        let (_, facts) = scene.earns("now", &["MAYA10"]).await;
        assert_eq!(facts.partner.agreement, Some(new.id));
    })
    .await;
}

#[tokio::test]
async fn products_are_learned_and_an_unknown_name_is_doubted() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let program = scene.world.program.id;
        let mut sale = scene.world.event(EventKind::Sale, "one", 10_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        sale.items = vec![Item {
            product: "pro".to_owned(),
            sku: Some("PRO-1".to_owned()),
            category: Some("plans".to_owned()),
            quantity: 1,
            net: sale.net,
        }];
        record(app, owner, "api", sale).await.unwrap();
        let every = Filter::default();
        let all = catalog::list(app, owner, program, &every, None, 10)
            .await
            .unwrap();
        assert_eq!(
            (all[0].external_id.as_str(), all[0].sku.as_str()),
            ("pro", "PRO-1")
        );
        assert!(all[0].last_sold_at.is_some() && all[0].source == "event");
        let naming = |when| {
            RuleSet::of(Rule {
                when,
                ..Rule::new("a", "A", RewardSpec::Percent(Bps(2_000)))
            })
        };
        let text = |name: &str| vec![name.to_owned()];
        let known = naming(Condition::All(vec![
            Condition::Product(text("pro")),
            Condition::Sku(text("PRO-1")),
            Condition::Category(text("plans")),
        ]));
        assert_eq!(draft::check(app, owner, program, &known).await.unwrap(), []);
        let typo = naming(Condition::Product(vec!["pro".to_owned(), "prp".to_owned()]));
        let found = draft::check(app, owner, program, &typo).await.unwrap();
        assert_eq!(found[0].path, "rules[0].when[1]");
        assert_eq!(found[0].code, ProblemCode::UnknownProduct);
        let refused = scene.publish(&typo, false).await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        scene.publish(&typo, true).await.unwrap();
        let lite = NewProduct {
            external_id: "prp".to_owned(),
            ..NewProduct::default()
        };
        let lite = catalog::create(app, owner, program, &lite).await.unwrap();
        assert_eq!(draft::check(app, owner, program, &typo).await.unwrap(), []);
        catalog::archive(app, owner, lite.id).await.unwrap();
        assert_eq!(
            draft::check(app, owner, program, &typo)
                .await
                .unwrap()
                .len(),
            1
        );
        let other = World::new(app, "other", &RuleSet::flat_percent("ten", Bps(1_000))).await;
        let foreign = catalog::get(app, &other.owner, lite.id).await;
        assert!(matches!(foreign, Err(AppError::NotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let program = scene.world.program.id;
        let file = b"product,name,category\npro,Pro,plans\n,Lite,plans\n";
        let refused = catalog::import(app, owner, program, file).await;
        let Err(AppError::Invalid(errors)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(
            (errors[0].field.as_str(), errors[0].code),
            ("line 3", "required")
        );
        let count = async || {
            let every = Filter::default();
            let all = catalog::list(app, owner, program, &every, None, 10).await;
            all.unwrap().len()
        };
        assert_eq!(count().await, 0, "nothing half-written");
        let file = b"product,name,category\npro,Pro,plans\nlite,Lite,plans\n";
        let done = catalog::import(app, owner, program, file).await.unwrap();
        assert_eq!((done.added, done.changed, done.same), (2, 0, 0));
        let file = b"product,name,category\npro,Pro plan,\nlite,Lite,plans\n";
        let done = catalog::import(app, owner, program, file).await.unwrap();
        assert_eq!((done.added, done.changed, done.same), (0, 1, 1));
        assert_eq!(count().await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_tier_that_rules_ask_for_keeps_its_name_and_place() {
    on_both(async |store| {
        let scene = Scene::new(store).await;
        let (app, owner) = (&scene.fakes.app, &scene.world.owner);
        let program = scene.world.program.id;
        let gold = segment::create_tier(app, owner, program, tier("Gold", 2, Some(10)));
        let gold = gold.await.unwrap();
        let code = |done: Result<comity_domain::partner::Tier, AppError>| match done {
            Err(AppError::Invalid(errors)) => errors[0].code,
            _ => "",
        };
        for (new, wanted) in [
            (tier("Gold", 3, None), "taken"),
            (tier("Silver", 2, None), "taken"),
            (tier("Silver", 1, Some(10)), "tier_not_above"),
            (tier("Silver", 1, Some(0)), "out_of_range"),
            (tier("", 1, None), "required"),
        ] {
            let done = segment::create_tier(app, owner, program, new).await;
            assert_eq!(code(done), wanted);
        }
        scene.publish(&rules(None), false).await.unwrap();
        let renamed = segment::change_tier(app, owner, gold.id, tier("Top", 2, Some(10))).await;
        assert_eq!(code(renamed), "tier_in_rules");
        let removed = segment::remove_tier(app, owner, gold.id).await;
        assert!(matches!(removed, Err(AppError::Conflict("tier_in_rules"))));
        let harder = segment::change_tier(app, owner, gold.id, tier("Gold", 2, Some(20))).await;
        assert!(harder.is_ok());
        let other = World::new(app, "other", &RuleSet::flat_percent("ten", Bps(1_000))).await;
        let foreign = segment::remove_tier(app, &other.owner, gold.id).await;
        assert!(matches!(foreign, Err(AppError::NotFound(_))));
    })
    .await;
}
