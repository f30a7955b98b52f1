//! One program over one period, beside the period before it.

use std::collections::BTreeMap;

use comity_domain::kpi::{CostKind, program_roi};
use comity_domain::program::Program;
use comity_domain::{Actor, EnrollmentId, Money, Permission, ProgramId, TenantId, Timestamp, Zone};
use comity_store::click::{self, Counts};
use comity_store::{Tx, commission, customer, outbox, partner};
use serde::Deserialize;

use super::dip::{self, Falling};
use super::economics::{self, CacNow};
use super::guard::{self, Window};
use super::need::{needs, start};
use super::{Needs, Start};
use crate::{App, AppError, authorise, program};

/// Memberships looked at for the number of active ones.
const MAX_MEMBERS: i64 = 10_000;
/// Lines of the feed.
const FEED: i64 = 12;
/// Partners in the list of the best.
const TOP: usize = 6;

/// A length of time up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// Seven days.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
    /// 52 weeks, counted by week.
    Year,
}

impl Span {
    /// All of them, shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The stable code, as in `30d`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Week => "7d",
            Self::Month => "30d",
            Self::Quarter => "90d",
            Self::Year => "12m",
        }
    }

    /// The span with this code; thirty days for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|span| span.code() == code).unwrap_or_default()
    }

    /// Its days, today included.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 364,
        }
    }

    /// Days in one point of its chart.
    const fn bucket(self) -> i64 {
        match self {
            Self::Year => 7,
            _ => 1,
        }
    }
}

/// The sums of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Clicks, leads, sales, money: added up.
    pub counts: Counts,
    /// Memberships with a click, lead or sale.
    pub active: i64,
    /// Return on investment in hundredths of a percent, when there were costs.
    pub roi_bps: Option<i64>,
    /// The same per point of the chart.
    pub points: Vec<Counts>,
}

impl Sums {
    /// Revenue less refunds, minor units.
    #[must_use]
    pub const fn net_minor(&self) -> i64 {
        self.counts.revenue_minor - self.counts.refunded_minor
    }
}

/// A membership with its results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// Which.
    pub enrollment: EnrollmentId,
    /// The partner's name.
    pub name: String,
    /// What it brought in the period.
    pub counts: Counts,
}

/// A line of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// What happened.
    pub event: outbox::Event,
    /// The partner it is about, or empty.
    pub partner: String,
}

/// What the first page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The program.
    pub program: Program,
    /// The period.
    pub span: Span,
    /// Start of each point of the chart.
    pub starts: Vec<Timestamp>,
    /// This period.
    pub now: Sums,
    /// The one before.
    pub before: Sums,
    /// Customers of this period whom partners brought and who ordered for the first time.
    pub customers: i64,
    /// Sales of this period whose commission was paid.
    pub paid: i64,
    /// The partners with the most revenue.
    pub top: Vec<Top>,
    /// What happened last, newest first.
    pub feed: Vec<Happening>,
    /// What waits for a decision.
    pub needs: Needs,
    /// What is left to set up.
    pub start: Start,
    /// What a new customer costs this month, beside what one may.
    pub cac: CacNow,
    /// Partners who bring much less than usual.
    pub falling: Vec<Falling>,
}

/// A program's period; `None` when there is no such program (or none at all).
pub async fn overview(
    app: &App,
    actor: &Actor,
    id: Option<ProgramId>,
    span: Span,
) -> Result<Option<Overview>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut all = program::list(app, actor).await?;
    let index = match id {
        Some(id) => all.iter().position(|program| program.id == id),
        None => (!all.is_empty()).then_some(0),
    };
    let Some(index) = index else {
        return Ok(None);
    };
    let program = all.swap_remove(index);
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let starts = starts(app.now(), &program.zone, span, 0);
    let earlier = self::starts(app.now(), &program.zone, span, span.days());
    let now = sums(tx, &program, span, &starts).await?;
    let paid = commission::paid_events(tx, tenant, program.id, starts[0], app.now()).await?;
    let customers = customer::first_orders(tx, tenant, program.id, (starts[0], app.now())).await?;
    Ok(Some(Overview {
        customers,
        before: sums(tx, &program, span, &earlier).await?,
        top: top(tx, tenant, &program, &starts, span).await?,
        feed: feed(tx, tenant, program.id).await?,
        needs: needs(tx, tenant, program.id, app.now()).await?,
        start: start(tx, tenant, program.id).await?,
        falling: dip::falling(tx, &program, app.now()).await?,
        cac: economics::now(tx, &program, app.now()).await?,
        program,
        span,
        starts,
        now,
        paid,
    }))
}

/// The starts of the points of a span that ends `back` days ago, oldest first.
fn starts(now: Timestamp, zone: &Zone, span: Span, back: i64) -> Vec<Timestamp> {
    let today = now.date_in(zone);
    let points = span.days() / span.bucket();
    (0..points)
        .map(|point| {
            let days = back + span.days() - 1 - point * span.bucket();
            zone.start_of(today.saturating_sub(jiff::Span::new().days(days)))
        })
        .collect()
}

