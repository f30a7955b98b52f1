//! Stripe webhooks: checkout, invoices, refunds, disputes, customers, subscriptions.

mod charge;
mod checkout;
mod envelope;
mod invoice;
mod object;
mod subscription;

pub use envelope::{DeliveryKeys, delivery_keys, normalise};
