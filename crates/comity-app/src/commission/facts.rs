//! Loading what commission rules may look at.

use comity_domain::attribution::EnrollmentShare;
use comity_domain::commission::{
    Counter, CustomerFacts, EventKind, Facts, Item, Measure, PartnerFacts, RuleSet, Subject,
    Totals, full_months, needs,
};
use comity_domain::partner::Enrollment;
use comity_domain::{Bps, Money};
use comity_store::commission::{CounterQuery, totals};
use comity_store::{Tx, commission, partner, segment};

use super::accrue::Matter;
use crate::AppError;
use crate::attribution::Case;

/// The facts of one credited membership.
pub(super) async fn load(
    tx: &mut Tx,
    case: &Case<'_>,
    set: &RuleSet,
    share: &EnrollmentShare,
    matter: &Matter<'_>,
) -> Result<Facts, AppError> {
    let kind = EventKind::from(case.kind.code().to_owned());
    let mut facts = Facts::sale(
        case.counted(),
        case.event.occurred_at,
        case.program.zone.clone(),
    );
    facts.kind = kind;
    (facts.gross, facts.items) = amounts(case)?;
    facts.coupon = case.input.coupons.first().map(|code| code.to_uppercase());
    facts.metadata.clone_from(&case.input.metadata);
    facts.share = Bps(share.share_bps);
    facts.primary = matter
        .decision
        .shares()
        .first()
        .is_some_and(|first| first.enrollment == share.enrollment);
    facts.touch = matter
        .decision
        .considered
        .iter()
        .filter(|considered| considered.touch.enrollment == share.enrollment)
        .find(|considered| {
            matter
                .decision
                .credits
                .iter()
                .any(|credit| credit.touch == considered.touch.id)
        })
        .map(|considered| considered.touch.kind.code().to_owned());
    facts.channel.clone_from(&facts.touch);
    let enrollment = partner::enrollment(tx, case.event.tenant, share.enrollment).await?;
    facts.partner = partner_facts(tx, case, share, enrollment.as_ref()).await?;
    facts.customer = customer_facts(tx, case, share, matter.first_order).await?;
    facts.totals = counters(tx, case, set, share, &facts).await?;
    Ok(facts)
}

/// Gross and lines of the order in the program's currency, at the event's own rate.
fn amounts(case: &Case<'_>) -> Result<(Money, Vec<Item>), AppError> {
    let mut items = case.input.items.clone();
    let Some(conversion) = &case.conversion else {
        let gross = Money::new(case.input.gross.minor, case.program.currency);
        return Ok((gross, items));
    };
    let broken = |error: comity_domain::fx::FxError| AppError::Internal(error.to_string());
    let nets: Vec<Money> = items.iter().map(|item| item.net).collect();
    let converted = conversion.parts(&nets).map_err(broken)?;
    for (item, net) in items.iter_mut().zip(converted) {
        item.net = net;
    }
    let gross = conversion.same_rate(case.input.gross).map_err(broken)?;
    Ok((gross, items))
}

async fn partner_facts(
    tx: &mut Tx,
    case: &Case<'_>,
    share: &EnrollmentShare,
    enrollment: Option<&Enrollment>,
) -> Result<PartnerFacts, AppError> {
    let tenant = case.event.tenant;
    Ok(PartnerFacts {
        enrollment: Some(share.enrollment),
        agreement: None,
        types: segment::types_of(tx, tenant, share.enrollment).await?,
        groups: segment::groups_of(tx, tenant, share.enrollment).await?,
        tier: None,
        joined_at: enrollment.and_then(|enrollment| enrollment.approved_at),
        last_conversion_at: commission::latest_before(
            tx,
            tenant,
            share.enrollment,
            case.event.occurred_at,
        )
        .await?,
        recruited_at: enrollment
            .filter(|e| e.recruited_by.is_some())
            .map(|e| e.created_at),
    })
}

async fn customer_facts(
    tx: &mut Tx,
    case: &Case<'_>,
    share: &EnrollmentShare,
    first_order: bool,
) -> Result<CustomerFacts, AppError> {
    let Some(customer) = &case.customer else {
        return Ok(CustomerFacts {
            is_new: first_order,
            ..CustomerFacts::default()
        });
    };
    let (payments, first_at) =
        commission::of_customer(tx, case.event.tenant, share.enrollment, customer.id).await?;
    let months = |since| full_months(since, case.event.occurred_at, &case.program.zone);
    Ok(CustomerFacts {
        is_new: first_order,
        country: (!customer.country.is_empty()).then(|| customer.country.clone()),
        since: Some(customer.first_event_at),
        order_number: u32::try_from(customer.orders)
            .ok()
            .filter(|number| *number > 0),
        subscription_months: customer.first_order_at.map(months),
        first_commission_at: first_at,
        payments_before: u32::try_from(payments).unwrap_or(u32::MAX),
    })
}

async fn counters(
    tx: &mut Tx,
    case: &Case<'_>,
    set: &RuleSet,
    share: &EnrollmentShare,
    facts: &Facts,
) -> Result<Totals, AppError> {
    let needs = needs(set);
    let mut loaded = Vec::new();
    for counter in needs.for_kind(&facts.kind) {
        let found = totals(tx, case.event.tenant, &query(case, share, facts, counter)).await?;
        let value = match counter.measure {
            Measure::Count => found.events,
            Measure::Revenue => found.revenue_minor,
            Measure::Commission => found.commission_minor,
            Measure::NewCustomers => found.new_customers,
        };
        loaded.push((counter.clone(), value));
    }
    Ok(Totals(loaded))
}

fn query(
    case: &Case<'_>,
    share: &EnrollmentShare,
    facts: &Facts,
    counter: &Counter,
) -> CounterQuery {
    let (from, _) = counter.period.bounds(facts.at, &facts.zone);
    let kinds: Vec<String> = counter
        .events
        .iter()
        .map(|kind| String::from(kind.clone()))
        .collect();
    let whole_program = counter.subject == Subject::Program;
    CounterQuery {
        program: case.program.id,
        enrollment: (!whole_program).then_some(share.enrollment),
        customer: case
            .customer
            .as_ref()
            .filter(|_| counter.subject == Subject::Customer)
            .map(|c| c.id),
        from,
        to: facts.at,
        kinds: if kinds.is_empty() {
            String::new()
        } else {
            format!(" {} ", kinds.join(" "))
        },
        rule: counter.rule.clone().unwrap_or_default(),
    }
}
