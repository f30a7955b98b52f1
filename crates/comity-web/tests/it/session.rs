//! Signing in and out (V2, V3, RELIABILITY 3.5).

use comity_domain::Role;
use comity_domain::time::{HOUR, MINUTE, SECOND};
use comity_store::user;
use comity_testkit::web::{Client, PASSWORD, Team, TestApp};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

async fn sign_in(client: &mut Client, email: &str, password: &str) -> comity_testkit::web::Answer {
    client
        .post("/sign-in", &[("email", email), ("password", password)])
        .await
}

async fn with_second_step(app: &TestApp, team: &Team) {
    let (_, hashes) = comity_app::session::recovery_codes(&app.app);
    let mut tx = app.app.store.write().await.unwrap();
    let id = team.people[&Role::Owner];
    user::set_totp(
        &mut tx,
        team.tenant,
        id,
        Some(SECRET.to_owned()),
        0,
        &hashes,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// The code of that secret at the fake clock's start, by RFC 6238.
const CODE: &str = "581743";

#[tokio::test]
async fn a_password_opens_a_session_and_signing_out_closes_it_on_the_server() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut browser = app.anonymous();
    let email = team.email(Role::Owner);
    let answer = sign_in(&mut browser, &email, PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/admin");
    let cookie = answer.header("set-cookie");
    for part in ["sid=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let mut copy = browser.clone();
    let _ = browser.get("/sign-in/confirm").await.expect(200);
    let _ = browser.post("/sign-out", &[]).await.expect(303);
    let _ = copy.get("/sign-in/confirm").await.expect(303);
}

#[tokio::test]
async fn unknown_wrong_and_disabled_get_the_same_answer() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut tx = app.app.store.write().await.unwrap();
    let analyst = team.people[&Role::Analyst];
    user::set_status(&mut tx, team.tenant, analyst, "disabled")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut bodies = Vec::new();
    for (email, password) in [
        ("nobody@acme.example".to_owned(), PASSWORD),
        (team.email(Role::Owner), "not the password at all"),
        (team.email(Role::Analyst), PASSWORD),
    ] {
        let answer = sign_in(&mut app.anonymous(), &email, password)
            .await
            .expect(422);
        assert!(answer.body.contains(&email), "what was typed is kept");
        assert!(!answer.body.contains(password), "but not the password");
        bodies.push(answer.body.replace(&email, ""));
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[1], bodies[2]);
}

#[tokio::test]
async fn the_sixth_try_within_a_minute_must_wait_but_only_there() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let email = team.email(Role::Owner);
    for _ in 0..5 {
        let _ = sign_in(&mut app.anonymous(), &email, "wrong wrong wrong")
            .await
            .expect(422);
    }
    let answer = sign_in(&mut app.anonymous(), &email, PASSWORD)
        .await
        .expect(429);
    assert_eq!(answer.header("retry-after"), "13");
    let mut elsewhere = app.anonymous();
    elsewhere.peer = ([198, 51, 100, 7], 40_000).into();
    let _ = sign_in(&mut elsewhere, &email, PASSWORD).await.expect(303);
    app.clock.advance(12 * SECOND);
    let _ = sign_in(&mut app.anonymous(), &email, PASSWORD)
        .await
        .expect(303);
}

#[tokio::test]
async fn without_the_second_step_nobody_is_in_and_no_code_works_twice() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    with_second_step(&app, &team).await;
    let email = team.email(Role::Owner);
    let mut browser = app.anonymous();
    let answer = sign_in(&mut browser, &email, PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/sign-in/code");
    let half = browser.cookie("sid").unwrap().to_owned();
    let _ = browser.get("/sign-in/confirm").await.expect(303);
    let _ = browser.get("/sign-in/code").await.expect(200);
    let _ = browser
        .post("/sign-in/code", &[("code", "000000")])
        .await
        .expect(422);
    let answer = browser
        .post("/sign-in/code", &[("code", CODE)])
        .await
        .expect(303);
    assert_eq!(answer.header("location"), "/admin");
    assert_ne!(
        browser.cookie("sid").unwrap(),
        half,
        "the session is a new one"
    );
    let _ = browser.get("/sign-in/confirm").await.expect(200);

    let mut thief = app.anonymous();
    let _ = sign_in(&mut thief, &email, PASSWORD).await.expect(303);
    let _ = thief.get("/sign-in/code").await.expect(200);
    let _ = thief
        .post("/sign-in/code", &[("code", CODE)])
        .await
        .expect(422);
}

#[tokio::test]
async fn unused_sessions_end_and_used_ones_end_too() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut idle = app.sign_in(&team, Role::Manager).await;
    app.clock.advance(30 * MINUTE);
    let _ = idle.get("/sign-in/confirm").await.expect(303);

    let mut busy = app.sign_in(&team, Role::Manager).await;
    for _ in 0..24 {
        app.clock.advance(29 * MINUTE);
        let _ = busy.get("/sign-in/confirm").await.expect(200);
    }
    app.clock.advance(HOUR / 2);
    let _ = busy.get("/sign-in/confirm").await.expect(303);
}

#[tokio::test]
async fn a_link_by_mail_works_once_for_known_addresses_only() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let ask = |email: String| {
        let mut browser = app.anonymous();
        async move {
            browser
                .post("/sign-in/link", &[("email", &email)])
                .await
                .expect(200)
        }
    };
    let known = ask(team.email(Role::Finance)).await.body;
    app.clock.advance(MINUTE);
    let unknown = ask("who@acme.example".to_owned()).await.body;
    assert_eq!(
        known.replace(&team.email(Role::Finance), ""),
        unknown.replace("who@acme.example", "")
    );
    app.run_mail().await;
    let mails = app.mail.0.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, team.email(Role::Finance));
    let (_, rest) = mails[0].text.split_once("http://localhost:8080").unwrap();
    let path = rest.lines().next().unwrap();

    let mut scanner = app.anonymous();
    let page = scanner.get(path).await.expect(200);
    assert!(page.body.contains("method=\"post\""));
    assert_eq!(
        scanner.cookie("sid"),
        None,
        "looking at the link uses nothing up"
    );
    let mut browser = app.anonymous();
    let _ = browser.get(path).await.expect(200);
    let _ = browser.post(path, &[]).await.expect(303);
    let _ = browser.get("/sign-in/confirm").await.expect(200);
    let _ = app.anonymous().post(path, &[]).await.expect(422);
}

#[tokio::test]
async fn after_signing_in_only_paths_of_ours_follow() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let email = team.email(Role::Owner);
    for (back, target) in [
        ("/admin/partners?q=a", "/admin/partners?q=a"),
        ("//evil.example", "/admin"),
        ("https://evil.example", "/admin"),
        ("/\\evil.example", "/admin"),
    ] {
        let mut browser = app.anonymous();
        let fields = [
            ("email", email.as_str()),
            ("password", PASSWORD),
            ("back", back),
        ];
        let answer = browser.post("/sign-in", &fields).await.expect(303);
        assert_eq!(answer.header("location"), target);
        app.clock.advance(MINUTE);
    }
}
