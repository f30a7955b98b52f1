//! Ending the mails of a kind with one click, without signing in (RFC 8058).

use comity_domain::{Actor, PartnerId, TenantId};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::portal::{MailChoice, choices_of, put_choices};
use crate::{App, AppError, audit};

/// What the seal of an address covers, besides its secret.
fn seal(app: &App, content: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&app.config.secret) else {
        return String::new();
    };
    mac.update(b"unsubscribe\0");
    mac.update(content.as_bytes());
    hex::encode(&mac.finalize().into_bytes()[..16])
}

/// The full address in the mail. It does not expire: mails are found years later.
pub(crate) fn address(
    app: &App,
    tenant: TenantId,
    partner: PartnerId,
    choice: MailChoice,
) -> String {
    let content = format!("{tenant}.{partner}.{}", choice.code());
    let token = format!("{content}.{}", seal(app, &content));
    let path = comity_ui::route::unsubscribe(&token);
    format!("{}{path}", app.config.base_url)
}

fn read(app: &App, token: &str) -> Option<(TenantId, PartnerId, MailChoice)> {
    let (content, given) = token.rsplit_once('.')?;
    let expected = seal(app, content);
    if expected.is_empty() || !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
        return None;
    }
    let mut parts = content.split('.');
    let tenant = parts.next()?.parse().ok()?;
    let partner = parts.next()?.parse().ok()?;
    Some((tenant, partner, MailChoice::from_code(parts.next()?)?))
}

/// Which mails the address ends.
pub fn subject(app: &App, token: &str) -> Result<MailChoice, AppError> {
    let found = read(app, token).ok_or(AppError::NotFound("address"))?;
    Ok(found.2)
}

/// Ends them. Doing it again changes nothing.
pub async fn unsubscribe(app: &App, token: &str) -> Result<MailChoice, AppError> {
    let (tenant, partner, choice) = read(app, token).ok_or(AppError::NotFound("address"))?;
    let mut tx = app.store.write().await?;
    let mut choices = choices_of(&mut tx, tenant, partner).await?;
    if !choices.mail.wants(choice) {
        return Ok(choice);
    }
    choices.mail.leave_out(choice);
    put_choices(&mut tx, tenant, partner, &choices).await?;
    let label = partner.to_string();
    let entry = audit::Entry {
        action: "partner.unsubscribed",
        object_kind: "partner",
        object_id: &label,
        detail: json!({ "mail": choice.code() }),
    };
    audit::record(&mut tx, app, &Actor::System { tenant }, entry).await?;
    tx.commit().await?;
    Ok(choice)
}
