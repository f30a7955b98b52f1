//! Signature checks on raw bytes, one module per scheme.
//!
//! Comparison is in constant time. Every scheme takes several secrets, so a secret can be rotated
//! without losing a message.

mod commerce;
pub mod postback;
mod proof;
pub mod standard;
mod stripe;

pub use commerce::{WooDelivery, shopify, woocommerce};
pub use proof::{Signed, TOLERANCE_SECONDS, VerifyError};
pub use stripe::stripe;

#[cfg(test)]
mod tests;
