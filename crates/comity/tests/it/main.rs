//! The binary as its users run it.

#[cfg(test)]
mod attribution;
