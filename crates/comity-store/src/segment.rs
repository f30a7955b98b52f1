//! Groups and types of partners, and who is in them.

use comity_domain::{EnrollmentId, GroupId, PartnerTypeId, ProgramId, TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT_GROUP = "INSERT INTO partner_groups (tenant_id, id, program_id, name, description, created_at)
                    VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE_GROUP = "UPDATE partner_groups SET name = $3, description = $4 WHERE tenant_id = $1 AND id = $2";
    DELETE_GROUP = "DELETE FROM partner_groups WHERE tenant_id = $1 AND id = $2";
    GROUP = "SELECT * FROM partner_groups WHERE tenant_id = $1 AND id = $2";
    GROUPS = "SELECT g.*, (SELECT COUNT(*) FROM enrollment_groups e WHERE e.tenant_id = g.tenant_id
                AND e.group_id = g.id) AS members
              FROM partner_groups g WHERE g.tenant_id = $1 AND ($2 = 0 OR g.program_id = $3)
              ORDER BY g.name LIMIT 500";
    MEMBERS = "SELECT COUNT(*) AS n FROM enrollment_groups WHERE tenant_id = $1 AND group_id = $2";
    JOIN_GROUP = "INSERT INTO enrollment_groups (tenant_id, enrollment_id, group_id) VALUES ($1, $2, $3)
                  ON CONFLICT DO NOTHING";
    LEAVE_GROUP = "DELETE FROM enrollment_groups WHERE tenant_id = $1 AND enrollment_id = $2 AND group_id = $3";
    EMPTY_GROUP = "DELETE FROM enrollment_groups WHERE tenant_id = $1 AND group_id = $2";
    GROUPS_OF = "SELECT group_id FROM enrollment_groups WHERE tenant_id = $1 AND enrollment_id = $2
                 ORDER BY group_id LIMIT 100";
    INSERT_TYPE = "INSERT INTO partner_types (tenant_id, id, code, name, definition, expectations, created_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE_TYPE = "UPDATE partner_types SET name = $3, definition = $4, expectations = $5
                   WHERE tenant_id = $1 AND id = $2";
    TYPES = "SELECT * FROM partner_types WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 100";
    TYPE = "SELECT * FROM partner_types WHERE tenant_id = $1 AND id = $2";
    ADD_TYPE = "INSERT INTO enrollment_types (tenant_id, enrollment_id, type_id) VALUES ($1, $2, $3)
                ON CONFLICT DO NOTHING";
    DROP_TYPE = "DELETE FROM enrollment_types WHERE tenant_id = $1 AND enrollment_id = $2 AND type_id = $3";
    TYPES_OF = "SELECT type_id FROM enrollment_types WHERE tenant_id = $1 AND enrollment_id = $2
                ORDER BY type_id LIMIT 100";
}

/// A group of partners in a program (E5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Its name, unique in the program.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// When it was made.
    pub created_at: Timestamp,
}

