//! Terms in versions, and who accepted which (I1, D4).

use comity_domain::{Actor, PartnerId, Permission, ProgramId, TermsId};
use comity_store::partner;
use comity_store::program::{self as store, Terms};
use serde_json::json;

use super::{load, note};
use crate::{App, AppError, audit, authorise, message};

/// Longest terms.
const MAX_BODY: usize = 200_000;

/// Publishes the next version; partners are asked to accept it in their portal.
pub async fn publish_terms(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    body: &str,
) -> Result<Terms, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    if body.trim().is_empty() {
        return Err(AppError::field("body", "required"));
    }
    if body.len() > MAX_BODY {
        return Err(AppError::field("body", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let program = load(&mut tx, tenant, program).await?;
    tx.lock(&format!("terms:{}", program.id)).await?;
    let last = store::current_terms(&mut tx, tenant, program.id).await?;
    let terms = Terms {
        id: app.id::<TermsId>(),
        tenant,
        program: program.id,
        version: last.map_or(0, |terms| terms.version) + 1,
        body: body.trim().to_owned(),
        published_by: actor.label(),
        published_at: app.now(),
    };
    store::insert_terms(&mut tx, &terms).await?;
    let detail = json!({ "version": terms.version, "terms": terms.id });
    note(
        &mut tx,
        app,
        actor,
        &program,
        "program.terms_published",
        detail,
    )
    .await?;
    message::tell_of_terms(&mut tx, app, actor, &program).await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(terms)
}

/// A partner accepts the current terms of a program they are in.
pub async fn accept_terms(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    ip: &str,
) -> Result<Terms, AppError> {
    let Actor::Partner {
        tenant,
        id,
        impersonator: None,
    } = *actor
    else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.write().await?;
    partner::enrollment_of(&mut tx, tenant, program, id)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let terms = store::current_terms(&mut tx, tenant, program)
        .await?
        .ok_or(AppError::NotFound("terms"))?;
    record(&mut tx, app, actor, &terms, id, ip).await?;
    tx.commit().await?;
    Ok(terms)
}

/// Writes an acceptance with its audit line.
pub(crate) async fn record(
    tx: &mut comity_store::Tx,
    app: &App,
    actor: &Actor,
    terms: &Terms,
    partner: PartnerId,
    ip: &str,
) -> Result<(), AppError> {
    store::accept_terms(tx, terms.tenant, terms.id, partner, app.now(), ip).await?;
    let label = partner.to_string();
    let entry = audit::Entry {
        action: "terms.accepted",
        object_kind: "partner",
        object_id: &label,
        detail: json!({ "terms": terms.id, "version": terms.version }),
    };
    audit::record(tx, app, actor, entry).await
}
