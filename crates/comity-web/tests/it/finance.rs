//! Money by the API: payout rules, the stop switch, debts, documents, tax details (issue of the
//! money engine: whatever a page can do, the API can, except what needs a person).

use axum::http::Method;
use comity_app::commission::release_due;
use comity_app::payout::{self, MethodChange};
use comity_app::tax::{self, TaxProfile};
use comity_app::tracking::{Happening, record};
use comity_domain::payout::{MethodFields, PayoutRules, Rail};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Role, Scope};
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};
use serde_json::json;

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
    money: String,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let money = app.key(&team, &[Scope::Read, Scope::Money]).await;
        Self {
            app,
            team,
            world,
            maya,
            money,
        }
    }

    fn key(&self) -> Client {
        self.app.with_key(&self.money)
    }

    fn partner(&self) -> Actor {
        Actor::Partner {
            tenant: self.world.tenant,
            id: self.maya.partner.id,
            impersonator: None,
        }
    }

    /// Maya was paid 120.00, with an invoice.
    async fn paid(&self) {
        let (app, owner) = (&self.app.app, &self.world.owner);
        let mut sale = self.world.event(EventKind::Sale, "order-1", 120_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        record(app, owner, "api", sale).await.unwrap();
        self.app.clock.advance(31 * DAY);
        release_due(app).await.unwrap();
        let change = MethodChange {
            partner: self.maya.partner.id,
            rail: Rail::Sepa,
            fields: MethodFields {
                holder: "Maya Okafor".to_owned(),
                iban: "DE89370400440532013000".to_owned(),
                ..MethodFields::default()
            },
        };
        drop(
            payout::set_method(app, &self.partner(), change)
                .await
                .unwrap(),
        );
        let rules = PayoutRules {
            issues_invoices: true,
            ..PayoutRules::default()
        };
        let program = self.world.program.id;
        payout::set_program_rules(app, owner, program, rules)
            .await
            .unwrap();
        let batches = payout::create(app, owner, program, None).await.unwrap();
        let batch = payout::approve(app, owner, batches[0].id).await.unwrap();
        payout::mark_sent(app, owner, batch.id).await.unwrap();
        payout::settle_batch(app, owner, batch.id).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_sets_payout_rules_but_lifts_no_limit() {
    let stage = Stage::new().await;
    let path = format!("/api/v1/programs/{}/payout-rules", stage.world.program.id);
    let mut key = stage.key();
    let rules = key.get(&path).await.expect(200).json();
    assert_eq!(rules["schedule"], json!({ "kind": "manual" }));
    let set = |cap: Option<i64>| {
        json!({
            "schedule": { "kind": "monthly", "day": 5 }, "run_cap_minor": cap,
            "partners_may_ask": true, "needs_tax_profile": false, "issues_invoices": true,
        })
    };
    for cap in [50_000, 40_000] {
        let done = key.json(Method::PUT, &path, &set(Some(cap))).await;
        assert_eq!(done.expect(200).json()["run_cap_minor"], cap);
    }
    for cap in [Some(40_001), None] {
        let refused = key.json(Method::PUT, &path, &set(cap)).await.expect(422);
        assert!(refused.body.contains("needs_approver"), "{}", refused.body);
    }
    let mut never = set(Some(40_000));
    never["schedule"] = json!({ "kind": "monthly", "day": 32 });
    let _ = key.json(Method::PUT, &path, &never).await.expect(422);
    let known = key.get(&path).await.expect(200).json();
    assert_eq!(known["run_cap_minor"], 40_000);
    let reader = stage.app.key(&stage.team, &[Scope::Read]).await;
    let mut reader = stage.app.with_key(&reader);
    let _ = reader
        .json(Method::PUT, &path, &set(Some(1)))
        .await
        .expect(403);
    let other = stage.app.team("globex").await;
    let other = stage.app.key(&other, &[Scope::Read, Scope::Money]).await;
    let mut other = stage.app.with_key(&other);
    let _ = other.get(&path).await.expect(404);
    let _ = other
        .json(Method::PUT, &path, &set(Some(1)))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_manager_may_lower_a_limit_on_the_page_and_reads_why_not_to_raise_it() {
    let stage = Stage::new().await;
    let mut manager = stage.app.sign_in(&stage.team, Role::Manager).await;
    let id = stage.world.program.id.to_string();
    let path = "/admin/payouts/rules";
    let form = |cap: &'static str| {
        [
            ("program", id.clone()),
            ("schedule", "manual".to_owned()),
            ("run_cap", cap.to_owned()),
        ]
    };
    for (cap, status) in [("500", 303), ("400", 303), ("401", 422), ("", 422)] {
        let fields = form(cap);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = manager.post(path, &fields).await.expect(status);
        if status == 422 {
            assert!(answer.body.contains("Only those who approve payouts"));
        }
    }
}

#[tokio::test]
async fn a_key_stops_payouts_and_cannot_let_them_go_on() {
    let stage = Stage::new().await;
    let mut key = stage.key();
    let path = "/api/v1/payout-switch";
    let before = key.get(path).await.expect(200).json();
    assert_eq!(
        (&before["stopped"], &before["changed_at"]),
        (&json!(false), &json!(null))
    );
    let stop = format!("{path}/stop");
    let _ = key
        .json(Method::POST, &stop, &json!({ "reason": " " }))
        .await
        .expect(422);
    let reason = json!({ "reason": "an odd payment" });
    let stopped = key
        .json(Method::POST, &stop, &reason)
        .await
        .expect(200)
        .json();
    assert_eq!(stopped["stopped"], true);
    let run = format!("/api/v1/programs/{}/payout-batches", stage.world.program.id);
    let _ = key.json(Method::POST, &run, &json!({})).await.expect(409);
    let _ = key
        .json(Method::POST, &format!("{path}/resume"), &json!({}))
        .await
        .expect(404);
}

#[tokio::test]
async fn debts_are_listed_and_a_write_off_waits_for_a_person() {
    let stage = Stage::new().await;
    stage.paid().await;
    let mut key = stage.key();
    assert_eq!(
        key.get("/api/v1/debts").await.expect(200).json()["data"],
        json!([])
    );
    let mut refund = stage.world.event(EventKind::Refund, "refund-1", 50_000);
    refund.happening = Happening::Kind(EventKind::Refund);
    refund.refers_to = vec!["order-1".to_owned()];
    record(&stage.app.app, &stage.world.owner, "api", refund)
        .await
        .unwrap();
    let debts = key.get("/api/v1/debts").await.expect(200).json();
    assert_eq!(debts["data"][0]["owed_minor"], 5_000);
    let id = debts["data"][0]["enrollment_id"].as_str().unwrap();
    let path = format!("/api/v1/debts/{id}/write-off");
    let _ = key
        .json(Method::POST, &path, &json!({ "reason": "" }))
        .await
        .expect(422);
    let reason = json!({ "reason": "closed their shop" });
    let asked = key
        .json(Method::POST, &path, &reason)
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&asked["status"], &asked["amount_minor"]),
        (&json!("waiting"), &json!(5_000))
    );
    let mut owner = stage.app.sign_in(&stage.team, Role::Owner).await;
    let decide = format!(
        "/admin/payouts/write-offs/{}",
        asked["id"].as_str().unwrap()
    );
    let _ = owner.post(&decide, &[("agreed", "1")]).await.expect(303);
    let done = key
        .get("/api/v1/write-offs?status=done")
        .await
        .expect(200)
        .json();
    assert_eq!(done["data"].as_array().unwrap().len(), 1);
    let gone = format!("/api/v1/debts/{}/write-off", stage.maya.enrollment.id);
    let _ = key.json(Method::POST, &gone, &reason).await.expect(404);
}

