//! What a referred customer is promised: a record with a code, for the shop to honour (H3).

use comity_domain::attribution::EnrollmentShare;
use comity_domain::commission::{Explanation, Reward as Decided, RewardKind};
use comity_domain::{Actor, Permission, RefereeRewardId};
use comity_store::Tx;
use comity_store::program::Policy;
use comity_store::referee::{self as store, Filter, Listed, Reward};
use serde_json::json;

use crate::attribution::Case;
use crate::event::{Happened, emit};
use crate::{App, AppError, audit, authorise};

/// Longest note.
const MAX_NOTE: usize = 500;
/// Letters of codes: nothing that reads like something else.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters of one code: a trillion codes cannot be guessed at a till.
const LENGTH: usize = 8;

/// What the shop did with a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefereeAct {
    /// The customer used it.
    Honour,
    /// It does not stand.
    Void,
    /// A slip: it is open again.
    Reopen,
}

impl RefereeAct {
    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "honour" => Some(Self::Honour),
            "void" => Some(Self::Void),
            "reopen" => Some(Self::Reopen),
            _ => None,
        }
    }
}

fn code(app: &App) -> String {
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let all: String = app.secret().iter().take(LENGTH).map(letter).collect();
    format!("{}-{}", &all[..LENGTH / 2], &all[LENGTH / 2..])
}

/// Keeps what an event promises its customer, once per event and rule.
pub(super) async fn promise(
    tx: &mut Tx,
    app: &App,
    case: &Case<'_>,
    policy: &Policy,
    share: &EnrollmentShare,
    (reward, explanation): (&Decided, &Explanation),
) -> Result<(), AppError> {
    let (kind, unit, quantity) = match &reward.kind {
        RewardKind::Cash if reward.amount.is_positive() => ("credit", String::new(), 0),
        RewardKind::Cash => return Ok(()),
        RewardKind::Perk { unit, quantity } => ("perk", unit.clone(), i64::from(*quantity)),
    };
    let row = Reward {
        id: app.id::<RefereeRewardId>(),
        tenant: case.event.tenant,
        program: case.program.id,
        enrollment: share.enrollment,
        partner: share.partner,
        event: case.event.id,
        customer: case.customer.as_ref().map(|customer| customer.id),
        policy: Some(policy.id),
        rule: reward.rule.clone(),
        kind: kind.to_owned(),
        code: code(app),
        amount: reward.amount,
        unit,
        quantity,
        status: "granted".to_owned(),
        note: String::new(),
        explain_json: serde_json::to_string(explanation)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        occurred_at: case.event.occurred_at,
        created_at: app.now(),
        updated_at: app.now(),
    };
    if store::insert(tx, &row).await? {
        tell_referee(tx, app, &row).await?;
    }
    Ok(())
}

/// Says what became of a promise; webhooks carry it to the shop.
pub(crate) async fn tell_referee(tx: &mut Tx, app: &App, row: &Reward) -> Result<(), AppError> {
    let kind = match row.status.as_str() {
        "honoured" => "referee_reward.honoured",
        "void" => "referee_reward.void",
        _ => "referee_reward.granted",
    };
    let happened = Happened {
        tenant: row.tenant,
        program: Some(row.program),
        partner: Some(row.partner),
        kind,
        body: json!({
            "referee_reward": row.id, "customer": row.customer, "event": row.event, "kind": row.kind,
            "code": row.code, "amount_minor": row.amount.minor, "currency": row.amount.currency,
            "unit": row.unit, "quantity": row.quantity, "status": row.status, "note": row.note,
        }),
    };
    emit(tx, app, &happened).await
}

/// A page of promises, newest first.
pub async fn referee_rewards(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<RefereeRewardId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// Marks a promise as honoured or void, or opens it again.
pub async fn act_on_referee(
    app: &App,
    actor: &Actor,
    id: RefereeRewardId,
    act: RefereeAct,
    note: &str,
) -> Result<Listed, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    if note.chars().count() > MAX_NOTE {
        return Err(AppError::field("note", "too_long"));
    }
    let mut tx = app.store.write().await?;
    tx.lock(&format!("referee:{id}")).await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut listed = found.ok_or(AppError::NotFound("referee_reward"))?;
    let row = &mut listed.reward;
    let status = match (act, row.status.as_str()) {
        (RefereeAct::Honour, "granted") => "honoured",
        (RefereeAct::Void, "granted") => "void",
        (RefereeAct::Reopen, "honoured" | "void") => "granted",
        _ => return Err(AppError::Conflict("perk_wrong_state")),
    };
    status.clone_into(&mut row.status);
    note.trim().clone_into(&mut row.note);
    row.updated_at = app.now();
    store::set(&mut tx, row).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "referee_reward.changed",
        object_kind: "referee_reward",
        object_id: &label,
        detail: json!({ "status": row.status, "note": row.note }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tell_referee(&mut tx, app, row).await?;
    tx.commit().await?;
    app.announce(tenant, "referee_reward");
    Ok(listed)
}
