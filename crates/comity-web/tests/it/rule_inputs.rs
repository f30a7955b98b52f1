//! Pages of what rules ask about: tiers, agreements, products.

use axum::http::Method;
use comity_app::commission::simulation;
use comity_app::job::{Lane, Registry, run_lane};
use comity_app::tracking::record;
use comity_domain::commission::Item;
use comity_domain::tracking::EventKind;
use comity_domain::{Role, Scope};
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};
use serde_json::json;

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
    program: String,
}

impl Stage {
    /// A program with one sale of the product `pro` by Maya.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 120_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        sale.items = vec![Item {
            product: "pro".to_owned(),
            sku: None,
            category: Some("plans".to_owned()),
            quantity: 1,
            net: sale.net,
        }];
        record(&app.app, &world.owner, "api", sale).await.unwrap();
        Self {
            program: format!("/admin/programs/{}", world.program.id),
            app,
            team,
            world,
            maya,
        }
    }

    async fn owner(&self) -> Client {
        self.app.sign_in(&self.team, Role::Owner).await
    }
}

#[tokio::test]
async fn tiers_are_made_changed_given_and_removed() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let tiers = format!("{}/tiers", stage.program);
    let page = browser.get(&tiers).await.expect(200);
    assert!(page.body.contains("No tiers yet"));
    let gold = [
        ("name", "Gold"),
        ("level", "2"),
        ("measure", "revenue"),
        ("at", "1.000,50"),
        ("reach_period", "quarter"),
    ];
    let page = browser.post(&tiers, &gold).await.expect(422);
    assert!(page.body.contains("at-error") && page.body.contains("1.000,50"));
    let mut right = gold.to_vec();
    right[3] = ("at", "1000,50");
    let page = browser.submit(&tiers, &right).await.expect(200);
    assert!(
        page.body
            .contains("revenue in the calendar quarter: €1,000.50")
    );
    let page = browser
        .get(&format!("/admin/partners/{}", stage.maya.partner.id))
        .await
        .expect(200);
    assert!(page.body.contains("Gold"), "1,200.00 reach it");
    let id = page.body.split("value=\"tir_").nth(1).unwrap();
    let id = format!("tir_{}", &id[..id.find('"').unwrap()]);
    let assign = format!("/admin/enrollments/{}/assign", stage.maya.enrollment.id);
    let _ = browser.submit(&assign, &[("tier", &id)]).await.expect(200);
    let page = browser.get(&format!("{tiers}?tier={id}")).await.expect(200);
    assert!(page.body.contains("One partner who was given this tier"));
    let remove = format!("/admin/tiers/{id}/remove");
    let page = browser
        .submit(&remove, &[("confirm", "1")])
        .await
        .expect(200);
    assert!(page.body.contains("No tiers yet"));
}

#[tokio::test]
async fn an_agreement_is_concluded_and_becomes_a_scope() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let new = format!("/admin/enrollments/{}/agreements", stage.maya.enrollment.id);
    let _ = browser.get(&format!("{new}/new")).await.expect(200);
    let form = [
        ("name", "Creator deal"),
        ("starts_on", "2020-01-01"),
        ("ends_on", "2019-01-01"),
        ("note", "3 posts"),
    ];
    let page = browser.post(&new, &form).await.expect(422);
    assert!(page.body.contains("ends_on-error") && page.body.contains("3 posts"));
    let mut right = form.to_vec();
    right[2] = ("ends_on", "");
    let page = browser.submit(&new, &right).await.expect(200);
    assert!(page.body.contains("Creator deal") && page.body.contains("valid now"));
    let edit = format!("{}/rules/edit", stage.program);
    let page = browser.get(&edit).await.expect(200);
    let scope = page.body.split("value=\"agreement:").nth(1).unwrap();
    let scope = format!("agreement:{}", &scope[..scope.find('"').unwrap()]);
    let rule = [
        ("do", "save"),
        ("name", "Theirs"),
        ("scope", &scope),
        ("on_sale", "1"),
        ("reward", "percent"),
        ("rate", "25"),
        ("lasts", "lifetime"),
    ];
    let page = browser.submit(&edit, &rule).await.expect(200);
    assert!(
        page.body
            .contains("Only the partner of the agreement Creator deal")
    );
    let wrong = rule.map(|(name, value)| match name {
        "scope" => (name, "agreement:agr_00000000000000000000000000"),
        _ => (name, value),
    });
    let page = browser.post(&edit, &wrong).await.expect(422);
    assert!(page.body.contains("scope-error") || page.body.contains("#scope"));
}

