//! Tiers of partners: made per program, given by hand or reached by totals (E3, H1).

use comity_domain::commission::{EventKind, RuleSet, named};
use comity_domain::partner::{Reach, Tier, TierError, check_tiers, reached};
use comity_domain::program::Program;
use comity_domain::{Actor, EnrollmentId, Permission, ProgramId, TierId, Timestamp};
use comity_store::commission::draft;
use comity_store::program::current_policy;
use comity_store::{Tx, partner, tier as store};
use serde_json::json;

use crate::commission::{Whose, total};
use crate::program::{PolicyKind, load};
use crate::{App, AppError, audit, authorise};

/// Longest name.
const MAX_NAME: usize = 60;
/// The highest level.
const MAX_LEVEL: i64 = 1_000;
/// The largest total, in minor units or events.
const MAX_TOTAL: i64 = comity_domain::commission::validate::MAX_MINOR;

/// What is typed about a tier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewTier {
    /// What people and rules call it.
    pub name: String,
    /// Its place: the higher, the better.
    pub level: i64,
    /// The total that reaches it; nothing when it is given by hand only.
    pub reach: Option<Reach>,
}

/// The tiers of a program, lowest first, with how many were given each by hand.
pub async fn tiers(
    app: &App,
    actor: &Actor,
    program: ProgramId,
) -> Result<Vec<(Tier, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    load(&mut tx, tenant, program).await?;
    let mut all = Vec::new();
    for tier in store::list(&mut tx, tenant, program).await? {
        let holders = store::holders(&mut tx, tenant, tier.id).await?;
        all.push((tier, holders));
    }
    Ok(all)
}

/// One tier.
pub async fn tier(app: &App, actor: &Actor, id: TierId) -> Result<Tier, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    found.ok_or(AppError::NotFound("tier"))
}

fn check(new: &NewTier) -> Result<(), AppError> {
    if new.name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if new.name.chars().count() > MAX_NAME {
        return Err(AppError::field("name", "too_long"));
    }
    if !(1..=MAX_LEVEL).contains(&new.level) {
        return Err(AppError::field("level", "out_of_range"));
    }
    match new.reach {
        Some(reach) if !(1..=MAX_TOTAL).contains(&reach.at) => {
            Err(AppError::field("at", "out_of_range"))
        }
        _ => Ok(()),
    }
}

fn whole(tiers: &[Tier]) -> Result<(), AppError> {
    check_tiers(tiers).map_err(|error| match error {
        TierError::SameLevel => AppError::field("level", "taken"),
        TierError::NotAbove => AppError::field("at", "tier_not_above"),
        TierError::TooMany => AppError::field("name", "too_many"),
    })
}

fn taken(error: comity_store::StoreError) -> AppError {
    match AppError::from(error) {
        AppError::Conflict("already_exists") => AppError::field("name", "taken"),
        other => other,
    }
}

/// Makes a tier.
pub async fn create_tier(
    app: &App,
    actor: &Actor,
    program: ProgramId,
    new: NewTier,
) -> Result<Tier, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    check(&new)?;
    let mut tx = app.store.write().await?;
    load(&mut tx, tenant, program).await?;
    let tier = Tier {
        id: app.id::<TierId>(),
        tenant,
        program,
        name: new.name.trim().to_owned(),
        level: new.level,
        reach: new.reach,
        created_at: app.now(),
    };
    let mut all = store::list(&mut tx, tenant, program).await?;
    all.push(tier.clone());
    whole(&all)?;
    store::insert(&mut tx, &tier).await.map_err(taken)?;
    note(&mut tx, app, actor, &tier, "tier.created").await?;
    tx.commit().await?;
    Ok(tier)
}

/// Changes a tier. A name that rules use stays: they would no longer find it.
pub async fn change_tier(
    app: &App,
    actor: &Actor,
    id: TierId,
    new: NewTier,
) -> Result<Tier, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    check(&new)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let mut tier = found.ok_or(AppError::NotFound("tier"))?;
    let name = new.name.trim();
    if name != tier.name && in_rules(&mut tx, &tier).await? {
        return Err(AppError::field("name", "tier_in_rules"));
    }
    name.clone_into(&mut tier.name);
    (tier.level, tier.reach) = (new.level, new.reach);
    let mut all = store::list(&mut tx, tenant, tier.program).await?;
    all.retain(|other| other.id != id);
    all.push(tier.clone());
    whole(&all)?;
    store::update(&mut tx, &tier).await.map_err(taken)?;
    note(&mut tx, app, actor, &tier, "tier.changed").await?;
    tx.commit().await?;
    Ok(tier)
}

