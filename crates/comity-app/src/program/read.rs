//! Looking at programs.

use comity_domain::program::{Program, Readiness, readiness as checklist};
use comity_domain::{Actor, Permission, ProgramId};
use comity_store::link;
use comity_store::program::{self as store, Policy, Terms};

use super::{PolicyKind, load};
use crate::{App, AppError, authorise};

/// All programs of the organisation, oldest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Program>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant).await?)
}

/// One program.
pub async fn get(app: &App, actor: &Actor, id: ProgramId) -> Result<Program, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    load(&mut app.store.read().await?, tenant, id).await
}

/// All versions of a policy, newest first.
pub async fn policies(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    kind: PolicyKind,
) -> Result<Vec<Policy>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, id).await?;
    Ok(store::policies(&mut tx, tenant, id, kind.code()).await?)
}

/// All versions of the terms with the number of their acceptances, newest first.
pub async fn terms_versions(
    app: &App,
    actor: &Actor,
    id: ProgramId,
) -> Result<Vec<(Terms, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, id).await?;
    let mut rows = Vec::new();
    for terms in store::all_terms(&mut tx, tenant, id).await? {
        let accepted = store::acceptances(&mut tx, tenant, terms.id).await?;
        rows.push((terms, accepted));
    }
    Ok(rows)
}

/// The launch checklist (A8).
pub async fn readiness(
    app: &App,
    actor: &Actor,
    id: ProgramId,
) -> Result<Vec<Readiness>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = load(&mut tx, tenant, id).await?;
    let terms = store::current_terms(&mut tx, tenant, id).await?;
    let kind = PolicyKind::Commission.code();
    let rules = store::current_policy(&mut tx, tenant, id, kind).await?;
    let filter = link::Filter {
        program: Some(id),
        ..link::Filter::default()
    };
    let links = link::page(&mut tx, tenant, &filter, None, 1).await?;
    Ok(checklist(
        &program,
        terms.is_some(),
        rules.is_some(),
        links.len() as u64,
    ))
}
