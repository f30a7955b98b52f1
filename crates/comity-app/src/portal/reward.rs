//! What a partner has beside money: perks, badges, and partners they brought.

use std::collections::BTreeMap;

use comity_domain::Actor;
use comity_domain::commission::{Beneficiary, RewardSpec, RuleSet};
use comity_domain::ledger::perk::{PerkPlace, PerkUnit};
use comity_domain::money::Bps;
use comity_store::perk::{self, Filter, Listed};
use comity_store::{program, recruit};

use super::{Here, acting};
use crate::recognition::{Progress, progress_of};
use crate::{App, AppError};

/// Grants shown; older ones are in the export.
const MOST: i64 = 100;

/// Units of one perk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// The perk's name, or its unit.
    pub name: String,
    /// What it is, or empty.
    pub description: String,
    /// Given, not received yet.
    pub open: i64,
    /// Received.
    pub received: i64,
}

/// Partners a partner brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recruiting {
    /// What applicants follow.
    pub link: String,
    /// How many came.
    pub count: i64,
    /// The share of what they earn, when the rules give one.
    pub rate: Option<Bps>,
}

/// Everything beside money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewards {
    /// Units by perk.
    pub units: Vec<Units>,
    /// Grants, newest first.
    pub history: Vec<Listed>,
    /// Badges, earned and to earn.
    pub badges: Vec<Progress>,
    /// Recruiting, when the program rewards it.
    pub recruiting: Option<Recruiting>,
}

impl Rewards {
    /// There is nothing to show and nothing to get.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.history.is_empty() && self.badges.is_empty() && self.recruiting.is_none()
    }
}

/// What the partner has beside money.
pub async fn rewards(app: &App, actor: &Actor, here: &Here) -> Result<Rewards, AppError> {
    let (tenant, _) = acting(actor)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let enrollment = &here.enrollment;
    let filter = Filter {
        enrollment: Some(enrollment.id),
        ..Filter::default()
    };
    let mut units: BTreeMap<PerkUnit, Units> = BTreeMap::new();
    for (unit, place, count) in perk::balances(tx, tenant, enrollment.id).await? {
        let known = perk::by_unit(tx, (tenant, here.program.id), &unit).await?;
        let (name, description) = known.map_or_else(
            || (unit.as_str().to_owned(), String::new()),
            |perk| (perk.name, perk.description),
        );
        let entry = units.entry(unit).or_insert(Units {
            name,
            description,
            open: 0,
            received: 0,
        });
        match place {
            PerkPlace::Open => entry.open = count,
            PerkPlace::Fulfilled => entry.received = count,
            PerkPlace::Program => {}
        }
    }
    let rate = recruiter_rate(tx, here).await?;
    let count = recruit::recruited(tx, tenant, enrollment.id).await?;
    let recruiting =
        (rate.is_some() && enrollment.status.earns() || count > 0).then(|| Recruiting {
            link: format!(
                "{}/p/{}?by={}",
                app.config.base_url, here.program.slug, enrollment.id
            ),
            count,
            rate,
        });
    Ok(Rewards {
        units: units.into_values().collect(),
        history: perk::grants(tx, tenant, &filter, None, MOST).await?,
        badges: progress_of(tx, enrollment, app.now()).await?,
        recruiting,
    })
}

/// The share a recruiter gets under the rules in force.
async fn recruiter_rate(tx: &mut comity_store::Tx, here: &Here) -> Result<Option<Bps>, AppError> {
    let of = &here.program;
    let policy = program::current_policy(tx, of.tenant, of.id, "commission").await?;
    let set: RuleSet = policy
        .and_then(|policy| serde_json::from_str(&policy.body_json).ok())
        .unwrap_or_default();
    Ok(set.rules.iter().find_map(|rule| match rule.reward {
        RewardSpec::ShareOfCommission(rate) if rule.to == Beneficiary::Recruiter => Some(rate),
        _ => None,
    }))
}
