//! The Comity binary.

fn main() {}
