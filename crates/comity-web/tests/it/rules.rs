//! The editor of reward rules: form, order, text, versions, simulation (H1–H12, X3).

use comity_app::commission::simulation;
use comity_app::job::{Registry, run_due};
use comity_app::tracking::record;
use comity_domain::Role;
use comity_domain::commission::Item;
use comity_domain::tracking::EventKind;
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{World, ten_percent};

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    rules: String,
}

impl Stage {
    /// A program at ten per cent with one sale of 1,200.00 by Maya.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let _ = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
        let mut sale = world.event(EventKind::Sale, "order-1", 120_000);
        sale.coupons = vec!["MAYA10".to_owned()];
        sale.items = vec![Item {
            product: "pro".to_owned(),
            sku: None,
            category: None,
            quantity: 1,
            net: sale.net,
        }];
        record(&app.app, &world.owner, "api", sale).await.unwrap();
        let rules = format!("/admin/programs/{}/rules", world.program.id);
        Self {
            app,
            team,
            world,
            rules,
        }
    }

    async fn owner(&self) -> Client {
        self.app.sign_in(&self.team, Role::Owner).await
    }

    async fn run_jobs(&self) {
        let registry = Registry::default().with(simulation::JOB, simulation::run);
        while run_due(&self.app.app, &registry).await.unwrap() > 0 {}
    }
}

/// A share of renewals of Pro by German customers, at most 50.00 per order.
const GERMAN_PRO: [(&str, &str); 16] = [
    ("do", "save"),
    ("name", "German Pro"),
    ("scope", "program"),
    ("on_renewal", "1"),
    ("g0_join", "all"),
    ("c0_test", "product"),
    ("c0_group", "0"),
    ("c0_list", "pro"),
    ("c1_test", "customer_country"),
    ("c1_group", "0"),
    ("c1_list", "de, at"),
    ("reward", "percent"),
    ("rate", "25"),
    ("k0_limit", "50"),
    ("k0_per", "order"),
    ("lasts", "lifetime"),
];

#[tokio::test]
async fn a_rule_goes_from_the_form_to_a_version_and_the_example_follows() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let rules = &stage.rules;
    let page = browser.get(&format!("{rules}/edit?reward=percent")).await;
    let _ = page.expect(200);
    let page = browser
        .submit(&format!("{rules}/edit"), &GERMAN_PRO)
        .await
        .expect(200);
    assert!(
        page.body
            .contains("product is pro and the customer’s country is DE or AT")
    );
    assert!(
        page.body.contains("&quot;percent&quot;: 2500"),
        "the text follows the form"
    );
    let up = [("act", "up"), ("rule", "german-pro")];
    let _ = browser
        .submit(&format!("{rules}/change"), &up)
        .await
        .expect(200);
    let example = "?ex=1&ex_amount=120&ex_kind=renewal&ex_product=pro&ex_country=de";
    let page = browser.get(&format!("{rules}{example}")).await.expect(200);
    assert!(
        page.body.contains("the partner gets €30.00"),
        "25 % of 120.00"
    );
    let page = browser.get(&format!("{rules}/publish")).await.expect(200);
    assert!(page.body.contains("German Pro"));
    let form = [("apply_to", "new_events"), ("note", "for Pro")];
    let page = browser
        .submit(&format!("{rules}/publish"), &form)
        .await
        .expect(200);
    assert!(page.body.contains("version 2"));
    let page = browser
        .get(&format!("{rules}/versions/2"))
        .await
        .expect(200);
    assert!(page.body.contains("for Pro") && page.body.contains("German Pro"));
    let back = [("act", "restore"), ("version", "1")];
    let page = browser
        .submit(&format!("{rules}/change"), &back)
        .await
        .expect(200);
    assert!(
        !page.body.contains("German Pro"),
        "version 1 is the draft again"
    );
    let page = browser
        .submit(&format!("{rules}/change"), &[("act", "undo")])
        .await;
    assert!(page.expect(200).body.contains("German Pro"));
}

