//! Groups and types of partners (E1, E2, E4, E5).

mod group;
mod kind;

pub use comity_store::segment::{Group, PartnerType};
pub use group::{create_group, delete_group, groups, update_group};
pub(crate) use kind::seed_types;
pub use kind::{NewType, create_type, types, update_type};
