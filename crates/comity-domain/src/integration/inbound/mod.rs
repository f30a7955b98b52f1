//! Signed messages of shops and billing systems, and the events they mean.
//!
//! First [`verify`] on the raw bytes, then one of the normalisers ([`stripe::normalise`],
//! [`shopify::normalise`], [`woocommerce::normalise`], [`postback::normalise`]). All are pure:
//! headers, body, secrets and the time of receipt are parameters. Order does not matter: an event
//! names itself (`kind` and `external_id`) and what it refers to, [`merge`] joins two messages
//! about one event, and [`RefundTotals`] is a fold over a set, so the same set of messages gives
//! the same books whatever the sequence (reliability goal R3).

mod event;
mod field;
mod merge;
pub mod postback;
mod refund;
pub mod shopify;
pub mod stripe;
pub mod verify;
pub mod woocommerce;

pub use event::{
    Basis, Customer, Figures, Ignored, IncomingEvent, Item, Kind, Normalised, Options,
};
pub(crate) use field::decimal;
pub use field::{NormaliseError, Problem};
pub use merge::{Merged, merge};
pub use refund::{KnownSale, RefundTotals, Reversal, sale_by_amount};

#[cfg(test)]
mod tests;
