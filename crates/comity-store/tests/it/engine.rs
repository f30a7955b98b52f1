//! The engine itself: statements, migrations, transactions.

use comity_domain::Timestamp;
use comity_store::{Migrated, Store, installation};
use comity_testkit::database;

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    database::on_both(|store| async move {
        let mut failures = Vec::new();
        for (area, name, sql) in comity_store::all_statements() {
            let mut tx = store.write().await.unwrap();
            if let Err(error) = tx.prepare(sql).await {
                failures.push(format!("{} {area}::{name}: {error:?}", store.engine()));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    database::on_both(|store| async move {
        let version = store.schema_version().await.unwrap();
        let again = store.migrate(Timestamp::from_seconds(1)).await.unwrap();
        assert_eq!(
            again,
            Migrated {
                from: version,
                to: version
            }
        );
    })
    .await;
}

async fn set(store: &Store, value: &str, commit: bool) {
    let mut tx = store.write().await.unwrap();
    installation::set(&mut tx, "colour", value).await.unwrap();
    if commit {
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing() {
    database::on_both(|store| async move {
        set(&store, "blue", true).await;
        set(&store, "red", false).await;
        let mut tx = store.read().await.unwrap();
        let value = installation::get(&mut tx, "colour").await.unwrap();
        assert_eq!(value.as_deref(), Some("blue"));
    })
    .await;
}
