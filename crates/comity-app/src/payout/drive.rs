//! The worker that moves payouts through a provider: one step of the protocol at a time, each
//! in a transaction of its own, and nothing asked of the provider inside one (invariant 6).

use comity_domain::payout::{
    FrozenRequest, HumanReason, PayoutEvent, PayoutState, Provider, Sending, Step, next_step,
};
use comity_domain::time::MINUTE;
use comity_domain::{Actor, PayoutId, TenantId, Timestamp};
use comity_store::payout::drive::{self as drives, Drive};
use comity_store::payout::rules;
use comity_store::payout::{self as store, Payout};
use comity_store::{Tx, partner, program};

use super::settle::{close, happened};
use super::{account, tell};
use crate::port::{Payment, PrepareError, ProviderAccount, ProviderAnswer, Question};
use crate::{App, AppError};

/// Payouts taken at once.
const BATCH: i64 = 50;
/// A broken account or a provider that is down before anything was sent: look again after this.
const PAUSE: i64 = 5 * MINUTE;
/// The stored bytes are not what was frozen: they are never sent.
const TAMPERED: &str = "request_changed";

/// Drives every payout that is due; answers how many.
pub async fn drive_due(app: &App) -> Result<usize, AppError> {
    let mut tx = app.store.read().await?;
    let due = drives::due(&mut tx, app.now(), BATCH).await?;
    drop(tx);
    for (tenant, payout) in &due {
        if let Err(error) = drive(app, *tenant, *payout).await {
            tracing::warn!(payout = %payout, "payout could not be driven: {error}");
            put_off(app, *tenant, *payout, PAUSE).await?;
        }
    }
    Ok(due.len())
}

/// What is known before a step.
struct Known {
    payout: Payout,
    drive: Drive,
    sending: Sending,
    provider: Provider,
    account: Option<ProviderAccount>,
}

/// Takes the next steps of one payout until it has to wait.
pub async fn drive(app: &App, tenant: TenantId, id: PayoutId) -> Result<(), AppError> {
    // One send and one look-up are the most that happen without a pause.
    for _ in 0..4 {
        let Some(known) = load(app, tenant, id).await? else {
            return Ok(());
        };
        let now = app.now();
        match next_step(&known.payout.progress, &known.provider, known.sending, now) {
            Step::Nothing => return rest(app, &known, None, "").await,
            Step::Wait(at) => return rest(app, &known, Some(at), "").await,
            Step::HumanQueue(reason) => return call_person(app, &known, reason).await,
            Step::LookUp => look_up(app, &known).await?,
            Step::Send => {
                if !send(app, &known).await? {
                    return Ok(());
                }
            }
        }
    }
    put_off(app, tenant, id, MINUTE).await
}

async fn load(app: &App, tenant: TenantId, id: PayoutId) -> Result<Option<Known>, AppError> {
    let mut tx = app.store.read().await?;
    let (Some(payout), Some(drive)) = (
        store::get(&mut tx, tenant, id).await?,
        drives::get(&mut tx, tenant, id).await?,
    ) else {
        return Ok(None);
    };
    let Some(provider) = app.providers.provider(drive.rail) else {
        return Ok(None);
    };
    let stopped = rules::switch(&mut tx, tenant).await?.stopped;
    Ok(Some(Known {
        account: account::open_account(&mut tx, app, tenant, drive.rail).await?,
        sending: if stopped {
            Sending::Stopped
        } else {
            Sending::Allowed
        },
        payout,
        drive,
        provider,
    }))
}

/// Claims and sends; answers whether anything was tried. The order is the protocol: bytes
/// stored, claim committed, bytes sent, answer committed.
async fn send(app: &App, known: &Known) -> Result<bool, AppError> {
    let Some(account) = &known.account else {
        rest(app, known, Some(app.now().plus(PAUSE)), "no_account").await?;
        return Ok(false);
    };
    let Some(request) = frozen(app, known, account).await? else {
        return Ok(false);
    };
    if request.body().is_err() {
        rest(app, known, None, TAMPERED).await?;
        return Ok(false);
    }
    if !claim(app, &known.payout).await? {
        return Ok(false);
    }
    let answer = app.providers.send(account, &request).await;
    note(app, &known.payout, answer).await?;
    Ok(true)
}

