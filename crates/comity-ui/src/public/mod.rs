//! Pages for people who are not signed in.

pub mod apply;
pub mod gone;
pub mod landing;
pub mod session;
pub mod setup;
pub mod status;
pub mod terms;
pub mod unsubscribe;

use crate::sample::Sample;

/// Samples of all public pages.
pub(crate) fn samples() -> Vec<Sample> {
    [
        landing::samples(),
        status::samples(),
        gone::samples(),
        session::samples(),
        setup::samples(),
        terms::samples(),
        unsubscribe::samples(),
    ]
    .concat()
}
