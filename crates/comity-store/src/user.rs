//! Members of an organisation's team.

use comity_domain::{Role, TenantId, Timestamp, UserId};

use crate::{Row, StoreError, Tx};

statements! {
    ZONE = "SELECT zone FROM programs WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1";
    INSERT = "INSERT INTO users (tenant_id, id, email, email_norm, name, role, password_hash, totp_secret,
                totp_last_step, recovery_json, lang, status, created_at, last_seen_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    GET = "SELECT * FROM users WHERE tenant_id = $1 AND id = $2";
    /// Across tenants: signing in comes before the organisation is known; addresses are unique.
    BY_EMAIL = "SELECT * FROM users WHERE email_norm = $1";
    LIST = "SELECT * FROM users WHERE tenant_id = $1 ORDER BY id LIMIT $2";
    SET_ROLE = "UPDATE users SET role = $3 WHERE tenant_id = $1 AND id = $2";
    SET_STATUS = "UPDATE users SET status = $3 WHERE tenant_id = $1 AND id = $2";
    SET_PASSWORD = "UPDATE users SET password_hash = $3 WHERE tenant_id = $1 AND id = $2";
    SET_TOTP = "UPDATE users SET totp_secret = $3, totp_last_step = $4, recovery_json = $5
                WHERE tenant_id = $1 AND id = $2";
    USE_STEP = "UPDATE users SET totp_last_step = $3
                WHERE tenant_id = $1 AND id = $2 AND totp_last_step < $3";
    SET_PROFILE = "UPDATE users SET name = $3, lang = $4 WHERE tenant_id = $1 AND id = $2";
    TOUCH = "UPDATE users SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
    COUNT_OWNERS = "SELECT COUNT(*) AS n FROM users
                    WHERE tenant_id = $1 AND role = 'owner' AND status = 'active'";
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their organisation.
    pub tenant: TenantId,
    /// Their id.
    pub id: UserId,
    /// Address as typed.
    pub email: String,
    /// Address for comparison; unique in the installation.
    pub email_norm: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Argon2id hash in PHC form; `None` signs in by mail only.
    pub password_hash: Option<String>,
    /// Shared secret of the second step in base 32.
    pub totp_secret: Option<String>,
    /// The last 30-second step that was used, so that no code works twice.
    pub totp_last_step: i64,
    /// Hashes of unused recovery codes, a JSON array of hexadecimal SHA-256.
    pub recovery_json: String,
    /// Language code, or empty for the browser's.
    pub lang: String,
    /// `invited`, `active` or `disabled`.
    pub status: String,
    /// When they were invited.
    pub created_at: Timestamp,
    /// Last sign-in.
    pub last_seen_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<User, StoreError> {
    Ok(User {
        tenant: row.get("tenant_id")?,
        id: row.get("id")?,
        email: row.get("email")?,
        email_norm: row.get("email_norm")?,
        name: row.get("name")?,
        role: row.parse("role", Role::from_code)?,
        password_hash: row.get("password_hash")?,
        totp_secret: row.get("totp_secret")?,
        totp_last_step: row.get("totp_last_step")?,
        recovery_json: row.get("recovery_json")?,
        lang: row.get("lang")?,
        status: row.get("status")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
    })
}

/// Writes a new member; a known address is a conflict.
pub async fn insert(tx: &mut Tx, user: &User) -> Result<(), StoreError> {
    let args = args![
        user.tenant,
        user.id,
        &user.email,
        &user.email_norm,
        &user.name,
        user.role.code(),
        user.password_hash.clone(),
        user.totp_secret.clone(),
        user.totp_last_step,
        &user.recovery_json,
        &user.lang,
        &user.status,
        user.created_at,
        user.last_seen_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// One member.
pub async fn get(tx: &mut Tx, tenant: TenantId, id: UserId) -> Result<Option<User>, StoreError> {
    tx.find(GET, args![tenant, id], read).await
}

/// The member with this normalised address, in any organisation.
pub async fn by_email(tx: &mut Tx, email_norm: &str) -> Result<Option<User>, StoreError> {
    tx.find(BY_EMAIL, args![email_norm], read).await
}

/// The team in order of joining.
pub async fn list(tx: &mut Tx, tenant: TenantId, limit: i64) -> Result<Vec<User>, StoreError> {
    tx.list(LIST, args![tenant, limit], read).await
}

/// Changes the role.
pub async fn set_role(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    role: Role,
) -> Result<(), StoreError> {
    let args = args![tenant, id, role.code()];
    tx.execute(SET_ROLE, args).await.map(drop)
}

/// Changes the status.
pub async fn set_status(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    status: &str,
) -> Result<(), StoreError> {
    tx.execute(SET_STATUS, args![tenant, id, status])
        .await
        .map(drop)
}

/// Replaces the password's hash.
pub async fn set_password(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    hash: &str,
) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, args![tenant, id, hash])
        .await
        .map(drop)
}

/// Replaces the second step: secret, last used step, recovery codes.
pub async fn set_totp(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    secret: Option<String>,
    step: i64,
    recovery_json: &str,
) -> Result<(), StoreError> {
    let args = args![tenant, id, secret, step, recovery_json];
    tx.execute(SET_TOTP, args).await.map(drop)
}

/// Marks a step as used; false when it, or a later one, was used before.
pub async fn use_step(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    step: i64,
) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_STEP, args![tenant, id, step]).await? == 1)
}

/// Changes name and language.
pub async fn set_profile(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    name: &str,
    lang: &str,
) -> Result<(), StoreError> {
    tx.execute(SET_PROFILE, args![tenant, id, name, lang])
        .await
        .map(drop)
}

/// Notes a sign-in.
pub async fn touch(
    tx: &mut Tx,
    tenant: TenantId,
    id: UserId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(TOUCH, args![tenant, id, at]).await.map(drop)
}

/// How many active owners there are.
pub async fn count_owners(tx: &mut Tx, tenant: TenantId) -> Result<i64, StoreError> {
    tx.one(COUNT_OWNERS, args![tenant]).await?.get("n")
}

/// The zone in which the team counts its days: that of the first program; none before it.
pub async fn zone(tx: &mut Tx, tenant: TenantId) -> Result<Option<String>, StoreError> {
    tx.find(ZONE, args![tenant], |row| row.get("zone")).await
}
