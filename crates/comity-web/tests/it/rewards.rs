//! Perks, badges, promises to customers and recruiting, on pages and in the API (H3, H10, G10).

use axum::http::Method;
use comity_app::tracking::{NewCustomer, record};
use comity_domain::commission::{RuleSet, TwoSided};
use comity_domain::tracking::EventKind;
use comity_domain::{Bps, Money, Role, Scope};
use comity_testkit::web::TestApp;
use comity_testkit::world::{World, ten_percent};
use serde_json::json;

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[tokio::test]
async fn h10_a_perk_is_added_given_handed_over_and_seen_by_its_partner() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let maya = world.member(&app.app, "maya").await;
    let team = app.team_of(world.tenant, "acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let program = world.program.id.to_string();
    let _ = owner.get("/admin/rewards?tab=catalogue").await.expect(200);
    let wrong = [("program", &*program), ("name", "Box"), ("cost", "x")];
    let refused = owner.post("/admin/rewards/perks", &wrong).await.expect(422);
    assert!(refused.body.contains("value=\"Box\""), "typed values stay");
    let right = [
        ("program", &*program),
        ("name", "Box of goods"),
        ("cost", "24"),
    ];
    let _ = owner.post("/admin/rewards/perks", &right).await.expect(303);
    let twice = owner.post("/admin/rewards/perks", &right).await.expect(422);
    assert!(twice.body.contains("Box of goods"));
    let badge = [
        ("program", &*program),
        ("name", "First ten"),
        ("measure", "count"),
        ("threshold", "10"),
        ("unit", "box_of_goods"),
        ("quantity", "1"),
    ];
    let _ = owner
        .post("/admin/rewards/badges", &badge)
        .await
        .expect(303);
    let badges = owner.get("/admin/rewards?tab=badges").await.expect(200);
    assert!(badges.body.contains("First ten"));
    let member = maya.enrollment.id.to_string();
    let none = [
        ("partner", &*member),
        ("unit", "box_of_goods"),
        ("quantity", "0"),
    ];
    let _ = owner.post("/admin/rewards/grants", &none).await.expect(422);
    let give = [
        ("partner", &*member),
        ("unit", "box_of_goods"),
        ("quantity", "2"),
        ("note", "For the talk."),
    ];
    let _ = owner.post("/admin/rewards/grants", &give).await.expect(303);
    let sheet = owner.get("/admin/rewards.csv").await.expect(200);
    let id = sheet
        .body
        .lines()
        .nth(1)
        .and_then(|line| line.split(',').next());
    let path = format!("/admin/rewards/grants/{}", id.unwrap());
    let _ = owner.get(&path).await.expect(200);
    let silent = owner.post(&path, &[("act", "fail"), ("note", "")]).await;
    let _ = silent.expect(422);
    let mut partner = app.sign_in_partner(world.tenant, maya.partner.id).await;
    let before = partner.get("/portal/rewards").await.expect(200);
    assert!(before.body.contains("For the talk.") && before.body.contains("First ten"));
    let done = [("act", "fulfil"), ("note", "Sent with a card.")];
    let _ = owner.post(&path, &done).await.expect(303);
    let after = partner.get("/portal/rewards").await.expect(200);
    assert!(after.body.contains("Sent with a card."));
    let again = owner.post(&path, &done).await.expect(303);
    assert_eq!(
        again.header("location"),
        path,
        "said in a message, nothing changed"
    );
    let stranger = app.team("globex").await;
    let mut stranger = app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger.get(&path).await.expect(404);
    let _ = stranger.post(&path, &done).await.expect(404);
}

#[tokio::test]
async fn h3_the_shop_reads_a_promise_by_its_code_and_honours_it() {
    let app = TestApp::new().await;
    let reward = TwoSided::Flat(Money::new(1_000, comity_domain::Currency::EUR));
    let rules = RuleSet::two_sided("standard", Bps(1_000), "Welcome", reward);
    let world = World::new(&app.app, "acme", &rules).await;
    world.member(&app.app, "maya").await;
    let mut sale = world.event(EventKind::Sale, "order-1", 10_000);
    sale.coupons = vec!["MAYA10".to_owned()];
    sale.customer = NewCustomer {
        external_id: "c-1".to_owned(),
        ..NewCustomer::default()
    };
    record(&app.app, &world.owner, "api", sale).await.unwrap();
    let team = app.team_of(world.tenant, "acme").await;
    let key = app.key(&team, &Scope::ALL).await;
    let mut key = app.with_key(&key);
    let listed = key.get("/api/v1/customer-rewards").await.expect(200);
    let listed: serde_json::Value = serde_json::from_str(&listed.body).unwrap();
    let one = &listed["data"][0];
    assert_eq!(
        (&one["amount_minor"], &one["status"]),
        (&json!(1_000), &json!("granted"))
    );
    let code = one["code"].as_str().unwrap();
    let found = key
        .get(&format!("/api/v1/customer-rewards?q={code}"))
        .await
        .expect(200);
    assert!(found.body.contains("c-1"));
    let path = format!(
        "/api/v1/customer-rewards/{}/decision",
        one["id"].as_str().unwrap()
    );
    let act = json!({ "act": "honour" });
    let _ = key.json(Method::POST, &path, &act).await.expect(200);
    let _ = key.json(Method::POST, &path, &act).await.expect(409);
    let _ = key
        .json(Method::POST, &path, &json!({ "act": "x" }))
        .await
        .expect(422);
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let page = owner.get("/admin/rewards?tab=customers").await.expect(200);
    assert!(page.body.contains(code));
}

#[tokio::test]
async fn g10_the_recruiting_link_keeps_who_sent_the_applicant() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let maya = world.member(&app.app, "maya").await;
    let mut visitor = app.anonymous();
    let path = format!("/p/acme?by={}", maya.enrollment.id);
    let page = visitor.get(&path).await.expect(200);
    let hidden = format!("name=\"by\" value=\"{}\"", maya.enrollment.id);
    assert!(page.body.contains(&hidden), "{}", page.body);
}
