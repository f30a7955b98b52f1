//! What the team does in a case: decide, take back, ask, note, take charge.

use comity_domain::fraud::{CaseAct, CaseState};
use comity_domain::ledger::ReversalReason;
use comity_domain::time::DAY;
use comity_domain::{Actor, FraudCaseId, Permission};
use comity_store::Tx;
use comity_store::commission::{self, Commission};
use comity_store::fraud::{self as store, Case};
use serde_json::json;

use super::open::{self, Said};
use super::{MAX_TEXT, letters, money, policy};
use crate::event::{Happened, emit};
use crate::{App, AppError, audit, authorise};

/// How long a signal stays quiet for a partner after somebody found it harmless.
const MUTE_DAYS: i64 = 90;

/// Something to be done in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The commission stands; `mute` keeps its signals quiet for this partner for 90 days.
    Release {
        /// Found harmless for this partner.
        mute: bool,
    },
    /// It does not.
    Reject(ReversalReason),
    /// A decision is taken back.
    Reopen,
    /// The partner is asked.
    Ask,
    /// A note for the team.
    Note,
    /// The acting person takes charge.
    Take,
    /// Nobody is in charge any more.
    Leave,
}

impl Deed {
    const fn kind(self) -> &'static str {
        match self {
            Self::Release { .. } => "released",
            Self::Reject(_) => "rejected",
            Self::Reopen => "reopened",
            Self::Ask => "asked",
            Self::Note => "note",
            Self::Take | Self::Leave => "assigned",
        }
    }

    const fn step(self) -> Option<CaseAct> {
        match self {
            Self::Release { .. } => Some(CaseAct::Release),
            Self::Reject(_) => Some(CaseAct::Reject),
            Self::Reopen => Some(CaseAct::Reopen),
            Self::Ask => Some(CaseAct::Ask),
            Self::Note | Self::Take | Self::Leave => None,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Ask => "case.asked",
            Self::Reopen => "case.reopened",
            _ => "case.decided",
        }
    }
}

fn checked(deed: Deed, text: &str) -> Result<&str, AppError> {
    let text = text.trim();
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::field("text", "too_long"));
    }
    if text.is_empty() && matches!(deed, Deed::Ask | Deed::Note) {
        return Err(AppError::field("text", "required"));
    }
    Ok(text)
}

/// Does it, with the journals, the line, the audit entry, the event and the mail it needs.
pub async fn act(
    app: &App,
    actor: &Actor,
    id: FraudCaseId,
    deed: Deed,
    text: &str,
) -> Result<Case, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    let text = checked(deed, text)?;
    let mut tx = app.store.write().await?;
    let unknown = || AppError::NotFound("case");
    let seen = store::get(&mut tx, tenant, id).await?;
    crate::ledger::lock(&mut tx, seen.ok_or_else(unknown)?.program).await?;
    let mut case = store::get(&mut tx, tenant, id).await?.ok_or_else(unknown)?;
    let mut commission = commission::get(&mut tx, tenant, case.commission)
        .await?
        .ok_or(AppError::NotFound("commission"))?;
    if let Some(step) = deed.step() {
        case.standing = case.standing.after(step).map_err(money::refused)?;
    }
    match deed {
        Deed::Take => take(&mut case, actor)?,
        Deed::Leave => (case.assignee, case.assignee_name) = (None, String::new()),
        Deed::Note => {}
        _ => decide(&mut tx, app, (&mut case, &mut commission), deed, text).await?,
    }
    case.updated_at = app.now();
    store::update(&mut tx, &case).await?;
    write_down(&mut tx, app, actor, (&case, &commission), deed, text).await?;
    tx.commit().await?;
    app.announce(tenant, "case");
    Ok(case)
}

fn take(case: &mut Case, actor: &Actor) -> Result<(), AppError> {
    let Actor::User { id, name, .. } = actor else {
        return Err(AppError::Forbidden);
    };
    (case.assignee, case.assignee_name) = (Some(*id), name.clone());
    Ok(())
}

async fn decide(
    tx: &mut Tx,
    app: &App,
    (case, commission): (&mut Case, &mut Commission),
    deed: Deed,
    text: &str,
) -> Result<(), AppError> {
    let now = app.now();
    match deed {
        Deed::Release { mute } => {
            money::release(tx, app, commission).await?;
            commission.reason_code.clear();
            if mute {
                for signal in case.signals.split(' ').filter(|code| !code.is_empty()) {
                    let until = now.plus(MUTE_DAYS * DAY);
                    store::mute(tx, case.tenant, case.enrollment, signal, until).await?;
                }
            }
        }
        Deed::Reject(reason) => {
            money::reject(tx, app, commission).await?;
            reason.code().clone_into(&mut commission.reason_code);
        }
        Deed::Reopen => {
            let hold = money::reopen(tx, app, commission).await?;
            hold.code().clone_into(&mut commission.reason_code);
        }
        Deed::Ask | Deed::Note | Deed::Take | Deed::Leave => {}
    }
    if case.standing.state.is_open() {
        let hours = policy::service_hours(tx, (case.tenant, case.program)).await?;
        (case.due_at, case.escalated_at, case.decided_at) = (open::due(app, hours), None, None);
    } else {
        case.decided_at = Some(now);
    }
    if deed != Deed::Ask {
        text.clone_into(&mut commission.reason_text);
        commission.updated_at = now;
        commission::update(tx, commission).await?;
    }
    Ok(())
}

async fn write_down(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (case, commission): (&Case, &Commission),
    deed: Deed,
    text: &str,
) -> Result<(), AppError> {
    let reason_code = match deed {
        Deed::Reject(reason) => reason.code(),
        Deed::Reopen => &commission.reason_code,
        _ => "",
    };
    let said = Said {
        kind: deed.kind(),
        author: open::name_of(actor),
        by_partner: false,
        shared: deed.step().is_some(),
        reason_code,
        body: if matches!(deed, Deed::Take) {
            &case.assignee_name
        } else {
            text
        },
    };
    open::say(tx, app, case, said).await?;
    let label = case.id.to_string();
    let entry = audit::Entry {
        action: match deed {
            Deed::Release { .. } => "case.released",
            Deed::Reject(_) => "case.rejected",
            Deed::Reopen => "case.reopened",
            Deed::Ask => "case.asked",
            Deed::Note => "case.noted",
            Deed::Take | Deed::Leave => "case.taken",
        },
        object_kind: "case",
        object_id: &label,
        detail: json!({ "commission": case.commission, "reason": reason_code }),
    };
    audit::record(tx, app, actor, entry).await?;
    if deed.step().is_none() {
        return Ok(());
    }
    open::tell(tx, app, case, deed.event()).await?;
    match deed {
        Deed::Ask => return letters::question(tx, app, commission, text).await,
        Deed::Release { .. } => emit_commission(tx, app, commission, "commission.released").await?,
        Deed::Reject(_) => emit_commission(tx, app, commission, "commission.rejected").await?,
        _ => emit_commission(tx, app, commission, "commission.held").await?,
    }
    if case.standing.state == CaseState::Released {
        return letters::released(tx, app, commission).await;
    }
    Ok(())
}

async fn emit_commission(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
    kind: &'static str,
) -> Result<(), AppError> {
    let net = commission.book.net();
    let happened = Happened {
        tenant: commission.tenant,
        program: Some(commission.program),
        partner: Some(commission.partner),
        kind,
        body: json!({
            "commission": commission.id, "partner": commission.partner, "amount_minor": net.minor,
            "currency": net.currency, "reason": commission.reason_code,
        }),
    };
    emit(tx, app, &happened).await
}
