//! What partners do with their own account: another address, and leaving.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use comity_domain::partner::EnrollmentStatus;
use comity_domain::time::HOUR;
use comity_domain::{Actor, Email, PartnerId, TenantId};
use comity_store::session::{self as sessions, Subject};
use comity_store::{Tx, fraud, link as links, partner as store, tenant};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::change::record;
use crate::message::{self, Draft};
use crate::{App, AppError};

/// How long the link to a new address works.
const HOURS: i64 = 24;

/// What the link says, under a seal.
#[derive(Debug, Serialize, Deserialize)]
struct Move {
    tenant: TenantId,
    partner: PartnerId,
    /// The address it leaves: a link is worthless once the address changed.
    from: String,
    to: String,
    until: i64,
}

fn own(actor: &Actor) -> Result<(TenantId, PartnerId), AppError> {
    match actor {
        Actor::Partner {
            tenant,
            id,
            impersonator: None,
        } => Ok((*tenant, *id)),
        _ => Err(AppError::Forbidden),
    }
}

fn seal(app: &App, content: &str) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.config.secret).ok()?;
    mac.update(b"address\0");
    mac.update(content.as_bytes());
    Some(mac.finalize().into_bytes().into())
}

fn token(app: &App, wanted: &Move) -> Result<String, AppError> {
    let content = URL_SAFE_NO_PAD.encode(json!(wanted).to_string());
    let seal = seal(app, &content).ok_or_else(|| AppError::Internal("no seal".to_owned()))?;
    Ok(format!("{content}.{}", hex::encode(seal)))
}

fn read(app: &App, token: &str) -> Option<Move> {
    let (content, given) = token.split_once('.')?;
    let expected = hex::encode(seal(app, content)?);
    if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(content).ok()?;
    let wanted: Move = serde_json::from_slice(&bytes).ok()?;
    (wanted.until > app.now().seconds()).then_some(wanted)
}

/// Asks for another address: a link goes there, and nothing changes until it is opened. An
/// address that another partner has gets no link, and the answer does not tell.
pub async fn ask_email(app: &App, actor: &Actor, email: &str) -> Result<(), AppError> {
    let (tenant, id) = own(actor)?;
    let email: Email = email
        .parse()
        .map_err(|_| AppError::field("email", "not_an_email"))?;
    let mut tx = app.store.write().await?;
    let partner = store::get(&mut tx, tenant, id).await?;
    let partner = partner.ok_or(AppError::NotFound("partner"))?;
    if store::by_email(&mut tx, tenant, &email.normalised())
        .await?
        .is_some()
    {
        return Ok(());
    }
    let wanted = Move {
        tenant,
        partner: id,
        from: partner.email_norm,
        to: email.as_str().to_owned(),
        until: app.now().plus(HOURS * HOUR).seconds(),
    };
    let path = comity_ui::route::account_email_confirm(&token(app, &wanted)?);
    let (cx, from) = frame(&mut tx, app, tenant, &partner.lang).await?;
    let url = format!("{}{path}", app.config.base_url);
    let written = mail::confirm_address(&cx, &from, &url);
    let draft = Draft::new("confirm_address", wanted.to, written);
    message::queue(&mut tx, app, tenant, draft).await?;
    tx.commit().await?;
    Ok(())
}

async fn frame(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    lang: &str,
) -> Result<(Cx, mail::Sender), AppError> {
    let owner = tenant::get(tx, tenant).await?;
    let owner = owner.ok_or(AppError::NotFound("organisation"))?;
    let cx = Cx::new(Lang::parse(lang).unwrap_or_default(), "", app.now());
    Ok((cx, message::sender(app, &owner)))
}

/// The address that a link leads to, for the page that asks for one press.
pub fn asked_email(app: &App, token: &str) -> Result<String, AppError> {
    let wanted = read(app, token).ok_or(AppError::NotFound("address"))?;
    Ok(wanted.to)
}

/// Uses the new address from now on, and tells the old one.
pub async fn confirm_email(app: &App, token: &str) -> Result<(), AppError> {
    let wanted = read(app, token).ok_or(AppError::NotFound("address"))?;
    let email: Email = wanted
        .to
        .parse()
        .map_err(|_| AppError::NotFound("address"))?;
    let mut tx = app.store.write().await?;
    let partner = store::get(&mut tx, wanted.tenant, wanted.partner).await?;
    let known = partner.filter(|partner| partner.email_norm == wanted.from);
    let mut partner = known.ok_or(AppError::NotFound("address"))?;
    let holder = store::by_email(&mut tx, wanted.tenant, &email.normalised()).await?;
    if holder.is_some() {
        return Err(AppError::NotFound("address"));
    }
    let before = std::mem::replace(&mut partner.email, email.as_str().to_owned());
    partner.email_norm = email.normalised();
    store::update(&mut tx, &partner).await?;
    let (cx, from) = frame(&mut tx, app, wanted.tenant, &partner.lang).await?;
    let notice = mail::Security {
        event: mail::SecurityEvent::AddressChanged,
        at: app.now(),
        device: String::new(),
    };
    let written = mail::security(&cx, &from, &notice);
    let draft = Draft::new("address_changed", before, written);
    message::queue(&mut tx, app, wanted.tenant, draft).await?;
    let actor = Actor::Partner {
        tenant: wanted.tenant,
        id: wanted.partner,
        impersonator: None,
    };
    let (id, action) = (wanted.partner, "partner.address_changed");
    record(&mut tx, app, &actor, id, action, json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves every program: links end, what was earned is still paid, all sessions end, and files
/// handed in with appeals are removed. The team can take the partner back in.
pub async fn leave(app: &App, actor: &Actor) -> Result<(), AppError> {
    let (tenant, id) = own(actor)?;
    let now = app.now();
    let mut changed = Vec::new();
    let mut tx = app.store.write().await?;
    for mut enrollment in store::enrollments(&mut tx, tenant, id).await? {
        if !enrollment.status.may_become(EnrollmentStatus::Archived) {
            continue;
        }
        enrollment.status = EnrollmentStatus::Archived;
        changed.extend(links::touch_enrollment(&mut tx, tenant, enrollment.id, now).await?);
        store::update_enrollment(&mut tx, &enrollment, now).await?;
    }
    fraud::forget_files(&mut tx, tenant, id).await?;
    record(&mut tx, app, actor, id, "partner.left", json!({})).await?;
    sessions::revoke_all(&mut tx, tenant, Subject::Partner(id), None).await?;
    tx.commit().await?;
    app.links.changed(&changed);
    app.announce(tenant, "partner");
    Ok(())
}
