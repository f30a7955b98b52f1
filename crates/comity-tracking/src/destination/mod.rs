//! Where a visitor is sent: the stored destination, deep links, parameters.

mod allow;
mod compose;
mod deep;

pub use allow::{AllowError, AllowList};
pub use compose::{Macros, compose};
pub use deep::{DestinationError, Refusal, deep_link, normalise, signed_link};
