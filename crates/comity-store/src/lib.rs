//! SQL for SQLite and PostgreSQL: one portable text, executed through one small
//! backend enum. Repositories are plain functions `async fn f(tx: &mut Tx, …)`
//! grouped by area; every statement of a tenant's table takes the tenant first
//! (invariant 5).
//!
//! ```ignore
//! let mut tx = store.write().await?;
//! comity_store::program::insert(&mut tx, &program).await?;
//! tx.commit().await?;
//! ```

/// Names SQL constants and lists them all, so that one test can prepare every
/// statement on both engines.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*

        /// Every statement of this area.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// Arguments of a statement, in order: `args![tenant, id, name]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Arg::from($value)),*] };
}

mod backend;
mod migrate;

pub use backend::{Arg, Bulk, Class, Column, Row, Store, StoreError, Tx};
pub use migrate::Migrated;

pub mod agreement;
pub mod announcement;
pub mod api_key;
pub mod application;
pub mod audit;
pub mod badge;
pub mod catalog;
pub mod click;
pub mod commission;
pub mod connection;
pub mod cost;
pub mod customer;
pub mod delivery;
pub mod dip;
pub mod document;
pub mod edge;
pub mod endpoint;
pub mod event;
pub mod fraud;
pub mod fx;
pub mod idempotency;
pub mod import;
pub mod inbox;
pub mod inquiry;
pub mod installation;
pub mod job;
pub mod ledger;
pub mod link;
pub mod mail;
pub mod note;
pub mod nudge;
pub mod objective;
pub mod outbox;
pub mod partner;
pub mod payout;
pub mod perk;
pub mod program;
pub mod recruit;
pub mod referee;
pub mod result;
pub mod second_step;
pub mod segment;
pub mod session;
pub mod statement;
pub mod submitted_lead;
pub mod tax;
pub mod tenant;
pub mod testing;
pub mod tier;
pub mod transfer;
pub mod user;

/// The cursor of a list that runs from new to old: everything is before `None`.
fn before<T: Into<comity_domain::RawId>>(cursor: Option<T>) -> Arg {
    Arg::from(cursor.map_or(comity_domain::RawId([0xff; 16]), Into::into))
}

/// Every statement of every area, as (area, name, SQL).
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one line per list of statements: a table, not a procedure"
)]
pub fn all_statements() -> Vec<(&'static str, &'static str, &'static str)> {
    let areas: &[(&str, &[(&str, &str)])] = &[
        ("agreement", agreement::STATEMENTS),
        ("catalog", catalog::STATEMENTS),
        ("tier", tier::STATEMENTS),
        ("application", application::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("click", click::STATEMENTS),
        ("click", click::LISTED),
        ("commission", commission::STATEMENTS),
        ("commission", commission::TOTALS),
        ("commission", commission::PAID),
        ("commission", commission::DECIDED),
        ("commission", commission::DRAFTS),
        ("commission", commission::REPLAYS),
        ("connection", connection::STATEMENTS),
        ("cost", cost::STATEMENTS),
        ("cost", cost::SPENT),
        ("badge", badge::STATEMENTS),
        ("dip", dip::STATEMENTS),
        ("nudge", nudge::STATEMENTS),
        ("perk", perk::STATEMENTS),
        ("perk", perk::BOOK),
        ("recruit", recruit::STATEMENTS),
        ("referee", referee::STATEMENTS),
        ("customer", customer::STATEMENTS),
        ("delivery", delivery::STATEMENTS),
        ("document", document::STATEMENTS),
        ("tax", tax::STATEMENTS),
        ("edge", edge::STATEMENTS),
        ("endpoint", endpoint::STATEMENTS),
        ("import", import::STATEMENTS),
        ("inbox", inbox::STATEMENTS),
        ("event", event::STATEMENTS),
        ("fx", fx::STATEMENTS),
        ("fraud", fraud::CASES),
        ("fraud", fraud::ENTRIES),
        ("fraud", fraud::ASSESSMENTS),
        ("fraud", fraud::FACTS),
        ("fraud", fraud::FILES),
        ("ledger", ledger::STATEMENTS),
        ("installation", installation::STATEMENTS),
        ("inquiry", inquiry::STATEMENTS),
        ("job", job::STATEMENTS),
        ("link", link::STATEMENTS),
        ("note", note::STATEMENTS),
        ("objective", objective::STATEMENTS),
        ("result", result::STATEMENTS),
        ("outbox", outbox::STATEMENTS),
        ("partner", partner::STATEMENTS),
        ("partner", partner::SORTED),
        ("payout", payout::STATEMENTS),
        ("payout", payout::METHODS),
        ("payout", payout::drive::STATEMENTS),
        ("payout", payout::rail_account::STATEMENTS),
        ("payout", payout::rules::STATEMENTS),
        ("payout", payout::write_off::STATEMENTS),
        ("program", program::STATEMENTS),
        ("segment", segment::STATEMENTS),
        ("statement", statement::STATEMENTS),
        ("submitted_lead", submitted_lead::STATEMENTS),
        ("user", user::STATEMENTS),
        ("tenant", tenant::STATEMENTS),
        ("second_step", second_step::STATEMENTS),
        ("session", session::STATEMENTS),
        ("mail", mail::STATEMENTS),
        ("idempotency", idempotency::STATEMENTS),
        ("announcement", announcement::STATEMENTS),
        ("api_key", api_key::STATEMENTS),
    ];
    areas
        .iter()
        .flat_map(|(area, list)| list.iter().map(move |(name, sql)| (*area, *name, *sql)))
        .collect()
}
