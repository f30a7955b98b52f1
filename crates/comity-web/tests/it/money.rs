//! Results and money on the team's pages: overview, commissions, payouts, traces
//! (G9, J1, J2, K1, K2, T1, X1).

use comity_app::commission::release_due;
use comity_app::payout::{self, MethodChange};
use comity_app::tracking::record;
use comity_domain::payout::{MethodFields, Rail};
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, CommissionId, Role};
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
}

impl Stage {
    /// Maya has sold for 1,200.00 and earned 120.00, still in its refund period.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 120_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        record(&app.app, &world.owner, "api", sale).await.unwrap();
        Self {
            app,
            team,
            world,
            maya,
        }
    }

    async fn owner(&self) -> Client {
        self.app.sign_in(&self.team, Role::Owner).await
    }

    async fn commission(&self) -> CommissionId {
        let filter = comity_app::commission::Filter::default();
        let rows =
            comity_app::commission::list(&self.app.app, &self.world.owner, &filter, None, 2).await;
        rows.unwrap()[0].commission.id
    }

    /// The refund period is over and Maya has given an account that rests no more.
    async fn due(&self) {
        self.app.clock.advance(31 * DAY);
        release_due(&self.app.app).await.unwrap();
        let partner = Actor::Partner {
            tenant: self.world.tenant,
            id: self.maya.partner.id,
            impersonator: None,
        };
        let change = MethodChange {
            partner: self.maya.partner.id,
            rail: Rail::Sepa,
            fields: MethodFields {
                holder: "Maya Okafor".to_owned(),
                iban: "DE89370400440532013000".to_owned(),
                ..MethodFields::default()
            },
        };
        let set = payout::set_method(&self.app.app, &partner, change).await;
        drop(set.unwrap());
    }
}

#[tokio::test]
async fn t1_the_overview_adds_up_one_program_and_keeps_others_out() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let page = owner.get("/admin?period=7d").await.expect(200);
    assert!(page.body.contains("1,200.00"), "{}", page.body);
    assert!(page.body.contains("maya"), "the feed names the partner");
    let id = stage.world.program.id;
    for bad in [
        "/admin?program=nothing".to_owned(),
        format!("/admin?program={id}x"),
    ] {
        let _ = owner.get(&bad).await.expect(404);
    }
    let stranger = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger
        .get(&format!("/admin?program={id}"))
        .await
        .expect(404);
    let empty = stranger.get("/admin").await.expect(200);
    assert!(empty.body.contains("/admin/programs/new"));
}

#[tokio::test]
async fn j2_a_commission_is_held_with_a_reason_released_and_declined() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let path = format!("/admin/commissions/{}", stage.commission().await);
    let act = format!("{path}/act");
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("120.00") && page.body.contains("order-1"));
    let text = "We look at the order.";
    let hold = [
        ("act", "hold"),
        ("hold_reason", "manual"),
        ("hold_text", text),
    ];
    let _ = owner.post(&act, &hold).await.expect(303);
    let held = owner.get("/admin/commissions?state=held").await.expect(200);
    assert!(held.body.contains("maya"));
    assert!(owner.get(&path).await.expect(200).body.contains(text));
    let _ = owner
        .post(&act, &[("act", "hold"), ("hold_reason", "x")])
        .await
        .expect(422);
    let long = "x".repeat(1_001);
    let kept = [
        ("act", "reject"),
        ("reject_reason", "refund"),
        ("reject_text", &*long),
    ];
    assert!(
        owner
            .post(&act, &kept)
            .await
            .expect(422)
            .body
            .contains(&long)
    );
    let release = [("act", "release"), ("hold_reason", "manual")];
    let _ = owner.post(&act, &release).await.expect(303);
    let reject = [
        ("act", "reject"),
        ("reject_reason", "test"),
        ("reject_text", ""),
    ];
    let _ = owner.post(&act, &reject).await.expect(303);
    let sheet = owner
        .get("/admin/commissions.csv?state=rejected")
        .await
        .expect(200);
    assert!(sheet.body.contains("order-1"), "{}", sheet.body);
    let stranger = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&stranger, Role::Owner).await;
    let _ = stranger.get(&path).await.expect(404);
}

#[tokio::test]
async fn j1_chosen_commissions_are_approved_together() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let _ = owner.get("/admin/commissions").await.expect(200);
    let id = stage.commission().await.to_string();
    let _ = owner
        .post("/admin/commissions/bulk", &[("id", &id)])
        .await
        .expect(303);
    let approved = owner
        .get("/admin/commissions?state=approved")
        .await
        .expect(200);
    assert!(approved.body.contains(&id));
}

