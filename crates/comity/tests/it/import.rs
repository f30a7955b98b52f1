//! `comity import`: columns, refusals by line, resumption, nothing twice (Y11, X18).

use comity_app::integration::import::{NewImport, Plan, Work, read_file, take_up};
use comity_domain::integration::import::ImportKind;
use comity_domain::ledger::Account;
use comity_domain::{Actor, TenantId};
use comity_store::{ledger, partner};
use comity_testkit::world::World;
use serde_json::json;

use super::scene::{Scene, stderr};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");

async fn counts(scene: &Scene, tenant: TenantId) -> Vec<(String, i64)> {
    let fakes = scene.open().await;
    let mut tx = fakes.app.store.read().await.unwrap();
    let counts = partner::status_counts(&mut tx, tenant, None).await.unwrap();
    counts
        .into_iter()
        .map(|(status, n)| (status.code().to_owned(), n))
        .collect()
}

#[tokio::test]
async fn y11_a_vendors_export_comes_in_whole_and_once() {
    let (scene, world) = Scene::new().await;
    let file = format!("{DATA}/imports/rewardful_affiliates_clean.csv");
    let (code, dry) = scene.json(&["import", "partners", "--file", &file, "--dry-run"]);
    assert_eq!(
        (code, &dry["ready"], &dry["refused"]),
        (Some(0), &json!(50), &json!(0))
    );
    assert_eq!(counts(&scene, world.tenant).await, []);
    for _ in 0..2 {
        let (code, report) = scene.json(&["import", "partners", "--file", &file]);
        assert_eq!(code, Some(0), "{report}");
        assert_eq!(
            (&report["imported"], &report["refused"]),
            (&json!(50), &json!(0))
        );
        assert_eq!(report["mapping"]["slug"], "Link Token");
        let found = counts(&scene, world.tenant).await;
        assert_eq!(
            found,
            [("approved".to_owned(), 34), ("paused".to_owned(), 16)]
        );
    }
}

