//! Partners and their memberships in programs.

mod admit;
mod change;
mod detail;
mod invite;
mod list;
mod own;
mod recruit;
mod status;

pub use admit::{Admission, admit};
pub use change::{ProfileChange, add_note, assign, drop_second_step, update_profile};
pub use comity_store::note::Note;
pub use comity_store::partner::{Filter, Listed, Place, Sort};
pub use detail::{Balance, Detail, Membership, detail, of_enrollment};
pub use invite::{NewPartner, invite};
pub use list::{counts, list, sorted};
pub use own::{ask_email, asked_email, confirm_email, leave};
pub(crate) use recruit::recruiter;
pub use recruit::set_recruiter;
pub use status::{effects, set_status};

use comity_domain::partner::{Enrollment, Partner};
use comity_domain::{Actor, EnrollmentId, TenantId};
use comity_store::{Tx, partner as store};
use serde_json::{Value, json};

use crate::event::{Happened, emit};
use crate::{App, AppError, FieldError, audit};

/// Longest name and company.
const MAX_NAME: usize = 120;

/// A membership with its partner, or not found.
async fn load(
    tx: &mut Tx,
    tenant: TenantId,
    id: EnrollmentId,
) -> Result<(Enrollment, Partner), AppError> {
    let missing = || AppError::NotFound("partner");
    let enrollment = store::enrollment(tx, tenant, id)
        .await?
        .ok_or_else(missing)?;
    let partner = store::get(tx, tenant, enrollment.partner).await?;
    Ok((enrollment, partner.ok_or_else(missing)?))
}

/// What is wrong with a person's data.
fn problems(name: &str, company: &str, country: &str, website: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if name.trim().is_empty() {
        errors.push(FieldError::new("name", "required"));
    }
    for (field, text) in [("name", name), ("company", company)] {
        if text.chars().count() > MAX_NAME {
            errors.push(FieldError::new(field, "too_long"));
        }
    }
    if !is_country(country) {
        errors.push(FieldError::new("country", "not_a_country"));
    }
    if !website.trim().is_empty()
        && let Err(code) = crate::program::web_address(website)
    {
        errors.push(FieldError::new("website", code));
    }
    errors
}

/// Empty, or two Latin letters.
pub(crate) fn is_country(code: &str) -> bool {
    let code = code.trim();
    code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The audit line and the event of a change of a membership.
async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (enrollment, partner): (&Enrollment, &Partner),
    action: &'static str,
    detail: Value,
) -> Result<(), AppError> {
    let label = partner.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "partner",
        object_id: &label,
        detail,
    };
    audit::record(tx, app, actor, entry).await?;
    let happened = Happened {
        tenant: enrollment.tenant,
        program: Some(enrollment.program),
        partner: Some(partner.id),
        kind: action,
        body: json!({
            "partner": partner.id, "enrollment": enrollment.id, "name": partner.name,
            "status": enrollment.status, "reason": enrollment.reason_code,
        }),
    };
    emit(tx, app, &happened).await
}
