//! The fields of a click.

use std::borrow::Cow;

use comity_domain::{
    ClickId, EnrollmentId, LinkId, PartnerId, ProgramId, TenantId, Timestamp, VisitorId,
};

use super::address::Origin;

/// One visit to a tracking link, as it is recorded. Never edited afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// Time-ordered and unguessable; travels in the landing URL.
    pub id: ClickId,
    /// When this server saw the request.
    pub at: Timestamp,
    /// The organisation that owns the program.
    pub tenant: TenantId,
    /// The program of the link.
    pub program: ProgramId,
    /// The link that was followed.
    pub link: LinkId,
    /// The partner who owns the link.
    pub partner: PartnerId,
    /// The partner's membership in the program.
    pub enrollment: EnrollmentId,
    /// The browser, where cookies are allowed.
    pub visitor: Option<VisitorId>,
    /// Truncated network and keyed hash of the client's address.
    pub origin: Origin,
    /// ISO 3166 country, where somebody can tell.
    pub country: Option<[u8; 2]>,
    /// The `User-Agent`, at most 512 bytes.
    pub user_agent: String,
    /// Origin and path of the referring page; queries are dropped, they hold personal data.
    pub referrer: Option<String>,
    /// First language of `Accept-Language`, lower case.
    pub language: Option<String>,
    /// The partner's own labels `s1` … `s5`.
    pub sub_ids: [Option<String>; 5],
    /// Campaign parameters that were in force on the landing URL.
    pub utm: Utm,
    /// How the visitor came: link, QR poster or script on the brand's own page.
    pub channel: Channel,
    /// Which rule chose the destination.
    pub leads: Leads,
    /// Where the visitor was sent, without the click id.
    pub destination: String,
    /// Name of an advertising network's click parameter seen on the request (`gclid`, …).
    pub paid_parameter: Option<String>,
    /// Person or machine, and why.
    pub verdict: Verdict,
    /// For a duplicate, the click that counts in its place: an event that names
    /// the duplicate belongs to that one, so the partner loses nothing.
    pub duplicate_of: Option<ClickId>,
    /// What is known about consent to tracking.
    pub consent: Consent,
}

impl Click {
    /// The click that events naming this one belong to.
    #[must_use]
    pub fn counts_as(&self) -> ClickId {
        self.duplicate_of.unwrap_or(self.id)
    }
}

/// The five classic campaign parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Utm {
    /// `utm_source`
    pub source: Option<String>,
    /// `utm_medium`
    pub medium: Option<String>,
    /// `utm_campaign`
    pub campaign: Option<String>,
    /// `utm_term`
    pub term: Option<String>,
    /// `utm_content`
    pub content: Option<String>,
}

impl Utm {
    /// The parameter names, in the order of [`Utm::values`].
    pub const NAMES: [&str; 5] = [
        "utm_source",
        "utm_medium",
        "utm_campaign",
        "utm_term",
        "utm_content",
    ];

    /// The values in the order of [`Utm::NAMES`].
    #[must_use]
    pub fn values(&self) -> [Option<&str>; 5] {
        [
            &self.source,
            &self.medium,
            &self.campaign,
            &self.term,
            &self.content,
        ]
        .map(Option::as_deref)
    }

    /// Builds from values in the order of [`Utm::NAMES`].
    #[must_use]
    pub fn from_values(values: [Option<String>; 5]) -> Self {
        let [source, medium, campaign, term, content] = values;
        Self {
            source,
            medium,
            campaign,
            term,
            content,
        }
    }
}

/// How the visitor reached the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Followed the link.
    Link,
    /// Scanned its QR code.
    Qr,
    /// Landed on the brand's own page with a partner parameter (`?via=`).
    Script,
}

/// Which rule chose the destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leads {
    /// The destination stored with the link.
    Stored,
    /// A deep link inside the program's allow-list.
    Deep,
    /// The stored one, because the requested deep link was refused.
    DeepRefused,
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A person, as far as the request shows: the only class that can be attributed.
    Person,
    /// A crawler or an HTTP library.
    Crawler,
    /// A browser fetching ahead of a possible navigation.
    Prefetch,
    /// An image, frame, script or background fetch: nobody saw a page.
    NonNavigation,
    /// A messenger or network drawing a preview card.
    LinkPreview,
    /// A `HEAD` request.
    Head,
    /// The same visitor on the same link again within seconds.
    Duplicate,
}

impl Class {
    /// Every class, in order of its number on disk.
    pub const ALL: [Self; 7] = [
        Self::Person,
        Self::Crawler,
        Self::Prefetch,
        Self::NonNavigation,
        Self::LinkPreview,
        Self::Head,
        Self::Duplicate,
    ];

    /// The stable name in APIs and metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Crawler => "crawler",
            Self::Prefetch => "prefetch",
            Self::NonNavigation => "non_navigation",
            Self::LinkPreview => "link_preview",
            Self::Head => "head",
            Self::Duplicate => "duplicate",
        }
    }

    /// Whether a click of this class may earn anybody anything.
    #[must_use]
    pub fn is_attributable(self) -> bool {
        self == Self::Person
    }
}

/// A class and the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// A stable code of the evidence (`agent.search-engine`, `fetch.dest.image`, …).
    pub reason: Cow<'static, str>,
}

impl Verdict {
    /// A verdict with a reason known at compile time.
    #[must_use]
    pub const fn new(class: Class, reason: &'static str) -> Self {
        Self {
            class,
            reason: Cow::Borrowed(reason),
        }
    }
}

/// What is known about consent to tracking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consent {
    /// Nobody said.
    Unknown,
    /// The visitor agreed.
    Given,
    /// The visitor declined, on the page or by the browser's privacy signal.
    Refused,
}
