//! Giving units of perks and handing them over: each step is a move in the book of perks.

use comity_domain::ledger::perk::{PerkBalances, PerkMove, PerkPlace, PerkUnit};
use comity_domain::{
    Actor, EnrollmentId, EventId, JournalId, Money, PartnerId, PerkGrantId, Permission, ProgramId,
    TenantId, Timestamp,
};
use comity_store::perk::{self as store, Filter, Grant, Listed};
use comity_store::{Tx, partner};
use serde_json::json;

use crate::event::{Happened, emit};
use crate::{App, AppError, audit, authorise, program};

/// Longest note to a partner.
const MAX_NOTE: usize = 1_000;
/// Most units of one grant: more is a slip of the keyboard.
const MAX_UNITS: i64 = 1_000;

/// A step of the team with a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Handed over.
    Fulfil,
    /// It did not work; it stays to be done.
    Fail,
    /// It will not be handed over.
    Cancel,
    /// Try again, or take back that it was handed over.
    Reopen,
}

impl Act {
    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "fulfil" => Some(Self::Fulfil),
            "fail" => Some(Self::Fail),
            "cancel" => Some(Self::Cancel),
            "reopen" => Some(Self::Reopen),
            _ => None,
        }
    }

    const fn event(self) -> &'static str {
        match self {
            Self::Fulfil => "perk.fulfilled",
            Self::Fail => "perk.failed",
            Self::Cancel => "perk.cancelled",
            Self::Reopen => "perk.reopened",
        }
    }

    /// The status after it, and the move it needs; nothing when the status forbids it.
    fn from(self, status: &str) -> Option<(&'static str, Option<(PerkPlace, PerkPlace)>)> {
        use PerkPlace::{Fulfilled, Open, Program};
        Some(match (self, status) {
            (Self::Fulfil, "pending" | "failed") => ("fulfilled", Some((Open, Fulfilled))),
            (Self::Fail, "pending") => ("failed", None),
            (Self::Cancel, "pending" | "failed") => ("cancelled", Some((Open, Program))),
            (Self::Reopen, "failed") => ("pending", None),
            (Self::Reopen, "fulfilled") => ("pending", Some((Fulfilled, Open))),
            (Self::Reopen, "cancelled") => ("pending", Some((Program, Open))),
            _ => return None,
        })
    }
}

/// Units to give.
pub(crate) struct Gift<'a> {
    /// To which membership of which program.
    pub(crate) to: (ProgramId, EnrollmentId, PartnerId),
    /// For which event.
    pub(crate) event: Option<EventId>,
    /// The unit and how many of it.
    pub(crate) units: (PerkUnit, i64),
    /// `rule`, `badge` or `manual`.
    pub(crate) source: &'static str,
    /// The rule or badge.
    pub(crate) rule: &'a str,
    /// At most one grant has this key.
    pub(crate) key: String,
    /// The computation as JSON, or empty.
    pub(crate) explain: String,
    /// Words for the partner, or empty.
    pub(crate) note: &'a str,
    /// When it was earned.
    pub(crate) at: Timestamp,
}

/// Gives units in the caller's transaction; nothing when the same were given before.
pub(crate) async fn hand_out(
    tx: &mut Tx,
    app: &App,
    tenant: TenantId,
    gift: Gift<'_>,
) -> Result<Option<Grant>, AppError> {
    let (program, enrollment, partner) = gift.to;
    let (unit, quantity) = gift.units;
    let perk = store::by_unit(tx, (tenant, program), &unit).await?;
    let cost = match perk {
        Some(perk) => perk.cost,
        None => Money::zero(program::load(tx, tenant, program).await?.currency),
    };
    let grant = Grant {
        id: app.id::<PerkGrantId>(),
        tenant,
        program,
        enrollment,
        partner,
        event: gift.event,
        unit,
        quantity,
        cost: cost
            .scaled(quantity, 1)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        source: gift.source.to_owned(),
        rule: gift.rule.to_owned(),
        unique_key: gift.key,
        status: "pending".to_owned(),
        note: gift.note.to_owned(),
        explain_json: gift.explain,
        occurred_at: gift.at,
        created_at: app.now(),
        updated_at: app.now(),
    };
    if !store::insert_grant(tx, &grant).await? {
        return Ok(None);
    }
    shift(tx, app, &grant, (PerkPlace::Program, PerkPlace::Open)).await?;
    tell(tx, app, &grant, "perk.granted").await?;
    Ok(Some(grant))
}

/// Moves all units of a grant, if the book allows it.
pub(super) async fn shift(
    tx: &mut Tx,
    app: &App,
    grant: &Grant,
    (from, to): (PerkPlace, PerkPlace),
) -> Result<(), AppError> {
    let step = PerkMove {
        id: app.id::<JournalId>(),
        at: app.now(),
        enrollment: grant.enrollment,
        grant: grant.id,
        unit: grant.unit.clone(),
        count: grant.quantity,
        from,
        to,
    };
    let mut book = PerkBalances::default();
    for (unit, place, count) in store::balances(tx, grant.tenant, grant.enrollment).await? {
        book.set(grant.enrollment, unit, place, count);
    }
    book.apply(&step)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    store::insert_move(tx, grant.tenant, &step).await?;
    Ok(())
}

