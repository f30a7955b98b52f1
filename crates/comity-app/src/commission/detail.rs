//! One commission with everything that explains it (invariant 3).

use comity_domain::attribution::Decision;
use comity_domain::commission::Explanation;
use comity_domain::{Actor, CommissionId, Money, PayoutBatchId, Permission, ProgramId, TenantId};
use comity_store::commission::{self as store, Commission};
use comity_store::customer::{self, Customer};
use comity_store::event::{self, Event};
use comity_store::ledger::{self, Booked};
use comity_store::{Tx, partner, payout, program};

use crate::attribution::stored_decision;
use crate::fx::{self, Conversion};
use crate::{App, AppError, authorise};

/// What journals of a commission are called in their posting keys.
const JOURNALS: [&str; 8] = [
    "accrue",
    "adjust",
    "hold",
    "reinstate",
    "reject",
    "release",
    "restore",
    "reverse",
];

/// A commission, its causes and its consequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The commission.
    pub commission: Commission,
    /// The partner's name.
    pub partner_name: String,
    /// The program's name.
    pub program_name: String,
    /// How it was computed; none for manual ones.
    pub explanation: Option<Explanation>,
    /// The version of the rules that computed it.
    pub rules_version: Option<i64>,
    /// The event; none for manual ones.
    pub event: Option<Event>,
    /// Who was credited for it, and why.
    pub decision: Option<Decision>,
    /// From whom.
    pub customer: Option<Customer>,
    /// The batch of the payout it belongs to.
    pub batch: Option<PayoutBatchId>,
    /// What was booked, oldest first.
    pub booked: Vec<Booked>,
    /// How the event's amount was converted, when it was in another currency.
    pub conversion: Option<Conversion>,
}

/// One commission with its causes and consequences.
pub async fn detail(app: &App, actor: &Actor, id: CommissionId) -> Result<Detail, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    let tx = &mut tx;
    let commission = store::get(tx, tenant, id)
        .await?
        .ok_or(AppError::NotFound("commission"))?;
    let policy = match commission.policy {
        Some(id) => program::policy(tx, tenant, id).await?,
        None => None,
    };
    let (event, decision) = match commission.event {
        Some(id) => (
            event::get(tx, tenant, id).await?,
            stored_decision(tx, tenant, id).await?,
        ),
        None => (None, None),
    };
    let conversion = match commission.event {
        Some(id) => fx::conversion(tx, tenant, id).await?,
        None => None,
    };
    let customer = match commission.customer {
        Some(id) => customer::get(tx, tenant, id).await?,
        None => None,
    };
    let payout = match commission.payout {
        Some(id) => payout::get(tx, tenant, id).await?,
        None => None,
    };
    let partner = partner::get(tx, tenant, commission.partner).await?;
    let of = program::get(tx, tenant, commission.program).await?;
    Ok(Detail {
        partner_name: partner.map(|partner| partner.name).unwrap_or_default(),
        program_name: of.map(|program| program.name).unwrap_or_default(),
        explanation: serde_json::from_str(&commission.explain_json).ok(),
        rules_version: policy.map(|policy| policy.version),
        batch: payout.map(|payout| payout.batch),
        booked: booked(tx, tenant, id).await?,
        conversion,
        event,
        decision,
        customer,
        commission,
    })
}

async fn booked(tx: &mut Tx, tenant: TenantId, id: CommissionId) -> Result<Vec<Booked>, AppError> {
    let mut lines = Vec::new();
    for verb in JOURNALS {
        // Keys are `verb/id` or `verb/id/step`; `0` is the character after `/`.
        let (from, to) = (format!("{verb}/{id}"), format!("{verb}/{id}0"));
        lines.extend(ledger::keyed(tx, tenant, &from, &to).await?);
    }
    lines.sort_by_key(|line| line.at);
    Ok(lines)
}

/// Number and net sum per state, and how many are held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// State by code, number, net sum; one entry per currency.
    pub states: Vec<(String, i64, Money)>,
    /// Held for more than the refund period.
    pub held: i64,
}

/// How many commissions are in each state.
pub async fn counts(
    app: &App,
    actor: &Actor,
    program: Option<ProgramId>,
) -> Result<Counts, AppError> {
    let tenant = authorise(actor, Permission::View)?;
    let mut tx = app.store.read().await?;
    Ok(Counts {
        states: store::state_sums(&mut tx, tenant, program, None).await?,
        held: store::held(&mut tx, tenant, program).await?,
    })
}
