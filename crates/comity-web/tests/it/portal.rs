//! The portal: what a partner sees and does, and that it is only their own.

use comity_app::tracking::record;
use comity_domain::time::MINUTE;
use comity_domain::tracking::EventKind;
use comity_testkit::web::{Client, TestApp};
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    app: TestApp,
    world: World,
    maya: Member,
    /// Maya's commission on `order-1`.
    commission: String,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let click = world.click(&app.app, &maya, app.app.now()).await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(click);
        let recorded = record(&app.app, &world.owner, "api", sale).await.unwrap();
        let commission = recorded.commissions[0].id.to_string();
        Self {
            app,
            world,
            maya,
            commission,
        }
    }

    async fn browser(&self, member: &Member) -> Client {
        let client = self
            .app
            .sign_in_partner(self.world.tenant, member.partner.id);
        client.await
    }
}

#[tokio::test]
async fn every_page_opens_in_both_languages_and_shows_the_books() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let earning = format!("/portal/earnings/{}", stage.commission);
    let link = format!("/portal/links/{}", stage.maya.link.id);
    let pages: [(&str, &str); 11] = [
        ("/portal", "12.00"),
        ("/portal/links", "acme-maya"),
        ("/portal/links/new", "shop.example"),
        (&link, "<svg"),
        ("/portal/earnings?state=pending", "order-1"),
        (&earning, "10"),
        ("/portal/payouts", "12.00"),
        ("/portal/payouts/method", "iban"),
        ("/portal/statements", "/portal/statements/"),
        ("/portal/terms", "days before the sale"),
        ("/portal/profile", "maya@partner.example"),
    ];
    for (path, part) in pages {
        let page = maya.get(path).await.expect(200);
        assert!(
            page.body.contains(part),
            "{path} lacks {part}\n{}",
            page.body
        );
        let _ = maya
            .get(&format!("{}?lang=ru", path.split('?').next().unwrap()))
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn another_partners_things_are_not_found() {
    let stage = Stage::new().await;
    let eve = stage.world.member(&stage.app.app, "eve").await;
    let mut browser = stage.browser(&eve).await;
    let link = stage.maya.link.id;
    for path in [
        format!("/portal/earnings/{}", stage.commission),
        format!("/portal/links/{link}"),
        format!("/portal/links/{link}/qr.svg"),
    ] {
        let _ = browser.get(&path).await.expect(404);
    }
    let home = browser.get("/portal").await.expect(200);
    assert!(!home.body.contains("order-1"), "{}", home.body);
    for (path, fields) in [
        (
            format!("/portal/earnings/{}/inquiry", stage.commission),
            [("text", "mine?")],
        ),
        (
            format!("/portal/links/{link}/status"),
            [("status", "paused")],
        ),
    ] {
        // A page that is not found carries no token.
        let _ = browser.get("/portal").await.expect(200);
        let _ = browser.post(&path, &fields).await.expect(404);
    }
    let file = browser.get("/portal/earnings.csv").await.expect(200);
    assert_eq!(file.body.lines().count(), 1, "{}", file.body);
    let export = browser.get("/portal/export").await.expect(200);
    assert!(!export.body.contains(&stage.commission));
}

#[tokio::test]
async fn a_link_to_a_foreign_host_is_refused_beside_its_field() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let _ = maya.get("/portal/links/new").await.expect(200);
    let typed = [
        ("destination", "https://evil.example/x"),
        ("name", "My reel"),
    ];
    let again = maya.post("/portal/links", &typed).await.expect(422);
    assert!(again.body.contains("My reel") && again.body.contains("https://evil.example/x"));
    assert!(again.body.contains("aria-invalid"), "{}", again.body);
    let good = [
        ("destination", "https://shop.example/shoes"),
        ("name", "My reel"),
    ];
    let made = maya.submit("/portal/links", &good).await.expect(200);
    assert!(made.body.contains("My reel"), "{}", made.body);
}

#[tokio::test]
async fn a_question_is_asked_once_and_answered_by_the_team() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let path = format!("/portal/earnings/{}", stage.commission);
    let _ = maya.get(&path).await.expect(200);
    let form = format!("{path}/inquiry");
    let _ = maya.post(&form, &[("text", "  ")]).await.expect(422);
    let asked = maya
        .submit(&form, &[("text", "Why ten?")])
        .await
        .expect(200);
    assert!(asked.body.contains("Why ten?"), "{}", asked.body);
    let _ = maya.post(&form, &[("text", "And now?")]).await.expect(303);
    let (app, owner) = (&stage.app.app, &stage.world.owner);
    let filter = comity_app::portal::InquiryFilter {
        status: "open".to_owned(),
        find: "why".to_owned(),
        ..Default::default()
    };
    let open = comity_app::portal::inquiries(app, owner, &filter, None, 10)
        .await
        .unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].external_id, "order-1");
    let id = open[0].inquiry.id;
    let said = comity_app::portal::answer(app, owner, id, "Our standard rate.").await;
    assert_eq!(said.unwrap().status, "answered");
    let mails = comity_app::message::page(app, owner, ("", ""), None, 10)
        .await
        .unwrap();
    let mail = mails.iter().find(|mail| mail.kind == "inquiry_answered");
    assert!(mail.unwrap().text.contains("Our standard rate."));
    let page = maya.get(&path).await.expect(200);
    assert!(page.body.contains("Our standard rate."), "{}", page.body);
}

