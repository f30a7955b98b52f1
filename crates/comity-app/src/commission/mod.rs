//! Commissions: booked from decisions, changed only through their state machine,
//! each change with its journal.

mod accrue;
mod again;
mod bonus;
mod book;
mod change;
pub mod correct;
mod counter;
mod detail;
pub mod draft;
mod facts;
mod give;
mod guard;
mod instalment;
mod read;
mod referee;
mod release;
mod replay;
mod reverse;
pub mod simulation;

pub use accrue::{Matter, accrue};
pub(crate) use again::{Cause, order_changed};
pub(crate) use bonus::idle_bonus;
pub use change::{Act, act};
pub use comity_store::commission::{Commission, Filter, Listed};
pub use comity_store::ledger::Booked;
pub use comity_store::referee::{Filter as RefereeFilter, Listed as RefereeListed};
pub(crate) use counter::{Whose, total};
pub use detail::{Counts, Detail, counts, detail};
pub use instalment::book_instalments;
pub use read::{get, list};
pub(crate) use referee::tell_referee;
pub use referee::{RefereeAct, act_on_referee, referee_rewards};
pub use release::release_due;
pub use replay::{Past, Progress, replay, span};
pub use reverse::{Undo, reverse_to};

use comity_domain::ledger::lifecycle::{Change, Movement};
use comity_domain::ledger::recipe::{self, Earning, Stamp};
use comity_domain::ledger::{Cost, Journal, LedgerError};
use comity_domain::{EventId, Timestamp};
use comity_store::{Tx, ledger};

use crate::{App, AppError};

fn earning(commission: &Commission) -> Earning {
    let cost = match commission.kind.as_str() {
        "bonus" => Cost::Bonus,
        "instalment" => Cost::Instalment,
        "adjustment" => Cost::Adjustment,
        _ => Cost::Commission,
    };
    Earning {
        commission: commission.id,
        enrollment: commission.enrollment,
        program: commission.program,
        cost,
        event: commission.event,
    }
}

fn stamp(app: &App, at: Timestamp) -> Stamp {
    Stamp { id: app.id(), at }
}

fn broken(error: LedgerError) -> AppError {
    AppError::Internal(error.to_string())
}

/// Posts the journal a change of a commission needs.
async fn post_movement(
    tx: &mut Tx,
    app: &App,
    commission: &Commission,
    movement: Movement,
    cause: Option<EventId>,
) -> Result<(), AppError> {
    let (earning, step) = (earning(commission), commission.book.step);
    let stamp = stamp(app, app.now());
    let journal: Result<Journal, LedgerError> = match movement {
        Movement::None => return Ok(()),
        Movement::Release(amount) => recipe::release(stamp, &earning, amount, step),
        Movement::Hold(amount) => recipe::hold(stamp, &earning, amount, step),
        Movement::Reject(amount, bucket) => recipe::reject(stamp, &earning, amount, bucket, step),
        Movement::Reinstate(amount) => recipe::reinstate(stamp, &earning, amount, step),
        Movement::Reverse(amount, bucket) => {
            let cause =
                cause.ok_or_else(|| AppError::Internal("a reversal needs its event".to_owned()))?;
            recipe::reverse(stamp, &earning, amount, bucket, cause)
        }
        Movement::Restore(amount, bucket) => {
            let cause = cause
                .ok_or_else(|| AppError::Internal("a restoration needs its event".to_owned()))?;
            recipe::restore(stamp, &earning, amount, bucket, cause)
        }
    };
    ledger::post(tx, commission.tenant, &journal.map_err(broken)?).await?;
    Ok(())
}

/// Changes a commission with the journal it needs; the caller stores the row.
pub(crate) async fn apply(
    tx: &mut Tx,
    app: &App,
    commission: &mut Commission,
    change: Change,
) -> Result<(), AppError> {
    let (book, movement) = commission.book.after(change).map_err(change::refused)?;
    commission.book = book;
    post_movement(tx, app, commission, movement, None).await
}