#[tokio::test]
async fn a_misspelt_product_must_be_confirmed() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let rules = format!("{}/rules", stage.program);
    let typo = [
        ("do", "save"),
        ("name", "Pro"),
        ("scope", "program"),
        ("on_sale", "1"),
        ("g0_join", "all"),
        ("c0_test", "product"),
        ("c0_group", "0"),
        ("c0_list", "prp"),
        ("reward", "percent"),
        ("rate", "25"),
        ("lasts", "lifetime"),
    ];
    let edit = format!("{rules}/edit");
    let page = browser.post(&edit, &typo).await.expect(422);
    assert!(page.body.contains("c0_list-error") && page.body.contains("Not in the catalogue"));
    assert!(page.body.contains("name=\"sure\""), "it may be meant so");
    let mut right = typo.to_vec();
    right[7] = ("c0_list", "pro");
    let _ = browser.submit(&edit, &right).await.expect(200);
    let mut sure = typo.to_vec();
    sure.push(("sure", "1"));
    let page = browser.submit(&edit, &sure).await.expect(200);
    assert!(page.body.contains("1 thing to check"));
    // Behind the standard rule they would never be reached.
    for rule in ["pro", "pro-2"] {
        let up = [("act", "up"), ("rule", rule)];
        let _ = browser
            .submit(&format!("{rules}/change"), &up)
            .await
            .expect(200);
    }
    let publish = format!("{rules}/publish");
    let form = [("apply_to", "new_events"), ("note", "")];
    let page = browser.post(&publish, &form).await.expect(422);
    assert!(page.body.contains("accept_doubts"));
    let form = [("apply_to", "new_events"), ("accept_doubts", "1")];
    let page = browser.submit(&publish, &form).await.expect(200);
    assert!(page.body.contains("version 2"));
}

