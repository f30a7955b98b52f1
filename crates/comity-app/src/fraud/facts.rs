//! Gathering what signals look at: a handful of bounded queries per conversion.

use std::collections::BTreeMap;

use comity_domain::attribution::{Decision, Outcome, TouchKind};
use comity_domain::fraud::{
    Click, Conversion, CustomerSide, Device, PartnerSide, PartnerStatistics, Policy,
};
use comity_domain::program::Program;
use comity_domain::time::DAY;
use comity_domain::{ClickId, Email, PartnerId, TenantId, Timestamp};
use comity_store::click::{self, Click as StoredClick};
use comity_store::commission::Commission;
use comity_store::customer::{self, Customer};
use comity_store::event::Event;
use comity_store::fraud as store;
use comity_store::session::{self, Subject};
use comity_store::{Tx, partner, payout};
use url::Url;

use crate::{App, AppError};

/// Sign-ins of the partner that are compared.
const DEVICES: i64 = 10;
/// Days over which clicks and conversions are compared.
const MONTH_DAYS: i64 = 30;
/// Days a burst is compared with.
const HISTORY_DAYS: i64 = 28;
/// Days over which refunds are counted.
const REFUND_DAYS: i64 = 90;

/// A conversion as it is stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stored<'a> {
    /// The program.
    pub program: &'a Program,
    /// What it earned.
    pub commission: &'a Commission,
    /// The event.
    pub event: &'a Event,
    /// Remaining fields of the event.
    pub metadata: &'a BTreeMap<String, String>,
    /// The customer.
    pub customer: Option<&'a Customer>,
    /// Who was credited and why.
    pub decision: &'a Decision,
}

/// Everything signals may look at.
pub(super) async fn gather(
    tx: &mut Tx,
    app: &App,
    stored: Stored<'_>,
    policy: &Policy,
) -> Result<Conversion, AppError> {
    let at = stored.event.occurred_at;
    // How a customer came was judged with the first order; a renewal brings nothing new.
    let clicked = if stored.event.kind == "renewal" {
        None
    } else {
        credited_click(tx, stored).await?
    };
    let country = stored.metadata.get("ip_country").cloned();
    Ok(Conversion {
        at,
        amount: stored.event.amount,
        partner: partner_side(tx, app, stored, clicked.as_ref()).await?,
        customer: customer_side(tx, stored, clicked.as_ref()).await?,
        statistics: statistics(tx, stored, clicked.as_ref(), policy).await?,
        rival_click_at: rival(stored),
        cart_at: stored
            .metadata
            .get("cart_started_at")
            .and_then(|text| Timestamp::parse_rfc3339(text)),
        click: clicked.map(|click| seen(&click, country)),
        known_to_shop: None,
    })
}

async fn credited_click(tx: &mut Tx, stored: Stored<'_>) -> Result<Option<StoredClick>, AppError> {
    let own = stored.decision.considered.iter().filter(|considered| {
        matches!(considered.outcome, Outcome::Credited { .. })
            && considered.touch.enrollment == stored.commission.enrollment
    });
    for considered in own {
        if let Ok(id) = considered.touch.id.as_str().parse::<ClickId>() {
            return Ok(click::get(tx, stored.event.tenant, id).await?);
        }
    }
    Ok(None)
}

/// Where a code was credited: when the customer last followed somebody else's link.
fn rival(stored: Stored<'_>) -> Option<Timestamp> {
    let mine = stored.commission.enrollment;
    let by_code = stored.decision.considered.iter().any(|considered| {
        considered.touch.enrollment == mine
            && considered.touch.kind.is_coupon()
            && matches!(considered.outcome, Outcome::Credited { .. })
    });
    let others = stored.decision.considered.iter().filter(|considered| {
        by_code
            && considered.touch.enrollment != mine
            && matches!(considered.touch.kind, TouchKind::Click | TouchKind::Qr)
    });
    others.map(|considered| considered.touch.at).max()
}

fn seen(click: &StoredClick, country: Option<String>) -> Click {
    let query = Url::parse(&click.destination).map_or_else(
        |_| Vec::new(),
        |url| {
            url.query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect()
        },
    );
    let referrer = click.referrer.to_lowercase();
    let bare = referrer
        .split_once("://")
        .map_or(referrer.as_str(), |(_, rest)| rest);
    Click {
        at: click.at,
        query,
        referrer: (!bare.is_empty()).then(|| bare.to_owned()),
        country,
        data_center: false,
        privacy_relay: false,
    }
}

async fn partner_side(
    tx: &mut Tx,
    app: &App,
    stored: Stored<'_>,
    click: Option<&StoredClick>,
) -> Result<PartnerSide, AppError> {
    let (tenant, id) = (stored.commission.tenant, stored.commission.partner);
    let mut side = PartnerSide::default();
    if let Some(partner) = partner::get(tx, tenant, id).await? {
        side.emails = partner.email.parse::<Email>().into_iter().collect();
        side.emails.extend(house(&partner.website));
        if let Some(customer) = stored.customer {
            let who = (partner.email_norm.as_str(), customer.id);
            side.visitors = store::visitors_of(tx, tenant, stored.program.id, who).await?;
        }
    }
    if let Some(method) = payout::method(tx, tenant, id).await? {
        let others = payout::sharing(tx, &method).await?;
        side.others_on_payout = u32::try_from(others).unwrap_or(u32::MAX);
        side.payout_hash = Some(hex::encode(method.fingerprint));
    }
    if let Some(click) = click {
        side.devices = devices(tx, app, (tenant, id), click.at).await?;
    }
    Ok(side)
}

