//! "Ask about this": questions of partners, answered by the team (X1).

use comity_domain::{Actor, CommissionId, InquiryId, Permission};
use comity_store::inquiry::{self as store, Filter, Inquiry, Listed};
use comity_store::{Tx, commission, partner, program};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;
use serde_json::json;

use super::acting_self;
use crate::event::{Happened, emit};
use crate::message::{self, Draft};
use crate::{App, AppError, audit, authorise};

/// Longest question and answer.
const MAX_TEXT: usize = 4_000;

fn checked(field: &str, text: &str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field(field, "required"));
    }
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::field(field, "too_long"));
    }
    Ok(text.to_owned())
}

/// Asks about an own commission; one question at a time.
pub async fn ask(
    app: &App,
    actor: &Actor,
    id: CommissionId,
    text: &str,
) -> Result<Inquiry, AppError> {
    let (tenant, partner) = acting_self(actor)?;
    let mut tx = app.store.write().await?;
    let found = commission::get(&mut tx, tenant, id).await?;
    let about = found
        .filter(|commission| commission.partner == partner)
        .ok_or(AppError::NotFound("commission"))?;
    let question = checked("text", text)?;
    let before = store::of_commission(&mut tx, tenant, id).await?;
    if before.iter().any(|inquiry| inquiry.status == "open") {
        return Err(AppError::Conflict("already_asked"));
    }
    let inquiry = Inquiry {
        id: app.id(),
        tenant,
        program: about.program,
        enrollment: about.enrollment,
        partner,
        commission: Some(id),
        order_ref: String::new(),
        question,
        answer: String::new(),
        status: "open".to_owned(),
        answered_by: String::new(),
        created_at: app.now(),
        answered_at: None,
    };
    store::insert(&mut tx, &inquiry).await?;
    tell(&mut tx, app, actor, &inquiry, "inquiry.opened").await?;
    tx.commit().await?;
    app.announce(tenant, "inquiry");
    Ok(inquiry)
}

/// A page of the organisation's questions, newest first.
pub async fn inquiries(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<InquiryId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, before, limit).await?)
}

/// How many of the organisation's questions are in each status.
pub async fn inquiry_counts(app: &App, actor: &Actor) -> Result<Vec<(String, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::status_counts(&mut tx, tenant).await?)
}

/// One question of the organisation.
pub async fn inquiry(app: &App, actor: &Actor, id: InquiryId) -> Result<Inquiry, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("inquiry"))
}

/// The questions about a commission, for the team, oldest first.
pub async fn of_commission(
    app: &App,
    actor: &Actor,
    id: CommissionId,
) -> Result<Vec<Inquiry>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::of_commission(&mut tx, tenant, id).await?)
}

/// Answers an open question; the partner reads it in the portal and in a mail.
pub async fn answer(
    app: &App,
    actor: &Actor,
    id: InquiryId,
    text: &str,
) -> Result<Inquiry, AppError> {
    let tenant = authorise(actor, Permission::ManageCommissions)?;
    let text = checked("answer", text)?;
    let by = match actor {
        Actor::User { name, .. } => name.clone(),
        _ => actor.label(),
    };
    let now = app.now();
    let mut tx = app.store.write().await?;
    let known = store::get(&mut tx, tenant, id).await?;
    known.ok_or(AppError::NotFound("inquiry"))?;
    if !store::answer(&mut tx, tenant, id, &text, (&by, now)).await? {
        return Err(AppError::Conflict("already_answered"));
    }
    let inquiry = store::get(&mut tx, tenant, id).await?;
    let inquiry = inquiry.ok_or(AppError::NotFound("inquiry"))?;
    write_to_partner(&mut tx, app, &inquiry).await?;
    tell(&mut tx, app, actor, &inquiry, "inquiry.answered").await?;
    tx.commit().await?;
    app.announce(tenant, "inquiry");
    Ok(inquiry)
}

/// The mail with the answer, in the partner's language and the program's name.
async fn write_to_partner(tx: &mut Tx, app: &App, inquiry: &Inquiry) -> Result<(), AppError> {
    let to = partner::get(tx, inquiry.tenant, inquiry.partner).await?;
    let of = program::get(tx, inquiry.tenant, inquiry.program).await?;
    let (Some(to), Some(of)) = (to, of) else {
        return Ok(());
    };
    let mut cx = Cx::new(Lang::parse(&to.lang).unwrap_or_default(), "", app.now());
    cx.zone = of.zone.clone();
    let from = message::program_sender(tx, app, &of).await?;
    let view = mail::Answer {
        name: to.name,
        question: inquiry.question.clone(),
        answer: inquiry.answer.clone(),
        commission: inquiry.commission,
    };
    let letter = mail::inquiry_answered(&cx, &from, &view);
    let draft = Draft::new("inquiry_answered", to.email, letter);
    message::queue(tx, app, inquiry.tenant, draft).await?;
    Ok(())
}

/// The audit line and the event; the words themselves stay out of both.
async fn tell(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    inquiry: &Inquiry,
    kind: &'static str,
) -> Result<(), AppError> {
    let label = inquiry.id.to_string();
    let body = json!({
        "inquiry": inquiry.id, "commission": inquiry.commission, "partner": inquiry.partner,
    });
    let entry = audit::Entry {
        action: kind,
        object_kind: "inquiry",
        object_id: &label,
        detail: body.clone(),
    };
    audit::record(tx, app, actor, entry).await?;
    let happened = Happened {
        tenant: inquiry.tenant,
        program: Some(inquiry.program),
        partner: Some(inquiry.partner),
        kind,
        body,
    };
    emit(tx, app, &happened).await
}
