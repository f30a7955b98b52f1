//! Badges and who earned them.

use comity_domain::{BadgeId, EnrollmentId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO badges (tenant_id, id, program_id, name, description, measure, threshold, unit, quantity,
                active, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UPDATE = "UPDATE badges SET name = $3, description = $4, unit = $5, quantity = $6, active = $7
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT *, CAST(0 AS BIGINT) AS awards FROM badges WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT b.*, (SELECT COUNT(*) FROM badge_awards a WHERE a.tenant_id = b.tenant_id AND a.badge_id = b.id)
              AS awards
            FROM badges b WHERE b.tenant_id = $1 AND ($2 = 0 OR b.program_id = $3)
            ORDER BY b.active DESC, b.threshold, b.id LIMIT 500";
    /// Not earned yet, or earned while what they unlocked was taken back.
    OPEN_TO = "SELECT b.*, CAST(0 AS BIGINT) AS awards FROM badges b WHERE b.tenant_id = $1 AND b.program_id = $2 AND b.active = 1
                 AND (NOT EXISTS (SELECT 1 FROM badge_awards a WHERE a.tenant_id = b.tenant_id AND a.badge_id = b.id
                     AND a.enrollment_id = $3)
                   OR EXISTS (SELECT 1 FROM perk_grants g WHERE g.tenant_id = b.tenant_id AND g.enrollment_id = $3
                     AND g.unit = b.unit AND g.source = 'badge' AND g.status = 'cancelled'))
               ORDER BY b.threshold, b.id LIMIT 500";
    AWARD = "INSERT INTO badge_awards (tenant_id, badge_id, enrollment_id, total, awarded_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    OF_ENROLLMENT = "SELECT badge_id, total, awarded_at FROM badge_awards
                     WHERE tenant_id = $1 AND enrollment_id = $2 ORDER BY awarded_at, badge_id LIMIT 500";
}

/// A badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Its id.
    pub id: BadgeId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// What people read.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// What is added up since the partner joined: `count`, `revenue`, `commission` or `new_customers`.
    pub measure: String,
    /// The total to reach; minor units for amounts.
    pub threshold: i64,
    /// The perk it unlocks, or empty.
    pub unit: String,
    /// How many of it.
    pub quantity: i64,
    /// It can be earned.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many partners have it; in lists only.
    pub awards: i64,
}

/// A badge somebody earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Award {
    /// Which.
    pub badge: BadgeId,
    /// The total at that time.
    pub total: i64,
    /// When.
    pub awarded_at: Timestamp,
}

fn read(row: &Row) -> Result<Badge, StoreError> {
    Ok(Badge {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        name: row.get("name")?,
        description: row.get("description")?,
        measure: row.get("measure")?,
        threshold: row.get("threshold")?,
        unit: row.get("unit")?,
        quantity: row.get("quantity")?,
        active: row.get("active")?,
        created_at: row.get("created_at")?,
        awards: row.get("awards")?,
    })
}

/// Writes a new badge.
pub async fn insert(tx: &mut Tx, badge: &Badge) -> Result<(), StoreError> {
    let b = badge;
    let args = args![
        b.tenant,
        b.id,
        b.program,
        &b.name,
        &b.description,
        &b.measure,
        b.threshold,
        &b.unit,
        b.quantity,
        b.active,
        b.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Writes what may change of a badge.
pub async fn update(tx: &mut Tx, badge: &Badge) -> Result<(), StoreError> {
    let b = badge;
    let args = args![
        b.tenant,
        b.id,
        &b.name,
        &b.description,
        &b.unit,
        b.quantity,
        b.active
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One badge.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: BadgeId) -> Result<Option<Badge>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// Badges a membership can still earn, or earn back what they unlock.
pub async fn open_to(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
    id: EnrollmentId,
) -> Result<Vec<Badge>, StoreError> {
    tx.list(OPEN_TO, args![tenant, program, id], read).await
}

/// Badges, those that can be earned first, the easiest first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<Badge>, StoreError> {
    tx.list(LIST, args![tenant, program.is_some(), program], read)
        .await
}

/// Keeps that a membership earned a badge; false when it had it.
pub async fn award(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    award: &Award,
) -> Result<bool, StoreError> {
    let args = args![
        tenant,
        award.badge,
        enrollment,
        award.total,
        award.awarded_at
    ];
    Ok(tx.execute(AWARD, args).await? == 1)
}

/// The badges of a membership, oldest first.
pub async fn of_enrollment(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
) -> Result<Vec<Award>, StoreError> {
    let read = |row: &Row| {
        Ok(Award {
            badge: row.get("badge_id")?,
            total: row.get("total")?,
            awarded_at: row.get("awarded_at")?,
        })
    };
    tx.list(OF_ENROLLMENT, args![tenant, enrollment], read)
        .await
}
