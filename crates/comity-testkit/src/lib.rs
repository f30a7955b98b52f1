//! Test support: fakes, factories, databases.
