//! `comity user`: the team from the server itself.

use comity_app::session::{Client, Login, login, use_link};
use serde_json::json;

use super::scene::{Scene, stderr};

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[tokio::test]
async fn somebody_is_added_shut_out_and_let_in_again() {
    let (scene, _) = Scene::new().await;
    let created = scene.run(&[
        "user",
        "create",
        "Ada@Acme.example",
        "--role",
        "owner",
        "--public-url",
        "https://p.acme.example/",
    ]);
    let link = String::from_utf8(created.stdout).unwrap();
    assert!(link.starts_with("https://p.acme.example/invite/"), "{link}");
    let secret = scene.file("password", b"a long enough password 42\n");
    let set = scene.run(&[
        "user",
        "password",
        "ada@acme.example",
        "--password-file",
        &secret,
    ]);
    assert_eq!(set.status.code(), Some(0), "{set:?}");
    assert_eq!(sign_in(&scene).await, Ok(()));
    // Another owner must remain.
    let refused = scene.run(&["user", "disable", "ada@acme.example"]);
    assert!(stderr(&refused).contains("last_owner"), "{refused:?}");
    scene.run(&["user", "create", "ben@acme.example", "--role", "owner"]);
    let secret = scene.file("password", b"another long password 43");
    scene.run(&[
        "user",
        "password",
        "ben@acme.example",
        "--password-file",
        &secret,
    ]);
    assert_eq!(
        scene
            .run(&["user", "disable", "ada@acme.example"])
            .status
            .code(),
        Some(0)
    );
    assert!(sign_in(&scene).await.is_err());
    assert_eq!(
        scene
            .run(&["user", "login-link", "ada@acme.example"])
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        scene
            .run(&["user", "enable", "ada@acme.example"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        scene
            .run(&["user", "role", "ada@acme.example", "finance"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        scene
            .run(&["user", "reset-totp", "ada@acme.example"])
            .status
            .code(),
        Some(0)
    );
    let (_, list) = scene.json(&["user", "list"]);
    let roles: Vec<_> = list["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| (&user["email"], &user["role"]))
        .collect();
    assert!(
        roles.contains(&(&json!("Ada@acme.example"), &json!("finance"))),
        "{list}"
    );
}

async fn sign_in(scene: &Scene) -> Result<(), String> {
    let fakes = scene.open().await;
    let input = Login {
        email: "ada@acme.example".to_owned(),
        password: "a long enough password 42".to_owned(),
        client: Client {
            ip: String::new(),
            user_agent: String::new(),
        },
    };
    let result = login(&fakes.app, &input).await;
    fakes.app.store.close().await;
    result.map(drop).map_err(|error| error.code().to_owned())
}

#[tokio::test]
async fn a_login_link_works_once() {
    let (scene, _) = Scene::new().await;
    scene.run(&["user", "create", "ada@acme.example", "--role", "analyst"]);
    let secret = scene.file("password", b"a long enough password 42");
    scene.run(&[
        "user",
        "password",
        "ada@acme.example",
        "--password-file",
        &secret,
    ]);
    let output = scene.run(&["user", "login-link", "ada@acme.example"]);
    let link = String::from_utf8(output.stdout).unwrap();
    let value = link.trim().rsplit('/').next().unwrap();
    let fakes = scene.open().await;
    let client = Client {
        ip: String::new(),
        user_agent: String::new(),
    };
    assert!(use_link(&fakes.app, value, &client).await.is_ok());
    assert!(use_link(&fakes.app, value, &client).await.is_err());
    let nobody = scene.run(&["user", "login-link", "nobody@acme.example"]);
    assert_eq!(nobody.status.code(), Some(1));
    let wrong = scene.run(&["user", "create", "x@acme.example", "--role", "king"]);
    assert_eq!(wrong.status.code(), Some(2));
}
