//! Settings, `doctor`, `export`, `payout`, `replay`, `completions`: what operators lean on.

use comity_domain::tracking::EventKind;
use comity_testkit::world::ten_percent;
use serde_json::json;

use super::scene::{Scene, comity, stderr};

#[tokio::test]
async fn flags_go_over_variables_over_the_file() {
    let (scene, _) = Scene::new().await;
    let data = scene.data();
    let empty = scene.path("empty");
    scene.file(
        "comity.toml",
        format!("data_dir = {empty:?}\n[smtp]\nport = 2525\n").as_bytes(),
    );
    let tenants = |arguments: &[&str], variable: bool| {
        let mut command = comity(&[&["verify", "--json"], arguments].concat());
        command
            .current_dir(scene.dir.path())
            .env_remove("COMITY_DATA_DIR");
        if variable {
            command.env("COMITY_DATA_DIR", &data);
        }
        let output = command.output().unwrap();
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        found["organisations"].as_i64().unwrap()
    };
    assert_eq!(tenants(&[], false), 0, "the file");
    assert_eq!(tenants(&[], true), 1, "the variable over it");
    assert_eq!(tenants(&["--data", &empty], true), 0, "the flag over both");
}

#[tokio::test]
async fn a_file_with_a_typing_error_is_refused() {
    let (scene, _) = Scene::new().await;
    for (text, expected) in [
        ("listn = \"x\"\n", "unknown setting `listn`"),
        ("a = 1\nlisten = [\n", "line 2"),
        ("listen = 1.5\n", "`listen` is no single value"),
    ] {
        let file = scene.file("other.toml", text.as_bytes());
        let output = scene.run(&["--config", &file, "verify"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(expected), "{output:?}");
    }
    let missing = scene.run(&["verify", "--config=no-such.toml"]);
    assert_eq!(missing.status.code(), Some(2));
}

#[tokio::test]
async fn the_doctor_says_what_to_do() {
    let (scene, _) = Scene::new().await;
    let (code, report) = scene.json(&["doctor"]);
    assert_eq!(code, Some(3), "{report}");
    let result = |report: &serde_json::Value, name: &str| {
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["check"] == name).unwrap();
        check["result"].as_str().unwrap().to_owned()
    };
    for (name, expected) in [
        ("data directory", "ok"),
        ("database", "ok"),
        ("click spool", "ok"),
        ("mail", "warn"),
    ] {
        assert_eq!(result(&report, name), expected, "{report}");
    }
    std::fs::write(scene.data().join("links.snapshot"), b"broken").unwrap();
    let missing = scene.path("no-such-file");
    let (code, report) = scene.json(&["doctor", "--database-url-file", &missing]);
    assert_eq!(code, Some(1));
    assert_eq!(
        (
            result(&report, "settings"),
            result(&report, "link snapshot")
        ),
        ("fail".to_owned(), "warn".to_owned())
    );
}

#[tokio::test]
async fn exports_are_safe_to_open_and_can_begin_at_a_day() {
    let (scene, world) = Scene::new().await;
    let fakes = scene.open().await;
    world.member(&fakes.app, "ada").await;
    let mut tx = fakes.app.store.write().await.unwrap();
    let ada = comity_store::partner::by_email(&mut tx, world.tenant, "ada@partner.example")
        .await
        .unwrap();
    let mut ada = ada.unwrap();
    "=HYPERLINK(1)".clone_into(&mut ada.name);
    comity_store::partner::update(&mut tx, &ada).await.unwrap();
    tx.commit().await.unwrap();
    fakes.app.store.close().await;
    let csv = scene.run(&["export", "partners"]);
    let text = String::from_utf8(csv.stdout).unwrap();
    assert!(
        text.starts_with("enrollment_id,partner_id,program_id,status,name,"),
        "{text}"
    );
    assert!(text.contains(",'=HYPERLINK(1),"), "{text}");
    let out = scene.path("links.jsonl");
    let links = scene.run(&["export", "links", "--format", "jsonl", "--out", &out]);
    assert_eq!(links.status.code(), Some(0), "{links:?}");
    let line: serde_json::Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    assert_eq!(line["slug"], "acme-ada");
    for (since, rows) in [("2025-12-01", 2), ("2025-12-20", 0)] {
        let csv = scene.run(&["export", "partners", "--since", since]);
        assert_eq!(String::from_utf8(csv.stdout).unwrap().lines().count(), rows);
    }
    assert_eq!(
        scene
            .run(&["export", "partners", "--since", "soon"])
            .status
            .code(),
        Some(2)
    );
}

#[tokio::test]
async fn a_draft_is_decided_over_the_past() {
    let (scene, world) = Scene::new().await;
    let fakes = scene.open().await;
    let member = world.member(&fakes.app, "ada").await;
    let click = world.click(&fakes.app, &member, fakes.app.now()).await;
    let mut sale = world.event(EventKind::Sale, "1001", 20_000);
    sale.click = Some(click);
    comity_app::tracking::record(&fakes.app, &world.owner, "api", sale)
        .await
        .unwrap();
    fakes.app.store.close().await;
    let mut draft = serde_json::to_value(ten_percent()).unwrap();
    let text = draft.to_string();
    let same = scene.file("same.json", text.as_bytes());
    let (code, report) = scene.json(&["replay", "--rules", &same]);
    assert_eq!(code, Some(0), "{report}");
    let sum = &report["summary"];
    assert_eq!(
        (&report["events"], &sum["before_minor"], &sum["after_minor"]),
        (&json!(1), &json!(2_000), &json!(2_000))
    );
    draft["rules"] = json!([]);
    let nothing = scene.file("nothing.json", draft.to_string().as_bytes());
    let (_, report) = scene.json(&["replay", "--rules", &nothing]);
    assert_eq!(
        (
            &report["summary"]["after_minor"],
            &report["summary"]["losers"]
        ),
        (&json!(0), &json!(1))
    );
    let broken = scene.file("broken.json", b"{");
    assert_eq!(
        scene.run(&["replay", "--rules", &broken]).status.code(),
        Some(1)
    );
}

#[tokio::test]
async fn payouts_are_made_in_somebodys_name() {
    let (scene, world) = Scene::new().await;
    scene.run(&["user", "create", "ada@acme.example", "--role", "finance"]);
    let secret = scene.file("password", b"a long enough password 42");
    scene.run(&[
        "user",
        "password",
        "ada@acme.example",
        "--password-file",
        &secret,
    ]);
    let fakes = scene.open().await;
    world.member(&fakes.app, "ben").await;
    fakes.app.store.close().await;
    let nobody = scene.run(&["payout", "preview", "--as", "nobody@acme.example"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert_eq!(scene.run(&["payout", "preview"]).status.code(), Some(2));
    let (code, list) = scene.json(&["payout", "list", "--as", "ada@acme.example"]);
    assert_eq!((code, &list["batches"]), (Some(0), &json!([])));
    let (code, _) = scene.json(&["payout", "preview", "--as", "ada@acme.example"]);
    assert_eq!(code, Some(0));
    let nothing = scene.run(&["payout", "create", "--as", "ada@acme.example"]);
    assert!(stderr(&nothing).contains("nothing_to_pay"), "{nothing:?}");
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let output = comity(&["completions", shell]).output().unwrap();
        assert!(
            String::from_utf8(output.stdout).unwrap().contains("comity"),
            "{shell}"
        );
    }
}
