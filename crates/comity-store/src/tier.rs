//! Tiers of a program, and who was given one by hand.

use comity_domain::partner::{Reach, Tier};
use comity_domain::{EnrollmentId, ProgramId, TenantId, TierId};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO partner_tiers (tenant_id, id, program_id, name, level, reach_json, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE partner_tiers SET name = $3, level = $4, reach_json = $5 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM partner_tiers WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM partner_tiers WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT * FROM partner_tiers WHERE tenant_id = $1 AND program_id = $2 ORDER BY level, id LIMIT 100";
    HOLDERS = "SELECT COUNT(*) AS n FROM enrollment_tiers WHERE tenant_id = $1 AND tier_id = $2";
    GIVE = "INSERT INTO enrollment_tiers (tenant_id, enrollment_id, tier_id) VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id, enrollment_id) DO UPDATE SET tier_id = excluded.tier_id";
    TAKE = "DELETE FROM enrollment_tiers WHERE tenant_id = $1 AND enrollment_id = $2";
    TAKE_ALL = "DELETE FROM enrollment_tiers WHERE tenant_id = $1 AND tier_id = $2";
    GIVEN = "SELECT tier_id FROM enrollment_tiers WHERE tenant_id = $1 AND enrollment_id = $2";
}

fn read(row: &Row) -> Result<Tier, StoreError> {
    let reach = |text: &str| match text {
        "" => Some(None),
        text => serde_json::from_str::<Reach>(text).ok().map(Some),
    };
    Ok(Tier {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        name: row.get("name")?,
        level: row.get("level")?,
        reach: row.parse("reach_json", reach)?,
        created_at: row.get("created_at")?,
    })
}

fn reach_json(tier: &Tier) -> Result<String, StoreError> {
    match &tier.reach {
        None => Ok(String::new()),
        Some(reach) => {
            serde_json::to_string(reach).map_err(|error| StoreError::Encode(error.into()))
        }
    }
}

/// Writes a new tier; a taken name is a conflict.
pub async fn insert(tx: &mut Tx, tier: &Tier) -> Result<(), StoreError> {
    let args = args![
        tier.tenant,
        tier.id,
        tier.program,
        &tier.name,
        tier.level,
        reach_json(tier)?,
        tier.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// Changes a tier; a taken name is a conflict.
pub async fn update(tx: &mut Tx, tier: &Tier) -> Result<(), StoreError> {
    let args = args![
        tier.tenant,
        tier.id,
        &tier.name,
        tier.level,
        reach_json(tier)?
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// Removes a tier; nobody holds it any more.
pub async fn delete(tx: &mut Tx, tenant: TenantId, id: TierId) -> Result<(), StoreError> {
    tx.execute(TAKE_ALL, args![tenant, id]).await?;
    tx.execute(DELETE, args![tenant, id]).await.map(drop)
}

/// One tier.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: TierId) -> Result<Option<Tier>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The tiers of a program, lowest first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    program: ProgramId,
) -> Result<Vec<Tier>, StoreError> {
    tx.list(LIST, args![tenant, program], read).await
}

/// How many were given a tier by hand.
pub async fn holders(tx: &mut Tx, tenant: TenantId, id: TierId) -> Result<i64, StoreError> {
    tx.one(HOLDERS, args![tenant, id]).await?.get("n")
}

/// Gives a membership a tier by hand, or takes it away.
pub async fn give(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    tier: Option<TierId>,
) -> Result<(), StoreError> {
    match tier {
        Some(tier) => tx.execute(GIVE, args![tenant, id, tier]).await.map(drop),
        None => tx.execute(TAKE, args![tenant, id]).await.map(drop),
    }
}

/// The tier a membership was given by hand.
pub async fn given(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Option<TierId>, StoreError> {
    tx.find(GIVEN, args![tenant, id], |row| row.get("tier_id"))
        .await
}
