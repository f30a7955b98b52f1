//! Mails to partners: told of what happens, and left out when they chose so.

use comity_app::tracking::record;
use comity_domain::tracking::EventKind;
use comity_testkit::web::TestApp;
use comity_testkit::world::{Member, World, ten_percent};

/// Path of the address below a mail that ends its kind.
fn stop(mail: &comity_app::port::OutgoingMail) -> &str {
    let at = mail.text.find("/mails/unsubscribe/").expect("a way out");
    mail.text[at..].split_whitespace().next().unwrap()
}

struct Stage {
    app: TestApp,
    world: World,
    maya: Member,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        app.run_mail().await;
        app.mail.0.lock().unwrap().clear();
        Self { app, world, maya }
    }

    /// A sale of Maya's, after which the jobs ran; answers the mails it led to.
    async fn sale(&self, order: &str) -> Vec<comity_app::port::OutgoingMail> {
        let click = self
            .world
            .click(&self.app.app, &self.maya, self.app.app.now())
            .await;
        let mut sale = self.world.event(EventKind::Sale, order, 12_000);
        sale.click = Some(click);
        record(&self.app.app, &self.world.owner, "api", sale)
            .await
            .unwrap();
        self.app.run_mail().await;
        std::mem::take(&mut *self.app.mail.0.lock().unwrap())
    }
}

#[tokio::test]
async fn the_first_click_and_every_sale_are_told_with_a_way_to_stop() {
    let stage = Stage::new().await;
    let mails = stage.sale("order-1").await;
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert!(
        subjects.iter().any(|one| one.contains("first click")),
        "{subjects:?}"
    );
    assert!(
        subjects.iter().any(|one| one.contains("Your first sale")),
        "{subjects:?}"
    );
    for mail in &mails {
        assert!(mail.html.contains(stop(mail)));
    }
    let next = stage.sale("order-2").await;
    assert_eq!(next.len(), 1, "one mail per sale: {next:?}");
    assert!(next[0].subject.contains("12.00"), "{}", next[0].subject);
}

#[tokio::test]
async fn one_click_in_the_mail_program_ends_mails_of_that_kind() {
    let stage = Stage::new().await;
    let mails = stage.sale("order-1").await;
    let sale = mails.iter().find(|mail| mail.subject.contains("sale"));
    let path = stop(sale.unwrap());

    let mut browser = stage.app.anonymous();
    let page = browser.get(path).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<form"), "opening it changes nothing");
    assert_eq!(stage.sale("order-2").await.len(), 1);

    let mut program = stage.app.anonymous();
    let fields = [("List-Unsubscribe", "One-Click")];
    assert_eq!(program.post(path, &fields).await.status, 200);
    assert_eq!(
        program.post(path, &fields).await.status,
        200,
        "twice is once"
    );
    assert!(stage.sale("order-3").await.is_empty());

    let forged = format!("{}x", &path[..path.len() - 1]);
    assert_eq!(browser.get(&forged).await.status, 404);
    assert_eq!(program.post(&forged, &fields).await.status, 404);
}

#[tokio::test]
async fn another_address_is_used_once_its_mailbox_says_so() {
    let stage = Stage::new().await;
    let partner = stage.maya.partner.id;
    let mut maya = stage.app.sign_in_partner(stage.world.tenant, partner).await;
    let _ = maya.get("/account").await.expect(200);
    let wrong = maya
        .post("/account/email", &[("email", "no address")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("email-error"));
    let asked = maya
        .post("/account/email", &[("email", "maya@new.example")])
        .await;
    assert_eq!(asked.status, 303);
    stage.app.run_mail().await;
    let mails = std::mem::take(&mut *stage.app.mail.0.lock().unwrap());
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "maya@new.example");
    let at = mails[0].text.find("/account/email/").unwrap();
    let path = mails[0].text[at..]
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();

    let mut mailbox = stage.app.anonymous();
    assert!(mailbox.get(&path).await.body.contains("maya@new.example"));
    assert_eq!(mailbox.post(&path, &[]).await.status, 303);
    assert!(
        maya.get("/portal/profile")
            .await
            .body
            .contains("maya@new.example")
    );
    stage.app.run_mail().await;
    let told = std::mem::take(&mut *stage.app.mail.0.lock().unwrap());
    assert_eq!(
        told[0].to, "maya@partner.example",
        "the old address hears of it"
    );
    assert_eq!(mailbox.post(&path, &[]).await.status, 404, "it works once");
}

#[tokio::test]
async fn leaving_ends_the_links_and_every_session() {
    let stage = Stage::new().await;
    let partner = stage.maya.partner.id;
    let mut maya = stage.app.sign_in_partner(stage.world.tenant, partner).await;
    let page = maya.get("/portal/close").await;
    assert!(
        page.body.contains("stays yours"),
        "it says what happens to the money"
    );
    assert_eq!(maya.post("/portal/close", &[]).await.status, 303);
    assert_eq!(maya.get("/portal").await.status, 303, "signed out");
    assert!(
        stage.sale("order-1").await.is_empty(),
        "nothing is earned any more"
    );
}

#[tokio::test]
async fn the_code_of_a_link_tells_scans_from_clicks() {
    let stage = Stage::new().await;
    let partner = stage.maya.partner.id;
    let mut maya = stage.app.sign_in_partner(stage.world.tenant, partner).await;
    let path = format!("/portal/links/{}/qr", stage.maya.link.id);
    let url = format!(
        "{}?qr=1",
        comity_app::link::url(&stage.app.app, &stage.maya.link)
    );
    let (_, drawn) = comity_ui::component::qr_path(&url).unwrap();
    assert!(maya.get(&format!("{path}.svg")).await.body.contains(&drawn));
    let picture = maya.get(&format!("{path}.png")).await;
    assert_eq!(picture.header("content-type"), "image/png");
    let page = maya
        .get(&format!("/portal/links/{}", stage.maya.link.id))
        .await;
    assert!(page.body.contains(&drawn));
}
