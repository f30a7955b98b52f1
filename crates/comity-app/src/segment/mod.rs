//! Groups, types and tiers of partners (E1–E5).

mod group;
mod kind;
mod tier;

pub use comity_store::segment::{Group, PartnerType};
pub use group::{create_group, delete_group, group, groups, update_group};
pub(crate) use kind::seed_types;
pub use kind::{NewType, create_type, partner_type, types, update_type};
pub(crate) use tier::standing;
pub use tier::{NewTier, Standing, change_tier, create_tier, give_tier, remove_tier, tier, tiers};
