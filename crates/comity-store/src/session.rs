//! Signed-in browsers and the one-time tokens that sign them in.

use comity_domain::{PartnerId, RawId, SessionId, TenantId, Timestamp, UserId};

use crate::{Row, StoreError, Tx};

statements! {
    INSERT = "INSERT INTO sessions (tenant_id, id, token_hash, subject_kind, subject_id, impersonator_id, stage,
                ip, user_agent, created_at, last_seen_at, reauth_at, expires_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)";
    /// The token is what names the organisation.
    BY_TOKEN = "SELECT * FROM sessions WHERE token_hash = $1";
    TOUCH = "UPDATE sessions SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2";
    REAUTH = "UPDATE sessions SET reauth_at = $3 WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT * FROM sessions WHERE tenant_id = $1 AND subject_kind = $2 AND subject_id = $3
            ORDER BY last_seen_at DESC, id LIMIT $4";
    REVOKE = "DELETE FROM sessions WHERE tenant_id = $1 AND id = $2";
    REVOKE_OWN = "DELETE FROM sessions WHERE tenant_id = $1 AND id = $2 AND subject_kind = $3 AND subject_id = $4";
    REVOKE_ALL = "DELETE FROM sessions WHERE tenant_id = $1 AND subject_kind = $2 AND subject_id = $3
                  AND (id <> $4 OR $4 IS NULL)";
    PRUNE = "DELETE FROM sessions WHERE expires_at < $1";
    INSERT_TOKEN = "INSERT INTO login_tokens (tenant_id, token_hash, subject_kind, subject_id, purpose, reusable,
                      created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    TOKEN = "SELECT * FROM login_tokens WHERE token_hash = $1";
    USE_TOKEN = "UPDATE login_tokens SET used_at = $2
                 WHERE token_hash = $1 AND (used_at IS NULL OR reusable = 1) AND expires_at > $2";
    PRUNE_TOKENS = "DELETE FROM login_tokens WHERE expires_at < $1";
}

/// Who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A member of the team.
    User(UserId),
    /// A partner.
    Partner(PartnerId),
}

impl Subject {
    /// `user` or `partner`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Partner(_) => "partner",
        }
    }

    /// The id without its kind.
    #[must_use]
    pub const fn raw(self) -> RawId {
        match self {
            Self::User(id) => id.0,
            Self::Partner(id) => id.0,
        }
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        let id: RawId = row.get("subject_id")?;
        row.parse("subject_kind", |kind| match kind {
            "user" => Some(Self::User(UserId(id))),
            "partner" => Some(Self::Partner(PartnerId(id))),
            _ => None,
        })
    }
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Organisation.
    pub tenant: TenantId,
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of the cookie's value.
    pub token_hash: [u8; 32],
    /// Who.
    pub subject: Subject,
    /// The team member looking through a partner's eyes.
    pub impersonator: Option<UserId>,
    /// `full`, or `totp` while the second step is missing.
    pub stage: String,
    /// Address it was opened from.
    pub ip: String,
    /// Browser it was opened with.
    pub user_agent: String,
    /// Opened.
    pub created_at: Timestamp,
    /// Last used (to the minute).
    pub last_seen_at: Timestamp,
    /// Last proof of presence: password or second step.
    pub reauth_at: Timestamp,
    /// Ends at the latest.
    pub expires_at: Timestamp,
}

fn read(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        tenant: row.get("tenant_id")?,
        id: row.get("id")?,
        token_hash: row.get("token_hash")?,
        subject: Subject::read(row)?,
        impersonator: row.get("impersonator_id")?,
        stage: row.get("stage")?,
        ip: row.get("ip")?,
        user_agent: row.get("user_agent")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        reauth_at: row.get("reauth_at")?,
        expires_at: row.get("expires_at")?,
    })
}

