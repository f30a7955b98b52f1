//! The risk queue, a case, the policy with its report, and the partner's appeal (J1, J4, G9).

use comity_app::fraud::{self, Filter};
use comity_app::tracking::{NewCustomer, record};
use comity_domain::time::{DAY, MINUTE};
use comity_domain::tracking::EventKind;
use comity_domain::{Role, Scope};
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};
use serde_json::json;

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
    case: String,
    commission: String,
}

impl Stage {
    /// Maya's own company bought through her link: 12.00 are held.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let click = world.click(&app.app, &maya, app.app.now()).await;
        app.clock.advance(10 * MINUTE);
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(click);
        sale.customer = NewCustomer {
            external_id: "c-1".to_owned(),
            email: "orders@partner.example".to_owned(),
            ..NewCustomer::default()
        };
        record(&app.app, &world.owner, "api", sale).await.unwrap();
        let found = fraud::cases(&app.app, &world.owner, &Filter::default(), None, 2).await;
        let row = &found.unwrap()[0];
        let (case, commission) = (row.case.id.to_string(), row.case.commission.to_string());
        Self {
            app,
            team,
            world,
            maya,
            case,
            commission,
        }
    }

    async fn owner(&self) -> Client {
        self.app.sign_in(&self.team, Role::Owner).await
    }

    async fn maya(&self) -> Client {
        let (tenant, id) = (self.world.tenant, self.maya.partner.id);
        self.app.sign_in_partner(tenant, id).await
    }
}

#[tokio::test]
async fn j4_the_queue_is_searched_filtered_exported_and_counted() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let path = format!("/admin/risk/{}", stage.case);
    let queue = owner.get("/admin/risk").await.expect(200);
    assert!(queue.body.contains(&path) && queue.body.contains("Same company"));
    for (query, there) in [
        ("q=may", true),
        ("q=order-1", true),
        ("q=nobody", false),
        ("signal=same_company", true),
        ("signal=too_fast", false),
        ("state=overdue", false),
        ("state=all", true),
        ("mine=1", false),
    ] {
        let page = owner.get(&format!("/admin/risk?{query}")).await.expect(200);
        assert_eq!(page.body.contains(&path), there, "{query}");
    }
    let sheet = owner.get("/admin/risk.csv").await.expect(200);
    assert!(sheet.body.contains("same_company"), "{}", sheet.body);
    let overview = owner.get("/admin").await.expect(200);
    assert!(overview.body.contains("/admin/risk?state=undecided"));
    stage.app.clock.advance(4 * DAY);
    let mut owner = stage.owner().await;
    let late = owner.get("/admin/risk?state=overdue").await.expect(200);
    assert!(late.body.contains(&path));
    let stranger = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger.get(&path).await.expect(404);
    let theirs = stranger.get("/admin/risk").await.expect(200);
    assert!(!theirs.body.contains(&path));
}

#[tokio::test]
async fn j4_a_case_is_taken_noted_asked_declined_and_opened_again() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let path = format!("/admin/risk/{}", stage.case);
    let act = format!("{path}/act");
    let page = owner.get(&path).await.expect(200);
    for part in [
        "Both have addresses at",
        "/admin/trace?id=order-1",
        &format!("/admin/commissions/{}", stage.commission),
        &format!("/admin/partners/{}", stage.maya.partner.id),
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    let _ = owner.post(&act, &[("act", "take")]).await.expect(303);
    let mine = owner.get("/admin/risk?mine=1").await.expect(200);
    assert!(mine.body.contains(&path));
    let empty = owner.post(&act, &[("act", "ask"), ("ask_text", " ")]).await;
    assert!(empty.expect(422).body.contains("ask_text-error"));
    let note = [("act", "note"), ("note_text", "Spoke on the phone.")];
    let _ = owner.post(&act, &note).await.expect(303);
    let reject = [
        ("act", "reject"),
        ("reason", "self_referral"),
        ("reject_text", ""),
    ];
    let _ = owner.post(&act, &reject).await.expect(303);
    let again = owner.post(&act, &reject).await.expect(303);
    assert_eq!(
        again.header("location"),
        path,
        "a second decision changes nothing"
    );
    let declined = owner
        .get("/admin/commissions?state=rejected")
        .await
        .expect(200);
    assert!(declined.body.contains(&stage.commission));
    let _ = owner.post(&act, &[("act", "reopen")]).await.expect(303);
    let held = owner.get("/admin/commissions?state=held").await.expect(200);
    assert!(held.body.contains(&stage.commission));
    let bulk = [("act", "release"), ("id", &*stage.case)];
    let _ = owner.post("/admin/risk/bulk", &bulk).await.expect(303);
    let done = owner.get("/admin/risk?state=released").await.expect(200);
    assert!(done.body.contains(&path));
    let _ = owner.post(&act, &[("act", "explode")]).await.expect(422);
}

