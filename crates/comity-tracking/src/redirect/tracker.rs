//! From a request to a recorded click: the part every way in shares.

use std::cell::RefCell;
use std::sync::{Arc, PoisonError, RwLock};

use comity_domain::link::DestinationSigner;
use comity_domain::tracking::Hint;
use comity_domain::{ClickId, RawId, Timestamp, VisitorId};
use hyper::HeaderMap;
use hyper::header::{REFERER, USER_AGENT};

use super::bounded::{self, LONG};
use super::cookie::Cookies;
use super::facts::{Ask, Seen, Sent, choose, click, fetch, landing, permission};
use super::query::{DeepLink, Query};
use crate::ambient::Ambient;
use crate::classify::{Duplicates, Fetch, Visit, classify};
use crate::click::{AddressKey, Channel, Class, Click, Consent, Network, Origin, encode};
use crate::collect::{self, HintRecord};
use crate::link::{Found, LinkTable, ProgramEntry};
use crate::metrics::Metrics;
use crate::server::{Client, Shedder};
use crate::spool::{Append, AppendError, Spool};

/// Links, spool and everything between, shared by all listeners.
pub struct Tracker {
    /// The links.
    pub links: Arc<LinkTable>,
    /// Where clicks become durable.
    pub spool: Arc<Spool>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Who is served when not everybody can be.
    pub shedder: Shedder,
    ambient: Arc<dyn Ambient>,
    duplicates: Duplicates,
    address_key: RwLock<AddressKey>,
    signer: Option<DestinationSigner>,
}

/// A click whose fate is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The click's id, when it is durable: only then may anybody hear of it.
    pub click: Option<ClickId>,
    /// The visitor, where something may be stored in the browser.
    pub visitor: Option<VisitorId>,
    /// Whether cookies may be set.
    pub may_store: bool,
    /// Where to send the visitor.
    pub location: String,
    /// Person or machine.
    pub class: Class,
}

/// A landing on the brand's own page with a partner parameter, reported by the script.
#[derive(Debug, Clone, Copy)]
pub struct ScriptVisit<'a> {
    /// The page, with its query.
    pub page: &'a str,
    /// What referred the visitor to it.
    pub referrer: Option<&'a str>,
    /// What the consent hook said.
    pub consent: Option<Consent>,
}

