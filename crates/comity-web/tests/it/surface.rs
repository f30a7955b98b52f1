//! What the team's pages can do, the API can do: objectives, questions, connections,
//! webhooks, imports, partners (issue "API for all of it", X8).

use axum::http::Method;
use comity_app::tracking::record;
use comity_domain::Scope;
use comity_domain::tracking::EventKind;
use comity_testkit::web::{Client, TestApp};
use comity_testkit::world::{Member, World, ten_percent};
use serde_json::{Value, json};

struct Stage {
    app: TestApp,
    world: World,
    maya: Member,
    api: Client,
    /// Another organisation's key with every scope.
    stranger: Client,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let globex = app.team("globex").await;
        let api = app.with_key(&app.key(&team, &Scope::ALL).await);
        let stranger = app.with_key(&app.key(&globex, &Scope::ALL).await);
        Self {
            app,
            world,
            maya,
            api,
            stranger,
        }
    }

    async fn call(&mut self, method: Method, path: &str, body: Value, status: u16) -> Value {
        let path = format!("/api/v1{path}");
        let answer = self.api.json(method, &path, &body).await.expect(status);
        serde_json::from_str(&answer.body).unwrap_or(Value::Null)
    }

    async fn get(&mut self, path: &str) -> Value {
        let path = format!("/api/v1{path}");
        self.api.get(&path).await.expect(200).json()
    }

    async fn hidden(&mut self, path: &str) {
        let path = format!("/api/v1{path}");
        let _ = self.stranger.get(&path).await.expect(404);
    }
}

#[tokio::test]
async fn objectives_are_set_changed_and_closed() {
    let mut stage = Stage::new().await;
    let facts = json!({
        "title": "50 sales", "metric": "sales", "baseline": 1, "target": 50, "due_on": "2099-01-31"
    });
    let mut bad = facts.clone();
    bad["target"] = json!(0);
    let program = stage.world.program.id.to_string();
    let wrong = json!({ "program_id": program, "objective": bad });
    let _ = stage.call(Method::POST, "/objectives", wrong, 422).await;
    let new = json!({ "program_id": program, "objective": facts });
    let made = stage.call(Method::POST, "/objectives", new, 201).await;
    let path = format!("/objectives/{}", made["id"].as_str().unwrap());
    let mut change = facts.clone();
    change["target"] = json!(60);
    let _ = stage.call(Method::PUT, &path, change, 200).await;
    let close = json!({ "status": "reached" });
    let status = format!("{path}/status");
    let _ = stage.call(Method::POST, &status, close, 200).await;
    let shown = stage.get(&path).await;
    assert_eq!(shown["target"], 60);
    assert_eq!(shown["status"], "reached");
    stage.hidden(&path).await;
}

#[tokio::test]
async fn questions_are_read_and_answered_once() {
    let mut stage = Stage::new().await;
    let click = stage
        .world
        .click(&stage.app.app, &stage.maya, stage.app.app.now())
        .await;
    let mut sale = stage.world.event(EventKind::Sale, "order-1", 12_000);
    sale.click = Some(click);
    let recorded = record(&stage.app.app, &stage.world.owner, "api", sale).await;
    let commission = recorded.unwrap().commissions[0].id;
    let partner = comity_domain::Actor::Partner {
        tenant: stage.world.tenant,
        id: stage.maya.partner.id,
        impersonator: None,
    };
    comity_app::portal::ask(&stage.app.app, &partner, commission, "Why?")
        .await
        .unwrap();
    let list = stage.get("/inquiries?status=open").await;
    let path = format!("/inquiries/{}", list["data"][0]["id"].as_str().unwrap());
    stage.hidden(&path).await;
    let answer = json!({ "answer": "Our rate." });
    let own = format!("{path}/answer");
    let done = stage.call(Method::POST, &own, answer.clone(), 200).await;
    assert_eq!(done["status"], "answered");
    let _ = stage.call(Method::POST, &own, answer, 409).await;
}

