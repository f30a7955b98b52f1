//! Deliveries: planned per endpoint, looked at, sent again by hand.

use comity_domain::{Actor, DeliveryId, EndpointId, Permission};
use comity_store::delivery::{self as store, Delivery};
use comity_store::endpoint::{self, Endpoint};
use comity_store::job::Job;
use comity_store::{Tx, outbox};
use serde_json::{Value, json};

use crate::job::{NewJob, enqueue};
use crate::port::Reply;
use crate::{App, AppError, authorise};

/// Job: plans the deliveries of one event.
pub fn fan_out<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let id = serde_json::from_value(body["outbox"].clone())
            .map_err(|error| AppError::Internal(error.to_string()))?;
        let mut tx = app.store.write().await?;
        let Some(event) = outbox::get(&mut tx, job.tenant, id).await? else {
            return Ok(());
        };
        for endpoint in endpoint::for_kind(&mut tx, job.tenant, &event.kind).await? {
            plan(&mut tx, app, &event, &endpoint).await?;
        }
        tx.commit().await?;
        Ok(())
    })
}

/// Plans one delivery; one that is planned already is left alone.
pub(super) async fn plan(
    tx: &mut Tx,
    app: &App,
    event: &outbox::Event,
    endpoint: &Endpoint,
) -> Result<(), AppError> {
    let known = store::find(tx, event.tenant, endpoint.id, event.id).await?;
    if known.is_some() {
        return Ok(());
    }
    let delivery = Delivery {
        id: app.id(),
        tenant: event.tenant,
        outbox: event.id,
        endpoint: endpoint.id,
        attempts: 0,
        status: "waiting".to_owned(),
        response_status: None,
        response_excerpt: String::new(),
        created_at: app.now(),
        updated_at: app.now(),
    };
    store::insert(tx, &delivery).await?;
    enqueue(tx, app, event.tenant, job_of(&delivery)).await
}

/// The job that makes the next attempt.
pub(super) fn job_of(delivery: &Delivery) -> NewJob {
    NewJob::now("webhook.deliver", json!({ "delivery": delivery.id }))
}

/// An endpoint's deliveries with the types of their events, newest first: in one status or in
/// all (empty), found by part of the type or of the answer.
pub async fn deliveries(
    app: &App,
    actor: &Actor,
    endpoint: EndpointId,
    (status, find): (&str, &str),
    before: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<(Delivery, String)>, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.read().await?;
    let find = find.to_lowercase();
    let of = (status, find.as_str());
    Ok(store::page(&mut tx, tenant, endpoint, of, before, limit).await?)
}

/// Sends a delivery again, with the same message id, so that receivers recognise it.
pub async fn replay(app: &App, actor: &Actor, id: DeliveryId) -> Result<Delivery, AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let mut tx = app.store.write().await?;
    let mut delivery = store::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("delivery"))?;
    if delivery.status == "waiting" {
        return Err(AppError::Conflict("delivery_waiting"));
    }
    "waiting".clone_into(&mut delivery.status);
    delivery.attempts = 0;
    delivery.updated_at = app.now();
    store::update(&mut tx, &delivery).await?;
    enqueue(&mut tx, app, tenant, job_of(&delivery)).await?;
    tx.commit().await?;
    Ok(delivery)
}
