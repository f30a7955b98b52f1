//! What the redirect knows of a link and of its program.

use comity_domain::{EnrollmentId, LinkId, PartnerId, ProgramId, TenantId, Timestamp};

use crate::destination::AllowList;

/// How a link is addressed: its slug, in a custom domain's name space or in
/// the one shared by all domains without links of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkKey {
    /// Custom domain, lower case, without port; `None` for the shared space.
    pub host: Option<String>,
    /// The path segment.
    pub slug: String,
}

impl LinkKey {
    /// A slug in the shared name space.
    #[must_use]
    pub fn shared(slug: impl Into<String>) -> Self {
        Self {
            host: None,
            slug: slug.into(),
        }
    }

    /// A slug on a custom domain.
    #[must_use]
    pub fn on(host: &str, slug: impl Into<String>) -> Self {
        Self {
            host: Some(host.to_ascii_lowercase()),
            slug: slug.into(),
        }
    }
}

/// One tracking link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkEntry {
    /// The link.
    pub link: LinkId,
    /// Its program; must be in the table too.
    pub program: ProgramId,
    /// The partner who owns it.
    pub partner: PartnerId,
    /// The partner's membership in the program.
    pub enrollment: EnrollmentId,
    /// Where it leads: absolute http(s) URL; its query may hold macros (`{click_id}`, `{s1}` …).
    pub destination: String,
    /// What the macro `{partner}` becomes: the partner's public code.
    pub partner_code: String,
    /// Campaign parameters of this link; they go before the program's.
    pub utm: Vec<(String, String)>,
    /// Whether it leads anywhere now.
    pub state: LinkState,
    /// From this instant on the link is expired.
    pub expires_at: Option<Timestamp>,
}

/// Whether a link leads anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// It does.
    Active,
    /// Somebody stopped it for now (the link, the partner or the program).
    Paused,
    /// Its time is over.
    Expired,
}

/// The settings all links of a program share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramEntry {
    /// The program.
    pub program: ProgramId,
    /// The organisation that owns it.
    pub tenant: TenantId,
    /// Where deep links may lead.
    pub allow: AllowList,
    /// Campaign parameters added to every landing URL; values may hold macros.
    pub utm: Vec<(String, String)>,
    /// Where visitors of paused and expired links are sent; `None` shows a page.
    pub fallback: Option<String>,
    /// Name of the click id's parameter in landing URLs.
    pub parameter: String,
    /// What may be stored in the browser.
    pub cookies: CookieRule,
    /// Domain of the cookies where it covers the redirect host (`brand.com` for `go.brand.com`).
    pub cookie_domain: Option<String>,
    /// Lifetime of the click cookie in days; the server enforces the window, this only bounds it.
    pub cookie_days: u32,
    /// Clicks of one visitor on one link within this many seconds count once; 0 turns it off.
    pub duplicate_seconds: u32,
}

impl ProgramEntry {
    /// A program with the defaults: parameter `cid`, cookies, 90 days, duplicates within 10 s.
    #[must_use]
    pub fn new(program: ProgramId, tenant: TenantId) -> Self {
        Self {
            program,
            tenant,
            allow: AllowList::default(),
            utm: Vec::new(),
            fallback: None,
            parameter: "cid".to_owned(),
            cookies: CookieRule::Always,
            cookie_domain: None,
            cookie_days: 90,
            duplicate_seconds: 10,
        }
    }
}

/// What a program stores in browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CookieRule {
    /// Visitor and click cookies.
    Always,
    /// The same, once the visitor has consented; the click id travels in the URL until then.
    WithConsent,
    /// Nothing: the click id travels in the URL only.
    Never,
}
