//! One's own account: name, password, second step.

use comity_domain::Actor;
use comity_store::second_step::{self, SecondStep};
use comity_store::session::{self as sessions, Subject};
use comity_store::{Tx, partner, tenant, user};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail::{self, Security, SecurityEvent};

use crate::audit::{self, Entry};
use crate::message::{self, Draft};
use crate::session::{self, Signed, password, recovery_codes, require_recent};
use crate::{App, AppError};

/// Longest name.
const MAX_NAME: usize = 120;

/// Whoever is signed in, in person: nobody changes another's account through their eyes.
fn actor(signed: &Signed) -> Result<&Actor, AppError> {
    let own = signed.session.impersonator.is_none();
    let actor = signed.actor.as_ref().filter(|_| own);
    actor.ok_or(AppError::Forbidden)
}

/// Changes name and language.
pub async fn save_profile(
    app: &App,
    signed: &Signed,
    name: &str,
    lang: Lang,
) -> Result<(), AppError> {
    actor(signed)?;
    if name.is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if name.chars().count() > MAX_NAME {
        return Err(AppError::field("name", "too_long"));
    }
    let tenant = signed.session.tenant;
    let mut tx = app.store.write().await?;
    match signed.session.subject {
        Subject::User(id) => user::set_profile(&mut tx, tenant, id, name, lang.code()).await?,
        Subject::Partner(id) => {
            let known = partner::get(&mut tx, tenant, id).await?;
            let mut known = known.ok_or(AppError::NotFound("partner"))?;
            name.clone_into(&mut known.name);
            lang.code().clone_into(&mut known.lang);
            partner::update(&mut tx, &known).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Sets a new password, ends all other sessions and tells the owner of the address.
pub async fn change_password(app: &App, signed: &Signed, new: &str) -> Result<(), AppError> {
    let actor = actor(signed)?;
    require_recent(signed, app.now())?;
    password::check_new(new, &signed.email)?;
    let hash = password::hash(app, new).await?;
    let (tenant, subject) = (signed.session.tenant, signed.session.subject);
    let mut tx = app.store.write().await?;
    match subject {
        Subject::User(id) => user::set_password(&mut tx, tenant, id, &hash).await?,
        Subject::Partner(id) => {
            let known = partner::get(&mut tx, tenant, id).await?;
            let mut known = known.ok_or(AppError::NotFound("partner"))?;
            known.password_hash = Some(hash);
            partner::update(&mut tx, &known).await?;
        }
    }
    sessions::revoke_all(&mut tx, tenant, subject, Some(signed.session.id)).await?;
    note(&mut tx, app, signed, actor, SecurityEvent::PasswordChanged).await?;
    tx.commit().await?;
    Ok(())
}

/// Switches the second step on, once a code proves that the authenticator has the secret.
/// Answers the recovery codes: shown once, kept as hashes.
pub async fn second_step_on(
    app: &App,
    signed: &Signed,
    secret: &str,
    code: &str,
) -> Result<Vec<String>, AppError> {
    let actor = actor(signed)?;
    require_recent(signed, app.now())?;
    let step = session::accepts(secret, code, app.now().seconds(), 0)
        .ok_or_else(|| AppError::field("code", "wrong"))?;
    let (codes, hashes) = recovery_codes(app);
    let tenant = signed.session.tenant;
    let mut tx = app.store.write().await?;
    let subject = signed.session.subject;
    let fresh = SecondStep {
        secret: secret.to_owned(),
        last_step: step,
        recovery_json: hashes,
    };
    second_step::put(&mut tx, tenant, subject, &fresh).await?;
    sessions::revoke_all(&mut tx, tenant, subject, Some(signed.session.id)).await?;
    note(&mut tx, app, signed, actor, SecurityEvent::TwoFactorOn).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Switches the second step off.
pub async fn second_step_off(app: &App, signed: &Signed) -> Result<(), AppError> {
    let actor = actor(signed)?;
    require_recent(signed, app.now())?;
    let tenant = signed.session.tenant;
    let mut tx = app.store.write().await?;
    second_step::remove(&mut tx, tenant, signed.session.subject).await?;
    note(&mut tx, app, signed, actor, SecurityEvent::TwoFactorOff).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the audit line and the mail of a change to how somebody signs in.
async fn note(
    tx: &mut Tx,
    app: &App,
    signed: &Signed,
    actor: &Actor,
    event: SecurityEvent,
) -> Result<(), AppError> {
    let action = match event {
        SecurityEvent::PasswordChanged => "account.password_changed",
        SecurityEvent::TwoFactorOn => "account.second_step_on",
        SecurityEvent::TwoFactorOff => "account.second_step_off",
        SecurityEvent::NewDevice => "account.new_device",
        SecurityEvent::KeyCreated => "api_key.created",
        SecurityEvent::AddressChanged => "partner.address_changed",
    };
    let entry = Entry {
        action,
        object_kind: actor.kind(),
        object_id: &actor.label(),
        detail: serde_json::json!({}),
    };
    audit::record(tx, app, actor, entry).await?;
    let tenant_id = signed.session.tenant;
    let organisation = tenant::get(tx, tenant_id).await?;
    let organisation = organisation.ok_or(AppError::NotFound("organisation"))?;
    let cx = Cx::new(Lang::parse(&signed.lang).unwrap_or_default(), "", app.now());
    let view = Security {
        event,
        at: app.now(),
        device: signed.session.user_agent.clone(),
    };
    let written = mail::security(&cx, &message::sender(app, &organisation), &view);
    let draft = Draft::new("security", signed.email.clone(), written);
    message::queue(tx, app, tenant_id, draft).await?;
    Ok(())
}
