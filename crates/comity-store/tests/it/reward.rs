//! Contracts of the reward stores: perks, badges, bonuses, instalments, recruiters, promises.

use comity_domain::ledger::perk::{PerkMove, PerkPlace, PerkUnit};
use comity_domain::time::{DAY, MINUTE};
use comity_domain::tracking::EventKind;
use comity_domain::{Currency, EnrollmentId, Money, RawId, Timestamp};
use comity_store::badge::{self, Award, Badge};
use comity_store::perk::{self, Grant, Perk};
use comity_store::referee::{self, Reward};
use comity_store::{Store, commission, nudge, partner, recruit};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    fakes: Fakes,
    world: World,
    maya: Member,
    omar: Member,
    stranger: World,
}

impl Stage {
    async fn new(store: Store) -> Self {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        Self {
            maya: world.member(&fakes.app, "maya").await,
            omar: world.member(&fakes.app, "omar").await,
            stranger: World::new(&fakes.app, "globex", &ten_percent()).await,
            fakes,
            world,
        }
    }

    fn store(&self) -> &Store {
        &self.fakes.app.store
    }

    fn now(&self) -> Timestamp {
        self.fakes.app.now()
    }

    fn perk(&self, unit: &str) -> Perk {
        Perk {
            id: self.fakes.app.id(),
            tenant: self.world.tenant,
            program: self.world.program.id,
            unit: PerkUnit::parse(unit).unwrap(),
            name: format!("A {unit}"),
            description: "x".to_owned(),
            cost: eur(2_400),
            active: true,
            created_at: self.now(),
        }
    }

    fn grant(&self, key: &str, rule: &str) -> Grant {
        Grant {
            id: self.fakes.app.id(),
            tenant: self.world.tenant,
            program: self.world.program.id,
            enrollment: self.maya.enrollment.id,
            partner: self.maya.partner.id,
            event: None,
            unit: PerkUnit::parse("shirt").unwrap(),
            quantity: 3,
            cost: eur(7_200),
            source: "rule".to_owned(),
            rule: rule.to_owned(),
            unique_key: key.to_owned(),
            status: "pending".to_owned(),
            note: String::new(),
            explain_json: "{}".to_owned(),
            occurred_at: self.now(),
            created_at: self.now(),
            updated_at: self.now(),
        }
    }

    /// A sale with Maya's code; answers its event.
    async fn sale(&self, name: &str) -> comity_domain::EventId {
        let mut sale = self.world.event(EventKind::Sale, name, 10_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        let app = &self.fakes.app;
        let done = comity_app::tracking::record(app, &self.world.owner, "api", sale).await;
        done.unwrap().event.id
    }
}

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

#[tokio::test]
async fn a_perk_has_one_unit_per_program_and_keeps_its_cost_in_what_was_given() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let (tenant, program) = (stage.world.tenant, stage.world.program.id);
        let mut shirt = stage.perk("shirt");
        assert!(perk::insert(tx, &shirt).await.unwrap());
        assert!(!perk::insert(tx, &stage.perk("shirt")).await.unwrap());
        assert_eq!(
            perk::get(tx, tenant, shirt.id).await.unwrap(),
            Some(shirt.clone())
        );
        let foreign = stage.stranger.tenant;
        assert_eq!(perk::get(tx, foreign, shirt.id).await.unwrap(), None);

