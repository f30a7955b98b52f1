//! Other systems: what they send, what they are told, what is brought over from them.

pub mod inbound;
