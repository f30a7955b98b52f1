//! Looking at applications: the team's queue and the applicant's status page.

use comity_domain::application::{Answer, ApplicationStatus};
use comity_domain::program::{Program, ProgramStatus};
use comity_domain::{Actor, ApplicationId, Permission, ProgramId};
use comity_store::application::{self as store, Application};
use comity_store::program::{self as programs, Policy, Terms};
use comity_store::tenant::{self, Tenant};

use super::{answers, load, note};
use crate::{App, AppError, authorise, session};

/// Longest answer to a question.
const MAX_ANSWER: usize = 4_000;

/// What the public pages of a program show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The organisation.
    pub tenant: Tenant,
    /// The program.
    pub program: Program,
    /// Its terms, when published.
    pub terms: Option<Terms>,
    /// The attribution policy in force.
    pub attribution: Option<Policy>,
    /// The commission rules in force.
    pub commission: Option<Policy>,
}

/// The program at a public address; drafts are not public.
pub async fn open_program(app: &App, slug: &str) -> Result<Open, AppError> {
    let mut tx = app.store.read().await?;
    let missing = || AppError::NotFound("program");
    let program = programs::by_slug(&mut tx, slug).await?;
    let program = program
        .filter(|program| program.status != ProgramStatus::Draft)
        .ok_or_else(missing)?;
    let (of, id) = (program.tenant, program.id);
    Ok(Open {
        tenant: tenant::get(&mut tx, of).await?.ok_or_else(missing)?,
        terms: programs::current_terms(&mut tx, of, id).await?,
        attribution: programs::current_policy(&mut tx, of, id, "attribution").await?,
        commission: programs::current_policy(&mut tx, of, id, "commission").await?,
        program,
    })
}

/// The application behind a status address, with its program and organisation.
pub async fn status_by_token(
    app: &App,
    token: &str,
) -> Result<(Application, Program, Tenant), AppError> {
    let missing = || AppError::NotFound("application");
    let mut tx = app.store.read().await?;
    let application = store::by_token(&mut tx, &session::hash(token)).await?;
    let application = application.ok_or_else(missing)?;
    let of = application.tenant;
    let program = programs::get(&mut tx, of, application.program).await?;
    let owner = tenant::get(&mut tx, of).await?;
    Ok((
        application,
        program.ok_or_else(missing)?,
        owner.ok_or_else(missing)?,
    ))
}

/// The applicant answers the team's question; the application is open again.
pub async fn answer(app: &App, token: &str, text: &str) -> Result<Application, AppError> {
    if text.trim().is_empty() {
        return Err(AppError::field("answer", "required"));
    }
    if text.chars().count() > MAX_ANSWER {
        return Err(AppError::field("answer", "too_long"));
    }
    let mut tx = app.store.write().await?;
    let application = store::by_token(&mut tx, &session::hash(token)).await?;
    let mut application = application.ok_or(AppError::NotFound("application"))?;
    if application.status != ApplicationStatus::InfoRequested {
        return Err(AppError::Conflict("application_not_asked"));
    }
    let mut all = answers(&application);
    all.push(Answer {
        key: format!("reply_{}", all.len()),
        label: std::mem::take(&mut application.reason_text),
        value: text.trim().to_owned(),
    });
    application.answers_json =
        serde_json::to_string(&all).map_err(|error| AppError::Internal(error.to_string()))?;
    application.status = ApplicationStatus::Submitted;
    store::set_answers(&mut tx, &application).await?;
    store::update(&mut tx, &application).await?;
    let actor = Actor::System {
        tenant: application.tenant,
    };
    note(&mut tx, app, &actor, &application, "application.answered").await?;
    tx.commit().await?;
    app.announce(application.tenant, "application");
    Ok(application)
}

/// A page of applications, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    (program, status): (Option<ProgramId>, Option<ApplicationStatus>),
    find: &str,
    before: Option<ApplicationId>,
    limit: i64,
) -> Result<Vec<Application>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let find = find.trim().to_lowercase();
    let mut tx = app.store.read().await?;
    Ok(store::page(&mut tx, tenant, program, status, &find, before, limit).await?)
}

/// How many applications are in each status.
pub async fn counts(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Vec<(ApplicationStatus, i64)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(store::status_counts(&mut tx, tenant, program).await?)
}

/// One application.
pub async fn get(app: &App, actor: &Actor, id: ApplicationId) -> Result<Application, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    load(&mut app.store.read().await?, tenant, id).await
}
