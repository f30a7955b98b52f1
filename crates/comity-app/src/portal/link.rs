//! The partner's links with their results, and where new ones may lead (G1).

use comity_domain::link::{Link, LinkStatus};
use comity_domain::time::Timestamp;
use comity_domain::{Actor, LinkId};
use comity_store::link::{self as store, Filter, Listed};

use super::{DAYS, Here, acting};
use crate::program::{host_of, web_address};
use crate::{App, AppError};

/// Links shown on the page; more than a person makes.
const MAX_LISTED: i64 = 400;

/// The page of links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// Links that are not archived, newest first.
    pub rows: Vec<Listed>,
    /// The partner's active codes.
    pub coupons: Vec<String>,
}

/// One link with its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkResults {
    /// The link with all-time clicks and sales.
    pub listed: Listed,
    /// Clicks of the last days, oldest first; empty when there were none.
    pub days: Vec<(Timestamp, i64)>,
}

/// The links of a membership.
pub async fn links(app: &App, actor: &Actor, here: &Here) -> Result<Links, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let filter = Filter {
        enrollment: Some(here.enrollment.id),
        ..Filter::default()
    };
    let mut rows = store::page(&mut tx, tenant, &filter, None, MAX_LISTED).await?;
    rows.retain(|row| row.link.status != LinkStatus::Archived);
    let coupons = store::coupons_of(&mut tx, tenant, here.enrollment.id).await?;
    let active = coupons
        .into_iter()
        .filter(|coupon| coupon.status == LinkStatus::Active);
    Ok(Links {
        rows,
        coupons: active.map(|coupon| coupon.code).collect(),
    })
}

/// One link of the acting partner.
pub async fn link(
    app: &App,
    actor: &Actor,
    here: &Here,
    id: LinkId,
) -> Result<LinkResults, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let link = found
        .filter(|link: &Link| link.partner == partner)
        .ok_or(AppError::NotFound("link"))?;
    let filter = Filter {
        enrollment: Some(link.enrollment),
        ..Filter::default()
    };
    let rows = store::page(&mut tx, tenant, &filter, None, MAX_LISTED).await?;
    let listed = rows.into_iter().find(|row| row.link.id == id);
    let zone = &here.program.zone;
    let dates: Vec<_> = (0..DAYS)
        .rev()
        .map(|back| app.now().plus_days(-back).date_in(zone))
        .collect();
    let name = |date: Option<&jiff::civil::Date>| date.map(ToString::to_string).unwrap_or_default();
    let span = (name(dates.first()), name(dates.last()));
    let known = comity_store::click::of_link(&mut tx, &link, (&span.0, &span.1)).await?;
    let clicks = |day: &str| {
        known
            .iter()
            .find(|(at, _)| at == day)
            .map_or(0, |(_, n)| *n)
    };
    let days = dates
        .iter()
        .map(|date| (zone.start_of(*date), clicks(&date.to_string())))
        .collect();
    Ok(LinkResults {
        listed: listed.ok_or(AppError::NotFound("link"))?,
        days: if known.is_empty() { Vec::new() } else { days },
    })
}

/// Hosts that links of the program may lead to, its own first.
#[must_use]
pub fn destinations(here: &Here) -> Vec<String> {
    let own = web_address(&here.program.website).ok();
    let mut hosts: Vec<String> = own.iter().map(host_of).collect();
    for host in &here.program.settings.deep_link_hosts {
        if !hosts.contains(host) && !host.trim().is_empty() {
            hosts.push(host.clone());
        }
    }
    hosts
}
