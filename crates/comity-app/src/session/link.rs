//! Links that sign in: sent by mail, or printed for a demonstration.

use comity_domain::time::{DAY, MINUTE};
use comity_domain::{TenantId, Timestamp};
use comity_store::session::{self as store, LoginToken, Subject};
use comity_store::{Tx, second_step, user};

use super::open::{self, Client, Opened, Stage};
use super::token;
use crate::{App, AppError};

/// How long a sign-in link works.
pub(super) const LOGIN_MINUTES: u32 = 15;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Signing in once, within 15 minutes.
    Login,
    /// Signing in once, within 7 days: for new partners, who read such mail late.
    Welcome,
    /// Joining the team, within 7 days.
    Invite,
    /// Signing in any number of times for 30 days (demonstrations).
    Demo,
}

impl LinkPurpose {
    const fn code(self) -> &'static str {
        match self {
            Self::Login | Self::Welcome | Self::Demo => "login",
            Self::Invite => "invite",
        }
    }

    pub(crate) fn expires(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Login => now.plus(i64::from(LOGIN_MINUTES) * MINUTE),
            Self::Welcome | Self::Invite => now.plus(7 * DAY),
            Self::Demo => now.plus(30 * DAY),
        }
    }
}

/// Makes a link in the caller's transaction; the answer is the only copy.
pub async fn create_link(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    subject: Subject,
    purpose: LinkPurpose,
) -> Result<String, AppError> {
    let now = app.now();
    let value = token::fresh(app);
    let row = LoginToken {
        tenant,
        token_hash: token::hash(&value),
        subject,
        purpose: purpose.code().to_owned(),
        reusable: purpose == LinkPurpose::Demo,
        used: false,
        created_at: now,
        expires_at: purpose.expires(now),
    };
    store::insert_token(tx, &row).await?;
    let path = match purpose {
        LinkPurpose::Login | LinkPurpose::Welcome | LinkPurpose::Demo => "sign-in/link",
        LinkPurpose::Invite => "invite",
    };
    Ok(format!("{}/{path}/{value}", app.config.base_url))
}

/// Looks at a link without using it: mail scanners follow links, so the page behind one
/// shows a button first. `None` when it cannot be used (any more).
pub async fn peek_link(app: &App, value: &str) -> Result<Option<LoginToken>, AppError> {
    let mut tx = app.store.read().await?;
    let known = store::token(&mut tx, &token::hash(value)).await?;
    Ok(known.filter(|token| token.expires_at > app.now() && !token.used))
}

/// Signs in with a link and uses it up. Invitations are not sign-in links: they ask for
/// a password first.
pub async fn use_link(app: &App, value: &str, client: &Client) -> Result<Opened, AppError> {
    let refused = || AppError::Unauthenticated("link_ended");
    let hash = token::hash(value);
    let mut tx = app.store.write().await?;
    let known = store::token(&mut tx, &hash).await?;
    let known = known
        .filter(|token| token.purpose == "login")
        .ok_or_else(refused)?;
    if !store::use_token(&mut tx, &hash, app.now()).await? {
        return Err(refused());
    }
    let mut stage = Stage::Full;
    if let Subject::User(id) = known.subject {
        let person = user::get(&mut tx, known.tenant, id).await?;
        person
            .filter(|user| user.status != "disabled")
            .ok_or_else(refused)?;
        user::set_status(&mut tx, known.tenant, id, "active").await?;
    }
    if second_step::of(&mut tx, known.tenant, known.subject)
        .await?
        .is_some()
    {
        stage = Stage::SecondStep;
    }
    let opened = open::open(&mut tx, app, known.tenant, known.subject, stage, client).await?;
    tx.commit().await?;
    Ok(opened)
}
