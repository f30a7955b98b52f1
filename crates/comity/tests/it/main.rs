//! The binary as its users run it.

#[cfg(test)]
mod attribution;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod import;
#[cfg(test)]
mod operate;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod user;
