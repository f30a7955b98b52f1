//! From a cookie to an actor.

use comity_domain::time::{DAY, MINUTE};
use comity_domain::{Actor, Timestamp, Zone};
use comity_store::session::{self as store, Session, Subject};
use comity_store::tenant::{self, Tenant};
use comity_store::{Tx, partner, second_step, user};

use super::token;
use crate::{App, AppError};

/// An unused team session ends after this (RELIABILITY 3.5).
const USER_IDLE: i64 = 30 * MINUTE;
/// An unused partner session ends after this.
const PARTNER_IDLE: i64 = DAY;
/// `last_seen_at` is kept to the minute, so that reading pages does not write.
const TOUCH_EVERY: i64 = MINUTE;

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Their session.
    pub session: Session,
    /// What they may do. Without the second step nobody is an actor yet.
    pub actor: Option<Actor>,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Chosen language, or empty.
    pub lang: String,
    /// Whether a password is set; otherwise only links sign in.
    pub has_password: bool,
    /// Whether a second step is set up.
    pub has_second_step: bool,
    /// Zone of their times: the team's that of the first program, UTC otherwise.
    pub zone: Zone,
    /// Organisation.
    pub tenant: Tenant,
}

/// The person behind a session cookie; `None` when it is unknown or has ended.
pub async fn resolve(app: &App, cookie: &str) -> Result<Option<Signed>, AppError> {
    let now = app.now();
    let mut tx = app.store.read().await?;
    let Some(session) = store::by_token(&mut tx, &token::hash(cookie)).await? else {
        return Ok(None);
    };
    if ended(&session, now) {
        return Ok(None);
    }
    let signed = person(&mut tx, session).await?;
    drop(tx);
    if let Some(signed) = &signed
        && now.since(signed.session.last_seen_at) >= TOUCH_EVERY
    {
        let mut tx = app.store.write().await?;
        store::touch(&mut tx, signed.session.tenant, signed.session.id, now).await?;
        tx.commit().await?;
    }
    Ok(signed)
}

fn ended(session: &Session, now: Timestamp) -> bool {
    let idle = match session.subject {
        Subject::User(_) => USER_IDLE,
        Subject::Partner(_) => PARTNER_IDLE,
    };
    now >= session.expires_at || now.since(session.last_seen_at) >= idle
}

async fn person(tx: &mut Tx, session: Session) -> Result<Option<Signed>, AppError> {
    let Some(tenant) = tenant::get(tx, session.tenant).await? else {
        return Ok(None);
    };
    let full = session.stage == "full";
    let step = second_step::of(tx, tenant.id, session.subject).await?;
    let has_second_step = step.is_some();
    let zone = user::zone(tx, tenant.id).await?;
    let zone = zone
        .and_then(|name| Zone::named(&name))
        .unwrap_or_else(Zone::utc);
    Ok(match session.subject {
        Subject::User(id) => user::get(tx, tenant.id, id)
            .await?
            .filter(|user| user.status != "disabled")
            .map(|user| Signed {
                actor: full.then(|| Actor::User {
                    tenant: tenant.id,
                    id,
                    role: user.role,
                    name: user.name.clone(),
                }),
                session,
                name: user.name,
                email: user.email,
                lang: user.lang,
                has_password: user.password_hash.is_some(),
                has_second_step,
                zone,
                tenant,
            }),
        Subject::Partner(id) => partner::get(tx, tenant.id, id)
            .await?
            .map(|partner| Signed {
                actor: full.then_some(Actor::Partner {
                    tenant: tenant.id,
                    id,
                    impersonator: session.impersonator,
                }),
                session,
                name: partner.name,
                email: partner.email,
                lang: partner.lang,
                has_password: partner.password_hash.is_some(),
                has_second_step,
                zone: Zone::utc(),
                tenant,
            }),
    })
}
