//! Clicks one after another: for batches that were partly shipped before.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use comity_domain::program::Program;
use comity_domain::{ProgramId, TenantId};
use comity_store::click::{self, Counts};
use comity_store::{Tx, program};

use super::{ShippedClick, greet, touch_of};
use crate::{App, AppError};

/// Stores those clicks of a batch that are not stored yet.
pub(super) async fn store(app: &App, batch: &[ShippedClick]) -> Result<(), AppError> {
    let mut tx = app.store.write().await?;
    let mut programs: BTreeMap<(TenantId, ProgramId), Option<Program>> = BTreeMap::new();
    for shipped in batch {
        if !click::insert(&mut tx, &shipped.click).await? {
            continue;
        }
        let key = (shipped.click.tenant, shipped.click.program);
        if let Entry::Vacant(slot) = programs.entry(key) {
            slot.insert(program::get(&mut tx, key.0, key.1).await?);
        }
        if let Some(Some(program)) = programs.get(&key) {
            if shipped.counts {
                greet(&mut tx, app, &shipped.click).await?;
            }
            count(&mut tx, program, shipped).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn count(tx: &mut Tx, program: &Program, shipped: &ShippedClick) -> Result<(), AppError> {
    let c = &shipped.click;
    let touch = touch_of(c, c.visitor);
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
    let touch = touch_of(&original, shipped.click.visitor);
    click::insert_touch(tx, tenant, &touch).await?;
    Ok(())
}
