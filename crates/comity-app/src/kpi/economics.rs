//! What a program costs and brings: ROI, and the cost of a customer per program, group and
//! partner, now and at the end of the month (K2, K3, T2, X4).

use std::collections::BTreeMap;

use comity_domain::kpi::{CacGuard, CacState, Costs, cac_forecast, program_roi};
use comity_domain::program::Program;
use comity_domain::{
    Actor, EnrollmentId, GroupId, Money, PartnerId, Permission, ProgramId, Timestamp,
};
use comity_store::Tx;
use comity_store::click;
use comity_store::cost::{self as store, Alert, Spender};

use super::guard::{Window, entered, in_force, overflow, state};
use crate::{App, AppError, authorise, program};

/// Partners and groups shown; the dearest come first.
const MOST: i64 = 50;
/// Warnings shown.
const ALERTS: i64 = 6;

/// The time a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// The calendar month so far: what the guard judges.
    #[default]
    Month,
    /// The calendar month before.
    LastMonth,
    /// This month so far and the two before.
    Quarter,
    /// This month so far and the eleven before.
    Year,
}

impl Period {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Month, Self::LastMonth, Self::Quarter, Self::Year];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::LastMonth => "last_month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period with this code; the month for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|period| period.code() == code).unwrap_or_default()
    }

    fn window(self, program: &Program, now: Timestamp) -> Window {
        let zone = &program.zone;
        let first = now.date_in(zone).first_of_month();
        let back =
            |months: i32| zone.start_of(first.saturating_sub(jiff::Span::new().months(months)));
        match self {
            Self::Month => (back(0), now),
            Self::LastMonth => (back(1), back(0)),
            Self::Quarter => (back(2), now),
            Self::Year => (back(11), now),
        }
    }
}

/// The cost of a customer of one partner or group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<T> {
    /// Which.
    pub id: T,
    /// Its name.
    pub name: String,
    /// Commissions net of reversals.
    pub commissions: Money,
    /// What finance entered for it alone.
    pub own: Money,
    /// Customers who bought for the first time.
    pub customers: i64,
    /// Fully loaded: its own costs and its part of what all share.
    pub cac: Option<Money>,
}

/// A program's economics over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Economics {
    /// The program.
    pub program: Program,
    /// The period.
    pub period: Period,
    /// Its bounds.
    pub window: (Timestamp, Timestamp),
    /// Costs and customers of the period.
    pub state: CacState,
    /// Revenue less refunds.
    pub revenue: Money,
    /// Return on investment in hundredths of a percent.
    pub roi_bps: Option<i64>,
    /// What a customer costs at the end of the month if it goes on so.
    pub forecast: Option<Money>,
    /// The guard in force.
    pub guard: Option<CacGuard>,
    /// What a customer may cost.
    pub allowable: Option<Money>,
    /// Per partner, the dearest first.
    pub partners: Vec<Line<(EnrollmentId, PartnerId)>>,
    /// Per group.
    pub groups: Vec<Line<GroupId>>,
    /// The guard's latest warnings.
    pub alerts: Vec<Alert>,
}

/// A program's economics over a period.
pub async fn economics(
    app: &App,
    actor: &Actor,
    of: ProgramId,
    period: Period,
) -> Result<Economics, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let program = program::load(tx, tenant, of).await?;
    let window = period.window(&program, app.now());
    let state = state(tx, &program, window).await?;
    let guard = in_force(tx, &program).await?;
    let revenue = revenue(tx, &program, window).await?;
    let shared = shared_each(tx, &program, window, &state).await?;
    Ok(Economics {
        forecast: forecast(tx, &program, app.now()).await?,
        roi_bps: program_roi(revenue, &state.costs),
        allowable: guard
            .map(|guard| guard.allowable.amount())
            .transpose()
            .map_err(overflow)?,
        partners: partners(tx, &program, window, &shared).await?,
        groups: groups(tx, &program, window, &shared).await?,
        alerts: store::alerts(tx, (tenant, of), ALERTS).await?,
        program,
        period,
        window,
        state,
        revenue,
        guard,
    })
}

/// This month's cost of a customer, live and forecast, beside what is allowed: a card's worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacNow {
    /// So far.
    pub cac: Option<Money>,
    /// At the end of the month.
    pub forecast: Option<Money>,
    /// What a customer may cost; nothing without a guard.
    pub allowable: Option<Money>,
    /// New customers so far.
    pub customers: i64,
}

