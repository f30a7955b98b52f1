//! The catalogue of perks.

use comity_domain::ledger::perk::PerkUnit;
use comity_domain::{Actor, Money, PerkId, Permission, ProgramId};
use comity_store::Tx;
use comity_store::perk::{self as store, Perk};
use serde_json::json;

use crate::{App, AppError, FieldError, audit, authorise, program};

/// Longest name.
const MAX_NAME: usize = 80;
/// Longest description.
const MAX_DESCRIPTION: usize = 1_000;

/// A perk as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPerk {
    /// What people read.
    pub name: String,
    /// The unit that rules name; made from the name when empty. It stays as it is later.
    pub unit: String,
    /// What it is and how one gets it, or empty.
    pub description: String,
    /// What one unit costs the program, minor units.
    pub cost_minor: i64,
    /// It can be given.
    pub active: bool,
}

/// The unit in a text: lower case, blanks and hyphens as underscores.
pub(crate) fn unit_of(text: &str) -> Option<PerkUnit> {
    let plain: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c == ' ' || c == '-' { '_' } else { c })
        .collect();
    PerkUnit::parse(&plain).ok()
}

/// Perks by name, those that can be given first.
pub async fn perks(app: &App, actor: &Actor, of: Option<ProgramId>) -> Result<Vec<Perk>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::list(&mut tx, tenant, of).await?)
}

/// Adds a perk to a program's catalogue.
pub async fn create_perk(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    new: NewPerk,
) -> Result<Perk, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let program = program::load(&mut tx, tenant, of).await?;
    let mut errors = problems(&new);
    let typed = if new.unit.trim().is_empty() {
        &new.name
    } else {
        &new.unit
    };
    let unit = unit_of(typed);
    if unit.is_none() && !typed.trim().is_empty() {
        errors.push(FieldError::new("unit", "bad_name"));
    }
    let (Some(unit), true) = (unit, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let perk = Perk {
        id: app.id::<PerkId>(),
        tenant,
        program: of,
        unit,
        name: new.name.trim().to_owned(),
        description: new.description.trim().to_owned(),
        cost: Money::new(new.cost_minor, program.currency),
        active: true,
        created_at: app.now(),
    };
    if !store::insert(&mut tx, &perk).await? {
        return Err(AppError::field("unit", "taken"));
    }
    finish(tx, app, actor, perk, "perk.created").await
}

/// Changes a perk; what was given before keeps its cost.
pub async fn change_perk(
    app: &App,
    actor: &Actor,
    id: PerkId,
    new: NewPerk,
) -> Result<Perk, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let errors = problems(&new);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut perk = found.ok_or(AppError::NotFound("perk"))?;
    new.name.trim().clone_into(&mut perk.name);
    new.description.trim().clone_into(&mut perk.description);
    perk.cost.minor = new.cost_minor;
    perk.active = new.active;
    store::update(&mut tx, &perk).await?;
    finish(tx, app, actor, perk, "perk.changed").await
}

fn problems(new: &NewPerk) -> Vec<FieldError> {
    let checks = [
        (new.name.trim().is_empty(), "name", "required"),
        (new.name.chars().count() > MAX_NAME, "name", "too_long"),
        (
            new.description.chars().count() > MAX_DESCRIPTION,
            "description",
            "too_long",
        ),
        (new.cost_minor < 0, "cost", "out_of_range"),
    ];
    let wrong = checks.into_iter().filter(|(wrong, _, _)| *wrong);
    wrong
        .map(|(_, field, code)| FieldError::new(field, code))
        .collect()
}

async fn finish(
    mut tx: Tx,
    app: &App,
    actor: &Actor,
    perk: Perk,
    action: &'static str,
) -> Result<Perk, AppError> {
    let label = perk.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "perk",
        object_id: &label,
        detail: json!({
            "unit": perk.unit, "name": perk.name, "cost_minor": perk.cost.minor,
            "currency": perk.cost.currency, "active": perk.active,
        }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    Ok(perk)
}
