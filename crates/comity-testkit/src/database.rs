//! A fresh database per test, on both engines.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use comity_domain::Timestamp;
use comity_store::Store;

/// Names a running PostgreSQL whose user may create databases;
/// `cargo xtask test` and `cargo xtask db` set one up.
pub const POSTGRES_URL: &str = "COMITY_TEST_POSTGRES";

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A migrated SQLite database in a directory that goes with the guard.
pub async fn sqlite() -> (Store, tempfile::TempDir) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let store = Store::open_sqlite(&dir.path().join("comity.db"))
        .await
        .expect("sqlite opens");
    store
        .migrate(Timestamp::from_seconds(0))
        .await
        .expect("sqlite migrates");
    (store, dir)
}

/// A migrated PostgreSQL database of its own.
///
/// # Panics
/// When the variable is not set: a missing engine fails the test, it is never skipped.
pub async fn postgres() -> Store {
    let store = Store::open_postgres(&postgres_url().await)
        .await
        .expect("postgres opens");
    store
        .migrate(Timestamp::from_seconds(0))
        .await
        .expect("postgres migrates");
    store
}

/// The address of an empty PostgreSQL database of its own.
///
/// # Panics
/// As [`postgres`].
pub async fn postgres_url() -> String {
    let url = std::env::var(POSTGRES_URL).unwrap_or_else(|_| {
        panic!("{POSTGRES_URL} is not set: run the tests through `cargo xtask test`, or start one with `cargo xtask db`")
    });
    let name = format!(
        "comity_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    comity_store::testing::create_postgres_database(&url, &name)
        .await
        .expect("database is created");
    let (server, _) = url
        .rsplit_once('/')
        .expect("the URL ends with a database name");
    format!("{server}/{name}")
}

/// Runs one contract on both engines, SQLite first.
pub async fn on_both<F, R>(contract: F)
where
    F: Fn(Store) -> R,
    R: Future<Output = ()>,
{
    let (store, _dir) = sqlite().await;
    contract(store.clone()).await;
    store.close().await;
    let store = postgres().await;
    contract(store.clone()).await;
    store.close().await;
}
