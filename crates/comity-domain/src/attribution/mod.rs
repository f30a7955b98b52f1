//! Who brought this event about: the decision over touches, and reports over paths.

pub mod report;
