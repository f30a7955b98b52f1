//! Where the partner stands towards the program's terms (D4, I1).

use comity_domain::Actor;
use comity_domain::attribution::{AttributionPolicy, PlainRule, plain_rule};
use comity_domain::time::Timestamp;
use comity_store::program::{self as store, Terms};

use super::{Here, acting};
use crate::{App, AppError};

/// The terms and their acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The newest version; none before the first one.
    pub terms: Option<Terms>,
    /// When the partner accepted it.
    pub accepted_at: Option<Timestamp>,
    /// How sales are credited at present.
    pub rule: Option<PlainRule>,
}

/// The newest terms of the program, and whether the partner accepted them.
pub async fn standing(app: &App, actor: &Actor, here: &Here) -> Result<Standing, AppError> {
    let (tenant, partner) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let id = here.program.id;
    let terms = store::current_terms(&mut tx, tenant, id).await?;
    let accepted_at = match &terms {
        Some(terms) => store::accepted_at(&mut tx, tenant, terms.id, partner).await?,
        None => None,
    };
    let policy = store::current_policy(&mut tx, tenant, id, "attribution").await?;
    let policy = policy.and_then(|policy| AttributionPolicy::from_json(&policy.body_json).ok());
    Ok(Standing {
        terms,
        accepted_at,
        rule: policy.as_ref().map(plain_rule),
    })
}
