//! Rewards beside the plain commission: perks, badges, bonuses, promises to customers,
//! instalments, recruiters (H3, H4, H9, H10, G10).

use comity_app::application::{self, NewApplication};
use comity_app::commission::{
    RefereeAct, RefereeFilter, act_on_referee, book_instalments, referee_rewards,
};
use comity_app::ledger::verify_all;
use comity_app::recognition::{self, Act, Filter, NewBadge, NewPerk};
use comity_app::tracking::{NewCustomer, record};
use comity_domain::commission::{
    Due, EventKind as On, Instalment, Lasts, Measure, Milestone, Period, Prize, RewardSpec, Rule,
    RuleSet, Then, TwoSided,
};
use comity_domain::ledger::{Account, CommissionStatus};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, Currency, Money};
use comity_store::commission::Commission;
use comity_store::{Store, ledger, partner};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::World;

const fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Ten percent of every sale, and these rules on top.
fn with(extra: Vec<Rule>) -> RuleSet {
    let mut set = RuleSet::flat_percent("standard", Bps(1_000));
    for rule in &mut set.rules {
        rule.then = Then::Stack;
    }
    set.rules.extend(extra);
    set
}

fn fifth_sale(prize: Prize) -> Rule {
    let milestone = Milestone {
        measure: Measure::Count,
        period: Period::Lifetime,
        at: 2,
        repeat: false,
        prize,
    };
    Rule {
        on: vec![On::Sale],
        then: Then::Stack,
        ..Rule::new("second", "Second sale", RewardSpec::Milestone(milestone))
    }
}

fn box_of_goods() -> Prize {
    Prize::Perk {
        unit: "swag_box".to_owned(),
        quantity: 1,
    }
}

async fn sale(fakes: &Fakes, world: &World, who: &str, name: &str, cents: i64) -> Vec<Commission> {
    fakes.clock.advance(1_000_000);
    let mut sale = world.event(EventKind::Sale, name, cents);
    sale.coupons = vec![format!("{}10", who.to_uppercase())];
    sale.customer = NewCustomer {
        external_id: format!("customer-{name}"),
        ..NewCustomer::default()
    };
    let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();
    recorded.commissions
}

async fn refund(fakes: &Fakes, world: &World, name: &str, cents: i64) {
    fakes.clock.advance(1_000_000);
    let mut back = world.event(EventKind::Refund, &format!("back-{name}"), cents);
    back.refers_to = vec![name.to_owned()];
    record(&fakes.app, &world.owner, "api", back).await.unwrap();
}

async fn books_are_right(fakes: &Fakes) {
    let checked = verify_all(&fakes.app).await.unwrap();
    assert_eq!(checked.findings, []);
}

fn swag() -> NewPerk {
    NewPerk {
        name: "Box of goods".to_owned(),
        unit: "swag_box".to_owned(),
        cost_minor: 2_400,
        active: true,
        ..NewPerk::default()
    }
}

async fn statuses(fakes: &Fakes, world: &World) -> Vec<String> {
    let rows = recognition::grants(&fakes.app, &world.owner, &Filter::default(), None, 50).await;
    let rows = rows.unwrap();
    rows.into_iter().map(|row| row.grant.status).collect()
}

#[tokio::test]
async fn h10_a_perk_is_given_once_handed_over_and_counted() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &with(vec![fifth_sale(box_of_goods())])).await;
        let (app, owner) = (&fakes.app, &world.owner);
        world.member(app, "maya").await;
        recognition::create_perk(app, owner, world.program.id, swag())
            .await
            .unwrap();
        let taken = recognition::create_perk(app, owner, world.program.id, swag()).await;
        assert_eq!(taken.unwrap_err().code(), "invalid_input");
        for n in 1..=4 {
            sale(&fakes, &world, "maya", &format!("o{n}"), 10_000).await;
        }
        let rows = recognition::grants(app, owner, &Filter::default(), None, 50)
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
        let grant = &rows[0].grant;
        assert_eq!(
            (grant.quantity, grant.cost, grant.status.as_str()),
            (1, eur(2_400), "pending")
        );
        assert!(!grant.explain_json.is_empty(), "a grant says why");
        books_are_right(&fakes).await;
        let silent = recognition::act(app, owner, grant.id, Act::Fail, " ").await;
        assert_eq!(silent.unwrap_err().code(), "invalid_input");
        recognition::act(app, owner, grant.id, Act::Fulfil, "Sent.")
            .await
            .unwrap();
        let again = recognition::act(app, owner, grant.id, Act::Cancel, "").await;
        assert_eq!(again.unwrap_err().code(), "perk_wrong_state");
        let detail = recognition::grant(app, owner, grant.id).await.unwrap();
        assert_eq!(detail.moves.len(), 2);
        books_are_right(&fakes).await;
        let report = comity_app::kpi::economics(
            app,
            owner,
            world.program.id,
            comity_app::kpi::Period::Month,
        );
        assert_eq!(report.await.unwrap().state.costs.perks, eur(2_400));
        let other = World::new(app, "globex", &with(Vec::new())).await;
        let foreign = recognition::grant(app, &other.owner, grant.id).await;
        assert_eq!(foreign.unwrap_err().code(), "not_found");
    })
    .await;
}

