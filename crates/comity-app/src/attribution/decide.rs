//! Attributing one event and booking what it earns.

use comity_domain::attribution::{AttributionPolicy, Decision, EventFacts, Touch, attribute};
use comity_domain::fx::Conversion;
use comity_domain::program::{ApplyTo, Program, Version, choose};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, DecisionId, EventId, Money, PartnerId, TenantId};
use comity_store::click::{self, Click, Counts};
use comity_store::commission::Commission;
use comity_store::customer::{self, Customer};
use comity_store::event::{self as store, Event};
use comity_store::program::{Policy, policies};
use comity_store::{Tx, partner};

use super::touches;
use crate::tracking::NewEvent;
use crate::{App, AppError, catalog, commission};

/// An event with everything known about it.
pub struct Case<'a> {
    /// The program.
    pub program: &'a Program,
    /// The event as stored.
    pub event: &'a Event,
    /// Its kind.
    pub kind: &'a EventKind,
    /// The event as it arrived.
    pub input: &'a NewEvent,
    /// The click that came along.
    pub click: Option<&'a Click>,
    /// The customer.
    pub customer: Option<Customer>,
    /// How the amount was converted; none in the program's own currency.
    pub conversion: Option<Conversion>,
}

impl Case<'_> {
    /// What counts of the event's amount, in the program's currency.
    #[must_use]
    pub fn counted(&self) -> Money {
        counted(self.program, self.event, self.conversion.as_ref())
    }
}

/// What counts of an event's amount, in the program's currency.
#[must_use]
pub fn counted(program: &Program, event: &Event, conversion: Option<&Conversion>) -> Money {
    match conversion {
        Some(conversion) => conversion.converted,
        None => Money::new(event.amount.minor, program.currency),
    }
}

/// Decides who is credited, stores the decision, and books the commissions.
pub async fn decide(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    mut case: Case<'_>,
) -> Result<(Decision, Vec<Commission>), AppError> {
    let touches = touches::load(tx, &case).await?;
    let facts = EventFacts {
        kind: case.kind.clone(),
        at: case.event.occurred_at,
        owner: touches::owner(tx, &case).await?,
        buyer: buyer(tx, &case).await?,
    };
    let policy = version(tx, &case, "attribution").await?;
    let rules = AttributionPolicy::from_json(&policy.body_json).map_err(|error| {
        AppError::Internal(format!("stored policy does not read back: {error}"))
    })?;
    let decision = attribute(&rules, &facts, &touches);
    let row = store::Decision {
        id: app.id::<DecisionId>(),
        tenant: case.event.tenant,
        program: case.program.id,
        event: case.event.id,
        policy: policy.id,
        body_json: serde_json::to_string(&decision)
            .map_err(|error| AppError::Internal(error.to_string()))?,
        decided_at: app.now(),
    };
    store::insert_decision(tx, &row).await?;
    let first_order = note_customer(tx, &mut case, &decision, &touches).await?;
    let (rules, matter) = (
        version(tx, &case, "commission").await?,
        commission::Matter {
            decision: &decision,
            first_order,
        },
    );
    catalog::learn(tx, app, &case).await?;
    let commissions = commission::accrue(tx, app, actor, &case, row.id, &rules, matter).await?;
    count(tx, &case, &decision).await?;
    Ok((decision, commissions))
}

/// The partner who is the customer, if one is (J1).
async fn buyer(tx: &mut Tx, case: &Case<'_>) -> Result<Option<PartnerId>, AppError> {
    let Some(customer) = case
        .customer
        .as_ref()
        .filter(|customer| !customer.email_norm.is_empty())
    else {
        return Ok(None);
    };
    let partner = partner::by_email(tx, case.event.tenant, &customer.email_norm).await?;
    Ok(partner.map(|partner| partner.id))
}

/// The version of a policy that decides about the case.
pub(crate) async fn version(tx: &mut Tx, case: &Case<'_>, kind: &str) -> Result<Policy, AppError> {
    let mut versions = policies(tx, case.event.tenant, case.program.id, kind).await?;
    let dated: Vec<Version> = versions
        .iter()
        .map(|policy| Version {
            apply_to: ApplyTo::from_code(&policy.apply_to).unwrap_or(ApplyTo::NewEvents),
            published_at: policy.created_at,
        })
        .collect();
    let since = case
        .customer
        .as_ref()
        .map(|customer| customer.first_event_at);
    choose(&dated, case.event.occurred_at, since)
        .map(|index| versions.swap_remove(index))
        .ok_or_else(|| AppError::Internal(format!("program without a {kind} policy")))
}

