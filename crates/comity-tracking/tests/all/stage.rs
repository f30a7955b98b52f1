//! A redirect host over a temporary spool, with a fixed clock and counted ids.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use comity_domain::link::DestinationSigner;
use comity_domain::{EnrollmentId, LinkId, PartnerId, ProgramId, RawId, TenantId, Timestamp};
use comity_tracking::Ambient;
use comity_tracking::click::{AddressKey, Click};
use comity_tracking::collect::HintRecord;
use comity_tracking::destination::AllowList;
use comity_tracking::link::{LinkChange, LinkEntry, LinkKey, LinkState, LinkTable, ProgramEntry};
use comity_tracking::redirect::{Redirect, Tracker};
use comity_tracking::server::TrustedProxies;
use comity_tracking::spool::{ClickSink, Durability, Shipper, SinkError, Spool, SpoolOptions};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Request, Response};

pub const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A clock that stands still until told, and ids that count up.
pub struct Fixed {
    pub seconds: AtomicI64,
    next: AtomicU64,
}

impl Default for Fixed {
    fn default() -> Self {
        Self {
            seconds: AtomicI64::new(1_800_000_000),
            next: AtomicU64::new(1),
        }
    }
}

impl Ambient for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(self.seconds.load(Ordering::Relaxed))
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&self.next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes
    }
}

pub struct Stage {
    pub redirect: Redirect,
    pub tracker: Arc<Tracker>,
    pub clock: Arc<Fixed>,
    /// Removed when the stage is.
    _folder: tempfile::TempDir,
}

pub fn program() -> ProgramEntry {
    let mut program = ProgramEntry::new(ProgramId(RawId([1; 16])), TenantId(RawId([2; 16])));
    program.allow = AllowList::parse(&["good.com"]).unwrap();
    program
}

pub fn link(destination: &str) -> LinkEntry {
    LinkEntry {
        link: LinkId(RawId([3; 16])),
        program: ProgramId(RawId([1; 16])),
        partner: PartnerId(RawId([4; 16])),
        enrollment: EnrollmentId(RawId([5; 16])),
        destination: destination.to_owned(),
        partner_code: "ann".to_owned(),
        utm: Vec::new(),
        state: LinkState::Active,
        expires_at: None,
    }
}

impl Stage {
    pub fn new() -> Self {
        Self::with(Durability::Os, &[])
    }

    pub fn with(durability: Durability, trusted: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = SpoolOptions {
            durability,
            segment_bytes: 1 << 20,
            reserve_bytes: 0,
            ..SpoolOptions::default()
        };
        let spool = Arc::new(Spool::open(folder.path(), options).unwrap());
        let clock = Arc::new(Fixed::default());
        let tracker = Tracker::new(
            Arc::new(LinkTable::new()),
            spool,
            Arc::clone(&clock) as Arc<dyn Ambient>,
            AddressKey::new(&[9; 32]),
        );
        let tracker = Arc::new(tracker.with_signer(DestinationSigner::new(&[9; 32])));
        let redirect = Redirect::new(
            Arc::clone(&tracker),
            Box::new(|language, reason| format!("{language} {reason:?}").into_bytes()),
            TrustedProxies::parse(trusted).unwrap(),
            false,
        );
        let stage = Self {
            redirect,
            tracker,
            clock,
            _folder: folder,
        };
        stage.program(program());
        stage.link("a", link("https://stored.com/landing"));
        stage
    }

    pub fn program(&self, program: ProgramEntry) {
        self.tracker
            .links
            .apply(LinkChange::PutProgram(program))
            .unwrap();
    }

    pub fn link(&self, slug: &str, link: LinkEntry) {
        let change = LinkChange::PutLink(LinkKey::shared(slug), link);
        self.tracker.links.apply(change).unwrap();
    }

    /// A browser's `GET`, with further headers.
    pub async fn get(&self, target: &str, headers: &[(&str, &str)]) -> Response<Full<Bytes>> {
        let mut request = Request::builder().uri(target).header("host", "go.test");
        if !headers.iter().any(|(name, _)| *name == "user-agent") {
            request = request.header("user-agent", BROWSER);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.redirect
            .answer(request.body(Full::<Bytes>::default()).unwrap())
            .await
    }

    /// Ships what is in the spool and returns it.
    pub async fn recorded(&self) -> Vec<Click> {
        self.shipped().await.take()
    }

    /// The same, for what pages told.
    pub async fn heard(&self) -> Vec<HintRecord> {
        std::mem::take(&mut self.shipped().await.1.lock().unwrap())
    }

    async fn shipped(&self) -> Collected {
        let sink = Collected::default();
        let mut shipper = Shipper::new(&self.tracker.spool, sink.clone()).unwrap();
        while shipper.step().await.unwrap() > 0 {}
        sink
    }
}

/// A sink in memory.
#[derive(Clone, Default)]
pub struct Collected(pub Arc<Mutex<Vec<Click>>>, pub Arc<Mutex<Vec<HintRecord>>>);

impl Collected {
    fn take(&self) -> Vec<Click> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl ClickSink for Collected {
    async fn store(&self, clicks: &[Click]) -> Result<(), SinkError> {
        self.0.lock().unwrap().extend_from_slice(clicks);
        Ok(())
    }

    async fn hear(&self, hints: &[HintRecord]) -> Result<(), SinkError> {
        self.1.lock().unwrap().extend_from_slice(hints);
        Ok(())
    }
}

pub fn header<'a, B>(answer: &'a Response<B>, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}
