//! What a program costs, and the guard over the cost of a customer (K2, K3, T2, X4).

use comity_app::commission::{Act, act, release_due};
use comity_app::kpi::{
    self, NewCost, NewGuard, Period, change_cost, cost, economics, enter_cost, remove_cost,
    set_guard,
};
use comity_app::ledger::verify_all;
use comity_app::tracking::{NewCustomer, record};
use comity_domain::kpi::{AllowableCac, CacAction, CacGuard, CostKind};
use comity_domain::ledger::{Account, CommissionStatus, Cost, HoldReason};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, CostId, Money};
use comity_store::commission::Commission;
use comity_store::{Store, ledger};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::on_both;
use comity_testkit::world::{Member, World, ten_percent};

/// €100 × 100 % × 15 % = €15 a customer, judged from the second on.
fn guard(world: &World, above: CacAction) -> NewGuard {
    NewGuard {
        guard: Some(CacGuard {
            allowable: AllowableCac {
                ltv: Money::new(10_000, world.program.currency),
                margin: Bps(10_000),
                share: Bps(1_500),
            },
            warn_at: Bps(8_000),
            above,
            min_customers: 2,
        }),
        platform_minor: 0,
        management_minor: 0,
    }
}

/// A sale of a new customer for Maya.
async fn sale(fakes: &Fakes, world: &World, name: &str, cents: i64) -> Vec<Commission> {
    fakes.clock.advance(1_000_000);
    let mut sale = world.event(EventKind::Sale, name, cents);
    sale.coupons = vec!["MAYA10".to_owned()];
    sale.customer = NewCustomer {
        external_id: format!("customer-{name}"),
        ..NewCustomer::default()
    };
    let recorded = record(&fakes.app, &world.owner, "api", sale).await.unwrap();
    recorded.commissions
}

async fn books_are_right(fakes: &Fakes) {
    let checked = verify_all(&fakes.app).await.unwrap();
    assert_eq!(checked.findings, []);
}

async fn pending(fakes: &Fakes, world: &World, member: &Member) -> i64 {
    let mut tx = fakes.app.store.read().await.unwrap();
    let account = Account::Pending(member.enrollment.id);
    let currency = world.program.currency;
    let balance = ledger::balance(&mut tx, world.tenant, account, currency).await;
    -balance.unwrap().minor
}

async fn guarded(store: Store, above: CacAction) -> (Fakes, World, Member) {
    let fakes = with_fakes(store);
    let world = World::new(&fakes.app, "acme", &ten_percent()).await;
    let maya = world.member(&fakes.app, "maya").await;
    let new = guard(&world, above);
    let set = set_guard(&fakes.app, &world.owner, world.program.id, new).await;
    set.unwrap();
    (fakes, world, maya)
}