fn read_group(row: &Row) -> Result<Group, StoreError> {
    Ok(Group {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        program: row.get("program_id")?,
        name: row.get("name")?,
        description: row.get("description")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new group; a taken name is a conflict.
pub async fn insert_group(tx: &mut Tx, group: &Group) -> Result<(), StoreError> {
    let g = group;
    let args = args![
        g.tenant,
        g.id,
        g.program,
        &g.name,
        &g.description,
        g.created_at
    ];
    tx.execute(INSERT_GROUP, args).await.map(drop)
}

/// Renames or describes a group.
pub async fn update_group(tx: &mut Tx, group: &Group) -> Result<(), StoreError> {
    tx.execute(
        UPDATE_GROUP,
        args![group.tenant, group.id, &group.name, &group.description],
    )
    .await
    .map(drop)
}

/// Removes a group; its members stay in the program.
pub async fn delete_group(tx: &mut Tx, tenant: TenantId, id: GroupId) -> Result<(), StoreError> {
    tx.execute(EMPTY_GROUP, args![tenant, id]).await?;
    tx.execute(DELETE_GROUP, args![tenant, id]).await.map(drop)
}

/// One group.
pub async fn group(
    tx: &mut Tx,
    tenant: TenantId,
    id: GroupId,
) -> Result<Option<Group>, StoreError> {
    tx.find(GROUP, args![tenant, id], read_group).await
}

/// How many memberships are in a group.
pub async fn members(tx: &mut Tx, tenant: TenantId, id: GroupId) -> Result<i64, StoreError> {
    tx.one(MEMBERS, args![tenant, id]).await?.get("n")
}

/// Groups by name, each with the number of its members.
pub async fn groups(
    tx: &mut Tx,
    tenant: TenantId,
    program: Option<ProgramId>,
) -> Result<Vec<(Group, i64)>, StoreError> {
    let args = args![tenant, program.is_some(), program];
    tx.list(GROUPS, args, |row| {
        Ok((read_group(row)?, row.get("members")?))
    })
    .await
}

/// Puts a membership into a group.
pub async fn join_group(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    group: GroupId,
) -> Result<(), StoreError> {
    tx.execute(JOIN_GROUP, args![tenant, id, group])
        .await
        .map(drop)
}

/// Takes a membership out of a group.
pub async fn leave_group(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    group: GroupId,
) -> Result<(), StoreError> {
    tx.execute(LEAVE_GROUP, args![tenant, id, group])
        .await
        .map(drop)
}

/// The groups of a membership.
pub async fn groups_of(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<GroupId>, StoreError> {
    tx.list(GROUPS_OF, args![tenant, id], |row| row.get("group_id"))
        .await
}

/// A kind of partner, as the taxonomy defines it (E1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerType {
    /// Its id.
    pub id: PartnerTypeId,
    /// Whose.
    pub tenant: TenantId,
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// What is expected of it.
    pub expectations: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Writes a new type; a taken code is a conflict.
pub async fn insert_type(tx: &mut Tx, kind: &PartnerType) -> Result<(), StoreError> {
    let k = kind;
    let args = args![
        k.tenant,
        k.id,
        &k.code,
        &k.name,
        &k.definition,
        &k.expectations,
        k.created_at
    ];
    tx.execute(INSERT_TYPE, args).await.map(drop)
}

/// Writes the words of a type.
pub async fn update_type(tx: &mut Tx, kind: &PartnerType) -> Result<(), StoreError> {
    let args = args![
        kind.tenant,
        kind.id,
        &kind.name,
        &kind.definition,
        &kind.expectations
    ];
    tx.execute(UPDATE_TYPE, args).await.map(drop)
}

fn read_type(row: &Row) -> Result<PartnerType, StoreError> {
    Ok(PartnerType {
        id: row.get("id")?,
        tenant: row.get("tenant_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        definition: row.get("definition")?,
        expectations: row.get("expectations")?,
        created_at: row.get("created_at")?,
    })
}

/// One type.
pub async fn partner_type(
    tx: &mut Tx,
    tenant: TenantId,
    id: PartnerTypeId,
) -> Result<Option<PartnerType>, StoreError> {
    tx.find(TYPE, args![tenant, id], read_type).await
}

/// All types, oldest first.
pub async fn types(tx: &mut Tx, tenant: TenantId) -> Result<Vec<PartnerType>, StoreError> {
    tx.list(TYPES, args![tenant], read_type).await
}

/// Gives a membership a type; it may have several (E4).
pub async fn add_type(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    kind: PartnerTypeId,
) -> Result<(), StoreError> {
    tx.execute(ADD_TYPE, args![tenant, id, kind])
        .await
        .map(drop)
}

/// Takes a type away.
pub async fn drop_type(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
    kind: PartnerTypeId,
) -> Result<(), StoreError> {
    tx.execute(DROP_TYPE, args![tenant, id, kind])
        .await
        .map(drop)
}

/// The types of a membership.
pub async fn types_of(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Vec<PartnerTypeId>, StoreError> {
    tx.list(TYPES_OF, args![tenant, id], |row| row.get("type_id"))
        .await
}
