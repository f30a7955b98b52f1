//! The book of perks: movements of units, and balances kept beside them.

use std::collections::BTreeMap;

use comity_domain::ledger::perk::{PerkMove, PerkPlace, PerkUnit};
use comity_domain::{EnrollmentId, PerkGrantId, TenantId};

use super::{place_code, place_from, unit};
use crate::{Row, StoreError, Tx};

statements! {
    INSERT_MOVE = "INSERT INTO perk_moves (tenant_id, id, grant_id, enrollment_id, unit, quantity, place_from, place_to, at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    MOVES = "SELECT * FROM perk_moves WHERE tenant_id = $1 AND grant_id = $2 ORDER BY id LIMIT 200";
    BUMP = "INSERT INTO perk_balances (tenant_id, enrollment_id, unit, place, quantity) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, enrollment_id, unit, place)
            DO UPDATE SET quantity = perk_balances.quantity + excluded.quantity";
    BALANCES = "SELECT unit, place, quantity FROM perk_balances WHERE tenant_id = $1 AND enrollment_id = $2
                ORDER BY unit, place LIMIT 1500";
    /// The books of the whole organisation, for `verify` only: a fold of all moves.
    FOLD = "SELECT enrollment_id, unit, place, CAST(SUM(quantity) AS BIGINT) AS quantity FROM (
              SELECT enrollment_id, unit, place_to AS place, quantity FROM perk_moves WHERE tenant_id = $1
              UNION ALL
              SELECT enrollment_id, unit, place_from AS place, -quantity AS quantity FROM perk_moves
                WHERE tenant_id = $1) moved
            GROUP BY enrollment_id, unit, place ORDER BY enrollment_id, unit, place LIMIT 1000000";
    ALL_BALANCES = "SELECT enrollment_id, unit, place, quantity FROM perk_balances WHERE tenant_id = $1
                    ORDER BY enrollment_id, unit, place LIMIT 1000000";
    /// Grants whose state and book disagree, for `verify` only.
    STRAY = "SELECT g.id FROM perk_grants g LEFT JOIN (
               SELECT grant_id, SUM(CASE WHEN place_to = 'open' THEN quantity ELSE 0 END)
                 - SUM(CASE WHEN place_from = 'open' THEN quantity ELSE 0 END) AS open FROM perk_moves
               WHERE tenant_id = $1 GROUP BY grant_id) m ON m.grant_id = g.id
             WHERE g.tenant_id = $1 AND COALESCE(m.open, 0) <>
               CASE WHEN g.status IN ('pending', 'failed') THEN g.quantity ELSE 0 END
             ORDER BY g.id LIMIT 20";
}

/// Writes a movement and both balances it changes.
pub async fn insert_move(tx: &mut Tx, tenant: TenantId, step: &PerkMove) -> Result<(), StoreError> {
    let args = args![
        tenant,
        step.id,
        step.grant,
        step.enrollment,
        step.unit.as_str(),
        step.count,
        place_code(step.from),
        place_code(step.to),
        step.at
    ];
    tx.execute(INSERT_MOVE, args).await?;
    for (place, count) in [(step.from, -step.count), (step.to, step.count)] {
        let args = args![
            tenant,
            step.enrollment,
            step.unit.as_str(),
            place_code(place),
            count
        ];
        tx.execute(BUMP, args).await?;
    }
    Ok(())
}

/// The movements of a grant, oldest first.
pub async fn moves(
    tx: &mut Tx,
    tenant: TenantId,
    grant: PerkGrantId,
) -> Result<Vec<PerkMove>, StoreError> {
    let read = |row: &Row| {
        Ok(PerkMove {
            id: row.get("id")?,
            at: row.get("at")?,
            enrollment: row.get("enrollment_id")?,
            grant: row.get("grant_id")?,
            unit: row.parse("unit", unit)?,
            count: row.get("quantity")?,
            from: row.parse("place_from", place_from)?,
            to: row.parse("place_to", place_from)?,
        })
    };
    tx.list(MOVES, args![tenant, grant], read).await
}

/// Units of a membership by unit and place.
pub async fn balances(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: EnrollmentId,
) -> Result<Vec<(PerkUnit, PerkPlace, i64)>, StoreError> {
    let read = |row: &Row| {
        Ok((
            row.parse("unit", unit)?,
            row.parse("place", place_from)?,
            row.get("quantity")?,
        ))
    };
    tx.list(BALANCES, args![tenant, enrollment], read).await
}

/// Where units are, by membership, unit and place.
pub type Places = BTreeMap<(EnrollmentId, String, String), i64>;

fn read_place(row: &Row) -> Result<((EnrollmentId, String, String), i64), StoreError> {
    let key = (
        row.get("enrollment_id")?,
        row.get("unit")?,
        row.get("place")?,
    );
    Ok((key, row.get("quantity")?))
}

/// The fold of all movements, for `verify`.
pub async fn fold(tx: &mut Tx, tenant: TenantId) -> Result<Places, StoreError> {
    let rows = tx.list(FOLD, args![tenant], read_place).await?;
    Ok(rows.into_iter().collect())
}

/// All balances, for `verify`.
pub async fn all_balances(tx: &mut Tx, tenant: TenantId) -> Result<Places, StoreError> {
    let rows = tx.list(ALL_BALANCES, args![tenant], read_place).await?;
    Ok(rows.into_iter().collect())
}

/// Some grants whose status and movements disagree, for `verify`.
pub async fn stray(tx: &mut Tx, tenant: TenantId) -> Result<Vec<PerkGrantId>, StoreError> {
    tx.list(STRAY, args![tenant], |row| row.get("id")).await
}