#[tokio::test]
async fn k2_a_commission_above_the_allowable_waits_for_a_person() {
    on_both(|store: Store| async move {
        let (fakes, world, maya) = guarded(store, CacAction::Approve).await;
        // One customer is too few to judge, whatever it costs.
        let first = sale(&fakes, &world, "o1", 20_000).await;
        assert!(!first[0].book.holds.contains(&HoldReason::CacGuard));
        // €20 + €11 for two customers who may cost €30 together.
        let second = sale(&fakes, &world, "o2", 11_000).await;
        assert!(second[0].book.holds.contains(&HoldReason::CacGuard));
        assert_eq!(second[0].book.amount.minor, 1_100);
        assert_eq!(pending(&fakes, &world, &maya).await, 3_100);
        fakes.clock.advance(31 * DAY);
        release_due(&fakes.app).await.unwrap();
        let app = &fakes.app;
        let held = comity_app::commission::get(app, &world.owner, second[0].id).await;
        assert_eq!(held.unwrap().book.status(), CommissionStatus::Pending);
        let approved = act(app, &world.owner, second[0].id, Act::Approve, "").await;
        assert_eq!(approved.unwrap().book.status(), CommissionStatus::Approved);
        assert_eq!(pending(&fakes, &world, &maya).await, 0);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn k2_a_commission_is_cut_to_what_is_left_and_says_so() {
    on_both(|store: Store| async move {
        let (fakes, world, maya) = guarded(store, CacAction::Clamp).await;
        sale(&fakes, &world, "o1", 20_000).await;
        let second = sale(&fakes, &world, "o2", 15_000).await;
        assert_eq!(second[0].book.amount.minor, 1_000, "€30 less the €20 spent");
        let why: serde_json::Value = serde_json::from_str(&second[0].explain_json).unwrap();
        let steps = why["steps"].as_array().unwrap();
        let sum: i64 = steps
            .iter()
            .map(|step| step["amount"]["amount_minor"].as_i64().unwrap_or(0))
            .sum();
        assert!(
            steps.last().unwrap()["kind"].get("cac_guard").is_some(),
            "{why}"
        );
        assert_eq!(sum, 1_000, "steps sum to what was booked: {why}");
        // A known customer brings no new room: nothing is left, and the partner reads why.
        let mut again = world.event(EventKind::Sale, "o3", 10_000);
        again.coupons = vec!["MAYA10".to_owned()];
        again.customer.external_id = "customer-o2".to_owned();
        let third = record(&fakes.app, &world.owner, "api", again)
            .await
            .unwrap();
        let third = &third.commissions[0];
        assert_eq!(third.book.status(), CommissionStatus::Rejected);
        assert_eq!(third.reason_code, "cac_guard");
        assert_eq!(pending(&fakes, &world, &maya).await, 3_000);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn k2_a_warning_comes_once_a_month_and_pays_everything() {
    on_both(|store: Store| async move {
        let (fakes, world, maya) = guarded(store, CacAction::Warn).await;
        for n in 1..=4 {
            sale(&fakes, &world, &format!("o{n}"), 16_000).await;
        }
        assert_eq!(pending(&fakes, &world, &maya).await, 6_400);
        let (app, id) = (&fakes.app, world.program.id);
        let report = economics(app, &world.owner, id, Period::Month)
            .await
            .unwrap();
        assert_eq!(report.alerts.len(), 1);
        assert_eq!(report.alerts[0].level, "above");
        assert_eq!(report.alerts[0].cac_minor, 1_600);
        books_are_right(&fakes).await;
    })
    .await;
}

fn retainer(amount_minor: i64) -> NewCost {
    NewCost {
        kind: CostKind::Management,
        amount_minor,
        enrollment: None,
        starts_on: "2026-11-01".to_owned(),
        ends_on: "2026-11-30".to_owned(),
        note: "Agency retainer".to_owned(),
    }
}

#[tokio::test]
async fn t2_economics_add_the_books_and_what_finance_entered() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let maya = world.member(&fakes.app, "maya").await;
        let (app, owner, id) = (&fakes.app, &world.owner, world.program.id);
        sale(&fakes, &world, "o1", 100_000).await;
        let day = fakes.app.now().date_in(&world.program.zone).to_string();
        let own = NewCost {
            kind: CostKind::Perk,
            amount_minor: 2_000,
            enrollment: Some(maya.enrollment.id),
            starts_on: day.clone(),
            ends_on: String::new(),
            note: "Travel".to_owned(),
        };
        let travel = enter_cost(app, owner, id, own).await.unwrap();
        fakes.clock.advance(DAY);
        let report = economics(app, owner, id, Period::Year).await.unwrap();
        let costs = report.state.costs;
        assert_eq!(
            (costs.commissions.minor, costs.perks.minor),
            (10_000, 2_000)
        );
        assert_eq!(report.roi_bps, Some((100_000 - 12_000) * 10_000 / 12_000));
        assert_eq!(report.state.cac().unwrap().minor, 12_000);
        assert_eq!(report.partners[0].own.minor, 2_000);
        assert_eq!(report.partners[0].cac.unwrap().minor, 12_000);
        // The same sum as the books.
        let mut tx = fakes.app.store.read().await.unwrap();
        let account = Account::Expense(id, Cost::Commission);
        let booked = ledger::balance(&mut tx, world.tenant, account, world.program.currency).await;
        assert_eq!(booked.unwrap().minor, costs.commissions.minor);
        drop(tx);
        remove_cost(app, owner, travel.id, true).await.unwrap();
        let report = economics(app, owner, id, Period::Year).await.unwrap();
        assert_eq!(report.state.costs.perks.minor, 0);
        books_are_right(&fakes).await;
    })
    .await;
}

#[tokio::test]
async fn k3_a_cost_keeps_its_history_and_refuses_nonsense() {
    on_both(|store: Store| async move {
        let fakes = with_fakes(store);
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        let (app, owner, id) = (&fakes.app, &world.owner, world.program.id);
        let entered = enter_cost(app, owner, id, retainer(80_000)).await.unwrap();
        let changed = change_cost(app, owner, entered.id, retainer(90_000)).await;
        assert_eq!(changed.unwrap().version, 2);
        let found = cost(app, owner, entered.id).await.unwrap();
        let amounts: Vec<bool> = found
            .history
            .iter()
            .map(|version| version.body_json.contains("80000"))
            .collect();
        assert_eq!(amounts, [false, true]);
        let wrong = NewCost {
            kind: CostKind::Commission,
            amount_minor: 0,
            starts_on: "2026-02-30".to_owned(),
            ends_on: "2026-01-01".to_owned(),
            note: " ".to_owned(),
            ..retainer(1)
        };
        let refused = enter_cost(app, owner, id, wrong).await.unwrap_err();
        let comity_app::AppError::Invalid(errors) = refused else {
            panic!("{refused}");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["amount", "kind", "starts_on", "note"]);
        assert_eq!(
            kpi::costs(app, owner, id, ("", ""), None, 10)
                .await
                .unwrap()
                .len(),
            1
        );
        let other = World::new(app, "globex", &ten_percent()).await;
        let foreign = cost(app, &other.owner, entered.id).await.unwrap_err();
        assert_eq!(foreign.code(), "not_found");
        let none: CostId = app.id();
        let missing = change_cost(app, owner, none, retainer(1)).await;
        assert_eq!(missing.unwrap_err().code(), "not_found");
    })
    .await;
}
