//! A click: what is known about one visit, and its bytes in the spool.

mod address;
mod encoding;
mod record;

pub use address::{Network, Origin};
pub use comity_domain::tracking::AddressKey;
pub use encoding::{decode, encode};
pub use record::{Channel, Class, Click, Consent, Leads, Utm, Verdict};
