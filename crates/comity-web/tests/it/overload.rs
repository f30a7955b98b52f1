//! Under overload what can wait is refused at once, what cannot is not (RELIABILITY R10).

use comity_testkit::web::TestApp;
use comity_tracking::server::Priority;
use serde_json::json;

#[tokio::test]
async fn pages_are_refused_before_reported_sales_and_probes_never() {
    let app = TestApp::new().await;
    let mut held = Vec::new();
    while let Some(permit) = app.shedder.admit(Priority::Page) {
        held.push(permit);
    }
    let mut anyone = app.anonymous();
    let page = anyone.get("/sign-in").await.expect(503);
    assert_eq!(page.header("retry-after"), "1");
    assert!(page.header("content-type").starts_with("text/html"));
    let problem = app
        .with_key("none")
        .get("/api/v1/programs")
        .await
        .expect(503);
    assert_eq!(problem.json()["code"], "overloaded");
    // Refused for its key, not for the load: it was let in.
    let sale = json!({"type": "sale", "external_id": "1"});
    let events = axum::http::Method::POST;
    let _ = app
        .with_key("none")
        .json(events, "/api/v1/events", &sale)
        .await
        .expect(401);
    let _ = anyone.get("/healthz").await.expect(200);
    drop(held);
    let _ = anyone.get("/sign-in").await.expect(200);
}
