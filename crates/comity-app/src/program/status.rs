//! Opening, pausing and closing a program.

use comity_domain::program::{Program, ProgramStatus};
use comity_domain::{Actor, Permission, ProgramId};
use comity_store::{link, program as store};
use serde_json::json;

use super::{load, note};
use crate::{App, AppError, authorise};

/// What a change of status does, said before it is done; the tail of a translation key.
pub type Effect = &'static str;

/// The effects of reaching a status.
#[must_use]
pub const fn effects(status: ProgramStatus) -> &'static [Effect] {
    match status {
        ProgramStatus::Draft => &[],
        ProgramStatus::Active => &["page_opens", "links_redirect", "sales_earn"],
        ProgramStatus::Paused => &["applications_stop", "links_redirect", "sales_do_not_earn"],
        ProgramStatus::Closed => &["applications_stop", "links_end", "payouts_stay", "final"],
    }
}

/// Changes the status where the life of a program allows it.
pub async fn set_status(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    status: ProgramStatus,
) -> Result<Program, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let mut program = load(&mut tx, tenant, id).await?;
    if program.status == status {
        return Ok(program);
    }
    if !program.status.may_become(status) {
        return Err(AppError::Conflict("program_status"));
    }
    let before = program.status;
    program.status = status;
    program.updated_at = app.now();
    store::update(&mut tx, &program).await?;
    // The redirect follows links by their time of change.
    let changed = link::touch_program(&mut tx, tenant, id, program.updated_at).await?;
    let detail = json!({ "from": before.code(), "to": status.code() });
    note(
        &mut tx,
        app,
        actor,
        &program,
        "program.status_changed",
        detail,
    )
    .await?;
    tx.commit().await?;
    app.links.changed(&changed);
    app.announce(tenant, "program");
    Ok(program)
}
