//! The transactional outbox: what happened, for webhooks and the live feed.

use comity_domain::{OutboxId, PartnerId, ProgramId, TenantId};
use comity_store::Tx;
use comity_store::outbox as store;
use serde_json::Value;

use crate::{App, AppError, job, message};

/// Something subscribers may hear of.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: Option<ProgramId>,
    /// About which partner.
    pub partner: Option<PartnerId>,
    /// Event type, as in `commission.created`.
    pub kind: &'static str,
    /// Data for subscribers and for the feed's sentence.
    pub body: Value,
}

/// Writes the event in the caller's transaction and queues its deliveries.
/// Call [`App::announce`] after the commit so that open pages move.
pub async fn emit(tx: &mut Tx, app: &App, happened: &Happened) -> Result<(), AppError> {
    let id = app.id::<OutboxId>();
    let body = happened.body.to_string();
    let row = store::Event {
        id,
        tenant: happened.tenant,
        program: happened.program,
        partner: happened.partner,
        kind: happened.kind.to_owned(),
        body_json: body,
        at: app.now(),
    };
    store::insert(tx, &row).await?;
    store::insert_feed(tx, &row).await?;
    message::plan_notice(tx, app, happened).await?;
    if store::has_subscriber(tx, happened.tenant, happened.kind).await? {
        let job = job::NewJob::now("webhook.fan_out", serde_json::json!({ "outbox": id }));
        job::enqueue(tx, app, happened.tenant, job).await?;
    }
    Ok(())
}
