//! One attempt of one delivery.

use comity_domain::integration::inbound::verify::standard;
use comity_domain::integration::outbound::{
    Attempt, Decision, DeliveryNext, DisabledBecause, EndpointNext, after_attempt,
};
use comity_domain::{DeliveryId, TenantId, Timestamp};
use comity_store::delivery::{self as store, Delivery};
use comity_store::endpoint::{self, Endpoint};
use comity_store::job::Job;
use comity_store::outbox;
use serde_json::{Value, json};

use super::delivery::job_of;
use crate::job::{NewJob, enqueue};
use crate::port::{HttpError, HttpReply, Reply};
use crate::{App, AppError};

/// Longest beginning of an answer that is kept, in characters.
const EXCERPT: usize = 500;

/// Everything an attempt needs.
struct Parcel {
    delivery: Delivery,
    endpoint: Endpoint,
    event: outbox::Event,
}

/// Job: makes the next attempt of a delivery. Nothing outside is called inside a
/// transaction (invariant 6); a killed process sends the same message id again.
pub fn deliver<'a>(app: &'a App, job: &'a Job, body: Value) -> Reply<'a, Result<(), AppError>> {
    Box::pin(async move {
        let id = serde_json::from_value(body["delivery"].clone())
            .map_err(|error| AppError::Internal(error.to_string()))?;
        let Some(parcel) = load(app, job.tenant, id).await? else {
            return Ok(());
        };
        if parcel.endpoint.status != "active" {
            return give_up(app, parcel).await;
        }
        let answer = send(app, &parcel).await?;
        settle(app, parcel, answer).await
    })
}

async fn load(app: &App, tenant: TenantId, id: DeliveryId) -> Result<Option<Parcel>, AppError> {
    let mut tx = app.store.read().await?;
    let Some(delivery) = store::get(&mut tx, tenant, id).await? else {
        return Ok(None);
    };
    let endpoint = endpoint::get(&mut tx, tenant, delivery.endpoint).await?;
    let event = outbox::get(&mut tx, tenant, delivery.outbox).await?;
    let waiting = delivery.status == "waiting";
    Ok(match (endpoint, event) {
        (Some(endpoint), Some(event)) if waiting => Some(Parcel {
            delivery,
            endpoint,
            event,
        }),
        _ => None,
    })
}

/// The body every subscriber gets: type, time, data (Standard Webhooks).
fn body_of(event: &outbox::Event) -> Vec<u8> {
    let data: Value = serde_json::from_str(&event.body_json).unwrap_or(Value::Null);
    json!({ "type": event.kind, "timestamp": event.at.to_string(), "data": data })
        .to_string()
        .into_bytes()
}

async fn send(app: &App, parcel: &Parcel) -> Result<Result<HttpReply, HttpError>, AppError> {
    let (endpoint, now) = (&parcel.endpoint, app.now());
    let id = parcel.event.id.to_string();
    let body = body_of(&parcel.event);
    let secrets: Vec<&str> = [&endpoint.secret, &endpoint.old_secret]
        .into_iter()
        .filter(|secret| !secret.is_empty())
        .map(String::as_str)
        .collect();
    let signature = standard::sign(&id, now, &body, &secrets)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id),
        ("webhook-timestamp", now.seconds().to_string()),
        ("webhook-signature", signature),
    ];
    Ok(app.http.post(&endpoint.url, &headers, &body).await)
}

async fn give_up(app: &App, parcel: Parcel) -> Result<(), AppError> {
    let mut delivery = parcel.delivery;
    "given_up".clone_into(&mut delivery.status);
    "endpoint_off".clone_into(&mut delivery.response_excerpt);
    delivery.updated_at = app.now();
    let mut tx = app.store.write().await?;
    store::update(&mut tx, &delivery).await?;
    tx.commit().await?;
    Ok(())
}

async fn settle(
    app: &App,
    parcel: Parcel,
    answer: Result<HttpReply, HttpError>,
) -> Result<(), AppError> {
    let Parcel { mut delivery, .. } = parcel;
    let attempt = note_answer(&mut delivery, answer);
    delivery.attempts += 1;
    delivery.updated_at = app.now();
    let mut tx = app.store.write().await?;
    // The endpoint may have changed during the call.
    let Some(mut endpoint) = endpoint::get(&mut tx, delivery.tenant, delivery.endpoint).await?
    else {
        return Ok(());
    };
    let made = usize::try_from(delivery.attempts).unwrap_or(usize::MAX);
    let random = app.secret()[0];
    let decision = after_attempt(made, attempt, endpoint.failing_since, app.now(), random);
    let retry_at = apply(&mut delivery, &mut endpoint, decision);
    store::update(&mut tx, &delivery).await?;
    endpoint::update(&mut tx, &endpoint).await?;
    if let Some(at) = retry_at {
        let job = NewJob {
            run_at: Some(at),
            ..job_of(&delivery)
        };
        enqueue(&mut tx, app, delivery.tenant, job).await?;
    }
    tx.commit().await?;
    app.announce(delivery.tenant, "webhook");
    Ok(())
}

/// Writes the answer down and says what kind of attempt it was.
fn note_answer(delivery: &mut Delivery, answer: Result<HttpReply, HttpError>) -> Attempt {
    delivery.response_status = None;
    let (code, attempt) = match answer {
        Ok(reply) => {
            delivery.response_status = Some(i64::from(reply.status));
            delivery.response_excerpt = reply
                .excerpt
                .chars()
                .filter(|&c| c != '\0')
                .take(EXCERPT)
                .collect();
            return Attempt::Answered {
                status: reply.status,
                retry_after_seconds: reply.retry_after_seconds,
            };
        }
        Err(HttpError::Refused(_)) => ("address_refused", Attempt::AddressRefused),
        Err(HttpError::TimedOut) => ("timed_out", Attempt::NoAnswer),
        Err(HttpError::Failed) => ("no_connection", Attempt::NoAnswer),
    };
    code.clone_into(&mut delivery.response_excerpt);
    attempt
}

/// Applies the decision; answers when to try again.
fn apply(
    delivery: &mut Delivery,
    endpoint: &mut Endpoint,
    decision: Decision,
) -> Option<Timestamp> {
    let (status, retry_at) = match decision.delivery {
        DeliveryNext::Delivered => ("delivered", None),
        DeliveryNext::RetryAt(at) => ("waiting", Some(at)),
        DeliveryNext::GivenUp => ("given_up", None),
    };
    status.clone_into(&mut delivery.status);
    match decision.endpoint {
        EndpointNext::Healthy => endpoint.failing_since = None,
        EndpointNext::FailingSince(since) => endpoint.failing_since = Some(since),
        EndpointNext::Disable(because) => {
            let status = match because {
                DisabledBecause::Gone => "gone",
                DisabledBecause::FailingForDays => "failing",
            };
            status.clone_into(&mut endpoint.status);
        }
    }
    retry_at
}
