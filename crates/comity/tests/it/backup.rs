//! `comity backup`, `restore`, `copy`: nothing is lost on any of these ways, and nothing overwritten.

use comity_domain::tracking::EventKind;
use comity_testkit::database::postgres_url;
use comity_testkit::world::World;
use serde_json::json;

use super::scene::{Scene, stderr};

/// A year's worth of everything would prove no more: a click, two sales, their journals.
async fn lively() -> (Scene, World) {
    let (scene, world) = Scene::new().await;
    let fakes = scene.open().await;
    let member = world.member(&fakes.app, "ada").await;
    let click = world.click(&fakes.app, &member, fakes.app.now()).await;
    for (order, cents) in [("1001", 20_000), ("1002", 5_000)] {
        let mut event = world.event(EventKind::Sale, order, cents);
        event.click = Some(click);
        let recorded = comity_app::tracking::record(&fakes.app, &world.owner, "api", event).await;
        recorded.unwrap();
    }
    fakes.app.store.close().await;
    (scene, world)
}

fn export(scene: &Scene, data: &str) -> String {
    let output = scene.run(&["export", "commissions", "--format", "jsonl", "--data", data]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    text
}

#[tokio::test]
async fn a_backup_of_a_database_in_use_comes_back_whole() {
    let (scene, _) = lively().await;
    let data = scene.data();
    // The server's part: the database stays open, and clicks wait in the spool.
    let fakes = scene.open().await;
    std::fs::create_dir_all(data.join("spool")).unwrap();
    std::fs::write(data.join("spool/segment-1"), b"waiting").unwrap();
    std::fs::write(data.join("spool/spare-2"), b"nothing").unwrap();
    assert_eq!(scene.run(&["user", "list"]).status.code(), Some(0));
    let to = scene.path("saved");
    let (code, report) = scene.json(&["backup", &to]);
    assert_eq!((code, &report["files"]), (Some(0), &json!(3)), "{report}");
    fakes.app.store.close().await;
    let before = export(&scene, data.to_str().unwrap());
    let restored = scene.path("restored");
    let (code, report) = scene.json(&["restore", &to, "--data", &restored]);
    assert_eq!(
        (code, &report["verified"], &report["kept"]),
        (Some(0), &json!(true), &json!(null))
    );
    assert_eq!(export(&scene, &restored), before);
    let spool = std::fs::read(scene.dir.path().join("restored/spool/segment-1")).unwrap();
    assert_eq!(spool, b"waiting");
    assert!(!scene.dir.path().join("restored/spool/spare-2").exists());
    assert_eq!(
        scene.run(&["backup", &to]).status.code(),
        Some(1),
        "over an older one"
    );
}

#[tokio::test]
async fn nothing_is_overwritten_and_no_damaged_backup_is_restored() {
    let (scene, _) = lively().await;
    let to = scene.path("saved");
    assert_eq!(scene.run(&["backup", &to]).status.code(), Some(0));
    let data = scene.data();
    let refused = scene.run(&["restore", &to]);
    assert!(stderr(&refused).contains("is not empty"), "{refused:?}");
    let (code, report) = scene.json(&["restore", &to, "--force"]);
    let kept = scene.path("data.before-restore");
    assert_eq!((code, &report["kept"]), (Some(0), &json!(kept)));
    assert_eq!(
        export(&scene, &kept),
        export(&scene, data.to_str().unwrap())
    );
    assert_eq!(
        scene.run(&["restore", &to, "--force"]).status.code(),
        Some(1),
        "would lose the older one"
    );
    let copied = scene.run(&["copy", "--from", &to, "--to", &scene.path("copied")]);
    assert!(stderr(&copied).contains("is a backup"), "{copied:?}");
    let file = scene.dir.path().join("saved/comity.db");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[5_000] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let damaged = scene.run(&["restore", &to, "--data", &scene.path("other")]);
    assert!(
        stderr(&damaged).contains("comity.db is not as it was written"),
        "{damaged:?}"
    );
    assert!(!scene.dir.path().join("other").exists());
}

#[tokio::test]
async fn a_copy_to_postgres_and_back_is_the_same() {
    let (scene, _) = lively().await;
    let data = scene.data();
    let data = data.to_str().unwrap();
    let url = postgres_url().await;
    let (code, there) = scene.json(&["copy", "--from", data, "--to", &url]);
    assert_eq!(
        (code, &there["verified"], &there["to"]),
        (Some(0), &json!(true), &json!("postgres"))
    );
    let again = scene.run(&["copy", "--from", data, "--to", &url]);
    assert!(
        stderr(&again).contains("the target is not empty"),
        "{again:?}"
    );
    let back = scene.path("back");
    let (code, report) = scene.json(&["copy", "--from", &url, "--to", &back]);
    assert_eq!((code, &report["rows"]), (Some(0), &there["rows"]));
    assert_eq!(export(&scene, &back), export(&scene, data));
}

#[tokio::test]
async fn a_backup_of_postgres_is_restored_into_either() {
    let (scene, _) = lively().await;
    let data = scene.data();
    let data = data.to_str().unwrap();
    let (url, other) = (postgres_url().await, postgres_url().await);
    assert_eq!(
        scene
            .run(&["copy", "--from", data, "--to", &url])
            .status
            .code(),
        Some(0)
    );
    let held = scene.file("url", url.as_bytes());
    let to = scene.path("saved");
    let (code, report) = scene.json(&["backup", &to, "--database-url-file", &held]);
    assert_eq!(
        (code, &report["engine"]),
        (Some(0), &json!("postgres")),
        "{report}"
    );
    let restored = scene.path("restored");
    assert_eq!(
        scene.json(&["restore", &to, "--data", &restored]).0,
        Some(0)
    );
    assert_eq!(export(&scene, &restored), export(&scene, data));
    let elsewhere = scene.path("elsewhere");
    let (code, report) = scene.json(&[
        "restore",
        &to,
        "--data",
        &elsewhere,
        "--database-url",
        &other,
    ]);
    assert_eq!((code, &report["engine"]), (Some(0), &json!("postgres")));
    assert!(!scene.dir.path().join("elsewhere/comity.db").exists());
    let verified = scene.run(&["verify", "--data", &elsewhere, "--database-url", &other]);
    assert_eq!(verified.status.code(), Some(0), "{verified:?}");
}