        let grant = stage.grant("once", "r");
        assert!(perk::insert_grant(tx, &grant).await.unwrap());
        let twice = Grant {
            id: stage.fakes.app.id(),
            ..grant.clone()
        };
        assert!(
            !perk::insert_grant(tx, &twice).await.unwrap(),
            "one per key"
        );
        (shirt.active, shirt.cost) = (false, eur(9));
        perk::update(tx, &shirt).await.unwrap();
        let listed = perk::grant(tx, tenant, grant.id).await.unwrap().unwrap();
        assert_eq!(
            (listed.perk_name.as_str(), listed.partner_name.as_str()),
            ("A shirt", "maya")
        );
        assert_eq!(listed.grant, grant);
        assert_eq!(
            perk::by_key(tx, tenant, "once").await.unwrap(),
            Some(grant.clone())
        );
        assert_eq!(perk::by_key(tx, foreign, "once").await.unwrap(), None);
        assert_eq!(perk::grant(tx, foreign, grant.id).await.unwrap(), None);
        let of = |find: &str, status: &str| perk::Filter {
            find: find.to_owned(),
            status: status.to_owned(),
            program: Some(program),
            enrollment: None,
        };
        for (find, status, n) in [
            ("may", "", 1),
            ("shirt", "pending", 1),
            ("omar", "", 0),
            ("", "failed", 0),
        ] {
            let found = perk::grants(tx, tenant, &of(find, status), None, 9)
                .await
                .unwrap();
            assert_eq!(found.len(), n, "{find} {status}");
        }
        let older = perk::grants(tx, tenant, &of("", ""), Some(grant.id), 9).await;
        assert_eq!(
            older.unwrap().len(),
            0,
            "the cursor leaves out what was shown"
        );
    })
    .await;
}

