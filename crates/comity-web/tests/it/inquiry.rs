//! Questions of partners on the team's pages, and the search over everything (X1, UX "Structure").

use comity_app::tracking::record;
use comity_domain::Role;
use comity_domain::tracking::EventKind;
use comity_testkit::web::{Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    app: TestApp,
    team: Team,
    maya: Member,
    world: World,
    inquiry: String,
}

impl Stage {
    /// Maya sold `order-1` and asks about her share.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let click = world.click(&app.app, &maya, app.app.now()).await;
        let mut sale = world.event(EventKind::Sale, "order-1", 12_000);
        sale.click = Some(click);
        let recorded = record(&app.app, &world.owner, "api", sale).await.unwrap();
        let commission = recorded.commissions[0].id;
        let mut browser = app.sign_in_partner(world.tenant, maya.partner.id).await;
        let path = format!("/portal/earnings/{commission}");
        let _ = browser.get(&path).await.expect(200);
        let form = format!("{path}/inquiry");
        let asked = browser.submit(&form, &[("text", "=Why ten?")]).await;
        let _ = asked.expect(200);
        let filter = comity_app::portal::InquiryFilter::default();
        let open = comity_app::portal::inquiries(&app.app, &world.owner, &filter, None, 2).await;
        let inquiry = open.unwrap()[0].inquiry.id.to_string();
        Self {
            app,
            team,
            maya,
            world,
            inquiry,
        }
    }
}

#[tokio::test]
async fn x1_a_question_is_found_answered_once_and_read_by_its_partner() {
    let stage = Stage::new().await;
    let mut finance = stage.app.sign_in(&stage.team, Role::Finance).await;
    let list = finance.get("/admin/inquiries?status=open&q=order-1").await;
    let list = list.expect(200);
    assert!(list.body.contains("=Why ten?"), "{}", list.body);
    let none = finance.get("/admin/inquiries?q=nobody").await.expect(200);
    assert!(!none.body.contains("=Why ten?"));
    let file = finance.get("/admin/inquiries.csv").await.expect(200);
    assert!(file.body.contains("'=Why ten?"), "{}", file.body);
    let path = format!("/admin/inquiries/{}", stage.inquiry);
    let thread = finance.get(&path).await.expect(200);
    assert!(thread.body.contains("order-1"), "{}", thread.body);
    let form = format!("{path}/answer");
    let again = finance.post(&form, &[("answer", " ")]).await.expect(422);
    assert!(again.body.contains("aria-invalid"), "{}", again.body);
    let sent = finance.submit(&form, &[("answer", "Our rate.")]).await;
    assert!(sent.expect(200).body.contains("Our rate."));
    let _ = finance
        .post(&form, &[("answer", "Twice")])
        .await
        .expect(303);
    let (tenant, maya) = (stage.world.tenant, stage.maya.partner.id);
    let mut portal = stage.app.sign_in_partner(tenant, maya).await;
    let earnings = portal.get("/portal/earnings").await.expect(200);
    let link = earnings.body.split("/portal/earnings/").nth(1).unwrap();
    let page = format!("/portal/earnings/{}", link.split('"').next().unwrap());
    let page = portal.get(&page).await.expect(200);
    assert!(page.body.contains("Our rate.") && !page.body.contains("Twice"));
}

#[tokio::test]
async fn only_those_who_decide_on_commissions_answer_and_strangers_find_nothing() {
    let stage = Stage::new().await;
    let path = format!("/admin/inquiries/{}", stage.inquiry);
    let mut analyst = stage.app.sign_in(&stage.team, Role::Analyst).await;
    let page = analyst.get(&path).await.expect(200);
    assert!(!page.body.contains("name=\"answer\""));
    let globex = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    let _ = stranger.get(&path).await.expect(404);
    let list = stranger.get("/admin/inquiries").await.expect(200);
    assert!(!list.body.contains("=Why ten?"));
}

#[tokio::test]
async fn the_search_finds_every_kind_and_never_another_organisations() {
    let stage = Stage::new().await;
    let partner = stage.maya.partner.id.to_string();
    let cases = [
        ("maya", "/admin/partners/prt_"),
        ("order-1", "/admin/trace?id=order-1"),
        ("order-1", "/admin/commissions/"),
        ("why", "/admin/inquiries/inq_"),
        ("acme-maya", "/admin/links/lnk_"),
        (partner.as_str(), "/admin/partners/prt_"),
    ];
    let globex = stage.app.team("globex").await;
    let mut owner = stage.app.sign_in(&stage.team, Role::Owner).await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    for (text, href) in cases {
        let path = format!("/admin/search?q={text}");
        let found = owner.get(&path).await.expect(200);
        assert!(found.body.contains(href), "{text}: {}", found.body);
        let foreign = stranger.get(&path).await.expect(200);
        assert!(!foreign.body.contains(href), "{text}: {}", foreign.body);
    }
    let _ = owner.get("/admin/search").await.expect(200);
    let none = owner.get("/admin/search?q=zzz%00%F0").await.expect(200);
    assert!(!none.body.contains("prt_"));
}
