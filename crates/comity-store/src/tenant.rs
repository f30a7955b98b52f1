//! Organisations.

use comity_domain::{TenantId, Timestamp};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO tenants (id, name, slug, website, settings_json, is_demo, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    GET = "SELECT * FROM tenants WHERE id = $1";
    BY_SLUG = "SELECT * FROM tenants WHERE slug = $1";
    LIST = "SELECT * FROM tenants WHERE (id > $1 OR $1 IS NULL) ORDER BY id LIMIT $2";
    UPDATE = "UPDATE tenants SET name = $2, website = $3, settings_json = $4 WHERE id = $1";
    COUNT = "SELECT COUNT(*) AS n FROM tenants";
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Name shown to its team and partners.
    pub name: String,
    /// Short name in addresses, unique in the installation.
    pub slug: String,
    /// Its site, or empty.
    pub website: String,
    /// Settings as JSON.
    pub settings_json: String,
    /// Made by the demonstration.
    pub is_demo: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Tenant, StoreError> {
    Ok(Tenant {
        id: row.get("id")?,
        name: row.get("name")?,
        slug: row.get("slug")?,
        website: row.get("website")?,
        settings_json: row.get("settings_json")?,
        is_demo: row.get("is_demo")?,
        created_at: row.get("created_at")?,
    })
}

/// Writes a new organisation.
pub async fn insert(tx: &mut Tx, tenant: &Tenant) -> Result<(), StoreError> {
    let args = args![
        tenant.id,
        &tenant.name,
        &tenant.slug,
        &tenant.website,
        &tenant.settings_json,
        tenant.is_demo,
        tenant.created_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One organisation.
pub async fn get(tx: &mut Tx, id: TenantId) -> Result<Option<Tenant>, StoreError> {
    tx.find(GET, args![id], read).await
}

/// The organisation with this short name.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Tenant>, StoreError> {
    tx.find(BY_SLUG, args![slug], read).await
}

/// Organisations in order of creation, after `after`.
pub async fn list(
    tx: &mut Tx,
    after: Option<TenantId>,
    limit: i64,
) -> Result<Vec<Tenant>, StoreError> {
    tx.list(LIST, args![after, limit], read).await
}

/// Changes name, site and settings.
pub async fn update(tx: &mut Tx, tenant: &Tenant) -> Result<(), StoreError> {
    let args = args![
        tenant.id,
        &tenant.name,
        &tenant.website,
        &tenant.settings_json
    ];
    tx.execute(UPDATE, args).await.map(drop)
}

/// How many organisations there are.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(COUNT, args![]).await?.get("n")
}
