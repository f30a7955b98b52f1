//! The facts of one visit, from the request and from what was decided about it.

use comity_domain::id::TEXT_LEN;
use comity_domain::link::DestinationSigner;
use comity_domain::{ClickId, Timestamp, VisitorId};
use hyper::HeaderMap;
use hyper::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderName};

use super::bounded::{self, LONG};
use super::query::{DeepLink, Query};
use crate::classify::Fetch;
use crate::click::{Channel, Class, Click, Consent, Leads, Origin, Utm, Verdict};
use crate::destination::{Macros, compose, deep_link, signed_link};
use crate::link::{CookieRule, Found};
use crate::server::Client;

/// Length of a click id as text.
const ID_TEXT: usize = ClickId::PREFIX.len() + 1 + TEXT_LEN;

/// The parts of a request that become a click.
pub(crate) struct Ask<'a> {
    pub found: &'a Found,
    pub slug: &'a str,
    pub query: Query,
    pub headers: &'a HeaderMap,
    pub client: Client,
    pub is_head: bool,
}

/// Where the visitor goes, before parameters.
pub(crate) fn choose(ask: &Ask<'_>, signer: Option<&DestinationSigner>) -> (String, Leads) {
    let stored = &ask.found.link.destination;
    match &ask.query.deep_link {
        DeepLink::None => (stored.clone(), Leads::Stored),
        DeepLink::Asked(asked) => match deep_link(asked, &ask.found.program.allow) {
            Ok(url) => (url, Leads::Deep),
            Err(_) => match vouched(ask, signer, asked) {
                Some(url) => (url, Leads::Deep),
                None => (stored.clone(), Leads::DeepRefused),
            },
        },
        DeepLink::Ambiguous => (stored.clone(), Leads::DeepRefused),
    }
}

/// A deep link outside the allow-list that the team has signed.
fn vouched(ask: &Ask<'_>, signer: Option<&DestinationSigner>, asked: &str) -> Option<String> {
    let signature = ask.query.signature.as_deref()?;
    let program = ask.found.program.program;
    signer
        .filter(|signer| signer.verifies(program, asked, signature))
        .and_then(|_| signed_link(asked).ok())
}

/// What the request itself shows.
pub(crate) struct Seen {
    pub now: Timestamp,
    pub user_agent: String,
    pub verdict: Verdict,
    pub referrer: Option<String>,
    pub channel: Channel,
}

/// What was decided about it.
pub(crate) struct Sent {
    pub id: ClickId,
    pub visitor: Option<VisitorId>,
    pub origin: Origin,
    pub duplicate_of: Option<ClickId>,
    pub consent: Consent,
    pub base: String,
    pub leads: Leads,
    pub utm: Utm,
}

/// Puts the click together.
pub(crate) fn click(ask: &Ask<'_>, seen: Seen, sent: Sent) -> Click {
    let (link, program) = (&ask.found.link, &ask.found.program);
    let verdict = match sent.duplicate_of {
        Some(_) => Verdict::new(Class::Duplicate, "repeat.within_window"),
        None => seen.verdict,
    };
    Click {
        id: sent.id,
        at: seen.now,
        tenant: program.tenant,
        program: program.program,
        link: link.link,
        partner: link.partner,
        enrollment: link.enrollment,
        visitor: sent.visitor,
        origin: sent.origin,
        country: None,
        user_agent: seen.user_agent,
        referrer: seen.referrer,
        language: bounded::header(ask.headers, ACCEPT_LANGUAGE, LONG)
            .and_then(|accept| bounded::language(&accept)),
        sub_ids: ask.query.sub_ids.clone(),
        utm: sent.utm,
        channel: seen.channel,
        leads: sent.leads,
        destination: sent.base,
        paid_parameter: ask.query.paid_parameter.clone(),
        verdict,
        duplicate_of: sent.duplicate_of,
        consent: sent.consent,
    }
}

/// The landing URL; without an id when the click could not be kept.
pub(crate) fn landing(ask: &Ask<'_>, base: &str, id: Option<ClickId>) -> (String, Utm) {
    let (link, program) = (&ask.found.link, &ask.found.program);
    let mut text = String::new();
    if let Some(id) = id {
        text.reserve_exact(ID_TEXT);
        id.push_to(&mut text);
    }
    let macros = Macros {
        click_id: &text,
        partner: &link.partner_code,
        slug: ask.slug,
        sub_ids: &ask.query.sub_ids,
    };
    let templates = [link.utm.as_slice(), program.utm.as_slice()];
    compose(
        base,
        &ask.query.utm,
        &templates,
        &program.parameter,
        &macros,
    )
}

/// The headers that tell a navigation from other fetches.
pub(crate) fn fetch(headers: &HeaderMap, is_head: bool) -> Fetch<'_> {
    // Parsed once: finding a name by its text costs as much as the lookup.
    static PURPOSES: [HeaderName; 4] = [
        HeaderName::from_static("sec-purpose"),
        HeaderName::from_static("purpose"),
        HeaderName::from_static("x-purpose"),
        HeaderName::from_static("x-moz"),
    ];
    static MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
    static DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    Fetch {
        is_head,
        purpose: PURPOSES.iter().find_map(text),
        mode: text(&MODE),
        dest: text(&DEST),
        accept: headers.get(ACCEPT).and_then(|value| value.to_str().ok()),
    }
}

/// What is known about consent, and whether cookies may be set.
pub(crate) fn permission(
    rule: CookieRule,
    ask: &Ask<'_>,
    cookie: Option<Consent>,
) -> (Consent, bool) {
    let asks_not_to = || ask.headers.get("sec-gpc").is_some_and(|value| value == "1");
    let known = ask.query.consent.or(cookie).unwrap_or_else(|| {
        if asks_not_to() {
            Consent::Refused
        } else {
            Consent::Unknown
        }
    });
    let may_store = match rule {
        CookieRule::Always => known != Consent::Refused,
        CookieRule::WithConsent => known == Consent::Given,
        CookieRule::Never => false,
    };
    (known, may_store)
}
