//! Set-up, invitations, accounts, keys, looks through a partner's eyes (V2, V3, Y5).

use comity_domain::time::MINUTE;
use comity_domain::{Role, Scope};
use comity_testkit::web::{PASSWORD, TestApp};
use comity_testkit::world::{World, ten_percent};

#[tokio::test]
async fn the_printed_address_sets_up_once() {
    let app = TestApp::new().await;
    let token = comity_app::team::setup_token(&app.app)
        .await
        .unwrap()
        .unwrap();
    let mut browser = app.anonymous();
    let _ = browser.get("/setup?token=wrong").await.expect(404);
    let _ = browser
        .get(&format!("/setup?token={token}"))
        .await
        .expect(200);
    let mut fields = vec![
        ("token", token.as_str()),
        ("product", "Acme"),
        ("website", "https://acme.example"),
        ("name", "Olga"),
        ("email", "olga@acme.example"),
        ("password", "short"),
        ("model", "affiliate"),
        ("currency", "EUR"),
    ];
    let refused = browser.post("/setup", &fields).await.expect(422);
    assert!(
        refused.body.contains("olga@acme.example"),
        "what was typed is kept"
    );
    fields[5].1 = PASSWORD;
    let page = browser.submit("/setup", &fields).await.expect(200);
    assert!(page.body.contains("http://localhost:8081/hello"));
    let _ = browser.get("/admin/settings/team").await.expect(200);
    let _ = app
        .anonymous()
        .get(&format!("/setup?token={token}"))
        .await
        .expect(404);
    assert_eq!(comity_app::team::setup_token(&app.app).await.unwrap(), None);
}

#[tokio::test]
async fn an_unused_set_up_address_ends_after_half_an_hour() {
    let app = TestApp::new().await;
    let token = comity_app::team::setup_token(&app.app)
        .await
        .unwrap()
        .unwrap();
    app.clock.advance(30 * MINUTE);
    let _ = app
        .anonymous()
        .get(&format!("/setup?token={token}"))
        .await
        .expect(404);
}

#[tokio::test]
async fn an_invited_member_joins_with_the_role_they_were_given() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let fields = [("email", "new@acme.example"), ("role", "finance")];
    let page = owner
        .submit("/admin/settings/team", &fields)
        .await
        .expect(200);
    assert!(page.body.contains("new@acme.example"));
    app.run_mail().await;
    let mail = app.mail.0.lock().unwrap().pop().unwrap();
    assert_eq!(mail.to, "new@acme.example");
    let (_, rest) = mail
        .text
        .split_once("http://localhost:8080/invite/")
        .unwrap();
    let path = format!("/invite/{}", rest.split_whitespace().next().unwrap());

    let mut guest = app.anonymous();
    let _ = guest.get(&path).await.expect(200);
    let _ = guest
        .post(&path, &[("name", "Nia"), ("password", "short")])
        .await
        .expect(422);
    let _ = guest
        .post(&path, &[("name", "Nia"), ("password", PASSWORD)])
        .await
        .expect(303);
    let _ = guest.get("/admin/settings/audit").await.expect(200);
    let _ = guest.get("/admin/settings").await.expect(403);
    let _ = app.anonymous().get(&path).await.expect(404);
}

#[tokio::test]
async fn a_disabled_member_is_out_at_once_and_an_owner_always_remains() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut analyst = app.sign_in(&team, Role::Analyst).await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let path = |role: Role| format!("/admin/settings/team/{}/disable", team.people[&role]);
    let _ = owner.post(&path(Role::Analyst), &[]).await.expect(303);
    let _ = analyst.get("/account").await.expect(303);
    let page = owner.submit(&path(Role::Owner), &[]).await.expect(200);
    assert!(
        page.body.contains("One active owner must remain"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn sensitive_acts_ask_for_the_password_again_after_five_minutes() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    app.clock.advance(6 * MINUTE);
    let fields = [("name", "Shop"), ("scope-read", "1")];
    let asked = owner
        .post("/admin/settings/api-keys", &fields)
        .await
        .expect(303);
    assert!(
        asked
            .header("location")
            .starts_with("/sign-in/confirm?next=")
    );
    let _ = owner.get("/sign-in/confirm").await.expect(200);
    let _ = owner
        .post("/sign-in/confirm", &[("password", "wrong")])
        .await
        .expect(422);
    let _ = owner
        .post("/sign-in/confirm", &[("password", PASSWORD)])
        .await
        .expect(303);
    let page = owner
        .post("/admin/settings/api-keys", &fields)
        .await
        .expect(200);
    let at = page.body.find("cmt_live_").unwrap();
    let key = page.body[at..]
        .split(['<', '"', '&'])
        .next()
        .unwrap()
        .to_owned();
    let me = app
        .with_key(&key)
        .get("/api/v1/me")
        .await
        .expect(200)
        .json();
    assert_eq!(me["scopes"][0], Scope::Read.code());
    let id = me["key_id"].as_str().unwrap();
    let page = owner.get("/admin/settings/api-keys").await.expect(200);
    assert!(!page.body.contains(&key), "a key is shown once");
    let revoke = format!("/admin/settings/api-keys/{id}/revoke");
    let _ = owner.post(&revoke, &[]).await.expect(303);
    let refused = app.with_key(&key).get("/api/v1/me").await.expect(401);
    assert_eq!(refused.json()["code"], "key_revoked");
}

#[tokio::test]
async fn the_audit_log_verifies_its_chain_and_exports() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    for email in ["a@acme.example", "b@acme.example"] {
        let fields = [("email", email), ("role", "analyst")];
        let _ = owner
            .post("/admin/settings/team", &fields)
            .await
            .expect(303);
    }
    let page = owner
        .post("/admin/settings/audit/verify", &[])
        .await
        .expect(200);
    assert!(page.body.contains("2 lines, exactly as they were written"));
    let sheet = owner.get("/admin/settings/audit.csv").await.expect(200);
    assert_eq!(sheet.body.lines().count(), 3, "{}", sheet.body);
}

#[tokio::test]
async fn a_look_through_a_partners_eyes_reads_only_and_is_on_the_record() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let member = world.member(&app.app, "ada").await;
    let team = app.team_of(world.tenant, "acme").await;
    let mut manager = app.sign_in(&team, Role::Manager).await;
    let path = format!("/admin/partners/{}/view-as", member.partner.id);
    let answer = manager.post(&path, &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/portal");
    assert!(manager.cookie("view").is_some());
    let page = manager
        .get("/admin/settings/audit?q=partner.viewed_as")
        .await
        .expect(200);
    assert!(page.body.contains("partner.viewed_as"));
    let _ = manager.post("/admin/view-as/stop", &[]).await.expect(303);
    assert!(manager.cookie("view").is_none());
}