#[tokio::test]
async fn g9_the_partner_reads_why_until_when_and_appeals() {
    let stage = Stage::new().await;
    let (mut owner, mut maya) = (stage.owner().await, stage.maya().await);
    let earning = format!("/portal/earnings/{}", stage.commission);
    let appeal = format!("{earning}/appeal");
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains("name=\"appeal\"") && page.body.contains("at the latest"));
    assert!(
        !page.body.contains("Both have addresses at"),
        "evidence stays with the team"
    );
    let empty = maya.post(&appeal, &[("appeal", "")]).await.expect(422);
    assert!(empty.body.contains("appeal-error"));
    let words = "A client of mine ordered this.";
    let _ = maya.post(&appeal, &[("appeal", words)]).await.expect(303);
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains(words) && !page.body.contains("name=\"appeal\""));
    let path = format!("/admin/risk/{}", stage.case);
    let case = owner.get(&path).await.expect(200);
    assert!(case.body.contains(words));
    let ask = [("act", "ask"), ("ask_text", "Which client?")];
    let _ = owner.post(&format!("{path}/act"), &ask).await.expect(303);
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains("Which client?") && page.body.contains("name=\"appeal\""));
    let _ = maya
        .post(&appeal, &[("appeal", "Acme GmbH.")])
        .await
        .expect(303);
    let release = [("act", "release"), ("release_text", "Thank you.")];
    let _ = owner
        .post(&format!("{path}/act"), &release)
        .await
        .expect(303);
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains("the commission stands"));
    let ru = maya.get(&format!("{earning}?lang=ru")).await.expect(200);
    assert!(!ru.body.contains('⟦'));
}

#[tokio::test]
async fn j4_a_policy_is_tried_over_the_past_and_then_saved() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let path = format!("/admin/risk/policy/{}", stage.world.program.id);
    let _ = owner.get(&path).await.expect(200);
    let draft = |act| {
        [
            ("act", act),
            ("days", "30"),
            ("action_same_company", "reject"),
            ("fastest_conversion_millis", "5000"),
        ]
    };
    let shown = owner.post(&path, &draft("preview")).await.expect(200);
    assert!(shown.body.contains("12.00"), "{}", shown.body);
    let wrong = [("act", "save"), ("velocity_mad", "0")];
    let refused = owner.post(&path, &wrong).await.expect(422);
    assert!(refused.body.contains("velocity_mad-error"));
    let never = [("act", "save"), ("action_velocity", "reject")];
    let refused = owner.post(&path, &never).await.expect(422);
    assert!(refused.body.contains("action_velocity-error"));
    let _ = owner.post(&path, &draft("save")).await.expect(303);
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("value=\"reject\" selected"));
    let mut analyst = stage.app.sign_in(&stage.team, Role::Analyst).await;
    let _ = analyst.get(&path).await.expect(200);
    let _ = analyst.post(&path, &draft("save")).await.expect(403);
}

#[tokio::test]
async fn x8_cases_and_appeals_by_the_api() {
    let stage = Stage::new().await;
    let key = stage.app.key(&stage.team, &Scope::ALL).await;
    let mut api = stage.app.with_key(&key);
    let list = api
        .get("/api/v1/cases?state=undecided")
        .await
        .expect(200)
        .json();
    assert_eq!(list["data"][0]["id"], stage.case);
    assert_eq!(list["data"][0]["signals"][0], "same_company");
    let one = format!("/api/v1/cases/{}", stage.case);
    let found = api.get(&one).await.expect(200).json();
    assert_eq!(found["verdict"]["action"], "hold");
    let post = axum::http::Method::POST;
    let appeal = format!("/api/v1/commissions/{}/appeal", stage.commission);
    let said = json!({ "text": "An order of a client." });
    let appealed = api
        .json(post.clone(), &appeal, &said)
        .await
        .expect(200)
        .json();
    assert_eq!(appealed["appeal"], "open");
    let _ = api.json(post.clone(), &appeal, &said).await.expect(409);
    let decision = format!("{one}/decision");
    let _ = api
        .json(post.clone(), &decision, &json!({ "act": "reject" }))
        .await
        .expect(422);
    let body = json!({ "act": "release", "text": "Fine." });
    let released = api.json(post, &decision, &body).await.expect(200).json();
    assert_eq!(
        (&released["state"], &released["appeal"]),
        (&json!("released"), &json!("accepted"))
    );
}