/// Where the month stands.
pub(crate) async fn now(tx: &mut Tx, program: &Program, at: Timestamp) -> Result<CacNow, AppError> {
    let (from, _) = program.zone.month_of(at);
    let state = state(tx, program, (from, at)).await?;
    let guard = in_force(tx, program).await?;
    Ok(CacNow {
        cac: state.cac(),
        forecast: forecast(tx, program, at).await?,
        allowable: guard
            .map(|guard| guard.allowable.amount())
            .transpose()
            .map_err(overflow)?,
        customers: state.new_customers,
    })
}

/// Variable costs until now, fixed costs of the whole month.
async fn forecast(
    tx: &mut Tx,
    program: &Program,
    at: Timestamp,
) -> Result<Option<Money>, AppError> {
    let month = program.zone.month_of(at);
    let mut now = state(tx, program, (month.0, at)).await?;
    let whole = entered(tx, program, month, None).await?;
    now.costs.platform = whole.platform;
    now.costs.management = whole.management;
    Ok(cac_forecast(
        &now,
        at.since(month.0),
        month.1.since(month.0),
    ))
}

async fn revenue(tx: &mut Tx, program: &Program, (from, to): Window) -> Result<Money, AppError> {
    let day = |at: Timestamp| at.date_in(&program.zone).to_string();
    let (first, last) = (day(from), day(to.plus(-1)));
    let days = click::by_day(tx, program.tenant, Some(program.id), None, &first, &last).await?;
    let net = days
        .iter()
        .map(|(_, day)| day.revenue_minor - day.refunded_minor)
        .sum();
    Ok(Money::new(net, program.currency))
}

/// What no partner caused alone, and over how many customers it is spread.
struct Shared {
    fixed: Money,
    customers: i64,
    own: BTreeMap<EnrollmentId, Money>,
}

impl Shared {
    /// `own ÷ customers + fixed ÷ all customers`.
    fn cac(&self, own: Money, customers: i64) -> Option<Money> {
        if customers <= 0 || self.customers <= 0 {
            return None;
        }
        let part = self.fixed.scaled(1, self.customers).ok()?;
        own.scaled(1, customers).ok()?.add(part).ok()
    }

    fn line<T>(&self, spender: Spender<T>, own: Money) -> Result<Line<T>, AppError> {
        let commissions = Money::new(spender.spent.minor, self.fixed.currency);
        let all = commissions.add(own).map_err(overflow)?;
        Ok(Line {
            id: spender.id,
            name: spender.name,
            cac: self.cac(all, spender.spent.customers),
            commissions,
            own,
            customers: spender.spent.customers,
        })
    }
}

async fn shared_each(
    tx: &mut Tx,
    program: &Program,
    window: Window,
    state: &CacState,
) -> Result<Shared, AppError> {
    let zero = Money::zero(program.currency);
    let mut own = BTreeMap::new();
    let mut sum = zero;
    for id in store::with_own_costs(tx, (program.tenant, program.id)).await? {
        let theirs = total(&entered(tx, program, window, Some(id)).await?)?;
        sum = sum.add(theirs).map_err(overflow)?;
        own.insert(id, theirs);
    }
    let all = total(&state.costs)?;
    let fixed = all
        .sub(state.costs.commissions)
        .and_then(|rest| rest.sub(sum));
    Ok(Shared {
        fixed: fixed.map_err(overflow)?,
        customers: state.new_customers,
        own,
    })
}

fn total(costs: &Costs) -> Result<Money, AppError> {
    costs.total().map_err(overflow)
}

async fn partners(
    tx: &mut Tx,
    program: &Program,
    window: Window,
    shared: &Shared,
) -> Result<Vec<Line<(EnrollmentId, PartnerId)>>, AppError> {
    let zero = Money::zero(program.currency);
    let rows = store::spent_by_enrollment(tx, (program.tenant, program.id), window, MOST).await?;
    rows.into_iter()
        .map(|row| {
            let own = shared.own.get(&row.id.0).copied().unwrap_or(zero);
            shared.line(row, own)
        })
        .collect()
}

async fn groups(
    tx: &mut Tx,
    program: &Program,
    window: Window,
    shared: &Shared,
) -> Result<Vec<Line<GroupId>>, AppError> {
    let mut own: BTreeMap<GroupId, Money> = BTreeMap::new();
    for (id, theirs) in &shared.own {
        for group in comity_store::segment::groups_of(tx, program.tenant, *id).await? {
            let sum = own.entry(group).or_insert(Money::zero(program.currency));
            *sum = sum.add(*theirs).map_err(overflow)?;
        }
    }
    let zero = Money::zero(program.currency);
    let rows = store::spent_by_group(tx, (program.tenant, program.id), window, MOST).await?;
    rows.into_iter()
        .map(|row| {
            let theirs = own.get(&row.id).copied().unwrap_or(zero);
            shared.line(row, theirs)
        })
        .collect()
}
