//! Loading what commission rules may look at.

use std::collections::BTreeMap;

use comity_domain::attribution::{EnrollmentShare, Touch};
use comity_domain::commission::{
    CustomerFacts, EventKind, Facts, Item, PartnerFacts, RuleSet, channel, full_months,
};
use comity_domain::partner::Enrollment;
use comity_domain::program::Program;
use comity_domain::{Bps, ClickId, Money, TenantId, Timestamp};
use comity_store::{Tx, agreement, click, commission, link, partner, segment};

use super::accrue::Matter;
use super::counter::{Whose, counters};
use crate::AppError;
use crate::attribution::Case;
use crate::segment::standing;

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
    let codes = case.input.coupons.iter().map(|code| code.to_uppercase());
    facts.coupons = codes.collect();
    facts.metadata.clone_from(&case.input.metadata);
    facts.share = Bps(share.share_bps);
    facts.primary = matter
        .decision
        .shares()
        .first()
        .is_some_and(|first| first.enrollment == share.enrollment);
    if let Some(touch) = credited(matter, share) {
        facts.touch = Some(touch.kind.code().to_owned());
        facts.channel = Some(channel_of(tx, case.event.tenant, touch).await?);
    }
    if let Some(enrollment) = partner::enrollment(tx, case.event.tenant, share.enrollment).await? {
        facts.partner = partner_facts(tx, case.program, &enrollment, facts.at).await?;
    }
    facts.customer = customer_facts(tx, case, share, matter.first_order).await?;
    let whose = Whose {
        program: case.program,
        enrollment: Some(share.enrollment),
        customer: case.customer.as_ref().map(|customer| customer.id),
        at: facts.at,
    };
    facts.totals = counters(tx, set, &facts.kind, whose).await?;
    Ok(facts)
}

/// The touch of a membership that is credited.
fn credited<'a>(matter: &Matter<'a>, share: &EnrollmentShare) -> Option<&'a Touch> {
    let decision = matter.decision;
    let own = decision
        .considered
        .iter()
        .map(|considered| &considered.touch);
    let credits = |touch: &&Touch| decision.credits.iter().any(|one| one.touch == touch.id);
    own.filter(|touch| touch.enrollment == share.enrollment)
        .find(credits)
}

/// The channel of a touch: a click is named by its first mark, else by its link.
async fn channel_of(tx: &mut Tx, tenant: TenantId, touch: &Touch) -> Result<String, AppError> {
    let mut mark = None;
    if let Ok(id) = touch.id.as_str().parse::<ClickId>()
        && let Some(click) = click::get(tx, tenant, id).await?
    {
        let mut marks: BTreeMap<String, String> =
            serde_json::from_str(&click.sub_ids_json).unwrap_or_default();
        mark = marks.remove("s1");
    }
    let label = match touch.link {
        Some(id) => link::get(tx, tenant, id).await?.map(|link| link.label),
        None => None,
    };
    Ok(channel(touch.kind, mark.as_deref(), label.as_deref()))
}

/// Gross and lines of the order in the program's currency, at the event's own rate.
pub(super) fn amounts(case: &Case<'_>) -> Result<(Money, Vec<Item>), AppError> {
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

/// What is known about a membership at `at`.
pub(super) async fn partner_facts(
    tx: &mut Tx,
    program: &Program,
    enrollment: &Enrollment,
    at: Timestamp,
) -> Result<PartnerFacts, AppError> {
    let (tenant, id) = (program.tenant, enrollment.id);
    let agreement = agreement::in_force(tx, tenant, id, at).await?;
    let standing = standing(tx, program, id, at).await?;
    Ok(PartnerFacts {
        enrollment: Some(id),
        agreement: agreement.map(|agreement| agreement.id),
        types: segment::types_of(tx, tenant, id).await?,
        groups: segment::groups_of(tx, tenant, id).await?,
        tier: standing.map(|standing| standing.tier.name),
        joined_at: enrollment.approved_at,
        last_conversion_at: commission::latest_before(tx, tenant, id, at).await?,
        recruited_at: enrollment.recruited_by.map(|_| enrollment.created_at),
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
