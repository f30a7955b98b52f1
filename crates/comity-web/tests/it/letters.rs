//! Letters to many partners, reminders after a silence, recruiters by hand, and the second
//! step of partners (P4, I1, E12, H9, G10).

use comity_app::message::{self, AnnouncementFilter};
use comity_app::port::OutgoingMail;
use comity_app::program::publish_terms;
use comity_app::recognition::nudge_dormant;
use comity_app::tracking::record;
use comity_domain::Role;
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_store::second_step::{self, SecondStep};
use comity_store::session::Subject;
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
    omar: Member,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let omar = world.member(&app.app, "omar").await;
        let team = app.team_of(world.tenant, "acme").await;
        Self {
            app,
            team,
            world,
            maya,
            omar,
        }
    }

    async fn owner(&self) -> Client {
        self.app.sign_in(&self.team, Role::Owner).await
    }

    async fn portal(&self, who: &Member) -> Client {
        let tenant = self.world.tenant;
        self.app.sign_in_partner(tenant, who.partner.id).await
    }

    /// Runs the jobs; answers the mails they led to.
    async fn mails(&self) -> Vec<OutgoingMail> {
        self.app.run_mail().await;
        std::mem::take(&mut *self.app.mail.0.lock().unwrap())
    }
}

/// The path of what was just made, from where the form led.
fn made(answer: &comity_testkit::web::Answer) -> String {
    answer.header("location").to_owned()
}

#[tokio::test]
async fn p4_an_announcement_is_previewed_sent_read_and_left_out_where_unwanted() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let program = stage.world.program.id.to_string();
    let empty = owner.get("/admin/announcements").await.expect(200);
    assert!(empty.body.contains("Nothing announced yet"));
    let _ = owner.get("/admin/announcements/new").await.expect(200);
    let long = "x".repeat(121);
    let bad = [
        ("program", &*program),
        ("subject", &long),
        ("body", "Kept words"),
    ];
    let refused = owner
        .post("/admin/announcements/new", &bad)
        .await
        .expect(422);
    assert!(refused.body.contains("subject-error") && refused.body.contains("Kept words"));
    let good = [
        ("program", &*program),
        ("subject", "Autumn <offers>"),
        ("body", "Twice the commission.\r\n\r\nUntil Sunday."),
    ];
    let kept = owner.post("/admin/announcements/new", &good).await;
    let path = made(&kept.expect(303));
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("It goes to 2 approved partners"));
    assert!(page.body.contains("Until Sunday."));
    assert_eq!(stage.mails().await, [], "a draft goes nowhere");

    let mut maya = stage.portal(&stage.maya).await;
    let before = maya.get("/portal/news").await.expect(200);
    assert!(before.body.contains("No news yet"));
    let mut omar = stage.portal(&stage.omar).await;
    let form = [("name", "Omar"), ("lang", "en")];
    let _ = omar.post("/portal/profile", &form).await.expect(303);
    let _ = owner.post(&format!("{path}/send"), &[]).await.expect(303);
    let sent = stage.mails().await;
    let to: Vec<&str> = sent.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["maya@partner.example"], "Omar does without news");
    assert!(sent[0].html.contains("Autumn &lt;offers&gt;"));
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("1 of 2") && page.body.contains("does without such mails"));
    for client in [&mut maya, &mut omar] {
        let news = client.get("/portal/news").await.expect(200);
        assert!(news.body.contains("Autumn &lt;offers&gt;"));
        let home = client.get("/portal").await.expect(200);
        assert!(home.body.contains("Autumn &lt;offers&gt;"));
    }
    let again = owner.post(&format!("{path}/send"), &[]).await.expect(303);
    assert_eq!(made(&again), path);
    let _ = owner.post(&format!("{path}/delete"), &[]).await.expect(303);
    assert_eq!(stage.mails().await, [], "sent once");
    let sheet = owner.get("/admin/announcements.csv?q=autumn").await;
    assert!(sheet.expect(200).body.contains("Autumn <offers>"));

    // One click ends such mails.
    let stop = sent[0].text.find("/mails/unsubscribe/").unwrap();
    let stop = sent[0].text[stop..].split_whitespace().next().unwrap();
    let mut anybody = stage.app.anonymous();
    let _ = anybody.post(stop, &[]).await.expect(200);
    let kept = owner.post("/admin/announcements/new", &good).await;
    let second = made(&kept.expect(303));
    let _ = owner.post(&format!("{second}/send"), &[]).await;
    assert_eq!(stage.mails().await, []);
}

