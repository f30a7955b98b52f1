//! Forward-only migrations, one transaction each, safe to kill at any point.

use comity_domain::Timestamp;

use crate::backend::{Store, StoreError};

/// Migration files in order. A released file is never edited.
pub(crate) const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_team.sql")),
    (2, include_str!("../migrations/0002_program.sql")),
    (3, include_str!("../migrations/0003_partner.sql")),
    (4, include_str!("../migrations/0004_tracking.sql")),
    (5, include_str!("../migrations/0005_money.sql")),
    (6, include_str!("../migrations/0006_integration.sql")),
    (7, include_str!("../migrations/0007_fraud.sql")),
    (8, include_str!("../migrations/0008_rules.sql")),
    (9, include_str!("../migrations/0009_rewards.sql")),
    (10, include_str!("../migrations/0010_finance.sql")),
    (12, include_str!("../migrations/0012_portal.sql")),
    (13, include_str!("../migrations/0013_edges.sql")),
    (14, include_str!("../migrations/0014_rule_inputs.sql")),
    (15, include_str!("../migrations/0015_settlement.sql")),
    (16, include_str!("../migrations/0016_partner_care.sql")),
    (17, include_str!("../migrations/0017_link_changes.sql")),
    (19, include_str!("../migrations/0019_walks.sql")),
];

/// What a migration run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// Schema version before.
    pub from: i64,
    /// Schema version after.
    pub to: i64,
}

impl Store {
    /// Brings the schema up to date. Every file commits together with its
    /// version, so a killed run goes on where it stopped; several processes
    /// may call it at once.
    pub async fn migrate(&self, now: Timestamp) -> Result<Migrated, StoreError> {
        let known = Self::newest_schema();
        let from = self.schema_version().await?;
        if from > known {
            return Err(StoreError::Newer { found: from, known });
        }
        for (version, script) in MIGRATIONS {
            let mut tx = self.write().await?;
            tx.lock("migrate").await?;
            tx.apply("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)")
                .await?;
            let insert =
                "INSERT INTO schema_versions (version, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            if tx.execute(insert, args![*version, now]).await? == 1 {
                tx.apply(script).await?;
            }
            tx.commit().await?;
        }
        Ok(Migrated { from, to: known })
    }

    /// The schema version this program brings a database to.
    #[must_use]
    pub fn newest_schema() -> i64 {
        MIGRATIONS.last().map_or(0, |(version, _)| *version)
    }

    /// The schema version in the database; 0 for an empty one.
    pub async fn schema_version(&self) -> Result<i64, StoreError> {
        let mut tx = self.write().await?;
        tx.apply("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)")
            .await?;
        let row = tx
            .one(
                "SELECT COALESCE(MAX(version), 0) AS version FROM schema_versions",
                args![],
            )
            .await?;
        tx.commit().await?;
        row.get("version")
    }
}
