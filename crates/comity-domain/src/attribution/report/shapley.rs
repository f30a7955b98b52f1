//! Shapley value of the game `v(S)` = conversions of the journeys that use only channels of `S`.
//!
//! That game is a sum of unanimity games, one per journey: a journey pays when
//! all its channels are in `S`. The Shapley value of a unanimity game is equal
//! shares among its members and the value is additive, so the exact result is
//! each journey divided equally over its distinct channels. No subset has to be
//! enumerated, and any number of channels takes time linear in the file.

use super::ChannelCredit;
use super::paths::PathData;

pub(super) fn credits(data: &PathData) -> Vec<ChannelCredit> {
    let mut credits = vec![ChannelCredit::default(); data.channels().len()];
    let mut members = Vec::new();
    for journey in data.journeys() {
        members.clear();
        members.extend_from_slice(&journey.steps);
        members.sort_unstable();
        members.dedup();
        let count = members.len() as f64;
        for &member in &members {
            credits[member].conversions += journey.conversions / count;
            credits[member].value += journey.value / count;
        }
    }
    credits
}
