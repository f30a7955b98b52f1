//! A batch of new clicks: a few statements for thousands of rows.

use std::collections::{BTreeMap, BTreeSet};

use comity_domain::program::Program;
use comity_domain::time::MINUTE;
use comity_domain::{ClickId, ProgramId, TenantId};
use comity_store::click::{self, Bump, Click, Counts};
use comity_store::{Tx, program};

use super::{ShippedClick, greet, touch_of};
use crate::{App, AppError};

type Programs = BTreeMap<(TenantId, ProgramId), Program>;

/// Stores a batch if all of it is new, which it is unless a crash came between
/// storing it and remembering that; answers false, with nothing stored, if not.
pub(super) async fn store_new(app: &App, batch: &[ShippedClick]) -> Result<bool, AppError> {
    let mut tx = app.store.write().await?;
    let stored = click::insert_all(&mut tx, batch.iter().map(|shipped| &shipped.click)).await?;
    if stored != batch.len() as u64 {
        return Ok(false);
    }
    let programs = programs(&mut tx, batch).await?;
    let key = |shipped: &&ShippedClick| (shipped.click.tenant, shipped.click.program);
    let known: Vec<&ShippedClick> = batch
        .iter()
        .filter(|shipped| programs.contains_key(&key(shipped)))
        .collect();
    greet_firsts(&mut tx, app, &known).await?;
    let own = known.iter().map(|shipped| {
        (
            shipped.click.tenant,
            touch_of(&shipped.click, shipped.click.visitor),
        )
    });
    click::insert_touches(&mut tx, own).await?;
    stand_in(&mut tx, batch, &known).await?;
    click::bump_all(&mut tx, counts(&programs, &known).into_iter()).await?;
    tx.commit().await?;
    Ok(true)
}

async fn programs(tx: &mut Tx, batch: &[ShippedClick]) -> Result<Programs, AppError> {
    let keys: BTreeSet<(TenantId, ProgramId)> = batch
        .iter()
        .map(|shipped| (shipped.click.tenant, shipped.click.program))
        .collect();
    let mut programs = Programs::new();
    for key in keys {
        if let Some(program) = program::get(tx, key.0, key.1).await? {
            programs.insert(key, program);
        }
    }
    Ok(programs)
}

/// Tells partners about the first click on each of their links, before any is counted.
async fn greet_firsts(tx: &mut Tx, app: &App, known: &[&ShippedClick]) -> Result<(), AppError> {
    let mut seen = BTreeSet::new();
    for shipped in known.iter().filter(|shipped| shipped.counts) {
        let c = &shipped.click;
        if seen.insert((c.tenant, c.program, c.enrollment, c.link)) {
            greet(tx, app, c).await?;
        }
    }
    Ok(())
}

/// An event may name a repeated click only: its visitor then has the touch of the
/// click that counts, so that the partner loses nothing.
async fn stand_in(
    tx: &mut Tx,
    batch: &[ShippedClick],
    known: &[&ShippedClick],
) -> Result<(), AppError> {
    let wanted: BTreeSet<(TenantId, ClickId)> = known
        .iter()
        .filter_map(|shipped| Some((shipped.click.tenant, shipped.stands_for?)))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut originals: BTreeMap<(TenantId, ClickId), Click> = batch
        .iter()
        .map(|shipped| (shipped.click.tenant, shipped.click.id))
        .zip(batch)
        .filter(|(key, _)| wanted.contains(key))
        .map(|(key, shipped)| (key, shipped.click.clone()))
        .collect();
    for key in wanted {
        if !originals.contains_key(&key)
            && let Some(original) = click::get(tx, key.0, key.1).await?
        {
            originals.insert(key, original);
        }
    }
    let touches = known.iter().filter_map(|shipped| {
        let c = &shipped.click;
        let original = originals.get(&(c.tenant, shipped.stands_for?))?;
        (original.visitor != c.visitor).then(|| (c.tenant, touch_of(original, c.visitor)))
    });
    click::insert_touches(tx, touches).await?;
    Ok(())
}

/// What the batch adds to each day of each link.
fn counts(programs: &Programs, known: &[&ShippedClick]) -> BTreeMap<Bump, Counts> {
    let mut counts: BTreeMap<Bump, Counts> = BTreeMap::new();
    // Most clicks of a batch fall into one minute, and no zone changes its day within one.
    let mut days: BTreeMap<(TenantId, ProgramId, i64), String> = BTreeMap::new();
    for shipped in known {
        let c = &shipped.click;
        let Some(program) = programs.get(&(c.tenant, c.program)) else {
            continue;
        };
        let minute = c.at.micros().div_euclid(MINUTE);
        let day = days
            .entry((c.tenant, c.program, minute))
            .or_insert_with(|| c.at.date_in(&program.zone).to_string());
        let bump = Bump {
            tenant: c.tenant,
            program: c.program,
            enrollment: c.enrollment,
            link: c.link,
            day: day.clone(),
        };
        let sum = counts.entry(bump).or_default();
        sum.clicks += i64::from(shipped.counts);
        sum.filtered += i64::from(!shipped.counts);
    }
    counts
}
