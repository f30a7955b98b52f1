//! Background work: jobs that are due, hold periods that are over, records nobody needs any more.

use std::time::Duration;

use comity_app::job::{Lane, Registry, run_lane};
use comity_app::{
    App, AppError, commission, fraud, fx, idempotency, integration, message, payout, recognition,
    session, tracking,
};
use tokio::sync::watch;

use super::stopped;

/// Pause between looks at an empty queue: short enough that mails feel instant.
const PAUSE: Duration = Duration::from_millis(500);
/// Hold periods end and runs are planned on the day; a minute is early enough.
const RELEASE_EVERY: u32 = 120;
/// Ended sessions and old answers only take up space; an hour is often enough.
const PRUNE_EVERY: u32 = 7_200;
/// Approved payments leave within seconds.
const DRIVE_EVERY: u32 = 10;

/// Every kind of job and its function.
#[must_use]
pub fn registry() -> Registry {
    integration::jobs(Registry::default())
        .with(message::JOB, message::deliver)
        .with(message::NOTICE_JOB, message::notify)
        .with(message::BROADCAST_JOB, message::send_all)
        .with_long(commission::simulation::JOB, commission::simulation::run)
        .with(tracking::HEARD, |app, _, body| {
            Box::pin(async move {
                match serde_json::from_value(body) {
                    Ok(heard) => tracking::take_hint(app, heard).await,
                    // Only the shipper writes these.
                    Err(error) => Err(comity_app::AppError::Internal(error.to_string())),
                }
            })
        })
        .with(fx::JOB, |app, job, _| {
            Box::pin(fx::catch_up(app, job.tenant))
        })
        .with_long(commission::correct::JOB, commission::correct::run)
        .with(payout::ASK_JOB, payout::ask_provider)
        .with("event.decide", |app, job, body| {
            Box::pin(async move {
                match serde_json::from_value(body["event"].clone()) {
                    Ok(event) => tracking::decide_waiting(app, job.tenant, event).await,
                    Err(_) => Ok(()),
                }
            })
        })
}

/// Works until told to stop: long jobs beside everything else, so that nothing waits for them.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    tokio::join!(quick(&app, stop.clone()), long(&app, stop));
}

/// Long jobs, one after the other. Told to stop, the one under way is left; its lease ends
/// and it is done again.
async fn long(app: &App, stop: watch::Receiver<bool>) {
    let registry = registry();
    let work = async {
        loop {
            let taken = run_lane(app, &registry, Lane::Long)
                .await
                .unwrap_or_else(|error| {
                    tracing::warn!("long jobs could not be taken: {error}");
                    0
                });
            if taken == 0 {
                tokio::time::sleep(PAUSE).await;
            }
        }
    };
    tokio::select! {
        () = stopped(stop.clone()) => {}
        () = work => {}
    }
}

async fn quick(app: &App, stop: watch::Receiver<bool>) {
    let registry = registry();
    let mut round: u32 = 0;
    loop {
        let taken = match run_lane(app, &registry, Lane::Quick).await {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!("jobs could not be taken: {error}");
                0
            }
        };
        if round.is_multiple_of(DRIVE_EVERY)
            && let Err(error) = payout::drive_due(app).await
        {
            tracing::warn!("payouts could not be driven: {error}");
        }
        if round.is_multiple_of(RELEASE_EVERY)
            && let Err(error) = commission::book_instalments(app).await
        {
            tracing::warn!("instalments could not be booked: {error}");
        }
        if round.is_multiple_of(RELEASE_EVERY)
            && let Err(error) = commission::release_due(app).await
        {
            tracing::warn!("hold periods could not be ended: {error}");
        }
        if round.is_multiple_of(RELEASE_EVERY)
            && let Err(error) = fraud::escalate_due(app).await
        {
            tracing::warn!("overdue cases could not be told: {error}");
        }
        if round.is_multiple_of(PRUNE_EVERY)
            && let Err(error) = recognition::nudge_dormant(app).await
        {
            tracing::warn!("partners could not be reminded: {error}");
        }
        if round.is_multiple_of(PRUNE_EVERY)
            && let Err(error) = prune(app).await
        {
            tracing::warn!("old records could not be removed: {error}");
        }
        if round.is_multiple_of(RELEASE_EVERY)
            && let Err(error) = payout::run_schedules(app).await
        {
            tracing::warn!("scheduled payouts could not be planned: {error}");
        }
        round = round.wrapping_add(1);
        let pause = if taken > 0 { Duration::ZERO } else { PAUSE };
        if tokio::time::timeout(pause, stopped(stop.clone()))
            .await
            .is_ok()
        {
            return;
        }
    }
}

/// Forgets sessions and sign-in links that ended, and answers kept for repeated requests.
async fn prune(app: &App) -> Result<(), AppError> {
    session::prune(app, app.now()).await?;
    idempotency::prune(app, app.now()).await
}
