//! A draft over past events: what it would have cost, who would have won and lost (H12, X3).

use comity_domain::commission::{Facts, Outcome, PastEvent, Replay, ReplayReport, RuleSet};
use comity_domain::program::Program;
use comity_domain::{Actor, Currency, Money, Permission, ProgramId, TenantId, Timestamp};
use comity_store::commission::decided::{self, Decided, Place};

use crate::{App, AppError, authorise, program};

/// Decisions read at once: small enough that progress is seen and stopping is quick.
const PAGE: i64 = 2_000;

/// Which past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// The program.
    pub program: ProgramId,
    /// The start of the period, inside.
    pub from: Timestamp,
    /// The end of the period, outside.
    pub to: Timestamp,
}

/// How far a simulation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events decided until now.
    pub done: i64,
    /// Events of the period.
    pub total: i64,
}

/// Decides every credited event of the period under `draft`, in the order of time and
/// with memory for one page of events. `watch` is told after each page and answers
/// whether to go on; when it says no, the report covers what was decided until then.
pub async fn replay(
    app: &App,
    actor: &Actor,
    past: Past,
    draft: &RuleSet,
    mut watch: impl FnMut(Progress) -> bool,
) -> Result<ReplayReport, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let mut walk = Walk::new(app, tenant, past, draft).await?;
    while let Some(progress) = walk.page(app).await? {
        if !watch(progress) {
            break;
        }
    }
    Ok(walk.finish())
}

/// The first and the last instant of which a program has decided events.
pub async fn span(
    app: &App,
    actor: &Actor,
    program: ProgramId,
) -> Result<Option<(Timestamp, Timestamp)>, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(decided::span(&mut tx, tenant, program).await?)
}

/// A simulation under way.
pub(super) struct Walk<'a> {
    tenant: TenantId,
    past: Past,
    currency: Currency,
    replay: Replay<'a>,
    place: Place,
    progress: Progress,
}

impl<'a> Walk<'a> {
    pub(super) async fn new(
        app: &App,
        tenant: TenantId,
        past: Past,
        draft: &'a RuleSet,
    ) -> Result<Self, AppError> {
        let mut tx = app.store.read().await?;
        let program: Program = program::load(&mut tx, tenant, past.program).await?;
        let period = (past.from, past.to);
        let total = decided::count(&mut tx, tenant, past.program, period).await?;
        Ok(Self {
            tenant,
            past,
            currency: program.currency,
            replay: Replay::new(draft, program.currency),
            place: Place::at(past.from),
            progress: Progress { done: 0, total },
        })
    }

    /// Decides the next page; nothing when all is done.
    pub(super) async fn page(&mut self, app: &App) -> Result<Option<Progress>, AppError> {
        let rows = self.rows(app).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        for row in rows {
            self.decide(row)?;
        }
        Ok(Some(self.progress))
    }

    /// The next events, not decided yet.
    pub(super) async fn rows(&mut self, app: &App) -> Result<Vec<Decided>, AppError> {
        let mut tx = app.store.read().await?;
        let (tenant, past) = (self.tenant, self.past);
        let rows =
            decided::page(&mut tx, tenant, past.program, (self.place, past.to), PAGE).await?;
        drop(tx);
        if let Some(last) = rows.last() {
            self.place = Place::behind(last);
        }
        Ok(rows)
    }

    /// Decides one event under the draft.
    pub(super) fn decide(&mut self, row: Decided) -> Result<Outcome, AppError> {
        let event = past_event(row, self.currency)?;
        let outcome = self.replay.push(event).map_err(|error| {
            tracing::info!("a simulation stopped: {error}");
            AppError::Conflict("rules_cannot_decide")
        })?;
        self.progress.done += 1;
        self.progress.total = self.progress.total.max(self.progress.done);
        Ok(outcome)
    }

    pub(super) const fn progress(&self) -> Progress {
        self.progress
    }

    pub(super) fn finish(self) -> ReplayReport {
        self.replay.finish()
    }
}

fn past_event(row: Decided, currency: Currency) -> Result<PastEvent, AppError> {
    let facts: Facts = serde_json::from_str(&row.facts_json)
        .map_err(|error| AppError::Internal(format!("stored facts do not read back: {error}")))?;
    Ok(PastEvent {
        partner: row.partner,
        customer: row.customer,
        facts,
        paid: Money::new(row.cost_minor, currency),
    })
}
