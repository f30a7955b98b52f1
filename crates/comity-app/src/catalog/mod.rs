//! Products of the brand: a list for people and shops, and what rules may name (L8).

mod import;
mod known;
mod learn;
mod read;
mod write;

pub use comity_store::catalog::{Filter, Product};
pub use import::{Imported, import};
pub(crate) use known::known;
pub(crate) use learn::learn;
pub use read::{categories, get, list};
pub use write::{NewProduct, archive, change, create, restore};
