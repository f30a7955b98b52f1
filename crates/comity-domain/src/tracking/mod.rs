//! Values of the tracking path: what happened, through which link, with which sub-ids.

mod address;
mod event_kind;
mod hint;
mod slug;
mod sub_ids;
mod text;

pub(crate) use text::serde_as_text;

pub use address::{AddressKey, AddressKeys};
pub use event_kind::{ActionName, ActionNameError, EventKind};
pub use hint::{Hint, HintSource};
pub use slug::{LinkSlug, SlugError};
pub use sub_ids::{SubIdError, SubIds};
