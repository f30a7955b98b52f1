//! The program's policy: the published version, or careful defaults.

use comity_domain::fraud::Policy;
use comity_domain::program::{ApplyTo, Program};
use comity_domain::{Actor, Permission, PolicyId, ProgramId, TenantId};
use comity_store::program::{self as store, Policy as Row};
use comity_store::{Tx, program};
use serde_json::json;

use crate::{App, AppError, audit, authorise};

/// The kind under which policies are kept.
const KIND: &str = "fraud";

/// What decides now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The policy.
    pub policy: Policy,
    /// Its version; 0 when none was published.
    pub version: i64,
}

/// The policy of a program.
pub(super) async fn load(tx: &mut Tx, program: &Program) -> Result<InForce, AppError> {
    match store::current_policy(tx, program.tenant, program.id, KIND).await? {
        Some(row) => Ok(InForce {
            policy: serde_json::from_str(&row.body_json).map_err(|error| {
                AppError::Internal(format!("stored policy does not read back: {error}"))
            })?,
            version: row.version,
        }),
        None => Ok(InForce {
            policy: Policy::for_new_program(program.created_at),
            version: 0,
        }),
    }
}

/// Refuses a policy that means nothing, with the field.
pub(super) fn checked(policy: &Policy) -> Result<(), AppError> {
    policy
        .check()
        .map_err(|error| AppError::field(&error.field(), error.code()))
}

/// Hours in which a case of the program shall be decided.
pub(super) async fn service_hours(
    tx: &mut Tx,
    (tenant, id): (TenantId, ProgramId),
) -> Result<u16, AppError> {
    let program = program::get(tx, tenant, id).await?;
    let program = program.ok_or(AppError::NotFound("program"))?;
    Ok(load(tx, &program).await?.policy.service_hours)
}

/// Publishes the next version; it decides about conversions from now on.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    policy: &Policy,
) -> Result<i64, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    checked(policy)?;
    let body_json =
        serde_json::to_string(policy).map_err(|error| AppError::Internal(error.to_string()))?;
    let mut tx = app.store.write().await?;
    let program = program::get(&mut tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("program"))?;
    tx.lock(&format!("policy:{id}:{KIND}")).await?;
    let last = store::current_policy(&mut tx, tenant, id, KIND).await?;
    let row = Row {
        id: app.id::<PolicyId>(),
        tenant,
        program: program.id,
        kind: KIND.to_owned(),
        version: last.map_or(0, |row| row.version) + 1,
        apply_to: ApplyTo::NewEvents.code().to_owned(),
        body_json,
        note: String::new(),
        created_by: actor.label(),
        created_at: app.now(),
    };
    store::insert_policy(&mut tx, &row).await?;
    let label = id.to_string();
    let entry = audit::Entry {
        action: "program.policy_published",
        object_kind: "program",
        object_id: &label,
        detail: json!({ "kind": KIND, "version": row.version, "policy": row.id }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(row.version)
}
