//! Every list of the admin app can be searched, says so when nothing fits, goes on by cursor and can
//! be saved as a file; exports are limited, all of them together.

use comity_domain::Role;
use comity_domain::time::MINUTE;
use comity_testkit::web::{Client, TestApp};
use comity_testkit::world::{World, ten_percent};
use comity_web::Audience;

/// Lists without a search: what is due and what is owed are read whole, by program.
const WITHOUT_SEARCH: [&str; 2] = ["/admin/payouts", "/admin/payouts/debts"];

/// Fits nothing.
const NOTHING: &str = "zzz-nothing-is-called-so";

async fn owner() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let world = World::new(&app.app, "acme", &ten_percent()).await;
    let _ = world.member(&app.app, "maya").await;
    let team = app.team_of(world.tenant, "acme").await;
    let browser = app.sign_in(&team, Role::Owner).await;
    (app, browser)
}

/// Paths of the lists that have an export beside them.
fn lists() -> Vec<&'static str> {
    let routes = comity_web::routes();
    let team = |audience| matches!(audience, Audience::Team(_));
    routes
        .list()
        .iter()
        .filter(|route| team(route.audience) && !route.path.contains('{'))
        .filter_map(|route| route.path.strip_suffix(".csv"))
        .collect()
}

#[tokio::test]
async fn every_list_can_be_searched_and_saved() {
    let (app, mut browser) = owner().await;
    let all = lists();
    assert!(all.len() > 20, "{all:?}");
    for path in all {
        app.clock.advance(MINUTE);
        let _ = browser.get(&format!("{path}.csv")).await.expect(200);
        if WITHOUT_SEARCH.contains(&path) {
            continue;
        }
        let page = browser
            .get(&format!("{path}?q={NOTHING}"))
            .await
            .expect(200);
        for part in ["name=\"q\"", "class=\"empty\""] {
            assert!(page.body.contains(part), "{path}: {part}");
        }
        let (_, link) = page
            .body
            .split_once(&format!("href=\"{path}.csv?"))
            .expect(path);
        let narrowed = link.split('"').next().unwrap().contains(NOTHING);
        assert!(narrowed, "{path}: the export forgets the search");
        app.clock.advance(MINUTE);
        let file = format!("{path}.csv?q={NOTHING}");
        let file = browser.get(&file).await.expect(200);
        assert_eq!(file.body.lines().count(), 1, "{path}: {}", file.body);
    }
}

#[tokio::test]
async fn the_tabs_of_rewards_are_lists_too() {
    let (_app, mut browser) = owner().await;
    for tab in ["", "customers", "catalogue", "badges"] {
        let query = format!("tab={tab}&q={NOTHING}");
        let page = browser.get(&format!("/admin/rewards?{query}")).await;
        let page = page.expect(200);
        assert!(page.body.contains("name=\"q\""), "{tab}");
        assert!(page.body.contains("class=\"empty\""), "{tab}");
        let file = browser.get(&format!("/admin/rewards.csv?{query}")).await;
        assert_eq!(file.expect(200).body.lines().count(), 1, "{tab}");
    }
}

#[tokio::test]
async fn exports_are_counted_together() {
    let (app, mut browser) = owner().await;
    for path in ["/admin/partners.csv", "/admin/programs.csv"].repeat(10) {
        let _ = browser.get(path).await.expect(200);
    }
    for path in lists() {
        let _ = browser.get(&format!("{path}.csv")).await.expect(429);
    }
    app.clock.advance(MINUTE);
    let _ = browser.get("/admin/events.csv").await.expect(200);
}

#[tokio::test]
async fn groups_are_made_found_changed_and_removed() {
    let (_app, mut browser) = owner().await;
    let _ = browser
        .get("/admin/groups/new?name=Creators")
        .await
        .expect(200);
    let wrong = browser.post("/admin/groups", &[("name", "")]).await;
    let _ = wrong.expect(422);
    for name in ["Creators", "Shops"] {
        let new = browser.get("/admin/groups/new").await.expect(200);
        let (_, rest) = new.body.split_once("name=\"program\" value=\"").unwrap();
        let program = rest.split('"').next().unwrap().to_owned();
        let form = [("name", name), ("program", program.as_str())];
        let _ = browser.submit("/admin/groups", &form).await.expect(200);
    }
    let first = browser.get("/admin/groups?limit=1").await.expect(200);
    assert!(first.body.contains("Creators") && !first.body.contains("Shops"));
    let (_, rest) = first.body.split_once("cursor=").unwrap();
    let cursor: String = rest.chars().take_while(|c| *c != '"').collect();
    let second = browser
        .get(&format!("/admin/groups?limit=1&cursor={cursor}"))
        .await;
    assert!(second.expect(200).body.contains("Shops"));

    let found = browser.get("/admin/groups?q=shop").await.expect(200);
    assert!(!found.body.contains("Creators"));
    let (_, rest) = found.body.split_once("/admin/groups/grp_").unwrap();
    let id: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let path = format!("/admin/groups/grp_{id}");
    let _ = browser.get(&path).await.expect(200);
    let taken = browser.post(&path, &[("name", "Creators")]).await;
    assert!(taken.expect(422).body.contains("name-error"));
    let _ = browser
        .submit(&path, &[("name", "Stores")])
        .await
        .expect(200);
    let _ = browser
        .submit(&format!("{path}/delete"), &[])
        .await
        .expect(200);
    let left = browser.get("/admin/groups").await.expect(200);
    assert!(left.body.contains("Creators") && !left.body.contains("Stores"));
}

#[tokio::test]
async fn types_are_made_and_changed_beside_their_fields() {
    let (_app, mut browser) = owner().await;
    let wrong = browser.post("/admin/types", &[("name", " ")]).await;
    assert!(wrong.expect(422).body.contains("name-error"));
    let form = [("name", "Reviewer"), ("definition", "Writes reviews.")];
    let made = browser.submit("/admin/types", &form).await.expect(200);
    assert!(made.body.contains("Writes reviews."));
    let found = browser.get("/admin/types?q=reviews").await.expect(200);
    let (_, rest) = found.body.split_once("/admin/types/typ_").unwrap();
    let id: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let path = format!("/admin/types/typ_{id}");
    let done = browser
        .submit(&path, &[("name", "Critic")])
        .await
        .expect(200);
    assert!(done.body.contains("Critic"));
}

#[tokio::test]
async fn codes_are_filtered_by_status() {
    let (_app, mut browser) = owner().await;
    let new = browser.get("/admin/coupons/new").await.expect(200);
    let (_, rest) = new.body.split_once("<option value=\"enr_").unwrap();
    let id: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let member = format!("enr_{id}");
    let form = [("enrollment", member.as_str()), ("code", "LISTED10")];
    let _ = browser.submit("/admin/coupons", &form).await.expect(200);
    let active = browser
        .get("/admin/coupons?status=active")
        .await
        .expect(200);
    assert!(active.body.contains("LISTED10"));
    let paused = browser
        .get("/admin/coupons?status=paused")
        .await
        .expect(200);
    assert!(!paused.body.contains("LISTED10"));
}
