//! Applications: sent by anybody, decided by rules or by a person (D2-D6).

mod decide;
mod disposable;
mod funnel;
pub(crate) mod letters;
mod page;
mod path;
mod submit;

pub use comity_store::application::{Application, Funnel};
pub use decide::{approve, reject, request_info};
pub(crate) use disposable::disposable_domains;
pub use funnel::{funnel, started, visited};
pub use page::{Open, answer, counts, get, list, open_program, status_by_token};
pub use path::{Path, paths, together};
pub use submit::{NewApplication, Submitted, submit};

use comity_domain::application::Answer;
use comity_domain::{Actor, ApplicationId, TenantId};
use comity_store::Tx;
use comity_store::application as store;
use serde_json::json;

use crate::event::{Happened, emit};
use crate::{App, AppError, audit};

/// The key of the answer that names site or channel.
pub const WEBSITE: &str = "website";
/// The key of the answer that names the country.
pub const COUNTRY: &str = "country";
/// The key of the answer that says how they would promote.
pub const PITCH: &str = "pitch";

/// The answers of an application with their questions.
#[must_use]
pub fn answers(application: &Application) -> Vec<Answer> {
    serde_json::from_str(&application.answers_json).unwrap_or_default()
}

/// Codes of what speaks for a look at an application.
#[must_use]
pub fn flags(application: &Application) -> Vec<String> {
    serde_json::from_str(&application.flags_json).unwrap_or_default()
}

fn answer_to(application: &Application, key: &str) -> String {
    let found = answers(application)
        .into_iter()
        .find(|answer| answer.key == key);
    found.map(|answer| answer.value).unwrap_or_default()
}

async fn load(tx: &mut Tx, tenant: TenantId, id: ApplicationId) -> Result<Application, AppError> {
    let found = store::get(tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("application"))
}

/// The audit line and the event of a step of an application.
async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    application: &Application,
    action: &'static str,
) -> Result<(), AppError> {
    let label = application.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "application",
        object_id: &label,
        detail: json!({
            "program": application.program, "status": application.status,
            "reason": application.reason_code, "text": application.reason_text,
        }),
    };
    audit::record(tx, app, actor, entry).await?;
    let happened = Happened {
        tenant: application.tenant,
        program: Some(application.program),
        partner: None,
        kind: action,
        body: json!({
            "application": application.id, "name": application.name,
            "status": application.status, "reason": application.reason_code,
        }),
    };
    emit(tx, app, &happened).await
}
