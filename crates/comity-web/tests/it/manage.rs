//! What the team changes on partners and objectives, and how lists are ordered (A1, A2, E1, E4).

use comity_app::tracking::record;
use comity_domain::Role;
use comity_domain::tracking::EventKind;
use comity_testkit::web::{Client, Team, TestApp};
use comity_testkit::world::{Member, World, ten_percent};

struct Stage {
    app: TestApp,
    team: Team,
    world: World,
    maya: Member,
}

impl Stage {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let world = World::new(&app.app, "acme", &ten_percent()).await;
        let maya = world.member(&app.app, "maya").await;
        let team = app.team_of(world.tenant, "acme").await;
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
}

#[tokio::test]
async fn a_partners_data_change_with_errors_beside_their_field() {
    let stage = Stage::new().await;
    let _eve = stage.world.member(&stage.app.app, "eve").await;
    let mut owner = stage.owner().await;
    let id = stage.maya.partner.id;
    let page = format!("/admin/partners/{id}/edit");
    let form = format!("/admin/partners/{id}/profile");
    let shown = owner.get(&page).await.expect(200);
    assert!(
        shown.body.contains("maya@partner.example"),
        "{}",
        shown.body
    );
    let mut typed = [
        ("name", "Maya O."),
        ("email", "eve@partner.example"),
        ("company", "Letters"),
        ("website", ""),
        ("country", "de"),
        ("lang", "ru"),
    ];
    let taken = owner.post(&form, &typed).await.expect(422);
    assert!(taken.body.contains("Maya O.") && taken.body.contains("aria-invalid"));
    typed[1].1 = "maya@new.example";
    let saved = owner.submit(&form, &typed).await.expect(200);
    assert!(saved.body.contains("maya@new.example"), "{}", saved.body);
    let globex = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    let _ = stranger.get(&page).await.expect(404);
    let _ = stranger.get("/admin").await.expect(200);
    let _ = stranger.post(&form, &typed).await.expect(404);
}

#[tokio::test]
async fn e4_saving_groups_keeps_who_looks_after_the_partner() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let member = stage.maya.enrollment.id;
    let form = format!("/admin/enrollments/{member}/assign");
    let page = format!("/admin/partners/{}", stage.maya.partner.id);
    let shown = owner.get(&page).await.expect(200);
    let users = shown.body.split("<option value=\"usr_").nth(1).unwrap();
    let user = format!("usr_{}", users.split('"').next().unwrap());
    let _ = owner
        .submit(&form, &[("manager", user.as_str())])
        .await
        .expect(200);
    let chosen = format!("<option value=\"{user}\" selected>");
    let shown = owner.get(&page).await.expect(200);
    assert!(shown.body.contains(&chosen), "{}", shown.body);
    let again = owner.submit(&form, &[("manager", user.as_str())]).await;
    assert!(again.expect(200).body.contains(&chosen));
    let none = owner.submit(&form, &[("manager", "")]).await.expect(200);
    assert!(!none.body.contains(&chosen));
}

#[tokio::test]
async fn partners_are_ordered_by_a_number_across_pages() {
    let stage = Stage::new().await;
    let (app, world) = (&stage.app.app, &stage.world);
    for (n, name) in ["ada", "bob", "eve"].iter().enumerate() {
        let member = world.member(app, name).await;
        for sale in 0..n {
            let click = world.click(app, &member, app.now()).await;
            let order = format!("{name}-{sale}");
            let mut event = world.event(EventKind::Sale, &order, 12_000);
            event.click = Some(click);
            record(app, &world.owner, "api", event).await.unwrap();
        }
    }
    let mut owner = stage.owner().await;
    let mut path = "/admin/partners?sort=-sales&limit=1".to_owned();
    let mut seen = Vec::new();
    for _ in 0..4 {
        let page = owner.get(&path).await.expect(200);
        let row = page.body.split("class=\"rowlink\"").nth(1).unwrap();
        seen.push(row.split(['>', '<']).nth(1).unwrap().to_owned());
        let Some(next) = page.body.split("cursor=").nth(1) else {
            break;
        };
        let cursor = next.split(['"', '&']).next().unwrap();
        path = format!("/admin/partners?sort=-sales&limit=1&cursor={cursor}");
    }
    assert_eq!(seen[..2], ["eve", "bob"], "{seen:?}");
    assert_eq!(seen.len(), 4);
    let _ = owner
        .get("/admin/partners?sort=-sales&cursor=x")
        .await
        .expect(422);
}

#[tokio::test]
async fn a1_an_objective_is_set_changed_closed_and_opened_again() {
    let stage = Stage::new().await;
    let mut owner = stage.owner().await;
    let program = stage.world.program.id;
    let tab = format!("/admin/programs/{program}?tab=objectives");
    let _ = owner.get(&tab).await.expect(200);
    let mut typed = [
        ("title", "50 sales in spring"),
        ("metric", "sales"),
        ("baseline", "10"),
        ("target", "50"),
        ("due_on", "2099-05-31"),
    ];
    let form = format!("/admin/programs/{program}/objectives");
    let set = owner.submit(&form, &typed).await.expect(200);
    let id = set.body.split("/admin/objectives/").nth(1).unwrap();
    let own = format!("/admin/objectives/{}", id.split('"').next().unwrap());
    let shown = owner.get(&own).await.expect(200);
    assert!(shown.body.contains("value=\"50\""), "{}", shown.body);
    typed[3].1 = "many";
    let again = owner.post(&own, &typed).await.expect(422);
    assert!(again.body.contains("aria-invalid"));
    typed[3].1 = "60";
    let saved = owner.submit(&own, &typed).await.expect(200);
    assert!(saved.body.contains("/ 60"), "{}", saved.body);
    let status = format!("{own}/status");
    let _ = owner
        .post(&status, &[("status", "reached")])
        .await
        .expect(303);
    let shown = owner.get(&own).await.expect(200);
    assert!(shown.body.contains("value=\"open\""), "{}", shown.body);
    let globex = stage.app.team("globex").await;
    let mut stranger = stage.app.sign_in(&globex, Role::Owner).await;
    let _ = stranger.get(&own).await.expect(404);
}
