//! The guard over the cost of a customer: its settings, and where a month stands (K2).

use comity_domain::kpi::{CacGuard, CacState, CostKind, Costs, prorated};
use comity_domain::program::Program;
use comity_domain::{
    Actor, Bps, EnrollmentId, Money, MoneyError, Permission, PolicyId, ProgramId, Timestamp, Zone,
};
use comity_store::Tx;
use comity_store::cost as store;
use comity_store::program::{self as programs, Policy};
use serde_json::json;

use crate::{App, AppError, FieldError, audit, authorise, program};

/// The kind under which versions of the guard are kept.
const KIND: &str = "cac_guard";

/// A half-open length of time.
pub(crate) type Window = (Timestamp, Timestamp);

/// The guard in force, or none.
pub async fn guard(app: &App, actor: &Actor, of: ProgramId) -> Result<Option<CacGuard>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = program::load(&mut tx, tenant, of).await?;
    in_force(&mut tx, &program).await
}

/// The guard in the caller's transaction.
pub(crate) async fn in_force(tx: &mut Tx, program: &Program) -> Result<Option<CacGuard>, AppError> {
    let stored = programs::current_policy(tx, program.tenant, program.id, KIND).await?;
    let Some(policy) = stored else {
        return Ok(None);
    };
    serde_json::from_str(&policy.body_json)
        .map_err(|error| AppError::Internal(format!("stored guard does not read back: {error}")))
}

/// What a team sets beside the rules: the guard, and the costs of every month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGuard {
    /// The guard, or none to switch it off.
    pub guard: Option<CacGuard>,
    /// Platform costs of every month, minor units.
    pub platform_minor: i64,
    /// Management costs of every month, minor units.
    pub management_minor: i64,
}

/// Publishes the next version of the guard; it judges commissions from now on.
pub async fn set_guard(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    new: NewGuard,
) -> Result<(), AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut tx = app.store.write().await?;
    let mut program = program::load(&mut tx, tenant, of).await?;
    let errors = problems(&new, &program);
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    tx.lock(&format!("policy:{of}:{KIND}")).await?;
    let last = programs::current_policy(&mut tx, tenant, of, KIND).await?;
    let policy = Policy {
        id: app.id::<PolicyId>(),
        tenant,
        program: of,
        kind: KIND.to_owned(),
        version: last.map_or(0, |policy| policy.version) + 1,
        apply_to: "new_events".to_owned(),
        body_json: json!(new.guard).to_string(),
        note: String::new(),
        created_by: actor.label(),
        created_at: app.now(),
    };
    programs::insert_policy(&mut tx, &policy).await?;
    program.settings.platform_cost_minor = new.platform_minor;
    program.settings.management_cost_minor = new.management_minor;
    program.updated_at = app.now();
    programs::update(&mut tx, &program).await?;
    let label = of.to_string();
    let entry = audit::Entry {
        action: "program.cac_guard_set",
        object_kind: "program",
        object_id: &label,
        detail: json!({
            "version": policy.version, "guard": new.guard,
            "platform_minor": new.platform_minor, "management_minor": new.management_minor,
        }),
    };
    audit::record(&mut tx, app, actor, entry).await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(())
}

fn problems(new: &NewGuard, program: &Program) -> Vec<FieldError> {
    let over = |rate: Bps| rate > Bps::ONE;
    let mut checks = vec![
        (new.platform_minor < 0, "platform", "out_of_range"),
        (new.management_minor < 0, "management", "out_of_range"),
    ];
    if let Some(guard) = &new.guard {
        let allowable = guard.allowable;
        checks.extend([
            (allowable.ltv.minor <= 0, "ltv", "not_positive"),
            (
                allowable.ltv.currency != program.currency,
                "ltv",
                "other_currency",
            ),
            (
                allowable.margin.0 == 0 || over(allowable.margin),
                "margin",
                "out_of_range",
            ),
            (
                allowable.share.0 == 0 || over(allowable.share),
                "share",
                "out_of_range",
            ),
            (
                guard.warn_at.0 == 0 || over(guard.warn_at),
                "warn_at",
                "out_of_range",
            ),
            (guard.min_customers < 1, "min_customers", "not_positive"),
        ]);
    }
    let wrong = checks.into_iter().filter(|(wrong, _, _)| *wrong);
    wrong
        .map(|(_, field, code)| FieldError::new(field, code))
        .collect()
}

/// Costs and customers of a window, costs of longer periods in proportion to time.
pub(crate) async fn state(
    tx: &mut Tx,
    program: &Program,
    window: Window,
) -> Result<CacState, AppError> {
    let of = (program.tenant, program.id);
    let spent = store::spent(tx, of, window).await?;
    let units = store::units_spent(tx, of, window).await?;
    let mut costs = entered(tx, program, window, None).await?;
    let money = |minor| Money::new(minor, program.currency);
    costs
        .add(CostKind::Commission, money(spent.minor))
        .map_err(overflow)?;
    costs.add(CostKind::Perk, money(units)).map_err(overflow)?;
    Ok(CacState {
        costs,
        new_customers: spent.customers,
    })
}

/// What finance entered (of one partner, or everything), and the costs of every month.
pub(crate) async fn entered(
    tx: &mut Tx,
    program: &Program,
    window: Window,
    only: Option<EnrollmentId>,
) -> Result<Costs, AppError> {
    let (from, to) = window;
    let (zone, of) = (&program.zone, (program.tenant, program.id));
    let days = (
        from.date_in(zone).to_string(),
        to.plus(-1).date_in(zone).to_string(),
    );
    let mut costs = Costs::none(program.currency);
    for cost in store::during(tx, of, (&days.0, &days.1)).await? {
        if only.is_some() && cost.enrollment != only {
            continue;
        }
        let span = whole_days(zone, &cost.starts_on, &cost.ends_on)?;
        let part = prorated(cost.amount, span, window).map_err(overflow)?;
        costs.add(cost.kind, part).map_err(overflow)?;
    }
    if only.is_none() {
        monthly(&mut costs, program, window).map_err(overflow)?;
    }
    Ok(costs)
}

/// The instants between which inclusive days lie.
fn whole_days(zone: &Zone, first: &str, last: &str) -> Result<Window, AppError> {
    let day = |text: &str| {
        text.parse::<jiff::civil::Date>()
            .map_err(|_| AppError::Internal("a stored date does not read back".to_owned()))
    };
    let after = day(last)?.saturating_add(jiff::Span::new().days(1));
    Ok((zone.start_of(day(first)?), zone.start_of(after)))
}

/// Each calendar month's part of the costs that every month has.
fn monthly(costs: &mut Costs, program: &Program, (from, to): Window) -> Result<(), MoneyError> {
    let settings = &program.settings;
    let money = |minor| Money::new(minor, program.currency);
    let mut at = from;
    while at < to {
        let month = program.zone.month_of(at);
        let part = |minor| prorated(money(minor), month, (from, to));
        costs.add(CostKind::Platform, part(settings.platform_cost_minor)?)?;
        costs.add(CostKind::Management, part(settings.management_cost_minor)?)?;
        at = month.1;
    }
    Ok(())
}

pub(crate) fn overflow(error: MoneyError) -> AppError {
    AppError::Internal(error.to_string())
}
