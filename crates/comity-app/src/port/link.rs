//! What the use cases need from the redirect in the same process.

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

/// Clicks that are on disk but not in the store yet.
pub trait ClickSource: Send + Sync {
    /// Ships what is there now, so that an event finds its click.
    fn catch_up(&self) -> super::Reply<'_, ()>;
}

impl ClickSource for NoLinkTable {
    fn catch_up(&self) -> super::Reply<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}
