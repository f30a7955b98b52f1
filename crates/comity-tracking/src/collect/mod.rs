//! What `comity.js` and pixels on the brand's pages post to, and the script itself.
//!
//! Anybody can write what a browser sends, so an event from here is a hint: it
//! is checked field by field, made durable in the spool, and only then
//! acknowledged; what it is worth is decided behind the store, by the program's
//! settings. Only pages of the program's own sites are heard.

mod answer;
mod collector;
mod rate;
mod read;
mod record;
mod refusal;

pub(crate) use collector::{Asker, Collector, Route};
pub use record::HintRecord;
pub(crate) use record::{decode, encode, is_hint};
pub use refusal::Refusal;