#[tokio::test]
async fn payout_details_need_a_fresh_proof_and_are_shown_masked() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let _ = maya.get("/portal/payouts/method").await.expect(200);
    let bad = [
        ("kind", "sepa"),
        ("holder", "Maya"),
        ("iban", "DE00370400440532013000"),
    ];
    let again = maya.post("/portal/payouts/method", &bad).await.expect(422);
    assert!(again.body.contains("aria-invalid"), "{}", again.body);
    let good = [
        ("kind", "sepa"),
        ("holder", "Maya"),
        ("iban", "DE89370400440532013000"),
    ];
    let saved = maya
        .submit("/portal/payouts/method", &good)
        .await
        .expect(200);
    assert!(!saved.body.contains("0532013000"), "{}", saved.body);
    stage.app.clock.advance(6 * MINUTE);
    let asked = maya.get("/portal/payouts/method").await.expect(200);
    assert!(!asked.body.contains("name=\"iban\""), "{}", asked.body);
    let _ = maya.post("/portal/payouts/method", &good).await.expect(422);
}

#[tokio::test]
async fn new_terms_come_first_until_they_are_accepted() {
    let stage = Stage::new().await;
    let (app, world) = (&stage.app.app, &stage.world);
    let publish = comity_app::program::publish_terms;
    publish(app, &world.owner, world.program.id, "Be honest.")
        .await
        .unwrap();
    let mut maya = stage.browser(&stage.maya).await;
    let sent = maya.get("/portal").await.expect(303);
    assert_eq!(sent.header("location"), "/portal/terms");
    let page = maya.get("/portal/terms").await.expect(200);
    assert!(page.body.contains("Be honest."));
    let earnings = maya.get("/portal/earnings").await.expect(200);
    assert!(earnings.body.contains("order-1"));
    publish(app, &world.owner, world.program.id, "Be kind.")
        .await
        .unwrap();
    let late = maya
        .submit("/portal/terms", &[("version", "1")])
        .await
        .expect(200);
    assert!(late.body.contains("Be kind."), "{}", late.body);
    let home = maya
        .submit("/portal/terms", &[("version", "2")])
        .await
        .expect(200);
    assert!(home.body.contains("12.00"), "{}", home.body);
}

#[tokio::test]
async fn everything_of_a_partner_leaves_as_files() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let file = maya.get("/portal/earnings.csv").await.expect(200);
    assert!(
        file.body.contains("order-1") && file.body.contains("12.00"),
        "{}",
        file.body
    );
    let export = maya.get("/portal/export").await.expect(200).json();
    let membership = &export["memberships"][0];
    assert_eq!(
        membership["commissions"][0]["amount"]["amount_minor"],
        1_200
    );
    assert_eq!(membership["links"].as_array().unwrap().len(), 1);
    let months = maya.get("/portal/statements").await.expect(200);
    let (_, rest) = months.body.split_once("/portal/statements/").unwrap();
    let month = &rest[..7];
    let page = maya
        .get(&format!("/portal/statements/{month}"))
        .await
        .expect(200);
    assert!(page.body.contains("12.00"), "{}", page.body);
    let sheet = maya
        .get(&format!("/portal/statements/{month}/statement.csv"))
        .await
        .expect(200);
    assert_eq!(sheet.body.lines().count(), 2, "{}", sheet.body);
    let _ = maya.get("/portal/statements/1999-01").await.expect(404);
}

#[tokio::test]
async fn leads_are_submitted_once_and_shown_with_their_fate() {
    let stage = Stage::new().await;
    let mut maya = stage.browser(&stage.maya).await;
    let page = "/portal/leads";
    let empty = maya.get(page).await.expect(200).body;
    assert!(empty.contains("No leads yet"), "{empty}");
    let bad = [("email", "nobody"), ("name", "Ann <b>Brown</b>")];
    let again = maya.post(page, &bad).await.expect(422).body;
    assert!(again.contains("Ann &lt;b&gt;Brown"), "typed values stay");
    let good = [("email", "ann@buyer.example"), ("name", "=cmd()")];
    let _ = maya.post(page, &good).await.expect(303);
    let _ = maya.post(page, &good).await.expect(303);
    let listed = maya.get("/portal/leads?q=ANN").await.expect(200).body;
    assert!(
        listed.contains("Accepted") && listed.contains("Somebody has named this person before.")
    );
    let none = maya.get("/portal/leads?q=zzz").await.expect(200).body;
    assert!(!none.contains("ann@buyer.example"));
    let sheet = maya.get("/portal/leads.csv").await.expect(200).body;
    assert!(sheet.contains("'=cmd()"), "{sheet}");
    let bob = stage.world.member(&stage.app.app, "bob").await;
    let mut bob = stage.browser(&bob).await;
    assert!(
        !bob.get(page)
            .await
            .expect(200)
            .body
            .contains("ann@buyer.example")
    );
}

#[tokio::test]
async fn late_figures_say_so() {
    let stage = Stage::new().await;
    let app = &stage.app.app;
    let mut maya = stage.browser(&stage.maya).await;
    assert!(
        !maya
            .get("/portal")
            .await
            .expect(200)
            .body
            .contains("Figures are complete")
    );
    let now = app.now();
    let edge = comity_app::tracking::Edge {
        id: comity_domain::RawId([7; 16]),
        address: "go.test".to_owned(),
        started_at: now,
        seen_at: now,
        running: true,
        recorded: 9,
        unrecorded: 0,
        waiting: 5,
        oldest_at: Some(now.plus(-10 * MINUTE)),
    };
    comity_app::tracking::report_edge(app, &edge).await.unwrap();
    assert!(
        maya.get("/portal")
            .await
            .expect(200)
            .body
            .contains("Figures are complete")
    );
    let team = stage.app.team_of(stage.world.tenant, "acme").await;
    let mut owner = stage.app.sign_in(&team, comity_domain::Role::Owner).await;
    assert!(
        owner
            .get("/admin")
            .await
            .expect(200)
            .body
            .contains("Figures are complete")
    );
}
