//! Every commission of the demonstration explains itself, and no sum differs from the books.

use std::collections::BTreeMap;

use comity_app::commission::{self, Detail, Filter};
use comity_app::partner;
use comity_domain::commission::RuleSet;
use comity_domain::ledger::CommissionStatus;
use comity_domain::{Actor, EnrollmentId, PartnerId};
use comity_store::{Store, installation, program};
use comity_ui::i18n::Lang;
use comity_ui::{Cx, explain, fmt};

use super::{CAST, Story, history, people, story};

/// Commissions read at once.
const PAGE: i64 = 500;

async fn told() -> (Story, Actor, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("comity.db");
    let store = Store::open_sqlite_unsynced(&file).await.unwrap();
    let story = story(store, [7; 32]).unwrap();
    story.app.store.migrate(story.end).await.unwrap();
    history::tell(&story).await.unwrap();
    let mut tx = story.app.store.read().await.unwrap();
    let cast = installation::get(&mut tx, CAST).await.unwrap().unwrap();
    drop(tx);
    let cast: people::Cast = serde_json::from_str(&cast).unwrap();
    let actor = Actor::System {
        tenant: cast.tenant,
    };
    (story, actor, dir)
}

/// The stored reasons alone give the amount again, name the rule and its version, and make
/// sentences that end in that amount.
async fn explained(story: &Story, found: &Detail) {
    let one = &found.commission;
    let Some(known) = &found.explanation else {
        assert!(!one.reason_text.is_empty(), "{} by hand says why", one.id);
        return;
    };
    let steps = known.steps.iter().filter(|step| step.rule == one.rule);
    let sum: i64 = steps.map(|step| step.amount.minor).sum();
    assert_eq!(sum, one.book.amount.minor, "the steps of {}", one.id);
    let version = found.rules_version;
    assert!(version.is_some(), "{} names its version", one.id);
    assert!(known.matched.iter().any(|rule| rule.id == one.rule));
    let mut tx = story.app.store.read().await.unwrap();
    let policy = program::policy(&mut tx, one.tenant, one.policy.unwrap()).await;
    let set: RuleSet = serde_json::from_str(&policy.unwrap().unwrap().body_json).unwrap();
    assert!(set.rules.iter().any(|rule| rule.id == one.rule));
    for lang in [Lang::En, Lang::Ru] {
        let cx = Cx::new(lang, "", story.end);
        let told = explain::amount(&cx, Some(known), (&one.rule, version), &one.book);
        let wanted = fmt::money(&cx, one.book.amount);
        assert!(told.iter().any(|step| step.result && step.amount == wanted));
        assert!(told.iter().all(|step| !step.text.is_empty()));
    }
}

#[tokio::test]
async fn every_commission_explains_itself_and_no_page_differs_from_the_books() {
    let (story, actor, _dir) = told().await;
    let app = &story.app;
    let mut earned: BTreeMap<(PartnerId, EnrollmentId), i64> = BTreeMap::new();
    let (mut before, mut seen) = (None, 0);
    loop {
        let page = commission::list(app, &actor, &Filter::default(), before, PAGE).await;
        let page = page.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.commission.id);
        for row in page {
            let one = row.commission;
            let found = commission::detail(app, &actor, one.id).await.unwrap();
            explained(&story, &found).await;
            seen += 1;
            if one.book.status() != CommissionStatus::Rejected {
                *earned.entry((one.partner, one.enrollment)).or_default() += one.book.net().minor;
            }
        }
    }
    assert!(seen > 500, "a year has many: {seen}");
    for ((partner, enrollment), sum) in earned {
        let shown = partner::detail(app, &actor, partner).await.unwrap();
        let own = shown
            .memberships
            .iter()
            .find(|one| one.enrollment.id == enrollment);
        let owed = own.unwrap().balance;
        let books = [owed.pending, owed.available, owed.in_flight, owed.paid];
        let books: i64 = books.iter().map(|sum| sum.minor).sum();
        assert_eq!(books, sum, "the books of {partner}");
    }
}
