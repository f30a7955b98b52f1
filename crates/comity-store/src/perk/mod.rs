//! Perks: the catalogue, units given to partners, and the book of their movements (H10).

use comity_domain::ledger::perk::{PerkPlace, PerkUnit};
use comity_domain::{
    EnrollmentId, EventId, Money, PartnerId, PerkGrantId, PerkId, ProgramId, TenantId, Timestamp,
};

use crate::{Row, StoreError, Tx};

mod book;

pub use book::{Places, all_balances, balances, fold, insert_move, moves, stray};

/// Statements of the book.
pub(crate) const BOOK: &[(&str, &str)] = book::STATEMENTS;

statements! {
    INSERT = "INSERT INTO perks (tenant_id, id, program_id, unit, name, description, cost_minor, currency, active, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    UPDATE = "UPDATE perks SET name = $3, description = $4, cost_minor = $5, active = $6
              WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT * FROM perks WHERE tenant_id = $1 AND id = $2";
    BY_UNIT = "SELECT * FROM perks WHERE tenant_id = $1 AND program_id = $2 AND unit = $3";
    LIST = "SELECT * FROM perks WHERE tenant_id = $1 AND ($2 = 0 OR program_id = $3)
            ORDER BY active DESC, name, id LIMIT 500";
    INSERT_GRANT = "INSERT INTO perk_grants (tenant_id, id, program_id, enrollment_id, partner_id, event_id, unit,
                      quantity, cost_minor, currency, source, rule, unique_key, status, note, explain_json,
                      occurred_at, created_at, updated_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                    ON CONFLICT DO NOTHING";
    SET_GRANT = "UPDATE perk_grants SET status = $3, note = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2";
    GET_GRANT = "SELECT g.*, p.name AS partner_name, COALESCE(k.name, g.unit) AS perk_name FROM perk_grants g
                 JOIN partners p ON p.tenant_id = g.tenant_id AND p.id = g.partner_id
                 LEFT JOIN perks k ON k.tenant_id = g.tenant_id AND k.program_id = g.program_id AND k.unit = g.unit
                 WHERE g.tenant_id = $1 AND g.id = $2";
    GRANTS = "SELECT g.*, p.name AS partner_name, COALESCE(k.name, g.unit) AS perk_name FROM perk_grants g
              JOIN partners p ON p.tenant_id = g.tenant_id AND p.id = g.partner_id
              LEFT JOIN perks k ON k.tenant_id = g.tenant_id AND k.program_id = g.program_id AND k.unit = g.unit
              WHERE g.tenant_id = $1 AND ($2 = 0 OR g.program_id = $3) AND ($4 = 0 OR g.enrollment_id = $5)
                AND ($6 = '' OR g.status = $6)
                AND ($7 = '' OR LOWER(p.name) LIKE '%' || $7 || '%' OR LOWER(g.note) LIKE '%' || $7 || '%'
                  OR LOWER(COALESCE(k.name, g.unit)) LIKE '%' || $7 || '%')
                AND g.id < $8
              ORDER BY g.id DESC LIMIT $9";
    BY_KEY = "SELECT * FROM perk_grants WHERE tenant_id = $1 AND unique_key = $2";
    OF_EVENT = "SELECT * FROM perk_grants WHERE tenant_id = $1 AND event_id = $2 ORDER BY id LIMIT 200";
    STANDING = "SELECT COUNT(*) AS n FROM perk_grants WHERE tenant_id = $1 AND enrollment_id = $2 AND rule = $3
                  AND status <> 'cancelled' AND occurred_at >= $4 AND occurred_at < $5";
    STATUS_COUNTS = "SELECT status, COUNT(*) AS n FROM perk_grants WHERE tenant_id = $1
                       AND ($2 = 0 OR program_id = $3) GROUP BY status ORDER BY status";
}

/// A kind of perk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perk {
    /// Its id.
    pub id: PerkId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which program.
    pub program: ProgramId,
    /// The unit that rules name.
    pub unit: PerkUnit,
    /// What people read.
    pub name: String,
    /// What it is and how one gets it.
    pub description: String,
    /// What one unit costs the program.
    pub cost: Money,
    /// It can be given.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Units given to a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: PerkGrantId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// To which membership.
    pub enrollment: EnrollmentId,
    /// To which partner.
    pub partner: PartnerId,
    /// For which event; none when a badge or a person gave it.
    pub event: Option<EventId>,
    /// The unit.
    pub unit: PerkUnit,
    /// How many.
    pub quantity: i64,
    /// What they cost the program, all together.
    pub cost: Money,
    /// `rule`, `badge` or `manual`.
    pub source: String,
    /// The rule or badge that gave it, or empty.
    pub rule: String,
    /// At most one grant has this key.
    pub unique_key: String,
    /// `pending`, `fulfilled`, `failed` or `cancelled`.
    pub status: String,
    /// The team's words, which the partner reads.
    pub note: String,
    /// The whole computation as JSON, or empty.
    pub explain_json: String,
    /// When it was earned.
    pub occurred_at: Timestamp,
    /// When it was given.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A grant with names, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The grant.
    pub grant: Grant,
    /// The partner's name.
    pub partner_name: String,
    /// The perk's name, or its unit.
    pub perk_name: String,
}

/// What a list of grants shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One program, or all.
    pub program: Option<ProgramId>,
    /// One membership, or all.
    pub enrollment: Option<EnrollmentId>,
    /// One status by code, or all when empty.
    pub status: String,
    /// Part of a partner's name, a perk or a note, in lower case.
    pub find: String,
}

const fn place_code(place: PerkPlace) -> &'static str {
    match place {
        PerkPlace::Program => "program",
        PerkPlace::Open => "open",
        PerkPlace::Fulfilled => "fulfilled",
    }
}