/// The stored bytes, or new ones that are stored before anybody can send them.
async fn frozen(
    app: &App,
    known: &Known,
    account: &ProviderAccount,
) -> Result<Option<FrozenRequest>, AppError> {
    let (payout, drive) = (&known.payout, &known.drive);
    let sent = payout
        .net()
        .map_err(|error| AppError::Internal(error.to_string()))?;
    let put_together = |(body, digest): (Vec<u8>, [u8; 32])| {
        FrozenRequest::stored(payout.id, drive.rail, sent, body, digest)
    };
    if let Some(stored) = drive.frozen.clone() {
        return Ok(Some(put_together(stored)));
    }
    let payment = payment(app, payout).await?;
    match app.providers.prepare(account, payout.batch, &payment).await {
        Ok(request) => {
            let body = request
                .body()
                .map_err(|error| AppError::Internal(error.to_string()))?;
            let (now, digest) = (app.now(), request.digest());
            let mut tx = app.store.write().await?;
            drives::freeze(&mut tx, payout.tenant, payout.id, body, &digest, now).await?;
            // Another worker may have been first: its bytes stand.
            let stored = drives::get(&mut tx, payout.tenant, payout.id).await?;
            tx.commit().await?;
            Ok(stored.and_then(|row| row.frozen).map(put_together))
        }
        Err(PrepareError::Unavailable) => {
            put_off(app, payout.tenant, payout.id, PAUSE).await?;
            Ok(None)
        }
        Err(PrepareError::Refused(why)) => {
            give_up(app, payout, &why).await?;
            Ok(None)
        }
    }
}

async fn payment(app: &App, payout: &Payout) -> Result<Payment, AppError> {
    let mut tx = app.store.read().await?;
    let of = program::get(&mut tx, payout.tenant, payout.program)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    let batch = store::batch(&mut tx, payout.tenant, payout.batch)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    let partner = partner::get(&mut tx, payout.tenant, payout.partner).await?;
    Ok(Payment {
        payout: payout.id,
        name: partner.map(|partner| partner.name).unwrap_or_default(),
        method: payout.method.clone(),
        amount: payout
            .net()
            .map_err(|error| AppError::Internal(error.to_string()))?,
        note: format!("{} {}", of.name, batch.period),
    })
}

/// Takes the payout for this worker; false when somebody else has it or stopped it.
async fn claim(app: &App, payout: &Payout) -> Result<bool, AppError> {
    let tenant = payout.tenant;
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, payout.program).await?;
    let Some(mut fresh) = store::get(&mut tx, tenant, payout.id).await? else {
        return Ok(false);
    };
    let stopped = rules::switch(&mut tx, tenant).await?.stopped;
    // The attempts are the fencing token: whoever claimed meanwhile has counted them up.
    if stopped || fresh.progress.attempts != payout.progress.attempts {
        return Ok(false);
    }
    if super::step(&mut tx, app, &mut fresh, PayoutEvent::Claim)
        .await
        .is_err()
    {
        return Ok(false);
    }
    let mut batch = store::batch(&mut tx, tenant, payout.batch)
        .await?
        .ok_or(AppError::NotFound("payout batch"))?;
    if batch.status == "approved" {
        "sent".clone_into(&mut batch.status);
        batch.sent_at = Some(app.now());
        store::update_batch(&mut tx, &batch).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn look_up(app: &App, known: &Known) -> Result<(), AppError> {
    let lost = ProviderAnswer {
        event: PayoutEvent::LookUpLost,
        reference: String::new(),
        detail: String::new(),
    };
    let answer = match &known.account {
        None => lost,
        Some(account) => {
            let question = Question {
                payout: known.payout.id,
                batch: known.payout.batch,
                reference: known.drive.reference.clone(),
            };
            app.providers.look_up(account, &question).await
        }
    };
    note(app, &known.payout, answer).await
}

/// Commits what a provider said: state, journal, commissions, batch.
pub(super) async fn note(
    app: &App,
    payout: &Payout,
    answer: ProviderAnswer,
) -> Result<(), AppError> {
    let tenant = payout.tenant;
    let actor = Actor::System { tenant };
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, payout.program).await?;
    let Some(mut fresh) = store::get(&mut tx, tenant, payout.id).await? else {
        return Ok(());
    };
    if let Some(mut drive) = drives::get(&mut tx, tenant, payout.id).await?
        && !answer.reference.is_empty()
    {
        drive.reference.clone_from(&answer.reference);
        drives::set(&mut tx, &drive, app.now()).await?;
        fresh.provider_ref.clone_from(&answer.reference);
    }
    if !answer.detail.is_empty() {
        fresh.failure.clone_from(&answer.detail);
    }
    let before = fresh.progress.state;
    happened(&mut tx, app, &actor, &mut fresh, answer.event).await?;
    if before == PayoutState::Sending && fresh.progress.state == PayoutState::Sent {
        tell(&mut tx, app, &actor, &fresh, "payout.sent").await?;
    }
    close(&mut tx, app, tenant, fresh.batch).await?;
    tx.commit().await?;
    app.announce(tenant, "payout");
    Ok(())
}

