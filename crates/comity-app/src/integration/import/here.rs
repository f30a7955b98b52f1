//! Taking a file up in the caller's own process: what the command line does.

use comity_domain::integration::import::Checkpoint;
use comity_domain::{Actor, Permission};
use comity_store::import::{self as store, Import};

use super::plan::{NewImport, Plan, kept, kind_of, note, read_file, read_plan};
use crate::{App, AppError, authorise, program};

/// Starts a file without queueing a job for it: the caller works it off with [`super::Work`].
/// The same file under the same plan goes on where its last run stopped; the answer says so.
pub async fn take_up(
    app: &App,
    actor: &Actor,
    input: &NewImport,
    plan: &Plan,
) -> Result<(Import, bool), AppError> {
    let tenant = authorise(actor, Permission::ManageIntegrations)?;
    let fresh = kept(app, actor, input, plan)?;
    let columns = read_file(&input.bytes)?.headers.len();
    plan.mapping
        .check(kind_of(&fresh)?, columns)
        .map_err(|_| AppError::Conflict("mapping_incomplete"))?;
    let mut tx = app.store.write().await?;
    program::load(&mut tx, tenant, input.program).await?;
    let known = store::unfinished(&mut tx, &fresh).await?;
    let (mut import, goes_on) = match known {
        Some(known) if same(&read_plan(&known)?, plan) => (known, true),
        _ => {
            store::insert(&mut tx, &fresh).await?;
            (fresh, false)
        }
    };
    "running".clone_into(&mut import.status);
    import.updated_at = app.now();
    store::update(&mut tx, &import).await?;
    note(&mut tx, app, actor, "import.started", &import).await?;
    tx.commit().await?;
    Ok((import, goes_on))
}

/// Whether both read the file the same way, however far they came.
fn same(known: &Plan, wanted: &Plan) -> bool {
    let begun = |plan: &Plan| Plan {
        done: Checkpoint::default(),
        ..plan.clone()
    };
    begun(known) == begun(wanted)
}