#[tokio::test]
async fn k1_a_run_is_planned_approved_sent_and_settled_by_forms() {
    let stage = Stage::new().await;
    stage.due().await;
    let mut owner = stage.owner().await;
    let _ = owner.get("/admin/settings/payouts").await.expect(200);
    let wrong = [("iban", "DE00"), ("name", "Acme")];
    let refused = owner
        .post("/admin/settings/payouts", &wrong)
        .await
        .expect(422);
    assert!(refused.body.contains("DE00"), "typed values are kept");
    let right = [
        ("iban", "DE89 3704 0044 0532 0130 00"),
        ("name", "Acme"),
        ("bic", ""),
    ];
    let _ = owner
        .post("/admin/settings/payouts", &right)
        .await
        .expect(303);
    let _ = owner.get("/admin/payouts").await.expect(200);
    stage.app.clock.advance(8 * DAY);
    let mut owner = stage.owner().await;
    let due = owner.get("/admin/payouts").await.expect(200);
    assert!(due.body.contains("120.00"), "{}", due.body);
    let program = stage.world.program.id.to_string();
    let plan = [("program", &*program), ("all", "1")];
    let planned = owner.post("/admin/payouts/plan", &plan).await.expect(303);
    let path = planned.header("location").to_owned();
    let page = owner.get(&path).await.expect(200);
    assert!(page.body.contains("120.00") && !page.body.contains("DE89370400440532013000"));
    let _ = owner.get(&format!("{path}/file")).await.expect(404);
    for step in ["approve", "sent", "settle"] {
        let done = owner.post(&format!("{path}/{step}"), &[]).await.expect(303);
        assert_eq!(done.header("location"), path, "{step}");
    }
    let settled = owner.get(&path).await.expect(200);
    assert!(
        !settled.body.contains(&format!("{path}/settle")),
        "nothing is left to do"
    );
    let file = owner.get(&format!("{path}/file")).await.expect(200);
    assert!(!file.body.is_empty());
    let again = owner.post(&format!("{path}/settle"), &[]).await.expect(303);
    assert_eq!(again.header("location"), path);
    let mut manager = stage.app.sign_in(&stage.team, Role::Manager).await;
    let _ = manager.get(&path).await.expect(200);
    let _ = manager
        .post(&format!("{path}/approve"), &[])
        .await
        .expect(403);
}

#[tokio::test]
async fn x1_an_order_is_traced_to_its_partner_and_amount() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let page = owner.get("/admin/trace?id=order-1").await.expect(200);
    assert!(
        page.body.contains("maya") && page.body.contains("120.00"),
        "{}",
        page.body
    );
    let none = owner.get("/admin/trace?id=order-2").await.expect(200);
    assert!(!none.body.contains("120.00"));
    let events = owner.get("/admin/events?kind=sale").await.expect(200);
    assert!(events.body.contains("/admin/trace?id=order-1"));
    let _ = owner.get("/admin/customers").await.expect(200);
    let stranger = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&stranger, Role::Owner).await;
    let theirs = stranger.get("/admin/trace?id=order-1").await.expect(200);
    assert!(!theirs.body.contains("120.00"));
}

#[tokio::test]
async fn k6_rates_are_read_in_shown_by_day_and_refused_with_the_place() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let empty = owner.get("/admin/settings/rates").await.expect(200);
    assert!(empty.body.contains("type=\"file\""));
    let keys = stage.app.key(&stage.team, &comity_domain::Scope::ALL).await;
    let mut api = stage.app.with_key(&keys);
    let body = |csv: &str| serde_json::json!({ "csv": csv });
    let post = axum::http::Method::POST;
    let path = "/api/v1/exchange-rates";
    let good = body("Date,USD,GBP\n2025-12-12,1.25,0.85\n2025-12-11,1.24,0.86\n");
    let done = api.json(post.clone(), path, &good).await.expect(201);
    assert!(done.body.contains("\"new_days\":2"), "{}", done.body);
    let hole = body("Date,USD\n2025-12-17,1.2\n");
    let refused = api.json(post, path, &hole).await.expect(422);
    assert!(refused.body.contains("2025-12-15"), "{}", refused.body);
    let listed = api.get(path).await.expect(200);
    assert!(listed.body.contains("\"USD\":\"1.25\""), "{}", listed.body);
    let page = owner
        .get("/admin/settings/rates?currency=GBP")
        .await
        .expect(200);
    assert!(page.body.contains("GBP\u{a0}0.85") && !page.body.contains("USD\u{a0}1.25"));
    let sheet = owner.get("/admin/settings/rates.csv").await.expect(200);
    assert!(sheet.body.contains("2025-12-12,USD,1.25,ecb"));
    let mut analyst = stage.app.sign_in(&stage.team, Role::Analyst).await;
    let page = analyst.get("/admin/settings/rates").await.expect(200);
    assert!(!page.body.contains("type=\"file\""));
}

