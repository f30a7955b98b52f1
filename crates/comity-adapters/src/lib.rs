//! Connections to the outside: mail, guarded HTTP, provider formats.
