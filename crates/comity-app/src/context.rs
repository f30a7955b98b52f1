//! What every use case is given: the store, the ports, the configuration.

use std::sync::Arc;

use comity_domain::tracking::AddressKeys;
use comity_domain::{Actor, Permission, RawId, TenantId, Timestamp};
use comity_store::Store;
use tokio::sync::broadcast;

use crate::error::AppError;
use crate::port::{
    ClickSource, Clock, HttpSender, LinkChanges, Mailer, Papers, PaymentFiles, PayoutProviders,
    Random,
};

/// How many live events a slow reader may fall behind before it skips some.
const LIVE_BACKLOG: usize = 256;

/// Settings fixed at start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where people reach the web interface: scheme, host, port; no trailing slash.
    pub base_url: String,
    /// Where links live: the redirect host; no trailing slash.
    pub redirect_url: String,
    /// Key for hashes that must not be guessable (addresses, signed links).
    pub secret: [u8; 32],
    /// After so many days addresses are hashed under another key; 0 for never.
    pub address_key_days: u16,
}

impl Config {
    /// The keys under which network addresses are hashed, the same in every process.
    #[must_use]
    pub const fn address_keys(&self) -> AddressKeys {
        AddressKeys::new(self.secret, self.address_key_days)
    }
}

/// A sign of life for open pages: something of this organisation changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Whose pages should look.
    pub tenant: TenantId,
    /// What happened, as in `click`, `sale`, `application`.
    pub kind: &'static str,
}

/// The application: everything a use case may touch. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// Settings fixed at start.
    pub config: Arc<Config>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Mail.
    pub mailer: Arc<dyn Mailer>,
    /// Outbound HTTP.
    pub http: Arc<dyn HttpSender>,
    /// The redirect's link table.
    pub links: Arc<dyn LinkChanges>,
    /// The redirect's clicks that are not shipped yet.
    pub clicks: Arc<dyn ClickSource>,
    /// Payment files for banks, and their reports.
    pub files: Arc<dyn PaymentFiles>,
    /// Papers to keep.
    pub papers: Arc<dyn Papers>,
    /// Payment providers.
    pub providers: Arc<dyn PayoutProviders>,
    /// Signs of life for open pages.
    pub live: broadcast::Sender<Live>,
}

impl App {
    /// A channel of the right size for [`App::live`].
    #[must_use]
    pub fn live_channel() -> broadcast::Sender<Live> {
        broadcast::channel(LIVE_BACKLOG).0
    }

    /// The current instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A fresh id of the wanted kind.
    #[must_use]
    pub fn id<T: From<RawId>>(&self) -> T {
        T::from(self.random.id(self.clock.now()))
    }

    /// 32 unpredictable bytes, for tokens.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        bytes
    }

    /// Tells open pages of the organisation that something happened.
    pub fn announce(&self, tenant: TenantId, kind: &'static str) {
        // Nobody listening is fine.
        let _ = self.live.send(Live { tenant, kind });
    }
}

/// Refuses actors without the permission. The first line of a use case.
pub fn authorise(actor: &Actor, permission: Permission) -> Result<TenantId, AppError> {
    if actor.may(permission) {
        Ok(actor.tenant())
    } else {
        Err(AppError::Forbidden)
    }
}
