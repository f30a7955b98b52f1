//! Connections, webhooks, imports: what a shop, a server and the team see.

use comity_app::integration::import::{NewImport, upload};
use comity_domain::integration::inbound::verify::postback;
use comity_domain::{Actor, Role};
use comity_testkit::web::TestApp;
use comity_testkit::world::{World, ten_percent};

const CONNECTIONS: &str = "/admin/settings/connections";

#[tokio::test]
async fn a_postback_from_connection_to_log() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let team = app.team_of(world.tenant, "acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let program = world.program.id.to_string();
    let _ = owner.get(&format!("{CONNECTIONS}/new")).await.expect(200);
    let bad = [("kind", "fax"), ("program", program.as_str())];
    let _ = owner.post(CONNECTIONS, &bad).await.expect(422);
    let good = [
        ("kind", "postback"),
        ("program", program.as_str()),
        ("secret", "known"),
    ];
    let made = owner.post(CONNECTIONS, &good).await.expect(303);
    let page = made.header("location").to_owned();
    let id = page.rsplit('/').next().unwrap().to_owned();

    let mut server = app.anonymous();
    let now = app.app.now().seconds();
    let query = format!("order=1001&amount=50.00&currency=EUR&ts={now}");
    let signed = postback::sign_query(&query, "known");
    let taken = server.get(&format!("/postback/{id}?{signed}")).await;
    assert_eq!(taken.expect(200).body, "processed recorded\n");
    let again = server.get(&format!("/postback/{id}?{signed}")).await;
    assert_eq!(again.expect(200).body, "repeated\n");
    let forged = postback::sign_query(&query, "guessed");
    let refused = server
        .get(&format!("/postback/{id}?{forged}"))
        .await
        .expect(401);
    let unknown = server
        .get(&format!("/postback/nobody?{signed}"))
        .await
        .expect(401);
    for answer in [refused, unknown] {
        assert_eq!(answer.json()["code"], "bad_signature");
    }

    let shown = owner.get(&page).await.expect(200);
    assert!(shown.body.contains("recorded"), "{}", shown.body);
    let stranger = app.team("globex").await;
    let mut stranger = app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger.get(&page).await.expect(404);
}

#[tokio::test]
async fn a_webhook_secret_is_shown_once() {
    let app = TestApp::new().await;
    let team = app.team("acme").await;
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let base = "/admin/settings/webhooks";
    let _ = owner.post(base, &[("url", "nonsense")]).await.expect(422);
    let made = owner
        .post(base, &[("url", "https://hooks.example/x")])
        .await;
    let made = made.expect(200).body;
    assert!(made.contains("whsec_"), "{made}");
    let listed = owner.get(base).await.expect(200).body;
    let start = listed.find("/admin/settings/webhooks/whe_").unwrap();
    let path: String = listed[start..].chars().take_while(|c| *c != '"').collect();
    let page = owner.get(&path).await.expect(200).body;
    assert!(!page.contains("whsec_"));
    let _ = owner.post(&format!("{path}/test"), &[]).await.expect(303);
    let _ = owner.post(&format!("{path}/pause"), &[]).await.expect(303);
}

#[tokio::test]
async fn an_import_shows_its_preview_before_it_starts() {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let team = app.team_of(world.tenant, "acme").await;
    let input = NewImport {
        program: world.program.id,
        kind: "partners".to_owned(),
        file_name: "theirs.csv".to_owned(),
        bytes: b"email,who\nada@a.example,Ada\nnobody,Ben\n".to_vec(),
    };
    let actor = Actor::System {
        tenant: world.tenant,
    };
    let import = upload(&app.app, &actor, input).await.unwrap();
    let mut owner = app.sign_in(&team, Role::Owner).await;
    let _ = owner.get("/admin/settings/import").await.expect(200);
    let page = format!("/admin/settings/import/{}", import.id);
    assert!(
        owner
            .get(&page)
            .await
            .expect(200)
            .body
            .contains("theirs.csv")
    );
    let columns = [("email", "email"), ("name", "who")];
    let _ = owner
        .post(&format!("{page}/columns"), &columns)
        .await
        .expect(303);
    let _ = owner.post(&format!("{page}/start"), &[]).await.expect(303);
    let _ = owner.get(&format!("{page}/errors.csv")).await.expect(200);
    let page = "/admin/settings/tracking";
    let shown = owner.get(page).await.expect(200).body;
    assert!(
        shown.contains("shop.example") && shown.contains("/t/p.gif"),
        "{shown}"
    );
    let program = world.program.id.to_string();
    let form = [("program", program.as_str()), ("browser_sales", "refuse")];
    let _ = owner.post(page, &form).await.expect(303);
    let kept = owner.get(page).await.expect(200).body;
    assert!(kept.contains("value=\"refuse\" checked"), "{kept}");
    let bad = [
        ("program", program.as_str()),
        ("browser_sales", "sometimes"),
    ];
    let _ = owner.post(page, &bad).await.expect(422);
    let stranger = app.team("globex").await;
    let mut stranger = app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger.post(page, &form).await.expect(404);
}
