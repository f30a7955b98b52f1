//! A click: what is known about one visit, and its bytes in the spool.

mod address;
mod encoding;
mod record;

pub use address::{AddressKey, Network, Origin};
pub use encoding::{decode, encode};
pub use record::{Channel, Class, Click, Consent, Leads, Utm, Verdict};