#[tokio::test]
async fn p4_a_stop_keeps_the_rest_back_until_somebody_goes_on() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let program = stage.world.program.id.to_string();
    let good = [
        ("program", &*program),
        ("subject", "News"),
        ("body", "Words."),
    ];
    let kept = owner.post("/admin/announcements/new", &good).await;
    let path = made(&kept.expect(303));
    let _ = owner.post(&format!("{path}/send"), &[]).await.expect(303);
    let _ = owner.post(&format!("{path}/stop"), &[]).await.expect(303);
    assert_eq!(stage.mails().await, [], "stopped before the job ran");
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("Go on sending"));
    let _ = owner.post(&format!("{path}/send"), &[]).await.expect(303);
    assert_eq!(stage.mails().await.len(), 2);
    assert_eq!(stage.mails().await, []);
    let mut analyst = stage.app.sign_in(&stage.team, Role::Analyst).await;
    let _ = analyst.get(&path).await.expect(200);
    let _ = analyst.post(&format!("{path}/stop"), &[]).await.expect(403);
    let globex = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    let _ = stranger.get(&path).await.expect(404);
    let _ = stranger
        .post(&format!("{path}/send"), &[])
        .await
        .expect(404);
}

#[tokio::test]
async fn i1_new_terms_are_told_to_everybody_whatever_they_chose() {
    let stage = Stage::new().await;
    let mut omar = stage.portal(&stage.omar).await;
    let form = [("name", "Omar"), ("lang", "ru")];
    let _ = omar.post("/portal/profile", &form).await.expect(303);
    let (app, owner) = (&stage.app.app, &stage.world.owner);
    publish_terms(app, owner, stage.world.program.id, "New terms.")
        .await
        .unwrap();
    let mut sent = stage.mails().await;
    sent.sort_by(|a, b| a.to.cmp(&b.to));
    let to: Vec<&str> = sent.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["maya@partner.example", "omar@partner.example"]);
    assert!(sent[0].text.contains("/portal/terms"));
    assert!(sent[0].unsubscribe_url.is_none());
    assert!(sent[1].subject.contains("Новые условия"));
    let all = AnnouncementFilter::default();
    let rows = message::announcements(app, owner, &all, None, 9)
        .await
        .unwrap();
    assert_eq!((rows[0].kind.as_str(), rows[0].sent), ("terms", 2));
}

#[tokio::test]
async fn h9_who_fell_silent_is_listed_and_reminded_once_per_silence() {
    let stage = Stage::new().await;
    let app = &stage.app.app;
    let sale = async |name: &str| {
        let mut sale = stage.world.event(EventKind::Sale, name, 10_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        record(app, &stage.world.owner, "api", sale).await.unwrap();
    };
    sale("o1").await;
    stage.mails().await;
    stage.app.clock.advance(61 * DAY);
    let mut owner = stage.owner().await;
    let page = owner.get("/admin/dormant").await.expect(200);
    assert!(page.body.contains("maya") && !page.body.contains(">omar<"));
    assert_eq!(nudge_dormant(app).await.unwrap(), 0, "off until it is set");
    let program = stage.world.program.id.to_string();
    for days in ["3", "many"] {
        let bad = [("program", &*program), ("days", days)];
        let refused = owner.post("/admin/dormant", &bad).await.expect(422);
        assert!(refused.body.contains("days-error"));
    }
    let set = [("program", &*program), ("days", "60")];
    let _ = owner.post("/admin/dormant", &set).await.expect(303);
    assert_eq!(nudge_dormant(app).await.unwrap(), 1);
    assert_eq!(nudge_dormant(app).await.unwrap(), 0);
    let sent = stage.mails().await;
    assert_eq!(sent.len(), 1);
    assert!(sent[0].text.contains("61 days ago") && sent[0].text.contains("acme-maya"));
    assert!(sent[0].text.contains("/mails/unsubscribe/"));
    sale("o2").await;
    stage.mails().await;
    stage.app.clock.advance(61 * DAY);
    assert_eq!(nudge_dormant(app).await.unwrap(), 1, "a silence of its own");
    let sheet = owner_again(&stage).await;
    assert!(sheet.contains("maya"));
}

async fn owner_again(stage: &Stage) -> String {
    let mut owner = stage.owner().await;
    owner.get("/admin/dormant.csv").await.expect(200).body
}

#[tokio::test]
async fn g10_a_recruiter_is_named_by_hand_without_loops_and_on_the_record() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let (maya, omar) = (&stage.maya, &stage.omar);
    let set = |of: &Member| {
        let id = of.enrollment.id;
        (
            format!("/admin/enrollments/{id}/recruiter"),
            format!("recruiter-{id}"),
        )
    };
    let page = format!("/admin/partners/{}", omar.partner.id);
    let _ = owner.get(&page).await.expect(200);
    let (path, field) = set(omar);
    for wrong in ["nobody@example.com", "omar@partner.example", "<b>"] {
        let refused = owner.post(&path, &[(&field, wrong)]).await.expect(422);
        assert!(refused.body.contains(&format!("{field}-error")), "{wrong}");
    }
    let _ = owner
        .post(&path, &[(&field, " Maya@partner.example ")])
        .await
        .expect(303);
    let shown = owner.get(&page).await.expect(200);
    assert!(
        shown
            .body
            .contains(&format!("/admin/partners/{}", maya.partner.id))
    );
    let (back, name) = set(maya);
    let id = omar.partner.id.to_string();
    let refused = owner.post(&back, &[(&name, &id)]).await.expect(422);
    assert!(refused.body.contains("recruited each other"));
    let log = owner.get(&format!("{page}?tab=log")).await.expect(200);
    assert!(log.body.contains("recruiter named"));
    let _ = owner.post(&path, &[(&field, "")]).await.expect(303);
    let _ = owner.post(&back, &[(&name, &id)]).await.expect(303);
    let globex = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    let _ = stranger.post(&path, &[(&field, "")]).await.expect(404);
}

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
/// The code of that secret at the fake clock's start, by RFC 6238.
const CODE: &str = "581743";

