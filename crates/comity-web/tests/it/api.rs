//! The frame of the API: keys, problems, idempotent writes, the document.

use std::collections::BTreeSet;

use axum::http::Method;
use comity_domain::Scope;
use comity_testkit::web::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_key_says_whose_it_is() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let key = app.key(&team, &[Scope::Read, Scope::Events]).await;
    let me = app
        .with_key(&key)
        .get("/api/v1/me")
        .await
        .expect(200)
        .json();
    assert_eq!(me["organisation_id"], team.tenant.to_string());
    assert_eq!(me["scopes"], json!(["read", "events:write"]));
}

#[tokio::test]
async fn refusals_are_problems_with_stable_codes() {
    let app = TestApp::new().await;
    let missing = app.anonymous().get("/api/v1/me").await.expect(401);
    assert_eq!(missing.header("content-type"), "application/problem+json");
    assert_eq!(missing.header("www-authenticate"), "Bearer");
    let problem = missing.json();
    assert_eq!(problem["code"], "key_missing");
    assert_eq!(problem["status"], 401);
    assert_eq!(problem["request_id"], missing.header("x-request-id"));
    let wrong = app
        .with_key("cmt_wrong")
        .get("/api/v1/me")
        .await
        .expect(401);
    assert_eq!(wrong.json()["code"], "invalid_key");
    let nowhere = app.anonymous().get("/api/v1/nothing").await.expect(404);
    assert_eq!(nowhere.json()["code"], "not_found");
    let method = app
        .anonymous()
        .send(Method::DELETE, "/api/v1/me", None)
        .await
        .expect(405);
    assert_eq!(method.json()["code"], "method_not_allowed");
}

#[tokio::test]
async fn wrong_keys_are_limited_per_address() {
    let app = TestApp::new().await;
    for _ in 0..20 {
        let _ = app
            .with_key("cmt_wrong")
            .get("/api/v1/me")
            .await
            .expect(401);
    }
    let _ = app
        .with_key("cmt_wrong")
        .get("/api/v1/me")
        .await
        .expect(429);
}

#[tokio::test]
async fn the_document_names_every_api_route_and_no_other() {
    let app = TestApp::new().await;
    let document = app
        .anonymous()
        .get("/api/v1/openapi.json")
        .await
        .expect(200)
        .json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            described.insert((method.to_uppercase(), path.clone()));
            assert!(operation["responses"]["401"].is_object(), "{method} {path}");
            assert!(
                !operation["tags"].as_array().unwrap().is_empty(),
                "{method} {path}"
            );
        }
    }
    let routes = comity_web::routes();
    let api = routes
        .list()
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/") && route.path != "/api/v1/openapi.json");
    let registered: BTreeSet<_> = api
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    assert_eq!(described, registered);
}

#[tokio::test]
async fn the_reference_page_shows_every_operation_and_searches() {
    let app = TestApp::new().await;
    let page = app.anonymous().get("/api/docs").await.expect(200);
    let routes = comity_web::routes();
    for route in routes
        .list()
        .iter()
        .filter(|route| route.path.starts_with("/api/v1/"))
    {
        let listed = page.body.contains(route.path) || route.path.ends_with("openapi.json");
        assert!(listed, "{}", route.path);
    }
    let found = app.anonymous().get("/api/docs?q=get+me").await.expect(200);
    assert!(found.body.contains("id=\"get-me\""));
    let none = app
        .anonymous()
        .get("/api/docs?q=zeppelin")
        .await
        .expect(200);
    assert!(!none.body.contains("id=\"get-me\""));
}