#[tokio::test]
async fn k2_schedule_limits_and_the_switch_are_set_by_forms() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let program = stage.world.program.id.to_string();
    let page = format!("/admin/payouts/rules?program={program}");
    let _ = owner.get(&page).await.expect(200);
    let wrong = [
        ("program", &*program),
        ("schedule", "monthly"),
        ("day", "45"),
        ("run_cap", "many"),
    ];
    let refused = owner.post("/admin/payouts/rules", &wrong).await.expect(422);
    assert!(refused.body.contains("value=\"many\""), "kept as typed");
    let right = [
        ("program", &*program),
        ("schedule", "monthly"),
        ("day", "31"),
        ("run_cap", "5000.00"),
        ("partners_may_ask", "1"),
    ];
    let _ = owner.post("/admin/payouts/rules", &right).await.expect(303);
    let kept = owner.get(&page).await.expect(200);
    assert!(kept.body.contains("value=\"5000.00\""));
    let stop = "/admin/settings/payouts/stop";
    let _ = owner.post(stop, &[("reason", "")]).await.expect(422);
    let _ = owner
        .post(stop, &[("reason", "A file looks wrong")])
        .await
        .expect(303);
    for path in ["/admin/payouts", "/admin/settings/payouts"] {
        let page = owner.get(path).await.expect(200);
        assert!(page.body.contains("A file looks wrong"), "{path}");
    }
    let mut manager = stage.app.sign_in(&stage.team, Role::Manager).await;
    let resume = "/admin/settings/payouts/resume";
    let _ = manager.post(resume, &[]).await.expect(403);
    let _ = owner.post(resume, &[]).await.expect(303);
    let page = owner.get("/admin/payouts").await.expect(200);
    assert!(!page.body.contains("A file looks wrong"));
}

#[tokio::test]
async fn k3_a_partner_asks_for_a_payout_in_the_portal() {
    let stage = Stage::new().await;
    stage.due().await;
    stage.app.clock.advance(8 * DAY);
    let partner = stage.world.tenant;
    let mut maya = stage
        .app
        .sign_in_partner(partner, stage.maya.partner.id)
        .await;
    let before = maya.get("/portal/payouts").await.expect(200);
    assert!(!before.body.contains("/portal/payouts/ask"));
    let rules = comity_domain::payout::PayoutRules {
        partners_may_ask: true,
        ..comity_domain::payout::PayoutRules::default()
    };
    let id = stage.world.program.id;
    comity_app::payout::set_program_rules(&stage.app.app, &stage.world.owner, id, rules)
        .await
        .unwrap();
    let page = maya.get("/portal/payouts").await.expect(200);
    assert!(page.body.contains("/portal/payouts/ask"), "{}", page.body);
    let _ = maya.post("/portal/payouts/ask", &[]).await.expect(303);
    let after = maya.get("/portal/payouts").await.expect(200);
    assert!(!after.body.contains("/portal/payouts/ask"), "one at a time");
    let mut owner = stage.owner().await;
    let runs = owner.get("/admin/payouts").await.expect(200);
    assert!(runs.body.contains("120.00"));
}

#[tokio::test]
async fn provider_credentials_are_never_shown_and_debts_have_a_page() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    for path in [
        "/admin/settings/payouts/providers",
        "/admin/payouts/attention",
        "/admin/payouts/debts",
        "/admin/payouts/debts.csv",
    ] {
        let _ = owner.get(path).await.expect(200);
    }
    let path = "/admin/settings/payouts/providers/stripe";
    let wrong = [("stripe_secret", "two words")];
    let refused = owner.post(path, &wrong).await;
    assert!(
        !refused.body.contains("two words"),
        "secrets are not repeated"
    );
    let _ = owner
        .post("/admin/settings/payouts/providers/sepa", &[])
        .await
        .expect(404);
}

#[tokio::test]
async fn the_nacha_sender_is_refused_beside_its_fields() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let path = "/admin/settings/payouts/nacha";
    let _ = owner.get(path).await.expect(200);
    let mut input = vec![
        ("bank", "231380105"),
        ("bank_name", "Citadel"),
        ("origin", "121042882"),
        ("origin_name", "Acme"),
        ("company_name", "Acme"),
        ("company_id", "1210428822"),
        ("odfi", "121042882"),
    ];
    let refused = owner.post(path, &input).await.expect(422);
    assert!(refused.body.contains("231380105") && refused.body.contains("bank-error"));
    input[0].1 = "231380104";
    let _ = owner.post(path, &input).await.expect(303);
    assert!(owner.get(path).await.expect(200).body.contains("231380104"));
}
