//! Opening a session.

use comity_domain::time::{DAY, HOUR};
use comity_domain::{SessionId, TenantId, UserId};
use comity_store::session::{self as store, Session, Subject};
use comity_store::{Tx, partner, user};

use super::token;
use crate::{App, AppError};

/// A team member's session ends after this, used or not (RELIABILITY 3.5).
const USER_LIFETIME: i64 = 12 * HOUR;
/// A partner's session ends after this.
const PARTNER_LIFETIME: i64 = 30 * DAY;
/// A look through a partner's eyes ends after this.
const VIEW_LIFETIME: i64 = HOUR;
/// Stored length of a browser's name.
const MAX_USER_AGENT: usize = 200;

/// Where a sign-in comes from, for the list of sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// Address.
    pub ip: String,
    /// The browser's name of itself.
    pub user_agent: String,
}

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The second step is missing.
    SecondStep,
    /// Signed in.
    Full,
}

impl Stage {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SecondStep => "totp",
            Self::Full => "full",
        }
    }
}

/// A session that was just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The cookie's value; kept nowhere else.
    pub token: String,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// Who.
    pub subject: Subject,
}

/// Writes a new session; the caller commits.
pub(super) async fn open(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    subject: Subject,
    stage: Stage,
    client: &Client,
) -> Result<Opened, AppError> {
    write(tx, app, (tenant, subject, None), stage, client).await
}

/// Writes a full session for somebody who just proved who they are.
pub(crate) async fn open_full(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    subject: Subject,
    client: &Client,
) -> Result<Opened, AppError> {
    write(tx, app, (tenant, subject, None), Stage::Full, client).await
}

/// Writes a session that looks through a partner's eyes.
pub(super) async fn open_view(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    subject: Subject,
    by: UserId,
    client: &Client,
) -> Result<Opened, AppError> {
    write(tx, app, (tenant, subject, Some(by)), Stage::Full, client).await
}

async fn write(
    tx: &mut Tx,
    app: &App,
    (tenant, subject, impersonator): (TenantId, Subject, Option<UserId>),
    stage: Stage,
    client: &Client,
) -> Result<Opened, AppError> {
    let now = app.now();
    let value = token::fresh(app);
    let lifetime = match (subject, impersonator) {
        (_, Some(_)) => VIEW_LIFETIME,
        (Subject::User(_), None) => USER_LIFETIME,
        (Subject::Partner(_), None) => PARTNER_LIFETIME,
    };
    let session = Session {
        tenant,
        id: app.id::<SessionId>(),
        token_hash: token::hash(&value),
        subject,
        impersonator,
        stage: stage.code().to_owned(),
        ip: client.ip.clone(),
        user_agent: client.user_agent.chars().take(MAX_USER_AGENT).collect(),
        created_at: now,
        last_seen_at: now,
        reauth_at: now,
        expires_at: now.plus(lifetime),
    };
    store::insert(tx, &session).await?;
    match (subject, impersonator) {
        (Subject::User(id), _) => user::touch(tx, tenant, id, now).await?,
        (Subject::Partner(id), None) => partner::seen(tx, tenant, id, now).await?,
        (Subject::Partner(_), Some(_)) => {}
    }
    Ok(Opened {
        token: value,
        stage,
        subject,
    })
}