/// A token that signs somebody in or lets them set a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginToken {
    /// Organisation.
    pub tenant: TenantId,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// For whom.
    pub subject: Subject,
    /// `login`, `invite` or `reset`.
    pub purpose: String,
    /// Works more than once (demonstrations).
    pub reusable: bool,
    /// Used up: a single-use token that was used.
    pub used: bool,
    /// Made.
    pub created_at: Timestamp,
    /// Ends.
    pub expires_at: Timestamp,
}

fn read_token(row: &Row) -> Result<LoginToken, StoreError> {
    Ok(LoginToken {
        tenant: row.get("tenant_id")?,
        token_hash: row.get("token_hash")?,
        subject: Subject::read(row)?,
        purpose: row.get("purpose")?,
        reusable: row.get("reusable")?,
        used: !row.get::<bool>("reusable")? && row.get::<Option<i64>>("used_at")?.is_some(),
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}

/// Writes a new session.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<(), StoreError> {
    let args = args![
        session.tenant,
        session.id,
        &session.token_hash,
        session.subject.kind(),
        session.subject.raw(),
        session.impersonator,
        &session.stage,
        &session.ip,
        &session.user_agent,
        session.created_at,
        session.reauth_at,
        session.expires_at
    ];
    tx.execute(INSERT, args).await.map(drop)
}

/// The session with this token, expired or not.
pub async fn by_token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    tx.find(BY_TOKEN, args![token_hash], read).await
}

/// Notes that a session was used.
pub async fn touch(
    tx: &mut Tx,
    tenant: TenantId,
    id: SessionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(TOUCH, args![tenant, id, at]).await.map(drop)
}

/// Notes a fresh proof of presence.
pub async fn reauth(
    tx: &mut Tx,
    tenant: TenantId,
    id: SessionId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(REAUTH, args![tenant, id, at]).await.map(drop)
}

/// A subject's sessions, the most recently used first.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    subject: Subject,
    limit: i64,
) -> Result<Vec<Session>, StoreError> {
    let args = args![tenant, subject.kind(), subject.raw(), limit];
    tx.list(LIST, args, read).await
}

/// Ends a session.
pub async fn revoke(tx: &mut Tx, tenant: TenantId, id: SessionId) -> Result<(), StoreError> {
    tx.execute(REVOKE, args![tenant, id]).await.map(drop)
}

/// Ends one of the subject's own sessions; answers whether it was theirs.
pub async fn revoke_own(
    tx: &mut Tx,
    tenant: TenantId,
    subject: Subject,
    id: SessionId,
) -> Result<bool, StoreError> {
    let args = args![tenant, id, subject.kind(), subject.raw()];
    Ok(tx.execute(REVOKE_OWN, args).await? == 1)
}

/// Ends all of a subject's sessions but `keep`.
pub async fn revoke_all(
    tx: &mut Tx,
    tenant: TenantId,
    subject: Subject,
    keep: Option<SessionId>,
) -> Result<(), StoreError> {
    let args = args![tenant, subject.kind(), subject.raw(), keep];
    tx.execute(REVOKE_ALL, args).await.map(drop)
}

/// Removes sessions and tokens that ended before `at`.
pub async fn prune(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(PRUNE, args![at]).await?;
    tx.execute(PRUNE_TOKENS, args![at]).await.map(drop)
}

/// Writes a token.
pub async fn insert_token(tx: &mut Tx, token: &LoginToken) -> Result<(), StoreError> {
    let args = args![
        token.tenant,
        &token.token_hash,
        token.subject.kind(),
        token.subject.raw(),
        &token.purpose,
        token.reusable,
        token.created_at,
        token.expires_at
    ];
    tx.execute(INSERT_TOKEN, args).await.map(drop)
}

/// Looks at a token without using it.
pub async fn token(tx: &mut Tx, token_hash: &[u8; 32]) -> Result<Option<LoginToken>, StoreError> {
    tx.find(TOKEN, args![token_hash], read_token).await
}

/// Uses a token up; false when it was used before or has ended.
pub async fn use_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_TOKEN, args![token_hash, now]).await? == 1)
}
