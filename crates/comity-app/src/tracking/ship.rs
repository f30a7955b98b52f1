//! Taking in clicks that a spool ships: once each, with their touches and counts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use comity_domain::program::Program;
use comity_domain::{ClickId, ProgramId, TenantId};
use comity_store::click::{self, Click, Counts, Touch};
use comity_store::{Tx, program};
use serde_json::json;

use crate::event::Happened;
use crate::{App, AppError, message};

/// A click with what the spool knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedClick {
    /// The click.
    pub click: Click,
    /// True when a person made it, so that it can be credited.
    pub counts: bool,
    /// For a repeated click, the one that counts in its place.
    pub stands_for: Option<ClickId>,
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
            greet(&mut tx, app, shipped).await?;
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

/// The first click of a person on a link is told to the partner (F5).
async fn greet(tx: &mut Tx, app: &App, shipped: &ShippedClick) -> Result<(), AppError> {
    let c = &shipped.click;
    // Looked up only where somebody can be told: shipping is the busiest write there is.
    if !shipped.counts || !app.mailer.is_configured() {
        return Ok(());
    }
    if click::ever_on(tx, c.tenant, c.program, c.enrollment, c.link).await? {
        return Ok(());
    }
    let happened = Happened {
        tenant: c.tenant,
        program: Some(c.program),
        partner: Some(c.partner),
        kind: "link.first_click",
        body: json!({ "link": c.link }),
    };
    message::plan_notice(tx, app, &happened).await
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
    stand_in(tx, shipped).await?;
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

/// An event may name the repeated click only: its visitor then has the touch of
/// the click that counts, so that the partner loses nothing.
async fn stand_in(tx: &mut Tx, shipped: &ShippedClick) -> Result<(), AppError> {
    let tenant = shipped.click.tenant;
    let Some(original) = shipped.stands_for else {
        return Ok(());
    };
    let Some(original) = click::get(tx, tenant, original).await? else {
        return Ok(());
    };
    if original.visitor == shipped.click.visitor {
        return Ok(());
    }
    let touch = Touch {
        click: original.id,
        visitor: shipped.click.visitor,
        program: original.program,
        link: original.link,
        partner: original.partner,
        enrollment: original.enrollment,
        kind: if original.qr { "qr" } else { "click" }.to_owned(),
        class: original.class,
        at: original.at,
    };
    click::insert_touch(tx, tenant, &touch).await?;
    Ok(())
}
