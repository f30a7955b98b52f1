//! The domain held against reference data.

#[cfg(test)]
mod attribution;