#[tokio::test]
async fn h10_a_refund_takes_back_what_nobody_received_and_a_later_sale_earns_it_again() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &with(vec![fifth_sale(box_of_goods())])).await;
        world.member(&fakes.app, "maya").await;
        sale(&fakes, &world, "maya", "o1", 10_000).await;
        sale(&fakes, &world, "maya", "o2", 10_000).await;
        assert_eq!(statuses(&fakes, &world).await, ["pending"]);
        refund(&fakes, &world, "o2", 4_000).await;
        assert_eq!(
            statuses(&fakes, &world).await,
            ["pending"],
            "half a refund leaves it"
        );
        fakes.clock.advance(1_000_000);
        let mut rest = world.event(EventKind::Refund, "rest", 6_000);
        rest.refers_to = vec!["o2".to_owned()];
        record(&fakes.app, &world.owner, "api", rest).await.unwrap();
        assert_eq!(statuses(&fakes, &world).await, ["cancelled"]);
        books_are_right(&fakes).await;
        sale(&fakes, &world, "maya", "o3", 10_000).await;
        assert_eq!(statuses(&fakes, &world).await, ["pending", "cancelled"]);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn h9_bonuses_are_given_once_and_go_with_their_sale() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let rules = with(vec![
            Rule::starter_bonus("starter", "First sale", eur(2_500), 30),
            fifth_sale(Prize::Cash(eur(5_000))),
            Rule::reactivation_bonus("back", "Welcome back", eur(1_500), 60),
        ]);
        let world = World::new(&fakes.app, "acme", &rules).await;
        world.member(&fakes.app, "maya").await;
        let of = |rows: &[Commission], rule: &str| {
            let found = rows.iter().find(|row| row.rule == rule);
            found.map(|row| (row.kind.clone(), row.book.amount.minor))
        };
        let bonus = |minor| Some(("bonus".to_owned(), minor));
        let first = sale(&fakes, &world, "maya", "o1", 10_000).await;
        assert_eq!(of(&first, "starter"), bonus(2_500));
        assert_eq!(
            of(&first, "percent"),
            Some(("commission".to_owned(), 1_000))
        );
        let second = sale(&fakes, &world, "maya", "o2", 10_000).await;
        assert_eq!(
            (of(&second, "starter"), of(&second, "second")),
            (None, bonus(5_000))
        );
        // The first sale goes back: the total is one again, but the bonus of the second stands.
        refund(&fakes, &world, "o1", 10_000).await;
        let third = sale(&fakes, &world, "maya", "o3", 10_000).await;
        assert_eq!(
            of(&third, "second"),
            None,
            "given before and still standing"
        );
        refund(&fakes, &world, "o2", 10_000).await;
        let fourth = sale(&fakes, &world, "maya", "o4", 10_000).await;
        assert_eq!(
            of(&fourth, "second"),
            bonus(5_000),
            "the earlier one went with its sale"
        );
        fakes.clock.advance(61 * DAY);
        let back = sale(&fakes, &world, "maya", "o5", 10_000).await;
        assert_eq!(of(&back, "back"), bonus(1_500));
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn h3_the_customer_is_promised_a_code_that_a_refund_takes_back() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let reward = TwoSided::Flat(eur(1_000));
        let rules = RuleSet::two_sided("standard", Bps(1_000), "Welcome", reward);
        let world = World::new(&fakes.app, "acme", &rules).await;
        world.member(&fakes.app, "maya").await;
        sale(&fakes, &world, "maya", "o1", 10_000).await;
        sale(&fakes, &world, "maya", "o2", 10_000).await;
        let (app, owner) = (&fakes.app, &world.owner);
        let all = || async {
            let rows = referee_rewards(app, owner, &RefereeFilter::default(), None, 50).await;
            rows.unwrap()
        };
        let rows = all().await;
        assert_eq!(rows.len(), 2);
        assert_ne!(rows[0].reward.code, rows[1].reward.code);
        assert_eq!(rows[1].customer_ref, "customer-o1");
        assert_eq!(
            (rows[1].reward.amount, rows[1].reward.status.as_str()),
            (eur(1_000), "granted")
        );
        let used = act_on_referee(app, owner, rows[1].reward.id, RefereeAct::Honour, "").await;
        assert_eq!(used.unwrap().reward.status, "honoured");
        refund(&fakes, &world, "o1", 10_000).await;
        refund(&fakes, &world, "o2", 10_000).await;
        let states: Vec<String> = all()
            .await
            .into_iter()
            .map(|row| row.reward.status)
            .collect();
        assert_eq!(states, ["void", "honoured"], "what was used stays used");
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn h4_instalments_are_booked_on_their_day_and_once() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let dated = |minor, days| Instalment {
            amount: eur(minor),
            due: Due::AfterDays(days),
        };
        let fee = Rule {
            on: vec![On::Instalment],
            lasts: Lasts::Lifetime,
            after_hold: false,
            ..Rule::new(
                "fee",
                "Fee",
                RewardSpec::Instalments(vec![dated(100_000, 0), dated(50_000, 10)]),
            )
        };
        let world = World::new(&fakes.app, "acme", &with(vec![fee])).await;
        let maya = world.member(&fakes.app, "maya").await;
        assert_eq!(book_instalments(&fakes.app).await.unwrap(), 1);
        assert_eq!(book_instalments(&fakes.app).await.unwrap(), 0);
        fakes.clock.advance(9 * DAY);
        assert_eq!(book_instalments(&fakes.app).await.unwrap(), 0);
        fakes.clock.advance(DAY);
        assert_eq!(book_instalments(&fakes.app).await.unwrap(), 1);
        let mut tx = fakes.app.store.read().await.unwrap();
        let account = Account::Available(maya.enrollment.id);
        let owed = ledger::balance(&mut tx, world.tenant, account, Currency::EUR)
            .await
            .unwrap();
        assert_eq!(-owed.minor, 150_000);
        let filter = comity_store::commission::Filter::default();
        let rows = comity_store::commission::page(&mut tx, world.tenant, &filter, None, 10).await;
        for row in rows.unwrap() {
            assert_eq!(row.commission.kind, "instalment");
            assert_eq!(row.commission.book.status(), CommissionStatus::Approved);
            assert!(row.commission.explain_json.contains("instalment"));
        }
        drop(tx);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn h10_a_badge_is_earned_once_and_unlocks_a_perk() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &with(Vec::new())).await;
        let (app, owner, id) = (&fakes.app, &world.owner, world.program.id);
        let maya = world.member(app, "maya").await;
        world.member(app, "omar").await;
        sale(&fakes, &world, "omar", "p1", 10_000).await;
        sale(&fakes, &world, "omar", "p2", 10_000).await;
        recognition::create_perk(app, owner, id, swag())
            .await
            .unwrap();
        let new = NewBadge {
            name: "Two".to_owned(),
            measure: "count".to_owned(),
            threshold: 2,
            unit: "swag_box".to_owned(),
            quantity: 3,
            active: true,
            ..NewBadge::default()
        };
        let wrong = NewBadge {
            unit: "nothing".to_owned(),
            threshold: 0,
            ..new.clone()
        };
        let refused = recognition::create_badge(app, owner, id, wrong).await;
        assert_eq!(refused.unwrap_err().code(), "invalid_input");
        recognition::create_badge(app, owner, id, new)
            .await
            .unwrap();
        assert_eq!(
            statuses(&fakes, &world).await.len(),
            1,
            "Omar had reached it before"
        );
        sale(&fakes, &world, "maya", "o1", 10_000).await;
        assert_eq!(statuses(&fakes, &world).await.len(), 1);
        for n in 2..=4 {
            sale(&fakes, &world, "maya", &format!("o{n}"), 10_000).await;
        }
        assert_eq!(statuses(&fakes, &world).await.len(), 2);
        let progress = recognition::progress(app, owner, maya.enrollment.id)
            .await
            .unwrap();
        assert_eq!(progress[0].total, 4);
        assert!(progress[0].awarded_at.is_some());
        books_are_right(&fakes).await;

        for n in 1..=3 {
            refund(&fakes, &world, &format!("o{n}"), 10_000).await;
        }
        let kept = recognition::progress(app, owner, maya.enrollment.id)
            .await
            .unwrap();
        assert_eq!(
            (kept[0].total, kept[0].awarded_at),
            (1, progress[0].awarded_at)
        );
        let mine = |rows: &[recognition::Listed]| {
            let grant = rows.iter().find(|row| row.partner_name == "maya").unwrap();
            (grant.grant.status.clone(), grant.grant.note.clone())
        };
        let all = Filter::default();
        let rows = recognition::grants(app, owner, &all, None, 9)
            .await
            .unwrap();
        let gone = ("cancelled".to_owned(), "refund".to_owned());
        assert_eq!(
            mine(&rows),
            gone,
            "the badge stays, what it unlocked does not"
        );
        sale(&fakes, &world, "maya", "o5", 10_000).await;
        let rows = recognition::grants(app, owner, &all, None, 9)
            .await
            .unwrap();
        assert_eq!(mine(&rows).0, "pending", "reached again");
        refund(&fakes, &world, "o5", 10_000).await;
        let rows = recognition::grants(app, owner, &all, None, 9)
            .await
            .unwrap();
        assert_eq!(mine(&rows), gone);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn g10_a_recruiter_earns_a_share_that_counts_as_no_sale_of_theirs() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let share = Rule {
            then: Then::Stack,
            ..Rule::recruiter_share("recruit", "Recruiting", Bps(2_000), 365)
        };
        let rules = with(vec![share, fifth_sale(Prize::Cash(eur(5_000)))]);
        let world = World::new(&fakes.app, "acme", &rules).await;
        let app = &fakes.app;
        let maya = world.member(app, "maya").await;
        let new = NewApplication {
            name: "Nora".to_owned(),
            email: "nora@writer.example".to_owned(),
            by: maya.enrollment.id.to_string(),
            ..NewApplication::default()
        };
        let submitted = application::submit(app, "acme", new).await.unwrap();
        let id = submitted.application.id;
        let approved = application::approve(app, &world.owner, id, &[], &[])
            .await
            .unwrap();
        let mut tx = app.store.read().await.unwrap();
        let nora = partner::enrollment(&mut tx, world.tenant, approved.enrollment.unwrap()).await;
        let nora = nora.unwrap().unwrap();
        assert_eq!(nora.recruited_by, Some(maya.enrollment.id));
        drop(tx);
        let mut tx = app.store.write().await.unwrap();
        let coupon = comity_domain::link::Coupon {
            id: app.id(),
            enrollment: nora.id,
            partner: nora.partner,
            code: "NORA10".to_owned(),
            ..maya.coupon.clone()
        };
        comity_store::link::insert_coupon(&mut tx, &coupon)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        for n in 1..=3 {
            let earned = sale(&fakes, &world, "nora", &format!("n{n}"), 10_000).await;
            let own: Vec<_> = earned
                .iter()
                .filter(|row| row.kind == "recruiter")
                .map(|row| (row.enrollment, row.book.amount.minor))
                .collect();
            // A fifth of the commission of this rule set: ten percent, and the bonus with the second.
            let of = if n == 2 { 6_000 } else { 1_000 };
            assert_eq!(own, [(maya.enrollment.id, of / 5)], "{n}");
        }
        let first = sale(&fakes, &world, "maya", "m1", 10_000).await;
        assert!(
            first.iter().all(|row| row.rule != "second"),
            "sales of others are not hers"
        );
        refund(&fakes, &world, "n1", 10_000).await;
        books_are_right(&fakes).await;
        let mine = comity_store::commission::Filter {
            enrollment: Some(maya.enrollment.id),
            ..comity_store::commission::Filter::default()
        };
        let rows = comity_app::commission::list(app, &world.owner, &mine, None, 50)
            .await
            .unwrap();
        let reversed = rows
            .iter()
            .filter(|row| row.commission.book.reversed.minor == 200);
        assert_eq!(reversed.count(), 1, "the share goes with the sale");
    })
    .await;
}