/// Removes a tier that no rule in force and no draft asks for; who held it by hand holds none.
pub async fn remove_tier(app: &App, actor: &Actor, id: TierId) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let tier = found.ok_or(AppError::NotFound("tier"))?;
    if in_rules(&mut tx, &tier).await? {
        return Err(AppError::Conflict("tier_in_rules"));
    }
    store::delete(&mut tx, tenant, id).await?;
    note(&mut tx, app, actor, &tier, "tier.removed").await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the rules in force or the draft call the tier by its name.
async fn in_rules(tx: &mut Tx, tier: &Tier) -> Result<bool, AppError> {
    let (tenant, program) = (tier.tenant, tier.program);
    let current = current_policy(tx, tenant, program, PolicyKind::Commission.code()).await?;
    let draft = draft::get(tx, tenant, program).await?;
    let bodies = current.map(|policy| policy.body_json).into_iter();
    for body in bodies.chain(draft.map(|draft| draft.body_json)) {
        let set: RuleSet = serde_json::from_str(&body).map_err(|error| {
            AppError::Internal(format!("stored rules do not read back: {error}"))
        })?;
        if named(&set).tiers.contains(&tier.name) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives a membership a tier of its program by hand, or leaves it to totals.
pub async fn give_tier(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
    tier: Option<TierId>,
) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePartners)?;
    let mut tx = app.store.write().await?;
    let found = partner::enrollment(&mut tx, tenant, id).await?;
    let enrollment = found.ok_or(AppError::NotFound("partner"))?;
    if store::given(&mut tx, tenant, id).await? == tier {
        return Ok(());
    }
    let mut name = String::new();
    if let Some(wanted) = tier {
        let found = store::get(&mut tx, tenant, wanted).await?;
        let found = found.filter(|tier| tier.program == enrollment.program);
        name = found
            .ok_or_else(|| AppError::field("tier", "not_a_choice"))?
            .name;
    }
    store::give(&mut tx, tenant, id, tier).await?;
    let label = enrollment.partner.to_string();
    let entry = audit::Entry {
        action: "partner.tier_given",
        object_kind: "partner",
        object_id: &label,
        detail: json!({ "enrollment": id, "tier": name }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "partner");
    Ok(())
}

/// Where a membership stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The tier it holds.
    pub tier: Tier,
    /// It was given by hand, not reached.
    pub by_hand: bool,
}

/// The tier of a membership at `at`: the one given by hand, else the highest that its sales
/// and renewals before that instant reached.
pub(crate) async fn standing(
    tx: &mut Tx,
    program: &Program,
    enrollment: EnrollmentId,
    at: Timestamp,
) -> Result<Option<Standing>, AppError> {
    let tenant = program.tenant;
    let tiers = store::list(tx, tenant, program.id).await?;
    if tiers.is_empty() {
        return Ok(None);
    }
    if let Some(given) = store::given(tx, tenant, enrollment).await? {
        let held = tiers.iter().find(|tier| tier.id == given).cloned();
        return Ok(held.map(|tier| Standing {
            tier,
            by_hand: true,
        }));
    }
    let mut totals: Vec<(Reach, i64)> = Vec::new();
    for reach in tiers.iter().filter_map(|tier| tier.reach) {
        let same = |known: &Reach| (known.measure, known.period) == (reach.measure, reach.period);
        if !totals.iter().any(|(known, _)| same(known)) {
            let whose = Whose {
                program,
                enrollment: Some(enrollment),
                customer: None,
                at,
            };
            let kinds = [EventKind::Sale, EventKind::Renewal];
            let value = total(tx, &whose, (reach.measure, reach.period), &kinds, "").await?;
            totals.push((reach, value));
        }
    }
    let found = reached(&tiers, |reach| {
        let same = |known: &Reach| (known.measure, known.period) == (reach.measure, reach.period);
        let total = totals.iter().find(|(known, _)| same(known));
        total.map_or(0, |(_, value)| *value)
    });
    Ok(found.cloned().map(|tier| Standing {
        tier,
        by_hand: false,
    }))
}

async fn note(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    tier: &Tier,
    action: &'static str,
) -> Result<(), AppError> {
    let label = tier.id.to_string();
    let entry = audit::Entry {
        action,
        object_kind: "tier",
        object_id: &label,
        detail: json!({ "name": tier.name, "level": tier.level, "program": tier.program }),
    };
    audit::record(tx, app, actor, entry).await
}