#[tokio::test]
async fn products_are_listed_typed_filed_archived_and_exported() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let products = format!("{}/products", stage.program);
    let page = browser.get(&products).await.expect(200);
    assert!(page.body.contains("plans"), "learned from the sale");
    let page = browser.post(&products, &[("sku", "X")]).await.expect(422);
    assert!(page.body.contains("external_id-error"));
    let lite = [
        ("external_id", "lite"),
        ("name", "=Lite"),
        ("category", "plans"),
    ];
    let page = browser.submit(&products, &lite).await.expect(200);
    assert!(page.body.contains("=Lite"));
    let page = browser.post(&products, &lite).await.expect(422);
    assert!(page.body.contains("external_id-error"), "taken");
    let page = browser.get(&format!("{products}?q=LITE")).await.expect(200);
    let id = page.body.split("/admin/products/prd_").nth(1).unwrap();
    let one = format!("/admin/products/prd_{}", &id[..id.find('"').unwrap()]);
    let _ = browser.get(&one).await.expect(200);
    let page = browser
        .submit(&format!("{one}/status"), &[("status", "archived")])
        .await
        .expect(200);
    assert!(page.body.contains("Archived"));
    let file = browser.get(&format!("{products}.csv")).await.expect(200);
    assert!(file.body.contains("lite,,'=Lite,plans,archived,typed"));
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told in order")]
async fn drafts_versions_and_simulations_go_by_the_api_as_by_the_pages() {
    let stage = Stage::new().await;
    let key = stage
        .app
        .key(&stage.team, &[Scope::Read, Scope::Programs])
        .await;
    let mut api = stage.app.with_key(&key);
    let program = stage.program.replace("/admin", "/api/v1");
    let draft = format!("{program}/rules/draft");
    let shown = api.get(&draft).await.expect(200).json();
    assert_eq!(
        (&shown["version"], &shown["changed"]),
        (&json!(1), &json!(false))
    );
    let fifth = |product: &str, rate: u32| {
        json!({ "rules": { "rules": [{
            "id": "pro", "name": "Pro", "when": { "product": [product] }, "reward": { "percent": rate },
        }] } })
    };
    let wrong = json!({ "rules": { "rules": [{ "id": "pro" }] } });
    let refused = api
        .json(Method::PUT, &draft, &wrong)
        .await
        .expect(422)
        .json();
    assert_eq!(refused["errors"][0]["field"], "rules");
    let kept = api.json(Method::PUT, &draft, &fifth("prp", 12_000)).await;
    let kept = kept.expect(200).json();
    assert_eq!(kept["problems"][0]["code"], "rate_over_whole");
    assert_eq!(kept["doubts"][0]["path"], "rules[0].when[0]");
    let kept = api.json(Method::PUT, &draft, &fifth("prp", 2_000)).await;
    assert_eq!(kept.expect(200).json()["problems"], json!([]));
    let versions = format!("{program}/rules/versions");
    let publish = json!({ "apply_to": "new_events" });
    let refused = api
        .json(Method::POST, &versions, &publish)
        .await
        .expect(422);
    assert_eq!(refused.json()["errors"][0]["code"], "unknown_product");
    let _ = api
        .json(Method::PUT, &draft, &fifth("pro", 2_000))
        .await
        .expect(200);
    let runs = format!("{program}/simulations");
    let period = json!({ "from": "2000-01-01", "to": "2100-01-01" });
    let run = api
        .json(Method::POST, &runs, &period)
        .await
        .expect(201)
        .json();
    let one = format!("/api/v1/simulations/{}", run["id"].as_str().unwrap());
    assert_eq!(
        api.get(&one).await.expect(200).json()["result"],
        json!(null)
    );
    let registry = Registry::default().with_long(simulation::JOB, simulation::run);
    let app = &stage.app.app;
    let _ = run_lane(app, &registry, Lane::Quick).await.unwrap();
    assert_eq!(api.get(&one).await.expect(200).json()["status"], "waiting");
    assert_eq!(run_lane(app, &registry, Lane::Long).await.unwrap(), 1);
    let done = api.get(&one).await.expect(200).json();
    assert_eq!(
        (&done["status"], &done["done"]),
        (&json!("done"), &json!(1))
    );
    assert_eq!(done["result"]["before_minor"], 12_000);
    assert_eq!(done["result"]["after_minor"], 24_000);
    let partners = api.get(&format!("{one}/partners")).await.expect(200).json();
    assert_eq!(partners["data"][0]["after_minor"], 24_000);
    let stopped = api
        .json(Method::POST, &runs, &period)
        .await
        .expect(201)
        .json();
    let stopped = format!("/api/v1/simulations/{}", stopped["id"].as_str().unwrap());
    let _ = api
        .json(Method::POST, &format!("{stopped}/cancel"), &json!({}))
        .await
        .expect(202);
    let _ = run_lane(app, &registry, Lane::Long).await.unwrap();
    assert_eq!(
        api.get(&stopped).await.expect(200).json()["status"],
        "stopped"
    );
    let made = api
        .json(Method::POST, &versions, &publish)
        .await
        .expect(201)
        .json();
    assert_eq!(made["version"], 2);
    let other = stage.app.team("other").await;
    let foreign = stage.app.key(&other, &[Scope::Read, Scope::Programs]).await;
    let mut foreign = stage.app.with_key(&foreign);
    for path in [&draft, &versions, &runs, &one] {
        let _ = foreign.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn a_partner_reads_which_rules_did_not_apply_but_not_those_of_others() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let rules = format!("{}/rules", stage.program);
    let body = r#"{"rules":[
        {"id":"lead","name":"Leads only","on":["lead"],"reward":{"percent":500}},
        {"id":"large","name":"Large orders","when":{"amount":{"at_least":900000}},"reward":{"percent":3000}},
        {"id":"ten","name":"Standard","reward":{"percent":1000}}]}"#;
    let _ = browser
        .submit(&format!("{rules}/text"), &[("body", body)])
        .await
        .expect(200);
    let _ = browser
        .submit(&format!("{rules}/publish"), &[("apply_to", "new_events")])
        .await
        .expect(200);
    let mut sale = stage.world.event(EventKind::Sale, "order-2", 50_000);
    sale.coupons = vec!["MAYA10".to_owned()];
    let app = &stage.app;
    let done = record(&app.app, &stage.world.owner, "api", sale)
        .await
        .unwrap();
    let mut partner = app
        .sign_in_partner(stage.world.tenant, stage.maya.partner.id)
        .await;
    let id = done.commissions[0].id;
    let page = partner
        .get(&format!("/portal/earnings/{id}"))
        .await
        .expect(200);
    assert!(page.body.contains("Large orders") && page.body.contains("at least €9,000.00"));
    assert!(!page.body.contains("Leads only"), "about other events");
    let list = partner.get("/portal/statements").await.expect(200);
    let month = list.body.split("/portal/statements/").nth(1).unwrap();
    let month = &month[..month.find('"').unwrap()];
    let page = partner
        .get(&format!("/portal/statements/{month}"))
        .await
        .expect(200);
    assert!(page.body.contains("Rule “Standard”") && page.body.contains("Large orders"));
}
