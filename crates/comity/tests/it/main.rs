//! The binary as its users run it.

#[cfg(test)]
mod attribution;
#[cfg(test)]
mod import;
#[cfg(test)]
mod scene;
