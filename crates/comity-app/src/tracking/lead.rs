//! Leads that a partner submits: one person once, and nobody the brand knows already.

use comity_domain::partner::Enrollment;
use comity_domain::time::DAY;
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Email, EnrollmentId, Money, Permission, SubmittedLeadId, TenantId};
use comity_store::submitted_lead as store;
use comity_store::{Tx, customer, event, partner};
use serde_json::json;

use super::record::{load_program, new_event, take_in};
use super::{Happening, NewCustomer, NewEvent};
use crate::session::normalise_email;
use crate::{App, AppError, audit, authorise};

pub use comity_store::submitted_lead::SubmittedLead;

/// Most submissions of one membership in a day: more is a bought list.
const MAX_A_DAY: i64 = 100;
/// Longest name and company, and longest note, in bytes.
const MAX_NAME: usize = 200;
const MAX_NOTE: usize = 2_000;

/// A person a partner names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLead {
    /// Which membership names them.
    pub enrollment: EnrollmentId,
    /// Their address.
    pub email: String,
    /// Their name, or empty.
    pub name: String,
    /// Their company, or empty.
    pub company: String,
    /// What the partner says about them, or empty.
    pub note: String,
}

/// Takes in a lead. An accepted one becomes an event at once and holds the address
/// for the partner, within the policy's window; a refused one is kept with its reason.
pub async fn submit_lead(
    app: &App,
    actor: &Actor,
    new: NewLead,
) -> Result<SubmittedLead, AppError> {
    let tenant = match actor {
        Actor::Partner {
            tenant,
            impersonator: None,
            ..
        } => *tenant,
        _ => authorise(actor, Permission::ManagePartners)?,
    };
    let email_norm = check(&new)?;
    let mut tx = app.store.write().await?;
    let enrollment = own(&mut tx, actor, tenant, new.enrollment).await?;
    if !enrollment.status.earns() {
        return Err(AppError::Conflict("partner_not_approved"));
    }
    let program = load_program(&mut tx, tenant, enrollment.program).await?;
    // The same lock as events: two partners who name one person are taken in turn.
    crate::ledger::lock(&mut tx, program.id).await?;
    let since = app.now().plus(-DAY);
    if store::count_since(&mut tx, tenant, enrollment.id, since).await? >= MAX_A_DAY {
        return Err(AppError::Conflict("too_many_leads"));
    }
    let refused = refusal(&mut tx, &enrollment, &email_norm).await?;
    let lead = SubmittedLead {
        id: app.id(),
        tenant,
        program: program.id,
        enrollment: enrollment.id,
        partner: enrollment.partner,
        email: new.email.trim().to_owned(),
        email_norm,
        name: new.name.trim().to_owned(),
        company: new.company.trim().to_owned(),
        note: new.note.trim().to_owned(),
        status: if refused.is_some() {
            "refused"
        } else {
            "accepted"
        }
        .to_owned(),
        reason: refused.unwrap_or_default().to_owned(),
        created_at: app.now(),
    };
    store::insert(&mut tx, &lead).await?;
    note(&mut tx, app, actor, &lead).await?;
    if refused.is_none() {
        let system = Actor::System { tenant };
        let input = event_of(&lead, Money::zero(program.currency));
        let event = new_event(app, &system, "partner", &input)?;
        if event::insert(&mut tx, &event).await? {
            take_in(&mut tx, app, &system, &program, event, &input).await?;
        }
    }
    tx.commit().await?;
    app.announce(tenant, "event");
    Ok(lead)
}

/// A page of a membership's leads, newest first.
pub async fn submitted_leads(
    app: &App,
    actor: &Actor,
    enrollment: EnrollmentId,
    before: Option<SubmittedLeadId>,
    find: &str,
    limit: i64,
) -> Result<Vec<SubmittedLead>, AppError> {
    let tenant = match actor {
        Actor::Partner { tenant, .. } => *tenant,
        _ => authorise(actor, Permission::View)?,
    };
    let mut tx = app.store.read().await?;
    let enrollment = own(&mut tx, actor, tenant, enrollment).await?;
    let find = find.to_lowercase();
    Ok(store::page(&mut tx, tenant, enrollment.id, before, &find, limit).await?)
}

async fn own(
    tx: &mut Tx,
    actor: &Actor,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<Enrollment, AppError> {
    let found = partner::enrollment(tx, tenant, id).await?;
    let mine = |enrollment: &Enrollment| match actor {
        Actor::Partner { id, .. } => enrollment.partner == *id,
        _ => true,
    };
    found.filter(mine).ok_or(AppError::NotFound("partner"))
}

/// Refuses what cannot be a lead; answers the address in its normal form.
fn check(new: &NewLead) -> Result<String, AppError> {
    if new.email.trim().is_empty() {
        return Err(AppError::field("email", "required"));
    }
    let email: Email = new
        .email
        .trim()
        .parse()
        .map_err(|_| AppError::field("email", "not_an_email"))?;
    for (field, text, most) in [
        ("name", &new.name, MAX_NAME),
        ("company", &new.company, MAX_NAME),
        ("note", &new.note, MAX_NOTE),
    ] {
        if text.len() > most {
            return Err(AppError::field(field, "too_long"));
        }
        let control = |c: char| c.is_control() && !(field == "note" && matches!(c, '\n' | '\r'));
        if text.chars().any(control) {
            return Err(AppError::field(field, "control_character"));
        }
    }
    Ok(email.normalised())
}

/// Why a lead earns nothing: the brand knows the person, somebody named them
/// before, or the partner named themselves.
async fn refusal(
    tx: &mut Tx,
    enrollment: &Enrollment,
    email_norm: &str,
) -> Result<Option<&'static str>, AppError> {
    let (tenant, program) = (enrollment.tenant, enrollment.program);
    let owner = partner::get(tx, tenant, enrollment.partner).await?;
    if owner.is_some_and(|owner| normalise_email(&owner.email) == email_norm) {
        return Ok(Some("own_address"));
    }
    if !store::claims(tx, tenant, program, email_norm)
        .await?
        .is_empty()
    {
        return Ok(Some("already_submitted"));
    }
    let known = customer::by_email(tx, tenant, program, email_norm).await?;
    Ok(known.map(|_| "known_customer"))
}

fn event_of(lead: &SubmittedLead, nothing: Money) -> NewEvent {
    NewEvent {
        program: lead.program,
        happening: Happening::Kind(EventKind::Lead),
        external_id: lead.id.to_string(),
        aliases: Vec::new(),
        refers_to: Vec::new(),
        click: None,
        coupons: Vec::new(),
        customer: NewCustomer {
            email: lead.email.clone(),
            name: lead.name.clone(),
            ..NewCustomer::default()
        },
        net: nothing,
        gross: nothing,
        items: Vec::new(),
        occurred_at: Some(lead.created_at),
        metadata: std::collections::BTreeMap::new(),
    }
}

async fn note(tx: &mut Tx, app: &App, actor: &Actor, lead: &SubmittedLead) -> Result<(), AppError> {
    let label = lead.id.to_string();
    let entry = audit::Entry {
        action: "lead.submitted",
        object_kind: "submitted_lead",
        object_id: &label,
        detail: json!({ "partner": lead.partner, "status": lead.status, "reason": lead.reason }),
    };
    audit::record(tx, app, actor, entry).await
}
