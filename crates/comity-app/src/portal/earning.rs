//! The partner's commissions, and why each has its amount and state (invariant 3).

use comity_domain::attribution::PartnerTrace;
use comity_domain::commission::Explanation;
use comity_domain::{Actor, CommissionId, Money};
use comity_store::commission::{self as store, Commission, Filter, Listed};
use comity_store::event::{self, Event};
use comity_store::inquiry::{self, Inquiry};
use comity_store::program;

use super::{Here, acting};
use crate::attribution::stored_decision;
use crate::fx::{self, Conversion};
use crate::{App, AppError};

/// What the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// `pending`, `held`, `approved`, `paid`, `rejected`, `reversed`, or empty for all.
    pub state: String,
    /// Part of the order's id.
    pub find: String,
}

/// One commission with everything that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarningDetail {
    /// The commission.
    pub commission: Commission,
    /// The event; none for manual ones.
    pub event: Option<Event>,
    /// How it was computed; none for manual ones.
    pub explanation: Option<Explanation>,
    /// The version of the rules, when they computed it.
    pub rules_version: Option<i64>,
    /// The partner's part of the attribution decision.
    pub trace: Option<PartnerTrace>,
    /// Refunds, chargebacks and the like that followed, oldest first.
    pub followed_by: Vec<Event>,
    /// The partner's questions about it, oldest first.
    pub inquiries: Vec<Inquiry>,
    /// How the event's amount was converted, when it was in another currency.
    pub conversion: Option<Conversion>,
}

/// A page of the membership's commissions, newest first.
pub async fn earnings(
    app: &App,
    actor: &Actor,
    here: &Here,
    search: &Search,
    before: Option<CommissionId>,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let filter = Filter {
        enrollment: Some(here.enrollment.id),
        state: search.state.clone(),
        find: search.find.to_lowercase(),
        ..Filter::default()
    };
    Ok(store::page(&mut tx, tenant, &filter, before, limit).await?)
}

/// Net sums per state of the membership.
pub async fn sums(app: &App, actor: &Actor, here: &Here) -> Result<Vec<(String, Money)>, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let program = Some(here.program.id);
    let sums = store::state_sums(&mut tx, tenant, program, Some(here.enrollment.id)).await?;
    Ok(sums
        .into_iter()
        .map(|(state, _, sum)| (state, sum))
        .collect())
}

/// One commission of the acting partner.
pub async fn earning(
    app: &App,
    actor: &Actor,
    id: CommissionId,
) -> Result<EarningDetail, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let found = store::get(&mut tx, tenant, id).await?;
    let commission = found
        .filter(|commission| commission.partner == partner)
        .ok_or(AppError::NotFound("commission"))?;
    let mut detail = EarningDetail {
        event: None,
        explanation: serde_json::from_str(&commission.explain_json).ok(),
        rules_version: None,
        trace: None,
        followed_by: Vec::new(),
        inquiries: inquiry::of_commission(&mut tx, tenant, id).await?,
        conversion: None,
        commission,
    };
    if let Some(policy) = detail.commission.policy {
        let policy = program::policy(&mut tx, tenant, policy).await?;
        detail.rules_version = policy.map(|policy| policy.version);
    }
    if let Some(event) = detail.commission.event {
        detail.event = event::get(&mut tx, tenant, event).await?;
        detail.conversion = fx::conversion(&mut tx, tenant, event).await?;
        let decision = stored_decision(&mut tx, tenant, event).await?;
        detail.trace = decision.map(|decision| decision.seen_by(partner));
    }
    if let Some(event) = &detail.event {
        detail.followed_by = event::referring(&mut tx, tenant, event.program, event.id).await?;
    }
    Ok(detail)
}
