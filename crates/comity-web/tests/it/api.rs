//! The frame of the API: keys, problems, idempotent writes, the document.

use std::collections::BTreeSet;

use axum::http::Method;
use comity_domain::Scope;
use comity_domain::time::MINUTE;
use comity_testkit::web::TestApp;
use comity_testkit::world::{World, ten_percent};
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

/// The same list as the page of clicks, with its filters, and nothing of others.
#[tokio::test]
async fn clicks_are_listed_by_program_partner_link_class_and_time() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let (maya, noor) = (
        world.member(&app.app, "maya").await,
        world.member(&app.app, "noor").await,
    );
    let team = app.team_of(world.tenant, "acme").await;
    let start = app.app.now();
    let first = world.click(&app.app, &maya, start).await;
    let second = world.click(&app.app, &noor, start.plus(MINUTE)).await;
    let third = world.click(&app.app, &maya, start.plus(2 * MINUTE)).await;
    let key = app.key(&team, &[Scope::Read]).await;
    let ids = async |query: String| -> Vec<String> {
        let path = format!("/api/v1/clicks?{query}");
        let page = app.with_key(&key).get(&path).await.expect(200).json();
        let data = page["data"].as_array().unwrap().clone();
        data.iter()
            .map(|click| click["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let [first, second, third] = [first, second, third].map(|id| id.to_string());
    assert_eq!(ids(String::new()).await, [&*third, &second, &first]);
    let mayas = format!("partner_id={}", maya.partner.id);
    assert_eq!(ids(mayas).await, [&*third, &first]);
    let noors = format!("link_id={}&class=person", noor.link.id);
    assert_eq!(ids(noors).await, [&*second]);
    let between = format!("since={}&until={}", start.plus(1), start.plus(2 * MINUTE));
    assert_eq!(ids(between).await, [&*second]);
    assert!(ids("class=filtered".to_owned()).await.is_empty());
    let page = app.with_key(&key).get("/api/v1/clicks?limit=2").await;
    let page = page.expect(200).json();
    let cursor = page["next_cursor"].as_str().unwrap();
    assert_eq!(ids(format!("cursor={cursor}")).await, [&*first]);
    for wrong in ["program_id=x", "since=yesterday", "link_id=lnk_"] {
        let path = format!("/api/v1/clicks?{wrong}");
        let _ = app.with_key(&key).get(&path).await.expect(422);
    }
    let other = World::new(&app.app, "other", &ten_percent()).await;
    let other = app.team_of(other.tenant, "other").await;
    let key = app.key(&other, &[Scope::Read]).await;
    let theirs = app.with_key(&key).get("/api/v1/clicks").await.expect(200);
    assert_eq!(theirs.json()["data"].as_array().unwrap().len(), 0);
}
