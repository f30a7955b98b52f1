//! What waits for a decision, and what is left to set up.

use comity_domain::application::ApplicationStatus;
use comity_domain::partner::EnrollmentStatus;
use comity_domain::{ProgramId, TenantId, Timestamp};
use comity_store::{Tx, application, click, commission, event, fraud, partner, payout, program};

use crate::AppError;
use crate::program::PolicyKind;

/// Batches counted for the overview; more are not planned at once.
const MAX_BATCHES: i64 = 100;
/// So many partners make a program more than a test.
const FIRST_PARTNERS: i64 = 3;

/// Decisions that wait for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Applications to review.
    pub applications: i64,
    /// Payout batches to approve.
    pub batches: i64,
    /// Commissions held for more than the refund period.
    pub held: i64,
    /// Risk cases to decide.
    pub risk: i64,
    /// Of the undecided ones those past their service time.
    pub overdue: i64,
    /// Events that wait for their sale, their click or a decision.
    pub parked: i64,
}

/// The first steps of a program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Start {
    /// Commission rules are published.
    pub rules: bool,
    /// A link was followed.
    pub click: bool,
    /// An event arrived.
    pub tracking: bool,
    /// Three partners take part.
    pub partners: bool,
}

impl Start {
    /// Nothing is left.
    #[must_use]
    pub const fn done(self) -> bool {
        self.rules && self.click && self.tracking && self.partners
    }
}

pub(super) async fn needs(
    tx: &mut Tx,
    tenant: TenantId,
    id: ProgramId,
    now: Timestamp,
) -> Result<Needs, AppError> {
    let waiting = application::status_counts(tx, tenant, Some(id)).await?;
    let applications = waiting
        .iter()
        .filter(|(status, _)| *status == ApplicationStatus::Submitted)
        .map(|(_, n)| n)
        .sum();
    let batches = payout::batches(tx, tenant, Some(id), "planned", None, MAX_BATCHES).await?;
    let cases = fraud::counts(tx, tenant, Some(id), now).await?;
    Ok(Needs {
        applications,
        batches: i64::try_from(batches.len()).unwrap_or(MAX_BATCHES),
        risk: cases.open,
        overdue: cases.overdue,
        held: commission::held(tx, tenant, Some(id)).await?,
        parked: event::parked(tx, tenant, Some(id)).await?,
    })
}

pub(super) async fn start(tx: &mut Tx, tenant: TenantId, id: ProgramId) -> Result<Start, AppError> {
    let kind = PolicyKind::Commission.code();
    let rules = program::current_policy(tx, tenant, id, kind).await?;
    let clicks = click::page(tx, tenant, Some(id), None, None, 1).await?;
    let members: i64 = partner::status_counts(tx, tenant, Some(id))
        .await?
        .iter()
        .filter(|(status, _)| *status == EnrollmentStatus::Approved)
        .map(|(_, n)| n)
        .sum();
    Ok(Start {
        rules: rules.is_some(),
        click: !clicks.is_empty(),
        tracking: event::count(tx, tenant, Some(id)).await? > 0,
        partners: members >= FIRST_PARTNERS,
    })
}