/// Nothing was sent and nothing can be: the money is the partner's again.
async fn give_up(app: &App, payout: &Payout, why: &str) -> Result<(), AppError> {
    let tenant = payout.tenant;
    let actor = Actor::System { tenant };
    let mut tx = app.store.write().await?;
    crate::ledger::lock(&mut tx, payout.program).await?;
    let Some(mut fresh) = store::get(&mut tx, tenant, payout.id).await? else {
        return Ok(());
    };
    fresh.failure = why.chars().take(300).collect();
    super::step(&mut tx, app, &mut fresh, PayoutEvent::Cancel).await?;
    super::approve::give_back(&mut tx, app, &fresh).await?;
    tell(&mut tx, app, &actor, &fresh, "payout.failed").await?;
    if let Some(mut drive) = drives::get(&mut tx, tenant, payout.id).await? {
        drive.next_at = None;
        drives::set(&mut tx, &drive, app.now()).await?;
    }
    close(&mut tx, app, tenant, fresh.batch).await?;
    tx.commit().await?;
    Ok(())
}

/// A person must decide: an alert once, and the page shows it until they did.
async fn call_person(app: &App, known: &Known, reason: HumanReason) -> Result<(), AppError> {
    rest(app, known, None, reason.code()).await
}

/// Writes when to look again and whether a person is needed.
async fn rest(
    app: &App,
    known: &Known,
    next_at: Option<Timestamp>,
    person: &str,
) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    let tenant = known.payout.tenant;
    let Some(mut drive) = drives::get(&mut tx, tenant, known.payout.id).await? else {
        return Ok(());
    };
    let new = !person.is_empty() && drive.person != person;
    drive.next_at = next_at;
    person.clone_into(&mut drive.person);
    if new {
        drive.alerted_at = Some(app.now());
        alert(&mut tx, app, known).await?;
    }
    drives::set(&mut tx, &drive, app.now()).await?;
    tx.commit().await?;
    if new {
        app.announce(tenant, "payout");
    }
    Ok(())
}

async fn alert(tx: &mut Tx, app: &App, known: &Known) -> Result<(), AppError> {
    let actor = Actor::System {
        tenant: known.payout.tenant,
    };
    tell(tx, app, &actor, &known.payout, "payout.needs_person").await
}

async fn put_off(app: &App, tenant: TenantId, id: PayoutId, by: i64) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    if let Some(mut drive) = drives::get(&mut tx, tenant, id).await? {
        drive.next_at = Some(app.now().plus(by));
        drives::set(&mut tx, &drive, app.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}