#[tokio::test]
async fn bad_input_is_refused_beside_its_field_and_kept() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let edit = format!("{}/edit", stage.rules);
    let with = |changes: &[(&'static str, &'static str)]| {
        let mut form = GERMAN_PRO.to_vec();
        for (name, value) in changes {
            form.retain(|(known, _)| known != name);
            form.push((name, value));
        }
        form
    };
    for (changes, field, kept) in [
        (vec![("rate", "a lot")], "rate-error", "a lot"),
        (vec![("rate", "120")], "rate-error", "120"),
        (vec![("name", "")], "name-error", "pro"),
        (vec![("c1_list", "Germany")], "c1_list-error", "Germany"),
        (
            vec![("reward", "flat"), ("sum", "80")],
            "k0_limit-error",
            "80",
        ),
        (
            vec![("reward", "flat"), ("sum", "99999999999999999")],
            "sum-error",
            "99999999999999999",
        ),
        (
            vec![("scope", "partner"), ("partner", "nobody@x.example")],
            "partner-error",
            "nobody@x",
        ),
    ] {
        let page = browser.post(&edit, &with(&changes)).await.expect(422);
        assert!(
            page.body.contains(&format!("id=\"{field}\"")),
            "{field}: {changes:?}"
        );
        assert!(page.body.contains(kept), "{kept} is kept");
    }
    let tiers = with(&[
        ("reward", "tiers"),
        ("measure", "count"),
        ("mode", "marginal"),
        ("t0_from", "1"),
        ("t0_to", "5"),
        ("t0_value", "10"),
        ("t1_from", "8"),
        ("t1_value", "15"),
    ]);
    let page = browser.post(&edit, &tiers).await.expect(422);
    assert!(page.body.contains("t0_to-error"), "tiers with a gap");
    let page = browser.get(&stage.rules).await.expect(200);
    assert!(!page.body.contains("German Pro"), "nothing is half-written");
}

#[tokio::test]
async fn rows_come_and_go_without_losing_what_was_typed() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let edit = format!("{}/edit", stage.rules);
    let mut form = GERMAN_PRO.to_vec();
    form[0] = ("do", "test:1");
    form.push(("g1_add", "metadata"));
    let page = browser.post(&edit, &form).await.expect(200);
    assert!(page.body.contains("name=\"c2_key\"") && page.body.contains("German Pro"));
    form[0] = ("do", "drop:c0_");
    let page = browser.post(&edit, &form).await.expect(200);
    assert!(!page.body.contains("name=\"c0_list\"") && page.body.contains("name=\"c1_list\""));
}

#[tokio::test]
async fn the_text_is_taken_or_refused_with_its_place() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let text = format!("{}/text", stage.rules);
    let broken = [("body", "{\"rules\":[\n")];
    let page = browser.post(&text, &broken).await.expect(422);
    assert!(page.body.contains("{&quot;rules&quot;:[") && page.body.contains("line 2"));
    let unreachable = r#"{"rules":[{"id":"a","name":"A","reward":{"percent":100}},{"id":"b","name":"B","reward":{"percent":200}}]}"#;
    let page = browser
        .submit(&text, &[("body", unreachable)])
        .await
        .expect(200);
    assert!(page.body.contains("One thing must be mended"));
    let form = [("apply_to", "new_events")];
    let _ = browser
        .post(&format!("{}/publish", stage.rules), &form)
        .await
        .expect(422);
}

#[tokio::test]
async fn a_simulation_runs_and_only_then_the_past_can_be_changed() {
    let stage = Stage::new().await;
    let mut browser = stage.owner().await;
    let rules = &stage.rules;
    let doubled = r#"{"rules":[{"id":"percent","name":"Double","reward":{"percent":2000}}]}"#;
    let _ = browser
        .submit(&format!("{rules}/text"), &[("body", doubled)])
        .await
        .expect(200);
    let all = [("apply_to", "all"), ("confirmed", "1")];
    let _ = browser
        .post(&format!("{rules}/publish"), &all)
        .await
        .expect(422);
    let started = browser
        .post(&format!("{rules}/replay"), &[("whole", "1")])
        .await
        .expect(303);
    let path = started.header("location").to_owned();
    assert!(
        browser
            .get(&path)
            .await
            .expect(200)
            .body
            .contains("every 1s")
    );
    stage.run_jobs().await;
    let page = browser.get(&path).await.expect(200);
    for part in ["€120.00", "€240.00", "maya"] {
        assert!(page.body.contains(part), "{part}");
    }
    let sheet = browser
        .get(&format!("{path}/partners.csv"))
        .await
        .expect(200);
    assert!(sheet.body.contains("120.00,240.00,120.00,EUR"));
    let unsure = [("apply_to", "all")];
    let page = browser
        .post(&format!("{rules}/publish"), &unsure)
        .await
        .expect(422);
    assert!(page.body.contains("confirmed-error"));
    let _ = browser
        .post(&format!("{rules}/publish"), &all)
        .await
        .expect(303);
    let wrong = [
        ("from", "yesterday"),
        ("to", "2026-01-01"),
        ("margin", "60"),
    ];
    let page = browser
        .post(&format!("{rules}/replay"), &wrong)
        .await
        .expect(422);
    assert!(page.body.contains("from-error") && page.body.contains("yesterday"));
    let other = World::new(&stage.app.app, "other", &ten_percent()).await;
    let foreign = format!("/admin/programs/{}/rules", other.program.id);
    let _ = browser.get(&foreign).await.expect(404);
    assert_ne!(stage.world.tenant, other.tenant);
}
