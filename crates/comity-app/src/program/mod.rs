//! Programs: created with working rules and terms, changed in versions (A3, A7, X3).

mod create;
mod publish;
mod read;
mod seed;
mod status;
mod terms;
mod update;
mod website;

pub use comity_store::program::{Policy, Terms};
pub(crate) use create::slug_error;
pub use create::{NewProgram, create};
pub(crate) use publish::check_policy;
pub use publish::{PolicyKind, Publication, publish_policy};
pub use read::{get, list, policies, readiness, terms_versions};
pub use status::{Effect, effects, set_status};
pub use terms::{accept_terms, publish_terms};
pub use update::{ProgramChange, update_settings};

use comity_domain::program::Program;
use comity_domain::{Actor, ProgramId, TenantId};
use comity_store::Tx;
use serde_json::{Value, json};

use crate::event::{Happened, emit};
use crate::{App, AppError, audit};

pub(crate) use website::{host_of, web_address};

/// One program of the organisation, or not found.
pub(crate) async fn load(
    tx: &mut Tx,
    tenant: TenantId,
    id: ProgramId,
) -> Result<Program, AppError> {
    comity_store::program::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))
}

/// The audit line and the event of a change of a program.
async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    program: &Program,
    action: &'static str,
    detail: Value,
) -> Result<(), AppError> {
    let label = program.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "program",
        object_id: &label,
        detail: detail.clone(),
    };
    audit::record(tx, app, actor, entry).await?;
    let happened = Happened {
        tenant: program.tenant,
        program: Some(program.id),
        partner: None,
        kind: action,
        body: json!({ "program": program.id, "name": program.name, "detail": detail }),
    };
    emit(tx, app, &happened).await
}