#[tokio::test]
async fn documents_are_listed_read_and_downloaded() {
    let stage = Stage::new().await;
    stage.paid().await;
    let mut key = stage.key();
    let all = key.get("/api/v1/documents?q=may").await.expect(200).json();
    let one = &all["data"][0];
    assert_eq!(
        (&one["kind"], &one["paid_minor"]),
        (&json!("invoice"), &json!(12_000))
    );
    let path = format!("/api/v1/documents/{}", one["id"]);
    let detail = key.get(&path).await.expect(200).json();
    assert_eq!(detail["number"], one["number"]);
    assert_eq!(detail["lines"][0]["what"], "order-1");
    assert_eq!(detail["gross_minor"], 12_000);
    for lang in ["en", "ru"] {
        let pdf = key
            .get(&format!("{path}/pdf?lang={lang}"))
            .await
            .expect(200);
        assert_eq!(pdf.header("content-type"), "application/pdf");
    }
    let other = stage.app.team("globex").await;
    let other = stage.app.key(&other, &[Scope::Read]).await;
    let mut other = stage.app.with_key(&other);
    for path in [path.clone(), format!("{path}/pdf")] {
        let _ = other.get(&path).await.expect(404);
    }
}

#[tokio::test]
async fn tax_details_are_for_those_who_prepare_payouts() {
    let stage = Stage::new().await;
    let mut key = stage.key();
    let path = format!("/api/v1/partners/{}/tax-details", stage.maya.partner.id);
    let _ = key.get(&path).await.expect(404);
    let profile = TaxProfile {
        country: "DE".to_owned(),
        legal_name: "Maya Okafor GmbH".to_owned(),
        address: "Hauptstr. 1\n10115 Berlin".to_owned(),
        business: true,
        vat_id: "DE136695976".to_owned(),
        ..TaxProfile::default()
    };
    tax::set_profile(&stage.app.app, &stage.partner(), profile)
        .await
        .unwrap();
    let known = key.get(&path).await.expect(200).json();
    assert_eq!(known["vat_id"], "DE136695976");
    let reader = stage.app.key(&stage.team, &[Scope::Read]).await;
    let _ = stage.app.with_key(&reader).get(&path).await.expect(403);
    let other = stage.app.team("globex").await;
    let other = stage.app.key(&other, &[Scope::Read, Scope::Money]).await;
    let _ = stage.app.with_key(&other).get(&path).await.expect(404);
    let rules = key.get("/api/v1/tax-rules").await.expect(200).json();
    assert_eq!(rules["data"], json!([]));
}