/// The partner's sign-ins, with their addresses under the key of the click they are compared
/// with: hashes of two periods say nothing about each other.
async fn devices(
    tx: &mut Tx,
    app: &App,
    (tenant, id): (TenantId, PartnerId),
    at: Timestamp,
) -> Result<Vec<Device>, AppError> {
    let key = app.config.address_keys().at(at);
    let sessions = session::list(tx, tenant, Subject::Partner(id), DEVICES).await?;
    // A team member looking through the partner's eyes is not the partner.
    let own = sessions.iter().filter(|one| one.impersonator.is_none());
    let known = own.filter_map(|session| {
        Some(Device {
            ip_hash: hex::encode(key.hash_text(&session.ip)?),
            agent_hash: session.user_agent.clone(),
            at: session.last_seen_at,
        })
    });
    Ok(known.collect())
}

/// A mailbox at the partner's own site: whoever has another one there is of the same company.
fn house(website: &str) -> Option<Email> {
    let host = Url::parse(website).ok()?.host_str()?.to_owned();
    let domain = host.strip_prefix("www.").unwrap_or(&host);
    format!("postmaster@{domain}").parse().ok()
}

async fn customer_side(
    tx: &mut Tx,
    stored: Stored<'_>,
    click: Option<&StoredClick>,
) -> Result<CustomerSide, AppError> {
    let mut side = CustomerSide {
        visitor: click.map(|click| click.visitor),
        device: click
            .filter(|click| !click.ip_hash.is_empty())
            .map(|click| Device {
                ip_hash: hex::encode(&click.ip_hash),
                agent_hash: click.user_agent.clone(),
                at: click.at,
            }),
        is_new: stored.commission.new_customer,
        ..CustomerSide::default()
    };
    let Some(customer) = stored.customer else {
        return Ok(side);
    };
    let tenant = customer.tenant;
    side.email = customer.email.parse::<Email>().ok();
    side.country = (!customer.country.is_empty()).then(|| customer.country.clone());
    if side.visitor.is_none() {
        let browsers = customer::visitors(tx, tenant, customer.id).await?;
        side.visitor = browsers.first().copied();
    }
    if side.is_new && !customer.email_norm.is_empty() {
        let who = (customer.email_norm.as_str(), customer.id);
        let at = stored.event.occurred_at;
        side.earlier_orders = store::earlier_orders(tx, tenant, customer.program, who, at).await?;
    }
    Ok(side)
}

/// Totals; what costs more is only counted where a signal could fire.
async fn statistics(
    tx: &mut Tx,
    stored: Stored<'_>,
    click: Option<&StoredClick>,
    policy: &Policy,
) -> Result<PartnerStatistics, AppError> {
    let limits = &policy.thresholds;
    let (tenant, program) = (stored.commission.tenant, stored.program.id);
    let (id, at) = (stored.commission.enrollment, stored.event.occurred_at);
    let yesterday = at.plus(-DAY);
    let today = store::recent(tx, tenant, id, (yesterday, at)).await?;
    let mut totals = PartnerStatistics {
        conversions_today: today.conversions,
        networks_today: today.networks,
        ..PartnerStatistics::default()
    };
    if today.conversions >= limits.velocity_events {
        let from = yesterday.plus(-HISTORY_DAYS * DAY);
        let days = store::daily(tx, tenant, id, (from, yesterday)).await?;
        totals.daily_history = (0..HISTORY_DAYS)
            .map(|day| days.iter().find(|(n, _)| *n == day).map_or(0, |(_, n)| *n))
            .collect();
    }
    if let Some(click) = click.filter(|click| !click.ip_hash.is_empty()) {
        let address = store::Address {
            hash: &click.ip_hash,
            from: yesterday,
            to: at,
        };
        totals.customers_on_address =
            store::customers_on_address(tx, tenant, program, address).await?;
    }
    compare(tx, stored, policy, &mut totals).await?;
    Ok(totals)
}

/// The partner's clicks and refunds beside the program's.
async fn compare(
    tx: &mut Tx,
    stored: Stored<'_>,
    policy: &Policy,
    totals: &mut PartnerStatistics,
) -> Result<(), AppError> {
    let limits = &policy.thresholds;
    let (tenant, program) = (stored.commission.tenant, stored.program.id);
    let (id, at) = (stored.commission.enrollment, stored.event.occurred_at);
    let day = |days: i64| {
        at.plus_days(-days)
            .date_in(&stored.program.zone)
            .to_string()
    };
    let (first, last) = (day(MONTH_DAYS), day(0));
    let month = store::month(tx, tenant, program, Some(id), (&first, &last)).await?;
    (totals.clicks, totals.conversions) = (month.all, month.some);
    if month.all >= limits.empty_clicks {
        let all = store::month(tx, tenant, program, None, (&first, &last)).await?;
        totals.program_conversion_bps = bps(all);
    }
    let period = (id, at.plus_days(-REFUND_DAYS), at);
    let mine = store::refunds(tx, tenant, program, Some(period)).await?;
    (totals.sales, totals.refunds) = (mine.all, mine.some);
    if mine.all >= limits.refund_sales && mine.some > 0 {
        totals.program_refund_bps = bps(store::refunds(tx, tenant, program, None).await?);
    }
    Ok(())
}

fn bps(month: store::Month) -> i64 {
    month
        .some
        .saturating_mul(10_000)
        .checked_div(month.all)
        .unwrap_or(0)
}
