//! Payouts: who is due, the runs, one run, and the account that pays.

mod batch;
mod debt;
mod document;
mod due;
mod nacha;
mod payer;
mod provider;
mod rules;
mod sample;
mod stop;

pub use batch::{BatchView, Payment, batch};
pub use debt::{DebtRow, Debts, WriteOffRow, debts, give_up};
pub use document::{DocumentRow, Documents, Tax, TaxRuleRow, documents, tax};
pub use due::{Due, DueRow, RunRow, SkippedRow, due};
pub use nacha::nacha;
pub use payer::payer;
pub use provider::{
    Attention, AttentionRow, Messages, ProviderRow, ProviderSet, Providers, attention, providers,
};
pub use rules::{Rules, rules};
pub(crate) use sample::samples;
pub use stop::{Stopped, stop_card, stopped_banner};