pub(super) async fn tell(
    tx: &mut Tx,
    app: &App,
    grant: &Grant,
    kind: &'static str,
) -> Result<(), AppError> {
    let happened = Happened {
        tenant: grant.tenant,
        program: Some(grant.program),
        partner: Some(grant.partner),
        kind,
        body: json!({
            "grant": grant.id, "partner": grant.partner, "unit": grant.unit,
            "quantity": grant.quantity, "status": grant.status, "source": grant.source,
            "rule": grant.rule, "note": grant.note,
        }),
    };
    emit(tx, app, &happened).await
}

/// Gives units by hand.
pub async fn give(
    app: &App,
    actor: &Actor,
    to: EnrollmentId,
    (unit, quantity): (&str, i64),
    note: &str,
) -> Result<Grant, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let unit = super::unit_of(unit).ok_or_else(|| AppError::field("unit", "not_a_choice"))?;
    if !(1..=MAX_UNITS).contains(&quantity) {
        return Err(AppError::field("quantity", "out_of_range"));
    }
    check_note(note)?;
    let mut tx = app.store.write().await?;
    let enrollment = partner::enrollment(&mut tx, tenant, to).await?;
    let enrollment = enrollment.ok_or_else(|| AppError::field("partner", "not_a_choice"))?;
    store::by_unit(&mut tx, (tenant, enrollment.program), &unit)
        .await?
        .filter(|perk| perk.active)
        .ok_or_else(|| AppError::field("unit", "not_a_choice"))?;
    let gift = Gift {
        to: (enrollment.program, to, enrollment.partner),
        event: None,
        units: (unit, quantity),
        source: "manual",
        rule: "",
        key: format!("manual/{}", app.id::<JournalId>()),
        explain: String::new(),
        note: note.trim(),
        at: app.now(),
    };
    let given = hand_out(&mut tx, app, tenant, gift).await?;
    let given = given.ok_or_else(|| AppError::Internal("a fresh key was taken".to_owned()))?;
    note_down(&mut tx, app, actor, &given, "perk.granted").await?;
    tx.commit().await?;
    app.announce(tenant, "perk");
    Ok(given)
}

fn check_note(note: &str) -> Result<(), AppError> {
    if note.chars().count() > MAX_NOTE {
        return Err(AppError::field("note", "too_long"));
    }
    Ok(())
}

async fn note_down(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    grant: &Grant,
    action: &'static str,
) -> Result<(), AppError> {
    let label = grant.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "perk_grant",
        object_id: &label,
        detail: json!({
            "unit": grant.unit, "quantity": grant.quantity, "status": grant.status,
            "note": grant.note,
        }),
    };
    audit::record(tx, app, actor, entry).await
}

/// Hands over, gives up or takes back, with words the partner reads.
pub async fn act(
    app: &App,
    actor: &Actor,
    id: PerkGrantId,
    act: Act,
    note: &str,
) -> Result<Grant, AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    check_note(note)?;
    if act == Act::Fail && note.trim().is_empty() {
        return Err(AppError::field("note", "required"));
    }
    let mut tx = app.store.write().await?;
    tx.lock(&format!("perk:{id}")).await?;
    let found = store::grant(&mut tx, tenant, id).await?;
    let mut grant = found.ok_or(AppError::NotFound("grant"))?.grant;
    let (status, movement) = act
        .from(&grant.status)
        .ok_or(AppError::Conflict("perk_wrong_state"))?;
    status.clone_into(&mut grant.status);
    note.trim().clone_into(&mut grant.note);
    grant.updated_at = app.now();
    if let Some(places) = movement {
        shift(&mut tx, app, &grant, places).await?;
    }
    store::set_grant(&mut tx, &grant).await?;
    note_down(&mut tx, app, actor, &grant, act.event()).await?;
    tell(&mut tx, app, &grant, act.event()).await?;
    tx.commit().await?;
    app.announce(tenant, "perk");
    Ok(grant)
}

/// A page of grants, newest first.
pub async fn grants(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<PerkGrantId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::grants(&mut tx, tenant, filter, before, limit).await?)
}

/// How many grants are in each status.
pub async fn status_counts(
    app: &App,
    actor: &Actor,
    of: Option<ProgramId>,
) -> Result<Vec<(String, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::status_counts(&mut tx, tenant, of).await?)
}

/// A grant with its moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantDetail {
    /// The grant with names.
    pub listed: Listed,
    /// Its moves, oldest first.
    pub moves: Vec<PerkMove>,
}

/// One grant.
pub async fn grant(app: &App, actor: &Actor, id: PerkGrantId) -> Result<GrantDetail, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let listed = store::grant(&mut tx, tenant, id).await?;
    Ok(GrantDetail {
        listed: listed.ok_or(AppError::NotFound("grant"))?,
        moves: store::moves(&mut tx, tenant, id).await?,
    })
}
