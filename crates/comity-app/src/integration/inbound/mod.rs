//! Signed messages of shops and billing systems: verified, kept, worked on, each once.

mod connection;
mod convert;
mod process;
mod proof;
mod receive;

pub use comity_store::inbox::Message;
pub use connection::{
    Kind, Listed, NewConnection, create, end_rotation, get, list, messages, rotate, set_paused,
};
pub use process::replay;
pub use receive::{Arrived, Outcome, receive};
