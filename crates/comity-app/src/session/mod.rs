//! Signing in and out: passwords, second steps, links by mail, sessions, API keys.
//!
//! Team members and partners share the mechanism. A session is 32 random bytes in a
//! cookie; the database keeps their SHA-256. Sensitive acts ask for a fresh proof of
//! presence ([`require_recent`]).

mod end;
mod key;
mod link;
mod login;
mod open;
pub mod password;
mod reauth;
mod resolve;
mod second_step;
mod send_link;
mod token;
mod totp;
mod view_as;

pub use comity_store::session::{LoginToken, Session, Subject};
pub use end::{end, end_others, end_own, list, prune};
pub use key::resolve_key;
pub use link::{LinkPurpose, create_link, peek_link, use_link};
pub use login::{Login, login};
pub(crate) use open::open_full;
pub use open::{Client, Opened, Stage};
pub use reauth::{reauthenticate, require_recent};
pub use resolve::{Signed, resolve};
pub use second_step::verify_second_step;
pub use send_link::send_link;
pub(crate) use token::fresh;
pub use token::{hash, normalise_email};
pub use totp::{Enrolment, accepts, new_secret, provisioning_uri, recovery_codes};
pub use view_as::view_as;