#[tokio::test]
async fn a_partner_signs_in_with_a_second_step_and_the_team_can_take_it_away() {
    let stage = Stage::new().await;
    let mut maya = stage.portal(&stage.maya).await;
    let account = maya.get("/account").await.expect(200);
    assert!(account.body.contains("href=\"/account/totp\""));
    let _ = maya.get("/account/totp").await.expect(200);
    let wrong = [("secret", SECRET), ("code", "000000")];
    let _ = maya.post("/account/totp", &wrong).await.expect(422);
    let right = [("secret", SECRET), ("code", CODE)];
    let codes = maya.post("/account/totp", &right).await.expect(200);
    let on = maya.get("/account").await.expect(200);
    assert!(on.body.contains("/account/totp/off"));

    // A link from the mail alone opens nothing any more.
    let (tenant, id) = (stage.world.tenant, stage.maya.partner.id);
    let who = Subject::Partner(id);
    let mut tx = stage.app.app.store.write().await.unwrap();
    let purpose = comity_app::session::LinkPurpose::Demo;
    let link = comity_app::session::create_link(&mut tx, &stage.app.app, tenant, who, purpose);
    let link = link.await.unwrap();
    tx.commit().await.unwrap();
    let path = link.strip_prefix(&stage.app.app.config.base_url).unwrap();
    let mut phone = stage.app.anonymous().from_somewhere_else();
    let half = phone.get(path).await.expect(303);
    assert_eq!(made(&half), "/sign-in/code");
    let _ = phone.get("/portal").await.expect(303);
    let _ = phone.get("/sign-in/code").await.expect(200);
    let _ = phone
        .post("/sign-in/code", &[("code", CODE)])
        .await
        .expect(422);
    let spare = recovery_code(&codes.body);
    let done = phone.post("/sign-in/code", &[("code", &spare)]).await;
    assert_eq!(made(&done.expect(303)), "/portal");
    let _ = phone.get("/portal").await.expect(200);

    let mut owner = stage.owner().await;
    let page = format!("/admin/partners/{id}");
    assert!(
        owner
            .get(&page)
            .await
            .expect(200)
            .body
            .contains("second-step-off")
    );
    let mut manager = stage.app.sign_in(&stage.team, Role::Manager).await;
    let off = format!("{page}/second-step-off");
    let _ = manager.post(&off, &[]).await.expect(403);
    let _ = owner.post(&off, &[]).await.expect(303);
    let mut tx = stage.app.app.store.write().await.unwrap();
    assert_eq!(second_step::of(&mut tx, tenant, who).await.unwrap(), None);
    let fresh = SecondStep {
        secret: SECRET.to_owned(),
        last_step: 7,
        recovery_json: "[]".to_owned(),
    };
    second_step::put(&mut tx, tenant, who, &fresh)
        .await
        .unwrap();
    assert!(
        !second_step::use_step(&mut tx, tenant, who, 7)
            .await
            .unwrap()
    );
    assert!(
        second_step::use_step(&mut tx, tenant, who, 8)
            .await
            .unwrap()
    );
}

/// The first recovery code on the page: two groups of eight hexadecimal digits.
fn recovery_code(body: &str) -> String {
    let hex = |c: char| c.is_ascii_hexdigit() || c == '-';
    let found = body
        .split(|c: char| !hex(c))
        .find(|word| word.len() == 17 && word.as_bytes()[8] == b'-');
    found.expect("a recovery code").to_owned()
}
