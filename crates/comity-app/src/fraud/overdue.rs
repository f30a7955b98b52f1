//! Cases nobody answered in time: told once, and never released by time alone.

use comity_domain::Permission;
use comity_domain::{Actor, TenantId};
use comity_store::fraud::{self as store, Case};
use comity_store::{Tx, user};

use super::letters;
use super::open::{self, Said};
use crate::{App, AppError};

/// Cases told of per transaction.
const BATCH: i64 = 50;
/// Members of a team looked at.
const TEAM: i64 = 200;

/// Notes every case whose service time ended, with an event and a mail to whoever may decide.
/// Answers how many there were; call again until zero.
pub async fn escalate_due(app: &App) -> Result<usize, AppError> {
    let mut tx = app.store.write().await?;
    let late = store::overdue(&mut tx, app.now(), BATCH).await?;
    for case in &late {
        escalate(&mut tx, app, case).await?;
    }
    let mut tenants: Vec<TenantId> = late.iter().map(|case| case.tenant).collect();
    tenants.sort_unstable();
    tenants.dedup();
    for tenant in &tenants {
        remind(&mut tx, app, *tenant, &late).await?;
    }
    tx.commit().await?;
    for tenant in tenants {
        app.announce(tenant, "case");
    }
    Ok(late.len())
}

async fn escalate(tx: &mut Tx, app: &App, case: &Case) -> Result<(), AppError> {
    store::escalate(tx, case, app.now()).await?;
    let said = Said {
        kind: "overdue",
        ..Said::default()
    };
    open::say(tx, app, case, said).await?;
    open::tell(tx, app, case, "case.overdue").await
}

/// One mail per person and round, however many cases are late.
async fn remind(tx: &mut Tx, app: &App, tenant: TenantId, late: &[Case]) -> Result<(), AppError> {
    let mine: Vec<&Case> = late.iter().filter(|case| case.tenant == tenant).collect();
    for person in user::list(tx, tenant, TEAM).await? {
        let actor = Actor::User {
            tenant,
            id: person.id,
            role: person.role,
            name: person.name.clone(),
        };
        let may = person.status == "active" && actor.may(Permission::ManageCommissions);
        let concerned = |case: &&&Case| case.assignee.is_none_or(|id| id == person.id);
        let count = mine.iter().filter(concerned).count();
        if may && count > 0 {
            letters::overdue(tx, app, &person, count).await?;
        }
    }
    Ok(())
}
