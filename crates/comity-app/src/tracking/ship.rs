//! Taking in clicks that a spool ships: once each, with their touches and counts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use comity_domain::program::Program;
use comity_domain::{ProgramId, TenantId};
use comity_store::click::{self, Click, Counts, Touch};
use comity_store::{Tx, program};

use crate::{App, AppError};

/// A click with what the spool knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedClick {
    /// The click.
    pub click: Click,
    /// True when a person made it, so that it can be credited.
    pub counts: bool,
}

/// Stores a batch of clicks in one transaction. Clicks that are stored already
/// do nothing, so a batch may be shipped again after a crash (invariant 1).
pub async fn ship_clicks(app: &App, batch: &[ShippedClick]) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    let mut programs: BTreeMap<(TenantId, ProgramId), Option<Program>> = BTreeMap::new();
    let mut tenants = std::collections::BTreeSet::new();
    for shipped in batch {
        if !click::insert(&mut tx, &shipped.click).await? {
            continue;
        }
        let key = (shipped.click.tenant, shipped.click.program);
        if let Entry::Vacant(slot) = programs.entry(key) {
            slot.insert(program::get(&mut tx, key.0, key.1).await?);
        }
        if let Some(Some(program)) = programs.get(&key) {
            count(&mut tx, program, shipped).await?;
        }
        tenants.insert(shipped.click.tenant);
    }
    tx.commit().await?;
    for tenant in tenants {
        app.announce(tenant, "click");
    }
    Ok(())
}

async fn count(tx: &mut Tx, program: &Program, shipped: &ShippedClick) -> Result<(), AppError> {
    let c = &shipped.click;
    let touch = Touch {
        click: c.id,
        visitor: c.visitor,
        program: c.program,
        link: c.link,
        partner: c.partner,
        enrollment: c.enrollment,
        kind: if c.qr { "qr" } else { "click" }.to_owned(),
        class: c.class.clone(),
        at: c.at,
    };
    click::insert_touch(tx, c.tenant, &touch).await?;
    let (clicks, filtered) = if shipped.counts { (1, 0) } else { (0, 1) };
    let day = c.at.date_in(&program.zone).to_string();
    let counts = Counts {
        clicks,
        filtered,
        ..Counts::default()
    };
    click::bump(
        tx,
        c.tenant,
        c.program,
        c.enrollment,
        Some(c.link),
        &day,
        counts,
    )
    .await?;
    Ok(())
}