/// First and last day of a span, as rollups name them.
fn days(starts: &[Timestamp], zone: &Zone, span: Span) -> (String, String) {
    let from = starts.first().copied().unwrap_or_default().date_in(zone);
    let last = jiff::Span::new().days(span.days() - 1);
    (from.to_string(), from.saturating_add(last).to_string())
}

async fn sums(
    tx: &mut Tx,
    program: &Program,
    span: Span,
    starts: &[Timestamp],
) -> Result<Sums, AppError> {
    let days = days(starts, &program.zone, span);
    let (from, to) = (&days.0, &days.1);
    let (tenant, id) = (program.tenant, Some(program.id));
    let rows = click::by_day(tx, tenant, id, None, from, to).await?;
    let names: BTreeMap<String, usize> = starts
        .iter()
        .enumerate()
        .map(|(point, start)| (start.date_in(&program.zone).to_string(), point))
        .collect();
    let mut points = vec![Counts::default(); starts.len()];
    let mut counts = Counts::default();
    for (day, row) in rows {
        add(&mut counts, row);
        let point = names.range(..=day).next_back();
        if let Some(slot) = point.and_then(|(_, point)| points.get_mut(*point)) {
            add(slot, row);
        }
    }
    let members = click::by_enrollment(tx, tenant, id, from, to, MAX_MEMBERS).await?;
    let busy = members
        .iter()
        .filter(|(_, _, row)| row.clicks + row.leads + row.sales > 0);
    Ok(Sums {
        active: i64::try_from(busy.count()).unwrap_or(MAX_MEMBERS),
        roi_bps: roi(tx, program, window(program, &days), &counts).await?,
        counts,
        points,
    })
}

fn add(sum: &mut Counts, row: Counts) {
    sum.clicks += row.clicks;
    sum.filtered += row.filtered;
    sum.leads += row.leads;
    sum.sales += row.sales;
    sum.revenue_minor += row.revenue_minor;
    sum.refunded_minor += row.refunded_minor;
    sum.commission_minor += row.commission_minor;
}

/// The instants between which inclusive days lie, as rollups name them.
fn window(program: &Program, (first, last): &(String, String)) -> Window {
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap_or_default();
    let after = day(last).saturating_add(jiff::Span::new().days(1));
    (
        program.zone.start_of(day(first)),
        program.zone.start_of(after),
    )
}

/// (revenue − costs) ÷ costs (T2); costs are commissions, perks, what finance entered and the
/// period's part of the costs of every month (K3).
async fn roi(
    tx: &mut Tx,
    program: &Program,
    window: Window,
    counts: &Counts,
) -> Result<Option<i64>, AppError> {
    let money = |minor| Money::new(minor, program.currency);
    let of = (program.tenant, program.id);
    let mut costs = guard::entered(tx, program, window, None).await?;
    let units = comity_store::cost::units_spent(tx, of, window).await?;
    for (kind, minor) in [
        (CostKind::Commission, counts.commission_minor),
        (CostKind::Perk, units),
    ] {
        costs.add(kind, money(minor)).map_err(guard::overflow)?;
    }
    let revenue = money(counts.revenue_minor - counts.refunded_minor);
    Ok(program_roi(revenue, &costs))
}

async fn top(
    tx: &mut Tx,
    tenant: TenantId,
    program: &Program,
    starts: &[Timestamp],
    span: Span,
) -> Result<Vec<Top>, AppError> {
    let (from, to) = days(starts, &program.zone, span);
    let id = Some(program.id);
    let limit = i64::try_from(TOP).unwrap_or(1);
    let rows = click::by_enrollment(tx, tenant, id, &from, &to, limit).await?;
    let rows = rows.into_iter().map(|(enrollment, name, counts)| Top {
        enrollment,
        name,
        counts,
    });
    Ok(rows.collect())
}

async fn feed(tx: &mut Tx, tenant: TenantId, id: ProgramId) -> Result<Vec<Happening>, AppError> {
    let mut lines = Vec::new();
    for event in outbox::feed(tx, tenant, None, Some(id), FEED).await? {
        let partner = match event.partner {
            Some(id) => partner::get(tx, tenant, id).await?,
            None => None,
        };
        let partner = partner.map_or_else(|| applicant(&event), |partner| partner.name);
        lines.push(Happening { event, partner });
    }
    Ok(lines)
}

/// Who applied; nobody else who is no partner yet stands in the feed.
fn applicant(event: &outbox::Event) -> String {
    #[derive(Deserialize)]
    struct Applied {
        name: String,
    }
    if !event.kind.starts_with("application.") {
        return String::new();
    }
    serde_json::from_str(&event.body_json).map_or_else(|_| String::new(), |it: Applied| it.name)
}
