//! Settings of the organisation.

pub mod audit;
pub mod brand;
pub mod domain;
pub mod key;
pub mod outbox;
pub mod rates;
pub mod team;

use crate::sample::Sample;

/// Samples of the settings.
pub(crate) fn samples() -> Vec<Sample> {
    [
        brand::samples(),
        domain::samples(),
        team::samples(),
        key::samples(),
        outbox::samples(),
        audit::samples(),
        rates::samples(),
    ]
    .concat()
}
