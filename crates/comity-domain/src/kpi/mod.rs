//! Key figures: every ratio of the product is computed here, and nowhere else.
//!
//! Stores give counts and sums, these functions give figures. A figure that has
//! nothing to divide by is `None`, never zero. Rates are in hundredths of a percent
//! as `i64`, because they can be negative or over 100 %.

mod activity;
mod baseline;
mod cac;
mod concentration;
mod cost;
mod definition;
mod dip;
mod quality;
mod ratio;
mod roi;
mod traffic;

pub use activity::{
    ACTIVITY_WINDOWS, Acquisition, acquisition_rate, activity_rate, activity_rates,
};
pub use baseline::{Baseline, median};
pub use cac::{
    AllowableCac, CacAction, CacDecision, CacGuard, CacReason, CacState, cac_forecast, decide_cac,
};
pub use concentration::{Concentration, concentration, earnings_per_active};
pub use cost::{CostKind, Costs, prorated};
pub use definition::{Better, Kpi, Unit};
pub use dip::{Dip, DipPolicy, detect_dip};
pub use quality::{ChannelTotals, Quality, quality};
pub use ratio::{ratio_bps, share_bps};
pub use roi::program_roi;
pub use traffic::{average_order, conversion_rate, earnings_per_click};
