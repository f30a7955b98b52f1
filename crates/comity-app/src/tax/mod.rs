//! Tax: what partners say of themselves, and what is kept back from their payouts.

mod profile;
mod rule;

pub use comity_domain::tax::{TaxProfile, TaxRule};
pub use profile::{own_profile, profile_of, profile_on, set_profile};
pub use rule::{rules, set_rule, withheld};