#[tokio::test]
async fn each_broken_row_is_named_and_the_others_go_on() {
    let (scene, world) = Scene::new().await;
    let mut bytes =
        b"Email,Name\nada@a.example,Ada\nnot an address,Ben\nJos\xe9@b.example,J\n".to_vec();
    bytes.extend(format!("cy@c.example,{}\n", "x".repeat(100_000)).into_bytes());
    bytes.extend(b"dee@d.example\nada@a.example,Again\neve@e.example,\"open\nfay@f.example,Fay\n");
    let file = scene.file("broken.csv", &bytes);
    let errors = scene.path("errors.csv");
    let line = ["import", "partners", "--file", &file, "--errors", &errors];
    let (code, report) = scene.json(&line);
    assert_eq!(code, Some(3));
    let found: Vec<_> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            (
                problem["line"].as_u64().unwrap(),
                problem["code"].as_str().unwrap(),
                problem["column"].as_str(),
            )
        })
        .collect();
    let expected = [
        (3, "not_email", Some("Email")),
        (4, "encoding", Some("Email")),
        (5, "too_long", Some("Name")),
        (6, "column_count", None),
        (7, "duplicate_row", None),
        (8, "unclosed_quote", None),
    ];
    assert_eq!(found, expected);
    assert_eq!(
        counts(&scene, world.tenant).await,
        [("approved".to_owned(), 2)]
    );
    let text = std::fs::read_to_string(errors).unwrap();
    assert!(
        text.starts_with("line,problem,Email,Name\n3,not_email,not an address,Ben\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_missing_column_is_named_with_the_way_out() {
    let (scene, world) = Scene::new().await;
    let file = scene.file("who.csv", b"Who,What\nada@a.example,Ada\n");
    let output = scene.run(&["import", "partners", "--file", &file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("mapping_incomplete: no column holds `email`"),
        "{output:?}"
    );
    assert_eq!(
        scene
            .run(&["import", "partners", "--file", &file, "--map", "Nope=email"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        scene
            .run(&["import", "partners", "--file", &file, "--map", "Who=amount"])
            .status
            .code(),
        Some(2)
    );
    let mapped = scene.run(&[
        "import",
        "partners",
        "--file",
        &file,
        "--map",
        "Who=email",
        "--map",
        "What=name",
    ]);
    assert_eq!(mapped.status.code(), Some(0), "{mapped:?}");
    assert_eq!(
        counts(&scene, world.tenant).await,
        [("approved".to_owned(), 1)]
    );
    assert_eq!(
        scene
            .run(&["import", "partners", "--file", "no-such.csv"])
            .status
            .code(),
        Some(1)
    );
}

#[tokio::test]
async fn x18_the_same_file_goes_on_where_it_stopped() {
    let (scene, world) = Scene::new().await;
    let rows: String = (0..60)
        .map(|n| format!("p{n}@many.example,P{n}\n"))
        .collect();
    let text = format!("email,name\n{rows}");
    let file = scene.file("many.csv", text.as_bytes());
    part(&scene, &world, &text).await;
    assert_eq!(
        counts(&scene, world.tenant).await,
        [("approved".to_owned(), 25)]
    );
    let (code, report) = scene.json(&["import", "partners", "--file", &file]);
    assert_eq!(
        (code, &report["resumed"], &report["imported"]),
        (Some(0), &json!(true), &json!(60))
    );
    assert_eq!(
        counts(&scene, world.tenant).await,
        [("approved".to_owned(), 60)]
    );
}

/// Works up to the first checkpoint, and no further: as a process that was killed leaves it.
async fn part(scene: &Scene, world: &World, text: &str) {
    let fakes = scene.open().await;
    let actor = Actor::System {
        tenant: world.tenant,
    };
    let input = NewImport {
        program: world.program.id,
        kind: "partners".to_owned(),
        file_name: "many.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let table = read_file(text.as_bytes()).unwrap();
    let plan = Plan::guess(ImportKind::Partners, &table, &world.program);
    let (import, _) = take_up(&fakes.app, &actor, &input, &plan).await.unwrap();
    let mut work = Work::open(&fakes.app, &actor, import.id).await.unwrap();
    work.step(&fakes.app, &actor).await.unwrap();
    fakes.app.store.close().await;
}

#[tokio::test]
async fn links_and_past_sales_follow_their_partners() {
    let (scene, world) = Scene::new().await;
    let partners = scene.file("partners.csv", b"email,name\nada@a.example,Ada\n");
    let links = scene.file(
        "links.csv",
        b"email,token,coupon\nada@a.example,ada-blog,ADA10\nben@b.example,ben,BEN\n",
    );
    let events = scene.file(
        "events.csv",
        b"order;amount;currency;date;email\n1;\"200,00\";EUR;01.12.2025;ada@a.example\n1;\"200,00\";EUR;01.12.2025;ada@a.example\n2;\"1,5\";XXQ;01.12.2025;ada@a.example\n",
    );
    assert_eq!(
        scene.json(&["import", "partners", "--file", &partners]).0,
        Some(0)
    );
    let (code, report) = scene.json(&["import", "links", "--file", &links]);
    assert_eq!(
        (code, &report["problems"][0]["code"]),
        (Some(3), &json!("partner_not_found"))
    );
    for _ in 0..2 {
        let (code, report) = scene.json(&["import", "events", "--file", &events]);
        let codes: Vec<_> = report["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["code"].as_str().unwrap())
            .collect();
        assert_eq!(
            (code, codes),
            (Some(3), vec!["duplicate_row", "not_currency"])
        );
    }
    let fakes = scene.open().await;
    let mut tx = fakes.app.store.read().await.unwrap();
    let ada = partner::by_email(&mut tx, world.tenant, "ada@a.example")
        .await
        .unwrap()
        .unwrap();
    let member = partner::enrollments(&mut tx, world.tenant, ada.id)
        .await
        .unwrap();
    // Its hold period is long over.
    let account = Account::Available(member[0].id);
    let owed = ledger::balance(&mut tx, world.tenant, account, world.program.currency);
    assert_eq!(owed.await.unwrap().minor, -2_000);
}
