//! Recording an event and deciding it.

use comity_domain::fx::Conversion;
use comity_domain::program::Program;
use comity_domain::time::{MINUTE, SECOND};
use comity_domain::{Actor, EventId, Permission, ProgramId, TenantId};
use comity_store::event::{self as store, Event};
use comity_store::{Tx, click, commission, program};
use sha2::{Digest, Sha256};

use super::enrich::reconsider;
use super::hint::confirmed;
use super::{Happening, NewEvent, Recorded, check, customer, refund};
use crate::job::{NewJob, enqueue};
use crate::{App, AppError, attribution, authorise, fx};

/// How long an event waits for a click that is still in a spool.
const CLICK_PATIENCE: i64 = 10 * MINUTE;
/// First look again after this.
const CLICK_PAUSE: i64 = 5 * SECOND;

/// Records one event once per natural key, decides it at event time, and books
/// what it earns or takes back: all in one transaction. Repetitions answer with
/// what is stored; the same key with another body is a conflict.
pub async fn record(
    app: &App,
    actor: &Actor,
    source: &str,
    input: NewEvent,
) -> Result<Recorded, AppError> {
    let tenant = authorise(actor, Permission::RecordEvents)?;
    check::check(&input, app.now())?;
    app.clicks.catch_up().await;
    let mut tx = app.store.write().await?;
    let program = load_program(&mut tx, tenant, input.program).await?;
    crate::ledger::lock(&mut tx, program.id).await?;
    let event = new_event(app, actor, source, &input)?;
    if !store::insert(&mut tx, &event).await? {
        if let Some((event, input)) = confirmed(&mut tx, &event, &input).await? {
            let recorded = take_in(&mut tx, app, actor, &program, event, &input).await?;
            tx.commit().await?;
            app.announce(tenant, "event");
            return Ok(recorded);
        }
        return repeated(&mut tx, &event).await;
    }
    let recorded = take_in(&mut tx, app, actor, &program, event, &input).await?;
    tx.commit().await?;
    app.announce(tenant, "event");
    Ok(recorded)
}

/// Decides a parked event again: its click or the rate of its day may have arrived by now. A job.
pub async fn decide_waiting(app: &App, tenant: TenantId, id: EventId) -> Result<(), AppError> {
    let actor = Actor::System { tenant };
    app.clicks.catch_up().await;
    let mut tx = app.store.write().await?;
    let Some(seen) = store::get(&mut tx, tenant, id).await? else {
        return Ok(());
    };
    let program = load_program(&mut tx, tenant, seen.program).await?;
    crate::ledger::lock(&mut tx, program.id).await?;
    // Somebody may have decided it while this waited for the books.
    let waiting = |event: &Event| {
        matches!(
            event.status_reason.as_str(),
            "waiting_for_click" | "no_rate"
        )
    };
    let Some(event) = store::get(&mut tx, tenant, id).await?.filter(waiting) else {
        return Ok(());
    };
    let input: NewEvent = serde_json::from_str(&event.body_json)
        .map_err(|error| AppError::Internal(format!("stored event does not read back: {error}")))?;
    take_in(&mut tx, app, &actor, &program, event, &input).await?;
    tx.commit().await?;
    app.announce(tenant, "event");
    Ok(())
}

pub(super) async fn load_program(
    tx: &mut Tx,
    tenant: TenantId,
    id: ProgramId,
) -> Result<Program, AppError> {
    program::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))
}

pub(super) fn new_event(
    app: &App,
    actor: &Actor,
    source: &str,
    input: &NewEvent,
) -> Result<Event, AppError> {
    let body_json =
        serde_json::to_string(input).map_err(|error| AppError::Internal(error.to_string()))?;
    let body_hash = Sha256::digest(body_json.as_bytes()).into();
    let now = app.now();
    Ok(Event {
        id: app.id(),
        tenant: actor.tenant(),
        program: input.program,
        kind: input.happening.code().to_owned(),
        name: String::new(),
        external_id: input.external_id.trim().to_owned(),
        refers_to: input.refers_to.join("\n"),
        original: None,
        customer: None,
        click: input.click,
        coupon: input.coupons.first().cloned().unwrap_or_default(),
        amount: input.net,
        body_json,
        body_hash,
        source: source.to_owned(),
        status: "decided".to_owned(),
        status_reason: String::new(),
        occurred_at: input.occurred_at.unwrap_or(now),
        received_at: now,
    })
}

/// The answer to a repetition: what is stored, or a conflict when it says something else.
async fn repeated(tx: &mut Tx, event: &Event) -> Result<Recorded, AppError> {
    let stored = store::by_key(
        tx,
        event.tenant,
        event.program,
        &event.kind,
        &event.external_id,
    )
    .await?
    .ok_or(AppError::Conflict("event_in_progress"))?;
    if stored.body_hash != event.body_hash {
        return Err(AppError::Conflict("event_differs"));
    }
    let decision = attribution::stored_decision(tx, stored.tenant, stored.id).await?;
    let about = stored.original.unwrap_or(stored.id);
    let commissions = commission::of_event(tx, stored.tenant, about).await?;
    Ok(Recorded {
        event: stored,
        repeated: true,
        decision,
        commissions,
    })
}