#[tokio::test]
async fn the_book_of_perks_folds_to_its_balances_and_names_what_strays() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let tenant = stage.world.tenant;
        let mut grant = stage.grant("book", "r");
        perk::insert_grant(tx, &grant).await.unwrap();
        assert_eq!(
            perk::stray(tx, tenant).await.unwrap(),
            [grant.id],
            "given without a move"
        );
        let step = |n, from, to| PerkMove {
            id: stage.fakes.app.id(),
            at: stage.now().plus(n),
            enrollment: grant.enrollment,
            grant: grant.id,
            unit: grant.unit.clone(),
            count: 3,
            from,
            to,
        };
        let given = step(0, PerkPlace::Program, PerkPlace::Open);
        perk::insert_move(tx, tenant, &given).await.unwrap();
        assert_eq!(perk::stray(tx, tenant).await.unwrap(), []);
        stage.fakes.clock.advance(MINUTE);
        let over = step(1, PerkPlace::Open, PerkPlace::Fulfilled);
        perk::insert_move(tx, tenant, &over).await.unwrap();
        assert_eq!(
            perk::stray(tx, tenant).await.unwrap(),
            [grant.id],
            "handed over, still pending"
        );
        "fulfilled".clone_into(&mut grant.status);
        perk::set_grant(tx, &grant).await.unwrap();
        assert_eq!(perk::stray(tx, tenant).await.unwrap(), []);
        assert_eq!(
            perk::moves(tx, tenant, grant.id).await.unwrap(),
            [given, over]
        );
        assert_eq!(
            perk::fold(tx, tenant).await.unwrap(),
            perk::all_balances(tx, tenant).await.unwrap()
        );
        let own = perk::balances(tx, tenant, grant.enrollment).await.unwrap();
        let at = |place| own.iter().find(|(_, p, _)| *p == place).map(|(_, _, n)| *n);
        assert_eq!(
            [PerkPlace::Program, PerkPlace::Open, PerkPlace::Fulfilled].map(at),
            [Some(-3), Some(0), Some(3)]
        );
        let other = perk::balances(tx, tenant, stage.omar.enrollment.id).await;
        assert_eq!(other.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_badge_is_earned_once_and_counted() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let tenant = stage.world.tenant;
        let mut badge = Badge {
            id: stage.fakes.app.id(),
            tenant,
            program: stage.world.program.id,
            name: "Ten".to_owned(),
            description: String::new(),
            measure: "count".to_owned(),
            threshold: 10,
            unit: "shirt".to_owned(),
            quantity: 1,
            active: true,
            created_at: stage.now(),
            awards: 0,
        };
        badge::insert(tx, &badge).await.unwrap();
        let award = Award {
            badge: badge.id,
            total: 11,
            awarded_at: stage.now(),
        };
        let of = |member: &Member| (tenant, member.enrollment.id);
        assert!(badge::award(tx, of(&stage.maya), &award).await.unwrap());
        assert!(!badge::award(tx, of(&stage.maya), &award).await.unwrap());
        assert!(badge::award(tx, of(&stage.omar), &award).await.unwrap());
        let own = badge::of_enrollment(tx, tenant, stage.maya.enrollment.id).await;
        assert_eq!(own.unwrap(), [award]);
        badge.active = false;
        badge::update(tx, &badge).await.unwrap();
        badge.awards = 2;
        let all = badge::list(tx, tenant, Some(badge.program)).await.unwrap();
        assert_eq!(all, [badge.clone()]);
        assert_eq!(
            badge::list(tx, stage.stranger.tenant, None).await.unwrap(),
            []
        );
        assert_eq!(
            badge::get(tx, stage.stranger.tenant, badge.id)
                .await
                .unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn bonuses_that_stand_are_counted_in_their_window() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        stage.sale("o1").await;
        let (tenant, id) = (stage.world.tenant, stage.maya.enrollment.id);
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let rows = commission::page(tx, tenant, &commission::Filter::default(), None, 5).await;
        let rule = rows.unwrap()[0].commission.rule.clone();
        let (now, day) = (stage.now(), DAY);
        let counted = async |tx: &mut _, from, to| {
            commission::standing(tx, (tenant, id), &rule, (from, to))
                .await
                .unwrap()
        };
        assert_eq!(counted(tx, now.plus(-day), now.plus(1)).await, 1);
        assert_eq!(
            counted(tx, now.plus(-day), now).await,
            0,
            "the end is not inside"
        );
        let other = commission::standing(tx, (tenant, id), "other", (now, now.plus(1))).await;
        assert_eq!(other.unwrap(), 0);
        let mut grant = stage.grant("bonus", "second");
        perk::insert_grant(tx, &grant).await.unwrap();
        let window = (now, now.plus(1));
        assert_eq!(
            perk::standing(tx, (tenant, id), "second", window)
                .await
                .unwrap(),
            1
        );
        "cancelled".clone_into(&mut grant.status);
        perk::set_grant(tx, &grant).await.unwrap();
        assert_eq!(
            perk::standing(tx, (tenant, id), "second", window)
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn an_instalment_is_booked_once() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let of = (stage.world.tenant, stage.maya.enrollment.id);
        let commission = stage.fakes.app.id();
        assert!(!recruit::booked(tx, of, ("deal", 1)).await.unwrap());
        assert!(
            recruit::book(tx, of, ("deal", 1), commission, stage.now())
                .await
                .unwrap()
        );
        assert!(
            !recruit::book(tx, of, ("deal", 1), commission, stage.now())
                .await
                .unwrap()
        );
        assert!(recruit::booked(tx, of, ("deal", 1)).await.unwrap());
        assert!(!recruit::booked(tx, of, ("deal", 2)).await.unwrap());
        let other = (stage.world.tenant, stage.omar.enrollment.id);
        assert!(!recruit::booked(tx, other, ("deal", 1)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_recruiter_is_set_taken_back_and_counted() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let tenant = stage.world.tenant;
        let (maya, omar) = (stage.maya.enrollment.id, stage.omar.enrollment.id);
        let now = stage.now();
        let recruiter = async |tx: &mut _| {
            let found = partner::enrollment(tx, tenant, omar).await.unwrap();
            found.unwrap().recruited_by
        };
        partner::set_recruiter(tx, (stage.stranger.tenant, omar), Some(maya), now)
            .await
            .unwrap();
        assert_eq!(
            recruiter(tx).await,
            None,
            "another organisation changes nothing"
        );
        partner::set_recruiter(tx, (tenant, omar), Some(maya), now)
            .await
            .unwrap();
        assert_eq!(recruiter(tx).await, Some(maya));
        assert_eq!(recruit::recruited(tx, tenant, maya).await.unwrap(), 1);
        partner::set_recruiter(tx, (tenant, omar), None, now)
            .await
            .unwrap();
        assert_eq!(recruit::recruited(tx, tenant, maya).await.unwrap(), 0);
        let first = EnrollmentId(RawId([0; 16]));
        let of = (tenant, stage.world.program.id);
        let mut earning = recruit::earning_in(tx, of, first, 9).await.unwrap();
        earning.sort_unstable();
        let mut both = [maya, omar];
        both.sort_unstable();
        assert_eq!(earning, both);
        assert_eq!(
            recruit::earning_in(tx, of, both[0], 9).await.unwrap(),
            [both[1]]
        );
        let foreign = (stage.stranger.tenant, stage.world.program.id);
        assert_eq!(
            recruit::earning_in(tx, foreign, first, 9).await.unwrap(),
            []
        );
    })
    .await;
}

#[tokio::test]
async fn a_promise_to_a_customer_is_made_once_and_found_by_its_code() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        let event = stage.sale("o1").await;
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let tenant = stage.world.tenant;
        let mut reward = Reward {
            id: stage.fakes.app.id(),
            tenant,
            program: stage.world.program.id,
            enrollment: stage.maya.enrollment.id,
            partner: stage.maya.partner.id,
            event,
            customer: None,
            policy: None,
            rule: "referee".to_owned(),
            kind: "credit".to_owned(),
            code: "ABCD-2345".to_owned(),
            amount: eur(1_000),
            unit: String::new(),
            quantity: 0,
            status: "granted".to_owned(),
            note: String::new(),
            explain_json: "{}".to_owned(),
            occurred_at: stage.now(),
            created_at: stage.now(),
            updated_at: stage.now(),
        };
        assert!(referee::insert(tx, &reward).await.unwrap());
        let twice = Reward {
            id: stage.fakes.app.id(),
            code: "EFGH-2345".to_owned(),
            ..reward.clone()
        };
        assert!(
            !referee::insert(tx, &twice).await.unwrap(),
            "one per event and rule"
        );
        let taken = Reward {
            id: stage.fakes.app.id(),
            rule: "other".to_owned(),
            ..reward.clone()
        };
        assert!(!referee::insert(tx, &taken).await.unwrap(), "one per code");
        "honoured".clone_into(&mut reward.status);
        referee::set(tx, &reward).await.unwrap();
        let found = referee::get(tx, tenant, reward.id).await.unwrap().unwrap();
        assert_eq!((found.external_id.as_str(), &found.reward), ("o1", &reward));
        assert_eq!(
            referee::get(tx, stage.stranger.tenant, reward.id)
                .await
                .unwrap(),
            None
        );
        let of_event = referee::of_event(tx, tenant, event).await.unwrap();
        assert_eq!(of_event, [reward.clone()]);
        for (find, n) in [("abcd", 1), ("may", 1), ("zzz", 0)] {
            let filter = referee::Filter {
                find: find.to_owned(),
                ..referee::Filter::default()
            };
            let page = referee::page(tx, tenant, &filter, None, 9).await.unwrap();
            assert_eq!(page.len(), n, "{find}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_silence_is_found_and_named_once() {
    on_both(|store: Store| async move {
        let stage = Stage::new(store).await;
        stage.sale("o1").await;
        let sold = stage.now();
        stage.fakes.clock.advance(61 * DAY);
        let mut tx = stage.store().write().await.unwrap();
        let tx = &mut tx;
        let of = (stage.world.tenant, stage.world.program.id);
        let since = |days: i64| nudge::Filter {
            since: stage.now().plus_days(-days),
            find: String::new(),
        };
        let found = nudge::dormant(tx, of, &since(60), None, 9).await.unwrap();
        assert_eq!(found.len(), 1, "who never sold is no sleeper");
        assert_eq!((found[0].name.as_str(), found[0].last_at), ("maya", sold));
        assert_eq!(
            nudge::dormant(tx, of, &since(62), None, 9).await.unwrap(),
            []
        );
        let who = (of.0, found[0].enrollment);
        assert!(nudge::nudge(tx, who, sold, stage.now()).await.unwrap());
        assert!(!nudge::nudge(tx, who, sold, stage.now()).await.unwrap());
        let again = nudge::dormant(tx, of, &since(60), None, 9).await.unwrap();
        assert_eq!(again[0].nudged_at, Some(stage.now()));
        let foreign = (stage.stranger.tenant, of.1);
        assert_eq!(
            nudge::dormant(tx, foreign, &since(60), None, 9)
                .await
                .unwrap(),
            []
        );
    })
    .await;
}
