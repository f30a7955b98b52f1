//! Telling the redirect's link table about changes.

use comity_domain::LinkId;

/// Hears of committed link changes, so that the redirect follows within a second
/// even before it polls the store.
pub trait LinkChanges: Send + Sync {
    /// These links were created or changed.
    fn changed(&self, links: &[LinkId]);
}

/// For processes without a redirect of their own.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLinkTable;

impl LinkChanges for NoLinkTable {
    fn changed(&self, _links: &[LinkId]) {}
}
