//! What handlers share.

use std::sync::Arc;

use comity_app::App;
use comity_tracking::server::Shedder;
use tokio::sync::watch;

use crate::extract::TrustedProxies;
use crate::limit::Limiter;

/// Appends figures in the Prometheus text format.
pub type Figures = dyn Fn(&mut String) + Send + Sync;

/// Settings of the web interface, fixed at start.
#[derive(Clone, Default)]
pub struct Options {
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// Settings that came from flags, environment or file, as (name, value), shown read-only.
    pub fixed_settings: Vec<(&'static str, String)>,
    /// Appends the counters of the redirect in this process to the metrics.
    pub hot_path: Option<Arc<Figures>>,
    /// Opens the metrics to readers elsewhere; without one only this machine reads them.
    pub metrics_token: Option<String>,
    /// Who is served when not everybody can be; shared with the redirect of this process.
    pub shedder: Shedder,
}

/// Cheap to clone; one per process.
#[derive(Clone)]
pub struct WebState {
    /// The use cases' context.
    pub app: App,
    /// Settings fixed at start.
    pub options: Arc<Options>,
    /// Token buckets.
    pub limiter: Arc<Limiter>,
    /// Turns true when the process is asked to stop.
    pub stopping: watch::Receiver<bool>,
}

impl WebState {
    /// State over an application. `stopping` turns true when the process should end.
    #[must_use]
    pub fn new(app: App, options: Options, stopping: watch::Receiver<bool>) -> Self {
        Self {
            app,
            options: Arc::new(options),
            limiter: Arc::new(Limiter::default()),
            stopping,
        }
    }

    /// Whether people reach us over TLS: cookies and headers get stricter.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.app.config.base_url.starts_with("https://")
    }
}
