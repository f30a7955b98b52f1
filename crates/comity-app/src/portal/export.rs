//! Everything that is a partner's, as one file other programs can read (X15).

use comity_domain::{Actor, CommissionId, LinkId, Money, PayoutId};
use comity_store::commission::{self, Filter as CommissionFilter};
use comity_store::link::{self, Filter as LinkFilter};
use comity_store::payout::{self, Filter as PayoutFilter};
use comity_store::{Tx, click, inquiry, partner, program};
use serde_json::{Value, json};

use super::{acting_self, choice};
use crate::{App, AppError, audit};

/// Rows read at once.
const PAGE: i64 = 500;

fn money(amount: Money) -> Value {
    json!({ "amount_minor": amount.minor, "currency": amount.currency })
}

/// The acting partner's data: who they are, their memberships, links, clicks per day,
/// commissions, payouts and questions. On the record.
pub async fn export(app: &App, actor: &Actor) -> Result<Value, AppError> {
    let (tenant, id) = acting_self(actor)?;
    let mut tx = app.store.read().await?;
    let who = partner::get(&mut tx, tenant, id).await?;
    let who = who.ok_or(AppError::NotFound("partner"))?;
    let method = payout::method(&mut tx, tenant, id).await?;
    let mut memberships = Vec::new();
    for enrollment in partner::enrollments(&mut tx, tenant, id).await? {
        memberships.push(membership(&mut tx, app, &enrollment).await?);
    }
    let questions = inquiry::of_partner(&mut tx, tenant, id).await?;
    let questions: Vec<Value> = questions
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "commission": one.commission, "question": one.question,
                "answer": one.answer, "asked_at": one.created_at, "answered_at": one.answered_at,
            })
        })
        .collect();
    let choices = choice::load(&mut tx, tenant, id).await?;
    drop(tx);
    let label = id.to_string();
    let mut tx = app.store.write().await?;
    let entry = audit::Entry {
        action: "partner.exported",
        object_kind: "partner",
        object_id: &label,
        detail: json!({}),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(json!({
        "format": "comity.partner.v1",
        "exported_at": app.now(),
        "partner": {
            "id": who.id, "name": who.name, "email": who.email, "company": who.company,
            "country": who.country, "website": who.website, "lang": who.lang,
            "created_at": who.created_at, "choices": choices,
        },
        "payout_method": method.map(|method| method.details),
        "memberships": memberships,
        "questions": questions,
    }))
}

async fn membership(
    tx: &mut Tx,
    app: &App,
    enrollment: &comity_domain::partner::Enrollment,
) -> Result<Value, AppError> {
    let (tenant, id) = (enrollment.tenant, enrollment.id);
    let of = program::get(tx, tenant, enrollment.program).await?;
    let span = ("0000-01-01", "9999-12-31");
    let days = click::by_day(
        tx,
        tenant,
        Some(enrollment.program),
        Some(id),
        span.0,
        span.1,
    )
    .await?;
    let days: Vec<Value> = days
        .iter()
        .map(|(day, n)| json!({ "day": day, "clicks": n.clicks, "leads": n.leads, "sales": n.sales }))
        .collect();
    Ok(json!({
        "id": id,
        "program": of.map(|program| program.name),
        "status": enrollment.status,
        "since": enrollment.created_at,
        "links": links(tx, app, enrollment).await?,
        "days": days,
        "commissions": commissions(tx, enrollment).await?,
        "payouts": payouts(tx, enrollment).await?,
    }))
}

async fn links(
    tx: &mut Tx,
    app: &App,
    enrollment: &comity_domain::partner::Enrollment,
) -> Result<Vec<Value>, AppError> {
    let filter = LinkFilter {
        enrollment: Some(enrollment.id),
        ..LinkFilter::default()
    };
    let mut out = Vec::new();
    let mut before: Option<LinkId> = None;
    loop {
        let rows = link::page(tx, enrollment.tenant, &filter, before, PAGE).await?;
        out.extend(rows.iter().map(|row| {
            json!({
                "id": row.link.id, "url": crate::link::url(app, &row.link), "label": row.link.label,
                "destination": row.link.destination, "status": row.link.status,
                "clicks": row.clicks, "sales": row.sales, "created_at": row.link.created_at,
            })
        }));
        let Some(last) = rows.last() else {
            return Ok(out);
        };
        before = Some(last.link.id);
    }
}

async fn commissions(
    tx: &mut Tx,
    enrollment: &comity_domain::partner::Enrollment,
) -> Result<Vec<Value>, AppError> {
    let filter = CommissionFilter {
        enrollment: Some(enrollment.id),
        ..CommissionFilter::default()
    };
    let mut out = Vec::new();
    let mut before: Option<CommissionId> = None;
    loop {
        let rows = commission::page(tx, enrollment.tenant, &filter, before, PAGE).await?;
        out.extend(rows.iter().map(|row| {
            let one = &row.commission;
            json!({
                "id": one.id, "kind": one.kind, "order": row.external_id,
                "amount": money(one.book.amount), "reversed": money(one.book.reversed),
                "state": one.book.status().code(), "occurred_at": one.occurred_at,
                "clears_at": one.hold_until, "reason": one.reason_text, "payout": one.payout,
            })
        }));
        let Some(last) = rows.last() else {
            return Ok(out);
        };
        before = Some(last.commission.id);
    }
}

async fn payouts(
    tx: &mut Tx,
    enrollment: &comity_domain::partner::Enrollment,
) -> Result<Vec<Value>, AppError> {
    let filter = PayoutFilter {
        enrollment: Some(enrollment.id),
        ..PayoutFilter::default()
    };
    let mut out = Vec::new();
    let mut before: Option<PayoutId> = None;
    loop {
        let rows = payout::page(tx, enrollment.tenant, &filter, before, PAGE).await?;
        out.extend(rows.iter().map(|(one, _)| {
            json!({
                "id": one.id, "amount": money(one.amount), "to": one.masked,
                "state": one.progress.state.code(), "at": one.created_at,
                "reference": one.provider_ref,
            })
        }));
        let Some((last, _)) = rows.last() else {
            return Ok(out);
        };
        before = Some(last.id);
    }
}
