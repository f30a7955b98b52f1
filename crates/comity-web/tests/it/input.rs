//! Bad input: each case has a stable code, says so on a page for people, and changes nothing.

use axum::http::Method;
use comity_app::partner;
use comity_domain::Scope;
use comity_testkit::web::{Client, TestApp};
use comity_testkit::world::{World, ten_percent};
use serde_json::{Value, json};

const JSON: &str = "application/json";

struct Stage {
    app: TestApp,
    key: String,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let team = app.team("acme").await;
        let key = app.key(&team, &Scope::ALL).await;
        Self { app, key }
    }

    fn shop(&self) -> Client {
        self.app.with_key(&self.key)
    }

    /// How many events there are.
    async fn events(&self) -> usize {
        let all = self.shop().get("/api/v1/events").await.expect(200).json();
        all["data"].as_array().unwrap().len()
    }

    /// Sends bytes as an event, and expects this refusal and no event.
    async fn refused(&self, body: &[u8], status: u16, code: &str) -> Value {
        let mut shop = self.shop();
        let sent = Some((JSON, body.to_vec()));
        let answer = shop.send(Method::POST, "/api/v1/events", sent).await;
        let problem = answer.expect(status).json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(self.events().await, 0);
        problem
    }
}

fn sale(field: &str, value: Value) -> Vec<u8> {
    let mut event = json!({
        "type": "sale", "external_id": "order-1", "amount_minor": 5_000, "currency": "EUR",
    });
    event[field] = value;
    event.to_string().into_bytes()
}

#[tokio::test]
async fn amounts_currencies_and_fields_that_are_none_are_refused_by_name() {
    let stage = Stage::new().await;
    let letters = json!({
        "name": "Letters", "model": "affiliate", "website": "https://shop.example", "currency": "EUR",
    });
    let body = Some((JSON, letters.to_string().into_bytes()));
    let mut shop = stage.shop();
    let made = shop.send(Method::POST, "/api/v1/programs", body).await;
    let program = made.expect(201).json()["id"].clone();
    for (field, value) in [
        ("amount_minor", json!(-1)),
        ("amount_minor", json!(i64::MAX)),
        ("currency", json!("ZZZ")),
        ("external_id", json!("x".repeat(100_000))),
        ("click_id", json!("c".repeat(100_000))),
        ("occurred_at", json!("yesterday")),
    ] {
        let mut event: Value = serde_json::from_slice(&sale(field, value)).unwrap();
        event["program_id"] = program.clone();
        let body = event.to_string().into_bytes();
        let problem = stage.refused(&body, 422, "invalid_input").await;
        let named = problem["errors"][0]["field"].as_str().unwrap();
        assert_eq!(named, field, "{problem}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_json_are_refused() {
    let stage = Stage::new().await;
    let mut broken = sale("external_id", json!("order-x"));
    let at = broken.windows(7).position(|w| w == b"order-x").unwrap();
    broken[at] = 0xff;
    let too_large = sale("amount_minor", json!(0));
    let too_large = String::from_utf8(too_large).unwrap();
    let too_large = too_large.replace(":0", ":99999999999999999999999");
    for body in [&broken[..], b"{", b"", too_large.as_bytes()] {
        let mut shop = stage.shop();
        let sent = Some((JSON, body.to_vec()));
        let answer = shop.send(Method::POST, "/api/v1/events", sent).await;
        assert!(answer.status.is_client_error(), "{}", answer.body);
        assert!(answer.json()["code"].is_string());
        assert_eq!(stage.events().await, 0);
    }
}

#[tokio::test]
async fn requests_at_once_with_one_idempotency_key_write_once() {
    let stage = Stage::new().await;
    World::new(&stage.app.app, "elsewhere", &ten_percent()).await;
    let program = json!({ "name": "Letters", "model": "affiliate", "website": "https://shop.example", "currency": "EUR" });
    let body = program.to_string().into_bytes();
    let send = |body: Vec<u8>| {
        let mut shop = stage.shop().header("idempotency-key", "once");
        async move {
            let sent = Some((JSON, body));
            shop.send(Method::POST, "/api/v1/programs", sent).await
        }
    };
    let (a, b, c) = tokio::join!(send(body.clone()), send(body.clone()), send(body));
    let statuses = [a.status.as_u16(), b.status.as_u16(), c.status.as_u16()];
    assert!(statuses.contains(&201), "{statuses:?} {}", a.body);
    assert!(
        statuses.iter().all(|status| matches!(status, 201 | 409)),
        "{statuses:?}"
    );
    let all = stage
        .shop()
        .get("/api/v1/programs")
        .await
        .expect(200)
        .json();
    assert_eq!(all["data"].as_array().unwrap().len(), 1);
    let other = send(json!({ "name": "Other" }).to_string().into_bytes()).await;
    assert!(matches!(other.status.as_u16(), 409 | 422), "{}", other.body);
}

#[tokio::test]
async fn another_organisations_ids_are_not_found_anywhere() {
    let stage = Stage::new().await;
    let foreign = World::new(&stage.app.app, "elsewhere", &ten_percent()).await;
    let eve = foreign.member(&stage.app.app, "eve").await;
    let mut shop = stage.shop();
    for path in [
        format!("/api/v1/partners/{}", eve.partner.id),
        format!("/api/v1/links/{}", eve.link.id),
        format!("/api/v1/programs/{}", eve.link.program),
    ] {
        let problem = shop.get(&path).await.expect(404).json();
        assert_eq!(problem["code"], "not_found", "{path}");
    }
    let ours = partner::list(
        &stage.app.app,
        &foreign.owner,
        &partner::Filter::default(),
        None,
        10,
    )
    .await
    .unwrap();
    assert_eq!(ours.len(), 1, "theirs is untouched");
}

#[tokio::test]
async fn a_form_with_a_field_of_100_kb_or_broken_bytes_gets_a_page() {
    let stage = Stage::new().await;
    let mut stranger = stage.app.anonymous();
    let email = "e".repeat(99_000);
    let long = stranger
        .post("/sign-in", &[("email", &email), ("password", "x")])
        .await;
    assert!(long.status.is_client_error(), "{}", long.status);
    assert!(long.body.contains("<h1"), "{}", long.body);
    let kind = "application/x-www-form-urlencoded";
    let body = b"email=%ff%fe\xff&password=x".to_vec();
    let broken = stranger
        .send(Method::POST, "/sign-in", Some((kind, body)))
        .await;
    assert!(broken.status.is_client_error(), "{}", broken.status);
    assert!(broken.body.contains("<h1"));
}
