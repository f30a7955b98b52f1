//! The domain held against reference data.

mod attribution;
