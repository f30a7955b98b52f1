//! Everything the team sees of one partner.

use comity_domain::ledger::Account;
use comity_domain::partner::{Enrollment, Partner, Tier};
use comity_domain::program::Program;
use comity_domain::{
    Actor, EnrollmentId, GroupId, Money, PartnerId, PartnerTypeId, Permission, TenantId, Timestamp,
};
use comity_store::agreement::Agreement;
use comity_store::audit::Line;
use comity_store::note::{self as notes, Note};
use comity_store::result::{self, Results};
use comity_store::session::Subject;
use comity_store::{Tx, agreement, audit, ledger, partner as store, second_step, segment, tier};

use crate::segment::{Standing, standing};
use crate::{App, AppError, authorise, program};

/// Lines of the log on the partner's page.
const LOG_LINES: i64 = 50;

/// A partner with everything around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The partner.
    pub partner: Partner,
    /// They sign in with a second step.
    pub has_second_step: bool,
    /// Their memberships, oldest first.
    pub memberships: Vec<Membership>,
    /// Remarks, newest first.
    pub notes: Vec<Note>,
    /// What happened to them, newest first.
    pub log: Vec<Line>,
}

/// A membership with its results and money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The membership.
    pub enrollment: Enrollment,
    /// Its program.
    pub program: Program,
    /// Groups they are in.
    pub groups: Vec<GroupId>,
    /// Types they carry.
    pub types: Vec<PartnerTypeId>,
    /// Tiers of the program, lowest first.
    pub tiers: Vec<Tier>,
    /// The tier they hold now.
    pub standing: Option<Standing>,
    /// Agreements with them, newest first.
    pub agreements: Vec<Agreement>,
    /// Who recruited them: partner and name.
    pub recruiter: Option<(PartnerId, String)>,
    /// Results of all time.
    pub results: Results,
    /// What is owed and was paid.
    pub balance: Balance,
}

/// Money of a membership, in the program's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Earned, not yet payable.
    pub pending: Money,
    /// Payable; below zero after a refund of something paid.
    pub available: Money,
    /// In a payout on its way.
    pub in_flight: Money,
    /// Paid.
    pub paid: Money,
}

/// One partner.
pub async fn detail(app: &App, actor: &Actor, id: PartnerId) -> Result<Detail, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let partner = store::get(&mut tx, tenant, id).await?;
    let partner = partner.ok_or(AppError::NotFound("partner"))?;
    let mut memberships = Vec::new();
    for enrollment in store::enrollments(&mut tx, tenant, id).await? {
        memberships.push(membership(&mut tx, tenant, enrollment, app.now()).await?);
    }
    let step = second_step::of(&mut tx, tenant, Subject::Partner(id)).await?;
    Ok(Detail {
        has_second_step: step.is_some(),
        notes: notes::of_partner(&mut tx, tenant, id).await?,
        log: audit::page(&mut tx, tenant, None, &id.to_string(), LOG_LINES).await?,
        partner,
        memberships,
    })
}

/// The partner behind a membership.
pub async fn of_enrollment(
    app: &App,
    actor: &Actor,
    id: EnrollmentId,
) -> Result<PartnerId, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let found = store::enrollment(&mut app.store.read().await?, tenant, id).await?;
    let found = found.ok_or(AppError::NotFound("partner"))?;
    Ok(found.partner)
}

async fn membership(
    tx: &mut Tx,
    tenant: TenantId,
    enrollment: Enrollment,
    now: Timestamp,
) -> Result<Membership, AppError> {
    let program = program::load(tx, tenant, enrollment.program).await?;
    let id = enrollment.id;
    let always = ("0000-01-01", "9999-12-31");
    Ok(Membership {
        recruiter: recruiter(tx, &enrollment).await?,
        groups: segment::groups_of(tx, tenant, id).await?,
        types: segment::types_of(tx, tenant, id).await?,
        tiers: tier::list(tx, tenant, program.id).await?,
        standing: standing(tx, &program, id, now).await?,
        agreements: agreement::of_enrollment(tx, tenant, id).await?,
        results: result::sums(tx, tenant, program.id, Some(id), always).await?,
        balance: balance(tx, &enrollment, &program).await?,
        enrollment,
        program,
    })
}

async fn recruiter(
    tx: &mut Tx,
    enrollment: &Enrollment,
) -> Result<Option<(PartnerId, String)>, AppError> {
    let Some(id) = enrollment.recruited_by else {
        return Ok(None);
    };
    let Some(by) = store::enrollment(tx, enrollment.tenant, id).await? else {
        return Ok(None);
    };
    let found = store::get(tx, enrollment.tenant, by.partner).await?;
    Ok(found.map(|partner| (partner.id, partner.name)))
}

/// What the books owe a partner, and what was paid, are credits there, so they are turned round.
async fn balance(
    tx: &mut Tx,
    enrollment: &Enrollment,
    program: &Program,
) -> Result<Balance, AppError> {
    let id = enrollment.id;
    let mut owed = [Money::zero(program.currency); 4];
    let accounts = [
        Account::Pending(id),
        Account::Available(id),
        Account::InFlight(id),
        Account::Paid(id),
    ];
    for (sum, account) in owed.iter_mut().zip(accounts) {
        let debit = ledger::balance(tx, enrollment.tenant, account, program.currency).await?;
        *sum = debit
            .negated()
            .map_err(|error| AppError::Internal(error.to_string()))?;
    }
    let [pending, available, in_flight, paid] = owed;
    Ok(Balance {
        pending,
        available,
        in_flight,
        paid,
    })
}
