//! Costs, ROI and the guard over the cost of a customer, on pages and in the API (K2, K3, T2).

use axum::http::Method;
use comity_domain::{Role, Scope};
use comity_testkit::web::TestApp;
use comity_testkit::world::{World, ten_percent};
use serde_json::json;

#[tokio::test]
async fn k3_finance_enters_changes_and_takes_back_a_cost() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let team = app.team_of(world.tenant, "acme").await;
    let mut finance = app.sign_in(&team, Role::Finance).await;
    let page = format!("/admin/programs/{}/economics", world.program.id);
    let costs = format!("/admin/programs/{}/costs", world.program.id);
    let empty = finance.get(&page).await.expect(200);
    assert!(
        !empty.body.contains("name=\"ltv\""),
        "finance sets no guard"
    );
    let wrong = [
        ("kind", "management"),
        ("amount", "x"),
        ("starts_on", "2026-11-01"),
        ("note", "Agency retainer"),
    ];
    let refused = finance.post(&costs, &wrong).await.expect(422);
    assert!(
        refused.body.contains("Agency retainer"),
        "typed values stay"
    );
    let right = [
        ("kind", "management"),
        ("amount", "1 200,50"),
        ("starts_on", "2026-11-01"),
        ("ends_on", "2026-11-30"),
        ("note", "=Agency retainer"),
    ];
    let _ = finance.post(&costs, &right).await.expect(303);
    let listed = finance.get(&page).await.expect(200);
    assert!(listed.body.contains("1,200.50"), "{}", listed.body);
    let sheet = finance.get(&format!("{costs}.csv")).await.expect(200);
    assert!(sheet.body.contains("'=Agency retainer"), "{}", sheet.body);
    let id = sheet
        .body
        .lines()
        .nth(1)
        .and_then(|line| line.split(',').next())
        .unwrap()
        .to_owned();
    let one = format!("/admin/costs/{id}");
    let _ = finance.get(&one).await.expect(200);
    let mut changed = right;
    changed[1].1 = "1300";
    let _ = finance.post(&one, &changed).await.expect(303);
    let detail = finance.get(&one).await.expect(200);
    assert!(detail.body.contains("1,200.50") && detail.body.contains("1,300.00"));
    let _ = finance
        .post(&format!("{one}/remove"), &[])
        .await
        .expect(303);
    let none = finance.get(&format!("{costs}.csv")).await.expect(200);
    assert_eq!(none.body.lines().count(), 1);
    let stranger = app.team("globex").await;
    let mut stranger = app.sign_in(&stranger, Role::Owner).await;
    for path in [&page, &one] {
        let _ = stranger.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn k2_the_guard_is_set_by_form_and_by_key() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let team = app.team_of(world.tenant, "acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let page = format!("/admin/programs/{}/economics", world.program.id);
    let mut fields = [
        ("above", "clamp"),
        ("ltv", "300"),
        ("margin", "80"),
        ("share", "x"),
        ("warn_at", "80"),
        ("min_customers", "10"),
        ("platform", "99"),
        ("management", ""),
    ];
    let _ = owner.get(&page).await.expect(200);
    let refused = owner.post(&page, &fields).await.expect(422);
    assert!(refused.body.contains("value=\"300\""));
    fields[3].1 = "25";
    let _ = owner.post(&page, &fields).await.expect(303);
    let set = owner.get(&page).await.expect(200);
    assert!(set.body.contains("60.00"), "€300 × 80 % × 25 %");
    let key = app.key(&team, &Scope::ALL).await;
    let mut key = app.with_key(&key);
    let path = format!("/api/v1/programs/{}/economics", world.program.id);
    let read = key.get(&path).await.expect(200);
    assert!(
        read.body.contains("\"allowable_cac_minor\":6000"),
        "{}",
        read.body
    );
    let off = json!({ "guard": null, "platform_minor": 0, "management_minor": 0 });
    let put = format!("/api/v1/programs/{}/cac-guard", world.program.id);
    let read = key.json(Method::PUT, &put, &off).await.expect(200);
    assert!(
        read.body.contains("\"allowable_cac_minor\":null"),
        "{}",
        read.body
    );
}
