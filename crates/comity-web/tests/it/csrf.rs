//! Forms from other sites change nothing (RELIABILITY 3.5; Kutt #1018).

use comity_domain::Role;
use comity_testkit::web::TestApp;

#[tokio::test]
async fn a_form_needs_its_own_sessions_token() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let other = app.sign_in(&team, Role::Manager).await;
    let good = owner.csrf.clone();
    for bad in ["", "0", other.csrf.as_str()] {
        owner.csrf = bad.to_owned();
        let answer = owner.post("/sign-out", &[]).await.expect(403);
        assert!(answer.body.contains("<h1"));
    }
    owner.csrf = good;
    let _ = owner.post("/sign-out", &[]).await.expect(303);
}

#[tokio::test]
async fn another_site_is_refused_even_with_the_token() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let owner = app.sign_in(&team, Role::Owner).await;
        let _ = owner
            .header(name, value)
            .post("/sign-out", &[])
            .await
            .expect(403);
    }
    let owner = app.sign_in(&team, Role::Owner).await;
    let mut owner = owner.header("sec-fetch-site", "same-origin");
    let _ = owner.post("/sign-out", &[]).await.expect(303);
}

#[tokio::test]
async fn signing_in_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let mut browser = app.anonymous().header("sec-fetch-site", "cross-site");
    let _ = browser
        .post("/sign-in", &[("email", "a@b.example")])
        .await
        .expect(403);
}

#[tokio::test]
async fn every_answer_carries_the_protective_headers() {
    let app = TestApp::new().await;
    let mut browser = app.anonymous();
    for path in [
        "/sign-in",
        "/healthz",
        "/nowhere",
        "/api/v1/me",
        "/assets/x/y",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
    }
}