#[tokio::test]
async fn connections_are_made_paused_and_their_messages_read() {
    let mut stage = Stage::new().await;
    let program = stage.world.program.id.to_string();
    let new = json!({ "program_id": program, "kind": "postback" });
    let made = stage.call(Method::POST, "/connections", new, 201).await;
    assert!(made["secret"].is_string(), "{made}");
    let path = format!("/connections/{}", made["id"].as_str().unwrap());
    stage.hidden(&path).await;
    stage.hidden(&format!("{path}/messages")).await;
    let pause = format!("{path}/pause");
    let paused = stage.call(Method::POST, &pause, json!({}), 200).await;
    assert_eq!(paused["status"], "paused");
    assert!(paused.get("secret").is_none());
    let rotate = format!("{path}/secret");
    let fresh = stage.call(Method::POST, &rotate, json!({}), 200).await;
    assert_ne!(fresh["secret"], made["secret"]);
    let messages = stage.get(&format!("{path}/messages")).await;
    assert_eq!(messages["data"], json!([]));
}

#[tokio::test]
async fn webhook_endpoints_are_paused_rotated_and_their_deliveries_read() {
    let mut stage = Stage::new().await;
    let new = json!({ "url": "https://hooks.example.com/comity" });
    let made = stage
        .call(Method::POST, "/webhook-endpoints", new, 201)
        .await;
    let path = format!("/webhook-endpoints/{}", made["id"].as_str().unwrap());
    stage.hidden(&format!("{path}/deliveries")).await;
    let pause = format!("{path}/pause");
    let paused = stage.call(Method::POST, &pause, json!({}), 200).await;
    assert_eq!(paused["status"], "paused");
    let resume = format!("{path}/resume");
    let active = stage.call(Method::POST, &resume, json!({}), 200).await;
    assert_eq!(active["status"], "active");
    let rotate = format!("{path}/secret");
    let fresh = stage.call(Method::POST, &rotate, json!({}), 200).await;
    assert_ne!(fresh["secret"], made["secret"]);
    let log = stage.get(&format!("{path}/deliveries")).await;
    assert_eq!(log["data"], json!([]));
}

#[tokio::test]
async fn a_file_is_uploaded_looked_at_and_started() {
    let mut stage = Stage::new().await;
    let program = stage.world.program.id.to_string();
    let file = json!({
        "program_id": program, "kind": "partners", "file_name": "p.csv",
        "content": "name,email\nAda,ada@example.org\nBob,no-address\n"
    });
    let kept = stage.call(Method::POST, "/imports", file, 201).await;
    let path = format!("/imports/{}", kept["id"].as_str().unwrap());
    stage.hidden(&format!("{path}/preview")).await;
    let preview = stage.get(&format!("{path}/preview")).await;
    assert_eq!(preview["ready"], 1, "{preview}");
    assert_eq!(preview["broken"], 1);
    let columns = json!({ "columns": { "email": "email", "name": "name" } });
    let map = format!("{path}/columns");
    let _ = stage.call(Method::PUT, &map, columns, 200).await;
    let start = format!("{path}/start");
    let started = stage.call(Method::POST, &start, json!({}), 200).await;
    assert_eq!(started["status"], "running");
    let _ = stage.call(Method::POST, &start, json!({}), 409).await;
    let _ = stage.get(&format!("{path}/errors")).await;
}

#[tokio::test]
async fn partners_are_changed_assigned_and_noted() {
    let mut stage = Stage::new().await;
    let partner = format!("/partners/{}", stage.maya.partner.id);
    let change = json!({ "company": "Letters", "country": "de" });
    let _ = stage.call(Method::PATCH, &partner, change, 204).await;
    let bad = json!({ "email": "nobody" });
    let _ = stage.call(Method::PATCH, &partner, bad, 422).await;
    let kind = json!({ "name": "Reviewer" });
    let made = stage.call(Method::POST, "/partner-types", kind, 201).await;
    let assign = format!("/enrollments/{}/assignment", stage.maya.enrollment.id);
    let to = json!({ "group_ids": [], "type_ids": [made["id"]] });
    let _ = stage.call(Method::PUT, &assign, to, 204).await;
    let note = format!("{partner}/notes");
    let text = json!({ "body": "Answers fast." });
    let _ = stage.call(Method::POST, &note, text, 201).await;
    let shown = stage.get(&partner).await;
    assert_eq!(shown["company"], "Letters");
    assert_eq!(shown["country"], "DE");
    assert_eq!(shown["enrollments"][0]["type_ids"], json!([made["id"]]));
    stage.hidden(&partner).await;
}
