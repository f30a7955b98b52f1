//! Reading cases: the queue, one of them, and what the partner sees of it.

use comity_domain::fraud::{Precision, Verdict};
use comity_domain::program::Program;
use comity_domain::{Actor, CommissionId, FraudCaseId, PartnerId, Permission, ProgramId, TenantId};
use comity_store::commission::{self, Commission};
use comity_store::customer::{self, Customer};
use comity_store::event::{self, Event};
use comity_store::fraud::{self as store, Assessment, Case, Counts, Entry, File, Filter, Listed};
use comity_store::{Tx, partner, program};

use super::policy::{self, InForce};
use crate::{App, AppError, authorise};

/// A page of cases, newest first.
pub async fn cases(
    app: &App,
    actor: &Actor,
    filter: &Filter,
    before: Option<FraudCaseId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, filter, app.now(), before, limit).await?)
}

/// How many cases wait.
pub async fn counts(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Counts, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::counts(&mut tx, tenant, program, app.now()).await?)
}

/// A case with everything one needs to decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The case.
    pub case: Case,
    /// The commission.
    pub commission: Commission,
    /// What the signals saw; none for cases without.
    pub verdict: Option<Verdict>,
    /// The assessment's row.
    pub assessment: Option<Assessment>,
    /// What was done and said, oldest first.
    pub entries: Vec<Entry>,
    /// What the partner handed in, oldest first.
    pub files: Vec<File>,
    /// The partner's name.
    pub partner_name: String,
    /// The program.
    pub program: Program,
    /// The event.
    pub event: Option<Event>,
    /// The customer.
    pub customer: Option<Customer>,
    /// How the partner's cases ended so far: decided, and rejected among them.
    pub record: Precision,
}

/// One case.
pub async fn detail(app: &App, actor: &Actor, id: FraudCaseId) -> Result<Detail, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let case = store::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("case"))?;
    let commission = commission::get(tx, tenant, case.commission)
        .await?
        .ok_or(AppError::NotFound("commission"))?;
    let assessment = store::assessment(tx, tenant, case.commission).await?;
    let verdict = assessment
        .as_ref()
        .and_then(|row| serde_json::from_str(&row.verdict_json).ok());
    let cause = match commission.event {
        Some(id) => event::get(tx, tenant, id).await?,
        None => None,
    };
    let customer = match commission.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let who = partner::get(tx, tenant, case.partner).await?;
    let program = program::get(tx, tenant, case.program).await?;
    Ok(Detail {
        entries: store::entries(tx, tenant, id).await?,
        files: store::files(tx, tenant, id).await?,
        record: record(tx, tenant, case.partner).await?,
        partner_name: who.map(|partner| partner.name).unwrap_or_default(),
        program: program.ok_or(AppError::NotFound("program"))?,
        event: cause,
        customer,
        verdict,
        assessment,
        commission,
        case,
    })
}

async fn record(tx: &mut Tx, tenant: TenantId, id: PartnerId) -> Result<Precision, AppError> {
    let (decided, rejected) = store::record(tx, tenant, id).await?;
    Ok(Precision {
        reviewed: u32::try_from(decided).unwrap_or(u32::MAX),
        confirmed: u32::try_from(rejected).unwrap_or(u32::MAX),
    })
}

/// The policy of a program that decides now.
pub async fn in_force(app: &App, actor: &Actor, id: ProgramId) -> Result<InForce, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let program = program::get(&mut tx, tenant, id).await?;
    policy::load(&mut tx, &program.ok_or(AppError::NotFound("program"))?).await
}

/// A case as its partner sees it: states and words, no signals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerCase {
    /// The case.
    pub case: Case,
    /// Lines the partner may read, oldest first.
    pub entries: Vec<Entry>,
    /// What the partner handed in, oldest first.
    pub files: Vec<File>,
}

/// The case about an own commission.
pub async fn of_partner(
    app: &App,
    actor: &Actor,
    id: CommissionId,
) -> Result<Option<PartnerCase>, AppError> {
    let Actor::Partner {
        tenant,
        id: partner,
        ..
    } = *actor
    else {
        return Err(AppError::Forbidden);
    };
    let mut tx = app.store.read().await?;
    let found = store::by_commission(&mut tx, tenant, id).await?;
    let Some(case) = found.filter(|case| case.partner == partner) else {
        return Ok(None);
    };
    let mut entries = store::entries(&mut tx, tenant, case.id).await?;
    entries.retain(|entry| entry.shared);
    let files = store::files(&mut tx, tenant, case.id).await?;
    Ok(Some(PartnerCase {
        case,
        entries,
        files,
    }))
}

/// The case about a commission.
pub async fn case_of(
    app: &App,
    actor: &Actor,
    id: CommissionId,
) -> Result<Option<FraudCaseId>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let found = store::by_commission(&mut tx, tenant, id).await?;
    Ok(found.map(|case| case.id))
}