/// Remembers the first owner and the orders of the customer; answers whether
/// this is the first order.
async fn note_customer(
    tx: &mut Tx,
    case: &mut Case<'_>,
    decision: &Decision,
    touches: &[Touch],
) -> Result<bool, AppError> {
    let is_order = matches!(case.kind, EventKind::Sale | EventKind::Renewal);
    let counted = case.counted();
    let Some(customer) = &mut case.customer else {
        return Ok(is_order && matches!(case.kind, EventKind::Sale));
    };
    let first = is_order && customer.orders == 0 && matches!(case.kind, EventKind::Sale);
    if customer.owner.is_none()
        && let Some(credit) = decision.credits.first()
        && let Some(touch) = touches.iter().find(|touch| touch.id == credit.touch)
    {
        customer.owner = Some(credit.enrollment);
        customer.owner_touch_json =
            serde_json::to_string(touch).map_err(|error| AppError::Internal(error.to_string()))?;
    }
    if is_order {
        customer.orders += 1;
        customer.revenue_minor = customer.revenue_minor.saturating_add(counted.minor);
        let at = case.event.occurred_at;
        customer.first_order_at = Some(customer.first_order_at.map_or(at, |first| first.min(at)));
    }
    customer::update(tx, customer).await?;
    Ok(first)
}

async fn count(tx: &mut Tx, case: &Case<'_>, decision: &Decision) -> Result<(), AppError> {
    let counts = match case.kind {
        EventKind::Lead => Counts {
            leads: 1,
            ..Counts::default()
        },
        EventKind::Sale | EventKind::Renewal => Counts {
            sales: 1,
            revenue_minor: case.counted().minor,
            ..Counts::default()
        },
        EventKind::Qualified | EventKind::Refund | EventKind::Chargeback | EventKind::Custom(_) => {
            return Ok(());
        }
    };
    spread(tx, case.program, case.event, decision, counts).await
}

/// Adds counts to the credited memberships of a stored decision; amounts are
/// split by share, whole events count for the first.
pub async fn bump_shares(
    tx: &mut Tx,
    program: &Program,
    event: &Event,
    counts: Counts,
) -> Result<(), AppError> {
    match stored_decision(tx, event.tenant, event.id).await? {
        Some(decision) => spread(tx, program, event, &decision, counts).await,
        None => Ok(()),
    }
}

async fn spread(
    tx: &mut Tx,
    program: &Program,
    event: &Event,
    decision: &Decision,
    counts: Counts,
) -> Result<(), AppError> {
    let shares = decision.shares();
    let weights: Vec<u64> = shares
        .iter()
        .map(|share| u64::from(share.share_bps))
        .collect();
    if weights.is_empty() {
        return Ok(());
    }
    let split = |minor| Money::new(minor, program.currency).split(&weights);
    let overflow = |error: comity_domain::MoneyError| AppError::Internal(error.to_string());
    let revenue = split(counts.revenue_minor).map_err(overflow)?;
    let refunded = split(counts.refunded_minor).map_err(overflow)?;
    let day = event.occurred_at.date_in(&program.zone).to_string();
    for (index, share) in shares.iter().enumerate() {
        let whole = if index == 0 {
            counts
        } else {
            Counts::default()
        };
        let part = Counts {
            revenue_minor: revenue[index].minor,
            refunded_minor: refunded[index].minor,
            ..whole
        };
        let link = decision
            .considered
            .iter()
            .find(|considered| {
                decision.credits.iter().any(|credit| {
                    credit.enrollment == share.enrollment && credit.touch == considered.touch.id
                })
            })
            .and_then(|considered| considered.touch.link);
        click::bump(
            tx,
            event.tenant,
            program.id,
            share.enrollment,
            link,
            &day,
            part,
        )
        .await?;
    }
    Ok(())
}

/// The decision about an event, read back.
pub async fn stored_decision(
    tx: &mut Tx,
    tenant: TenantId,
    event: EventId,
) -> Result<Option<Decision>, AppError> {
    let Some(row) = store::decision(tx, tenant, event).await? else {
        return Ok(None);
    };
    serde_json::from_str(&row.body_json)
        .map(Some)
        .map_err(|error| AppError::Internal(format!("stored decision does not read back: {error}")))
}