/// Everything after the event's row is there.
pub(super) async fn take_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    mut event: Event,
    input: &NewEvent,
) -> Result<Recorded, AppError> {
    let click = customer::click_of(tx, &event).await?;
    if click.is_none()
        && app.now().since(event.received_at) < CLICK_PATIENCE
        && is_on_its_way(tx, &event).await?
    {
        return wait_for_click(tx, app, event).await;
    }
    let customer =
        customer::stitch(tx, app, actor, input, event.occurred_at, click.as_ref()).await?;
    event.customer = customer.as_ref().map(|customer| customer.id);
    let conversion = judge(tx, app, &mut event, program, input).await?;
    store::set_status(tx, &event).await?;
    let open = event.status == "decided";
    if matches!(input.happening, Happening::CustomerSeen)
        && click.is_some()
        && let Some(customer) = &customer
    {
        reconsider(tx, app, actor, program, customer.id).await?;
    }
    let mut recorded = Recorded {
        event,
        repeated: false,
        decision: None,
        commissions: Vec::new(),
    };
    match &input.happening {
        Happening::Kind(kind) if !kind.is_reversal() && open => {
            let event = &recorded.event;
            name(tx, event, input).await?;
            let case = attribution::Case {
                program,
                event,
                kind,
                input,
                click: click.as_ref(),
                customer,
                conversion,
            };
            let (decision, mut commissions) = attribution::decide(tx, app, actor, case).await?;
            if let (Some(_), Some(id)) = (&click, event.customer) {
                reconsider(tx, app, actor, program, id).await?;
            }
            if refund::catch_up(tx, app, actor, program, event).await? {
                commissions = commission::of_event(tx, event.tenant, event.id).await?;
            }
            (recorded.decision, recorded.commissions) = (Some(decision), commissions);
        }
        Happening::CustomerSeen => {}
        _ if open => {
            let event = &mut recorded.event;
            recorded.commissions = refund::apply(tx, app, actor, program, event).await?;
        }
        _ => {}
    }
    Ok(recorded)
}

/// An amount in another currency is converted at the rate of its day, or waits for it.
/// What takes a sale back counts in the sale's currency and is converted there.
async fn judge(
    tx: &mut Tx,
    app: &App,
    event: &mut Event,
    program: &Program,
    input: &NewEvent,
) -> Result<Option<Conversion>, AppError> {
    "decided".clone_into(&mut event.status);
    event.status_reason.clear();
    let earns = matches!(&input.happening, Happening::Kind(kind) if !kind.is_reversal());
    let foreign = event.amount.currency != program.currency;
    let nothing = event.amount.minor == 0 && input.gross.minor == 0;
    if !earns || !foreign || nothing {
        return Ok(None);
    }
    let day = event.occurred_at.date_in(&program.zone);
    let (of, amount) = ((event.tenant, event.id), event.amount);
    match fx::freeze(tx, app, of, amount, program.currency, day).await? {
        Ok(conversion) => Ok(Some(conversion)),
        Err(reason) => {
            park(event, reason);
            Ok(None)
        }
    }
}

pub(super) async fn name(tx: &mut Tx, event: &Event, input: &NewEvent) -> Result<(), AppError> {
    for name in std::iter::once(&event.external_id).chain(&input.aliases) {
        store::name(tx, event.tenant, event.program, name, event.id).await?;
    }
    Ok(())
}

pub(super) fn park(event: &mut Event, reason: &str) {
    "parked".clone_into(&mut event.status);
    reason.clone_into(&mut event.status_reason);
}

/// A click that is stored under another program will never come.
async fn is_on_its_way(tx: &mut Tx, event: &Event) -> Result<bool, AppError> {
    match event.click {
        Some(id) => Ok(click::get(tx, event.tenant, id).await?.is_none()),
        None => Ok(false),
    }
}

async fn wait_for_click(tx: &mut Tx, app: &App, mut event: Event) -> Result<Recorded, AppError> {
    park(&mut event, "waiting_for_click");
    store::set_status(tx, &event).await?;
    let waited = app.now().since(event.received_at);
    let at = app.now().plus(CLICK_PAUSE.max(waited));
    let job = NewJob {
        run_at: Some(at),
        ..NewJob::now("event.decide", serde_json::json!({ "event": event.id }))
    };
    enqueue(tx, app, event.tenant, job).await?;
    Ok(Recorded {
        event,
        repeated: false,
        decision: None,
        commissions: Vec::new(),
    })
}
