//! Recognition beyond money: perks with a book of their own, and badges that unlock them (H10).

mod badge;
mod dormant;
mod grant;
mod perk;
mod settle;

pub use badge::{NewBadge, Progress, badges, change_badge, create_badge, look_again, progress};
pub use comity_store::badge::Badge;
pub use comity_store::nudge::Dormant;
pub use comity_store::perk::{Filter, Grant, Listed, Perk};
pub use dormant::{dormant, nudge_dormant, set_nudge, silence};
pub use grant::{Act, GrantDetail, act, give, grant, grants, status_counts};
pub use perk::{NewPerk, change_perk, create_perk, perks};

pub(crate) use badge::{award, follow, progress_of};
pub(crate) use grant::{Gift, hand_out};
pub(crate) use perk::unit_of;
pub(crate) use settle::settle;
