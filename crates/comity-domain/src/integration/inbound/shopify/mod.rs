//! Shopify webhooks: orders, refunds, customers.

mod order;
mod refund;
mod topic;

pub use topic::{delivery_key, normalise};
