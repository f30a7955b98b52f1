//! Webhooks to subscribers: every event to every endpoint that wants it, signed, repeated until
//! it arrives or the schedule ends.

mod delivery;
mod endpoint;
mod send;

pub use comity_store::endpoint::Endpoint;
pub use delivery::{deliveries, fan_out, replay};
pub use endpoint::{
    KINDS, NewEndpoint, create, end_rotation, get, list, rotate, send_test, set_paused,
};
pub use send::deliver;
