//! Pages of the team.

pub mod agreement;
pub mod announcement;
pub mod application;
pub mod catalog;
pub mod commission;
pub mod dormant;
pub mod economics;
pub mod inquiry;
pub mod link;
pub mod objective;
pub mod overview;
pub mod partner;
pub mod partner_detail;
pub mod partner_edit;
pub mod payout;
pub mod program;
pub mod program_detail;
pub mod program_form;
pub mod program_funnel;
pub mod reward;
pub mod risk;
pub mod rule;
pub mod segment;
pub mod tracking;

use crate::sample::Sample;

/// Every page with sample data.
pub(crate) fn samples() -> Vec<Sample> {
    [
        agreement::samples(),
        announcement::samples(),
        application::samples(),
        catalog::samples(),
        commission::samples(),
        inquiry::samples(),
        dormant::samples(),
        economics::samples(),
        link::samples(),
        objective::samples(),
        overview::samples(),
        partner::samples(),
        partner_detail::samples(),
        partner_edit::samples(),
        payout::samples(),
        program::samples(),
        program_detail::samples(),
        reward::samples(),
        program_form::samples(),
        program_funnel::samples(),
        risk::samples(),
        rule::samples(),
        segment::samples(),
        tracking::samples(),
    ]
    .concat()
}