impl Tracker {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        links: Arc<LinkTable>,
        spool: Arc<Spool>,
        ambient: Arc<dyn Ambient>,
        address_key: AddressKey,
    ) -> Self {
        Self {
            links,
            spool,
            metrics: Arc::default(),
            shedder: Shedder::default(),
            ambient,
            duplicates: Duplicates::default(),
            address_key: RwLock::new(address_key),
            signer: None,
        }
    }

    /// Honours deep links outside the allow-list that carry this signer's signature.
    #[must_use]
    pub fn with_signer(mut self, signer: DestinationSigner) -> Self {
        self.signer = Some(signer);
        self
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ambient.now()
    }

    /// Replaces the key of the address hashes.
    pub fn rotate_address_key(&self, key: AddressKey) {
        *self
            .address_key
            .write()
            .unwrap_or_else(PoisonError::into_inner) = key;
    }

    /// Records a visit to a link; resolves when its fate is known.
    pub(crate) async fn visit(&self, ask: Ask<'_>) -> Recorded {
        let now = self.ambient.now();
        let user_agent = bounded::header(ask.headers, USER_AGENT, LONG).unwrap_or_default();
        let verdict = classify(&user_agent, &fetch(ask.headers, ask.is_head));
        let referrer =
            bounded::header(ask.headers, REFERER, LONG).and_then(|text| bounded::referrer(&text));
        let channel = if ask.query.is_qr {
            Channel::Qr
        } else {
            Channel::Link
        };
        self.record(
            ask,
            Seen {
                now,
                user_agent,
                verdict,
                referrer,
                channel,
            },
        )
        .await
    }

    /// Records a landing the script reported; `headers` are those of its
    /// request. The returned location means nothing here.
    pub async fn script_visit(
        &self,
        found: &Found,
        slug: &str,
        visit: ScriptVisit<'_>,
        headers: &HeaderMap,
        client: Client,
    ) -> Recorded {
        let user_agent = bounded::header(headers, USER_AGENT, LONG).unwrap_or_default();
        // The script's own request is a background fetch; only the agent tells.
        let verdict = classify(&user_agent, &Fetch::default());
        let mut query = Query::parse(visit.page.split_once('?').map_or("", |(_, query)| query));
        query.deep_link = DeepLink::None;
        query.consent = visit.consent.or(query.consent);
        let referrer = visit.referrer.and_then(bounded::referrer);
        let ask = Ask {
            found,
            slug,
            query,
            headers,
            client,
            is_head: false,
        };
        let now = self.ambient.now();
        let channel = Channel::Script;
        self.record(
            ask,
            Seen {
                now,
                user_agent,
                verdict,
                referrer,
                channel,
            },
        )
        .await
    }

    async fn record(&self, ask: Ask<'_>, seen: Seen) -> Recorded {
        let program = &ask.found.program;
        let id = self.ambient.click_id(seen.now);
        let cookies = Cookies::read(ask.headers);
        let (consent, may_store) = permission(program.cookies, &ask, cookies.consent);
        let is_person = seen.verdict.class == Class::Person;
        let visitor = (may_store && is_person).then(|| {
            cookies
                .visitor
                .unwrap_or_else(|| self.ambient.visitor_id(seen.now))
        });
        let origin = self.origin(ask.client, consent);
        let visit = Visit {
            link: ask.found.link.link,
            returning: cookies.visitor.filter(|_| may_store),
            visitor,
            origin,
            user_agent: "",
        };
        let duplicate_of = is_person
            .then(|| {
                let visit = visit.by(&seen.user_agent);
                self.duplicates
                    .check(&visit, id, seen.now, program.duplicate_seconds)
            })
            .flatten();
        let (base, leads) = choose(&ask, self.signer.as_ref());
        let (location, utm) = landing(&ask, &base, Some(id));
        let to = Sent {
            id,
            visitor,
            origin,
            duplicate_of,
            consent,
            base,
            leads,
            utm,
        };
        let click = click(&ask, seen, to);
        let class = click.verdict.class;
        self.metrics.count(class, leads);
        let appended = self.append(&click);
        // Only this much is needed should it not be kept; the rest does not wait along.
        let (base, user_agent) = (click.destination, click.user_agent);
        if self.fate(appended).await.is_ok() {
            return Recorded {
                click: Some(id),
                visitor,
                may_store,
                location,
                class,
            };
        }
        // Nothing may refer to a click that is not kept.
        self.duplicates.forget(&visit.by(&user_agent), id);
        let (location, _) = landing(&ask, &base, None);
        Recorded {
            click: None,
            visitor,
            may_store,
            location,
            class,
        }
    }

    /// Records what a page of the program told; resolves when its fate is known.
    pub(crate) async fn hear(&self, program: &ProgramEntry, hint: Hint) -> Result<(), AppendError> {
        let now = self.ambient.now();
        let record = HintRecord {
            id: RawId::from_parts(now, self.ambient.random()),
            at: now,
            tenant: program.tenant,
            program: program.program,
            hint,
        };
        let mut bytes = Vec::with_capacity(512);
        collect::encode(&record, &mut bytes).map_err(|_| AppendError::TooLarge)?;
        self.fate(self.spool.append(&bytes)).await
    }

    fn append(&self, click: &Click) -> Append {
        thread_local! {
            static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        BYTES.with_borrow_mut(|bytes| {
            bytes.clear();
            encode(click, bytes);
            self.spool.append(bytes)
        })
    }

    async fn fate(&self, append: Append) -> Result<(), AppendError> {
        let kept = append.await;
        if kept == Err(AppendError::Late) {
            self.spool.count_late();
        }
        kept
    }

    fn origin(&self, client: Client, consent: Consent) -> Origin {
        let key = self
            .address_key
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        Origin {
            network: Some(Network::of(client.address)),
            hash: (consent != Consent::Refused).then(|| key.hash(client.address)),
        }
    }
}
