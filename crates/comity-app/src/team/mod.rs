//! The people of an organisation: the first one, invitations, roles, their own accounts.

mod account;
mod change;
mod invite;
mod setup;

pub use account::{change_password, save_profile, second_step_off, second_step_on};
pub use change::{Change, change, list, set_password};
pub use comity_store::user::User;
pub use invite::{Accept, Invitation, NewMember, accept, enrol, invitation, invite};
pub use setup::{Setup, Started, first_clicks, first_link, setup, setup_allowed, setup_token};