#[tokio::test]
async fn x8_the_policy_and_its_report_by_the_api() {
    let stage = Stage::new().await;
    let key = stage.app.key(&stage.team, &Scope::ALL).await;
    let mut api = stage.app.with_key(&key);
    let path = format!("/api/v1/programs/{}/fraud-policy", stage.world.program.id);
    let found = api.get(&path).await.expect(200).json();
    assert_eq!(found["version"], 0);
    assert_eq!(found["policy"]["signals"]["too_fast"]["action"], "hold");
    let (put, post) = (axum::http::Method::PUT, axum::http::Method::POST);
    let setting = |action, weight: u16| {
        json!({ "signals": { "same_company": { "action": action, "weight": weight } },
            "limits": { "ceiling_minor": 50_000 }, "service_hours": 24 })
    };
    let report = format!("{path}/report");
    let draft = json!({ "policy": setting("reject", 60), "days": 30 });
    let shown = api
        .json(post.clone(), &report, &draft)
        .await
        .expect(200)
        .json();
    assert_eq!(shown["held"]["now"]["commissions"], 1);
    assert_eq!(shown["rejected"]["then"]["amount_minor"], 1_200);
    assert_eq!(shown["signals"][0]["signal"], "same_company");
    let known = api.get(&path).await.expect(200).json();
    assert_eq!(known["version"], 0, "a report changes nothing");
    let set = api
        .json(put.clone(), &path, &setting("observe", 10))
        .await
        .expect(200)
        .json();
    assert_eq!(set["version"], 1);
    assert_eq!(set["policy"]["limits"]["ceiling_minor"], 50_000);
    assert_eq!(set["policy"]["limits"]["velocity_events"], 30);
    for (wrong, field) in [
        (setting("explode", 1), "action_same_company"),
        (setting("hold", 1_001), "weight_same_company"),
        (
            json!({ "signals": { "velocity": { "action": "reject", "weight": 1 } } }),
            "action_velocity",
        ),
        (
            json!({ "signals": { "moon": { "action": "hold", "weight": 1 } } }),
            "signals",
        ),
        (json!({ "service_hours": 0 }), "service_hours"),
    ] {
        let refused = api
            .json(put.clone(), &path, &wrong)
            .await
            .expect(422)
            .json();
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
    }
    let late = json!({ "days": 91 });
    let _ = api.json(post, &report, &late).await.expect(422);
    let kept = api.get(&path).await.expect(200).json();
    assert_eq!(kept["version"], 1, "a refused policy changes nothing");
}

/// The parts of a form with files, as a browser sends them.
fn parts(csrf: &str, text: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("csrf", csrf), ("appeal", text)] {
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    for (name, content) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: text/html\r\n\r\n"
        );
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(b"--x--\r\n");
    body
}

#[tokio::test]
async fn g9_files_come_with_an_appeal_and_are_only_saved_never_shown() {
    let stage = Stage::new().await;
    let (mut owner, mut maya) = (stage.owner().await, stage.maya().await);
    let earning = format!("/portal/earnings/{}", stage.commission);
    let appeal = format!("{earning}/appeal");
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains("type=\"file\"") && page.body.contains("multipart/form-data"));
    let kind = "multipart/form-data; boundary=x";
    let post = axum::http::Method::POST;
    let words = "See the order.";
    let bad = parts(&maya.csrf, words, &[("a.pdf", b"<html>")]);
    let refused = maya
        .send(post.clone(), &appeal, Some((kind, bad)))
        .await
        .expect(422);
    assert!(refused.body.contains("files-error") && refused.body.contains(words));
    let forged = parts("nothing", words, &[]);
    let _ = maya
        .send(post.clone(), &appeal, Some((kind, forged)))
        .await
        .expect(403);
    // A field that was left empty comes as a part without a name.
    let good = parts(
        &maya.csrf,
        words,
        &[("../<i>order\u{e9}.pdf", b"%PDF-1.7 x"), ("", b"")],
    );
    let _ = maya
        .send(post, &appeal, Some((kind, good)))
        .await
        .expect(303);
    let page = maya.get(&earning).await.expect(200);
    assert!(page.body.contains("&lt;i&gt;order\u{e9}.pdf"));
    let link = format!("{earning}/files/ffl_");
    let id = page.body.split(&link).nth(1).unwrap();
    let id = format!("ffl_{}", id.split('"').next().unwrap());
    let path = format!("/admin/risk/{}", stage.case);
    let case = owner.get(&path).await.expect(200);
    assert!(case.body.contains(&format!("{path}/files/{id}")));
    for (client, path) in [
        (&mut owner, format!("{path}/files/{id}")),
        (&mut maya, format!("{earning}/files/{id}")),
    ] {
        let saved = client.get(&path).await.expect(200);
        assert_eq!(saved.body, "%PDF-1.7 x");
        let attached = "attachment; filename=\"evidence-1.pdf\"";
        assert_eq!(saved.header("content-disposition"), attached);
        assert_eq!(saved.header("content-type"), "application/pdf");
        assert_eq!(saved.header("x-content-type-options"), "nosniff");
        assert!(saved.header("content-security-policy").contains("sandbox"));
    }
    let omar = stage.world.member(&stage.app.app, "omar").await;
    let mut omar = stage
        .app
        .sign_in_partner(stage.world.tenant, omar.partner.id)
        .await;
    let _ = omar.get(&format!("{earning}/files/{id}")).await.expect(404);
    let _ = maya.get(&format!("{path}/files/{id}")).await.expect(403);
    let key = stage.app.key(&stage.team, &Scope::ALL).await;
    let mut api = stage.app.with_key(&key);
    let shown = api.get(&format!("/api/v1/cases/{}", stage.case)).await;
    assert_eq!(shown.expect(200).json()["files"][0]["id"], id);
    let saved = api
        .get(&format!("/api/v1/cases/{}/files/{id}", stage.case))
        .await
        .expect(200);
    assert_eq!(saved.body, "%PDF-1.7 x");
}