fn place_from(code: &str) -> Option<PerkPlace> {
    match code {
        "program" => Some(PerkPlace::Program),
        "open" => Some(PerkPlace::Open),
        "fulfilled" => Some(PerkPlace::Fulfilled),
        _ => None,
    }
}

fn unit(text: &str) -> Option<PerkUnit> {
    PerkUnit::parse(text).ok()
}

fn read(row: &Row) -> Result<Perk, StoreError> {
    Ok(Perk {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        unit: row.parse("unit", unit)?,
        name: row.get("name")?,
        description: row.get("description")?,
        cost: row.money("cost_minor", "currency")?,
        active: row.get("active")?,
        created_at: row.get("created_at")?,
    })
}

fn read_grant(row: &Row) -> Result<Grant, StoreError> {
    Ok(Grant {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        enrollment: row.get("enrollment_id")?,
        partner: row.get("partner_id")?,
        event: row.get("event_id")?,
        unit: row.parse("unit", unit)?,
        quantity: row.get("quantity")?,
        cost: row.money("cost_minor", "currency")?,
        source: row.get("source")?,
        rule: row.get("rule")?,
        unique_key: row.get("unique_key")?,
        status: row.get("status")?,
        note: row.get("note")?,
        explain_json: row.get("explain_json")?,
        occurred_at: row.get("occurred_at")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn read_listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        grant: read_grant(row)?,
        partner_name: row.get("partner_name")?,
        perk_name: row.get("perk_name")?,
    })
}

/// Writes a new perk; false when its unit is taken.
pub async fn insert(tx: &mut Tx, perk: &Perk) -> Result<bool, StoreError> {
    let p = perk;
    let args = args![
        p.tenant,
        p.id,
        p.program,
        p.unit.as_str(),
        &p.name,
        &p.description,
        p.cost.minor,
        p.cost.currency,
        p.active,
        p.created_at
    ];
    Ok(tx.execute(INSERT, args).await? == 1)
}

/// Writes what may change of a perk.
pub async fn update(tx: &mut Tx, perk: &Perk) -> Result<(), StoreError> {
    let p = perk;
    let args = args![
        p.tenant,
        p.id,
        &p.name,
        &p.description,
        p.cost.minor,
        p.active
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// One perk.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: PerkId) -> Result<Option<Perk>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The perk of a program with this unit.
pub async fn by_unit(
    tx: &mut Tx,
    (tenant, program): (TenantId, ProgramId),
    unit: &PerkUnit,
) -> Result<Option<Perk>, StoreError> {
    tx.find(BY_UNIT, args![tenant, program, unit.as_str()], read)
        .await
}

/// Perks by name, those that can be given first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<Perk>, StoreError> {
    tx.list(LIST, args![tenant, program.is_some(), program], read)
        .await
}

/// Writes a new grant; false when there is one with its key.
pub async fn insert_grant(tx: &mut Tx, grant: &Grant) -> Result<bool, StoreError> {
    let g = grant;
    let args = args![
        g.tenant,
        g.id,
        g.program,
        g.enrollment,
        g.partner,
        g.event,
        g.unit.as_str(),
        g.quantity,
        g.cost.minor,
        g.cost.currency,
        &g.source,
        &g.rule,
        &g.unique_key,
        &g.status,
        &g.note,
        &g.explain_json,
        g.occurred_at,
        g.created_at,
        g.updated_at
    ];
    Ok(tx.execute(INSERT_GRANT, args).await? == 1)
}

/// Writes status and note of a grant.
pub async fn set_grant(tx: &mut Tx, grant: &Grant) -> Result<(), StoreError> {
    let g = grant;
    let args = args![g.tenant, g.id, &g.status, &g.note, g.updated_at];
    tx.execute(SET_GRANT, args).await.map(drop)
}

/// One grant.
pub async fn grant(
    tx: &mut Tx,
    tenant: TenantId,
    id: PerkGrantId,
) -> Result<Option<Listed>, StoreError> {
    tx.find(GET_GRANT, args![tenant, id], read_listed).await
}

/// A page of grants, newest first.
pub async fn grants(
    tx: &mut Tx,
    tenant: TenantId,
    filter: &Filter,
    before: Option<PerkGrantId>,
    limit: i64,
) -> Result<Vec<Listed>, StoreError> {
    let args = args![
        tenant,
        filter.program.is_some(),
        filter.program,
        filter.enrollment.is_some(),
        filter.enrollment,
        &filter.status,
        &filter.find,
        crate::before(before),
        limit
    ];
    tx.list(GRANTS, args, read_listed).await
}

/// The grant with a key.
pub async fn by_key(tx: &mut Tx, tenant: TenantId, key: &str) -> Result<Option<Grant>, StoreError> {
    tx.find(BY_KEY, args![tenant, key], read_grant).await
}

/// What an event gave.
pub async fn of_event(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Vec<Grant>, StoreError> {
    tx.list(OF_EVENT, args![tenant, event], read_grant).await
}

/// How many grants of a rule stand in a period.
pub async fn standing(
    tx: &mut Tx,
    (tenant, enrollment): (TenantId, EnrollmentId),
    rule: &str,
    (from, to): (Timestamp, Timestamp),
) -> Result<i64, StoreError> {
    let args = args![tenant, enrollment, rule, from, to];
    tx.one(STANDING, args).await?.get("n")
}

/// How many grants are in each status.
pub async fn status_counts(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<(String, i64)>, StoreError> {
    let args = args![tenant, program.is_some(), program];
    tx.list(STATUS_COUNTS, args, |row| {
        Ok((row.get("status")?, row.get("n")?))
    })
    .await
}
