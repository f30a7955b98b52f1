//! `/metrics`: for this machine and for whoever has the token.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::Request;
use comity_testkit::web::TestApp;
use comity_web::extract::Peer;
use comity_web::{Options, WebState};
use tower::ServiceExt;

async fn status(app: &TestApp, peer: &str, headers: &[(&str, &str)]) -> u16 {
    let options = Options {
        metrics_token: Some("a-long-token".to_owned()),
        ..Options::default()
    };
    let (_running, stopping) = tokio::sync::watch::channel(false);
    let router = comity_web::router(WebState::new(app.app.clone(), options, stopping));
    let mut request = Request::get("/metrics");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(Peer(peer));
    router.oneshot(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn strangers_see_no_metrics() {
    let app = TestApp::new().await;
    let (here, there) = ("127.0.0.1:5000", "203.0.113.7:5000");
    assert_eq!(status(&app, here, &[]).await, 200);
    assert_eq!(status(&app, "[::1]:5000", &[]).await, 200);
    assert_eq!(status(&app, there, &[]).await, 404);
    let forwarded = [("x-forwarded-for", "203.0.113.7")];
    assert_eq!(
        status(&app, here, &forwarded).await,
        404,
        "through a proxy on this machine"
    );
    let claimed = [("x-forwarded-for", "127.0.0.1")];
    assert_eq!(status(&app, there, &claimed).await, 404, "a forged address");
    let token = [("authorization", "Bearer a-long-token")];
    assert_eq!(status(&app, there, &token).await, 200);
    let wrong = [("authorization", "Bearer a-long-tokem")];
    assert_eq!(status(&app, there, &wrong).await, 404);
}
