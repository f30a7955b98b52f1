//! Signed messages of shops and billing systems, and the events they mean.
//!
//! First `verify` on the raw bytes, then `normalise`. Both are pure: headers, body, secrets and
//! the time of receipt are parameters. Order does not matter: an event names itself
//! (`kind` + `external_id`) and what it refers to, so the same set of messages gives the same
//! books whatever the sequence (requirement R3 of the reliability page).

pub mod verify;
