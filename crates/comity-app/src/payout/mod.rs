//! Payouts: planned purely, approved by who may, fixed before anything is sent,
//! settled from what the bank says. Every step moves money by a journal.

mod account;
mod approve;
mod company;
mod drive;
mod hook;
mod method;
mod nacha;
mod payer;
mod plan;
mod read;
mod reconcile;
mod rules;
mod settle;
mod switch;
mod write_off;

pub use account::{
    AccountChange, rail_accounts, remove_rail_account, set_rail_account, test_rail_account,
};
pub use approve::{approve, cancel};
pub use comity_store::payout::drive::Queued;
pub use comity_store::payout::rail_account::{Heard as HeardSoFar, RailAccount};
pub use comity_store::payout::rules::Switch;
pub use comity_store::payout::write_off::WriteOff;
pub use comity_store::payout::{Batch, Filter, Method, Payout};
pub use company::{company, set_company};
pub use drive::{drive, drive_due};
pub use hook::{Heard, JOB as ASK_JOB, ask as ask_provider, hear};
pub use method::{MethodChange, set_method};
pub use nacha::{NachaSender, nacha_sender, set_nacha_sender};
pub use payer::{PayerAccount, payer_account, set_payer_account};
pub use plan::{Preview, create, preview};
pub use read::{batch, batches, driven, list, queue, queued};
pub use reconcile::{ReportOutcome, reconcile};
pub use rules::{ask, may_ask, program_rules, run_schedules, set_program_rules};
pub use settle::{Settlement, mark_sent, settle, settle_batch};
pub use switch::{resume, stop, switch};
pub use write_off::{Debt, ask_write_off, debt, debts, decide_write_off, write_offs};

use comity_domain::ledger::recipe::{self, PayoutPart, Stamp};
use comity_domain::payout::{LedgerMove, PayoutEvent};
use comity_domain::{Actor, Money, PartnerId};
use comity_store::payout as store;
use comity_store::{Tx, ledger};
use serde_json::json;

use crate::event::{Happened, emit};
use crate::{App, AppError};

fn part(payout: &Payout) -> PayoutPart {
    let nothing = Money::zero(payout.amount.currency);
    PayoutPart {
        enrollment: payout.enrollment,
        program: payout.program,
        gross: payout.amount,
        withheld: payout.withheld,
        fee: nothing,
    }
}

/// Takes one step of the protocol: state, journal and row together.
async fn step(
    tx: &mut Tx,
    app: &App,
    payout: &mut Payout,
    event: PayoutEvent,
) -> Result<LedgerMove, AppError> {
    let now = app.now();
    let (progress, moved) = payout
        .progress
        .after(event, now)
        .map_err(|_| AppError::Conflict("payout_wrong_state"))?;
    payout.progress = progress;
    payout.updated_at = now;
    store::update(tx, payout).await?;
    let (stamp, parts) = (
        Stamp {
            id: app.id(),
            at: now,
        },
        [part(payout)],
    );
    let journal = match moved {
        LedgerMove::None => return Ok(moved),
        LedgerMove::Intent => recipe::payout_intent(stamp, payout.id, &parts),
        LedgerMove::Paid => recipe::payout_paid(stamp, payout.id, &parts),
        LedgerMove::Failed => recipe::payout_failed(stamp, payout.id, &parts),
        LedgerMove::Returned => recipe::payout_returned(stamp, payout.id, &parts),
        LedgerMove::Recovered => recipe::payout_recovered(stamp, payout.id, &parts),
    };
    let journal = journal.map_err(|error| AppError::Internal(error.to_string()))?;
    ledger::post(tx, payout.tenant, &journal).await?;
    Ok(moved)
}

async fn tell(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    payout: &Payout,
    kind: &'static str,
) -> Result<(), AppError> {
    let partner: PartnerId = payout.partner;
    let happened = Happened {
        tenant: actor.tenant(),
        program: Some(payout.program),
        partner: Some(partner),
        kind,
        body: json!({
            "payout": payout.id, "partner": partner, "amount_minor": payout.amount.minor,
            "currency": payout.amount.currency, "reason": payout.failure,
        }),
    };
    emit(tx, app, &happened).await
}
