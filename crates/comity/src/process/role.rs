//! What one process does of the whole.

use clap::ValueEnum;

/// A part of the product that may run in a process of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// The web interface and the API.
    Web,
    /// The redirect host and the collectors, with a spool of their own.
    Edge,
    /// Background work: jobs, mails, payouts, hold periods.
    Worker,
}

impl Role {
    /// Everything in one process.
    pub const ALL: [Self; 3] = [Self::Web, Self::Edge, Self::Worker];
}
