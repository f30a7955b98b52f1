//! Connections to the outside: mail, guarded HTTP, provider formats, the clock and randomness.

pub mod clock;
pub mod document;
pub mod http;
pub mod mail;
pub mod rail;
pub mod random;
