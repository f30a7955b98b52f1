//! The addresses under `/t/`, and the script.

use std::sync::Arc;

use comity_domain::ProgramId;
use comity_domain::tracking::{Hint, HintSource};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes};
use hyper::header::{ALLOW, HeaderName, HeaderValue, ORIGIN, REFERER, SET_COOKIE, USER_AGENT};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, StatusCode};
use serde_json::json;
use url::Url;

use super::answer;
use super::rate::Rate;
use super::read::{Fields, Problem};
use super::refusal::Refusal;
use crate::classify::{Fetch, classify};
use crate::click::{Class, Consent};
use crate::link::{CookieRule, LinkState, ProgramEntry};
use crate::redirect::cookie::Cookies;
use crate::redirect::{Answer, Scope, ScriptVisit, Tracker, bounded};
use crate::script;
use crate::server::{Client, Priority};

/// Largest body: a hint with every field at its bound.
const MAX_BODY: usize = 8 * 1024;

/// Which collector an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// `POST /t/c`: a landing on the brand's own page.
    Visit,
    /// `POST /t/e`: an event.
    Event,
    /// `GET /t/p.gif`: an event, where scripts do not run.
    Pixel,
    /// `GET /comity.js`, or the same under the hash of its content.
    Script {
        /// The address names the content.
        pinned: bool,
    },
}

impl Route {
    /// The collector at a path, if it is one.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "/t/c" => Some(Self::Visit),
            "/t/e" => Some(Self::Event),
            "/t/p.gif" => Some(Self::Pixel),
            "/comity.js" => Some(Self::Script { pinned: false }),
            _ => (path.strip_prefix('/') == Some(script::pinned_name()))
                .then_some(Self::Script { pinned: true }),
        }
    }

    /// What it is worth when not everybody can be served.
    pub(crate) const fn priority(self) -> Priority {
        match self {
            Self::Visit => Priority::Click,
            Self::Event => Priority::Event,
            Self::Pixel | Self::Script { .. } => Priority::Pixel,
        }
    }

    const fn methods(self) -> &'static str {
        match self {
            Self::Visit | Self::Event => "POST",
            Self::Pixel | Self::Script { .. } => "GET, HEAD",
        }
    }

    fn admits(self, method: &Method) -> bool {
        match self {
            Self::Visit | Self::Event => method == Method::POST,
            Self::Pixel => method == Method::GET,
            Self::Script { .. } => method == Method::GET || method == Method::HEAD,
        }
    }
}

/// Who asks, and how their browser is reached.
#[derive(Clone, Copy)]
pub(crate) struct Asker<'a> {
    pub client: Client,
    /// The host the visitor sees.
    pub host: &'a str,
    pub is_https: bool,
}

/// Why nothing was taken.
struct Refused {
    reason: Refusal,
    problems: Vec<Problem>,
    /// The page is the program's own and may read the answer.
    shared: bool,
}

impl From<Refusal> for Refused {
    fn from(reason: Refusal) -> Self {
        Self {
            reason,
            problems: Vec::new(),
            shared: false,
        }
    }
}

impl From<Vec<Problem>> for Refused {
    fn from(problems: Vec<Problem>) -> Self {
        Self {
            problems,
            ..Refusal::Invalid.into()
        }
    }
}

/// Takes in what pages tell.
pub(crate) struct Collector {
    tracker: Arc<Tracker>,
    rate: Rate,
}

impl Collector {
    pub(crate) fn new(tracker: Arc<Tracker>) -> Self {
        Self {
            tracker,
            rate: Rate::default(),
        }
    }

    /// Answers a request to one of the collectors.
    pub(crate) async fn answer<B>(
        &self,
        route: Route,
        parts: &Parts,
        body: B,
        asker: Asker<'_>,
    ) -> Answer
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        if !route.admits(&parts.method) {
            self.tracker.metrics.count_refusal(Refusal::Method);
            let mut refused = answer::refuse(Refusal::Method, &[]);
            let methods = HeaderValue::from_static(route.methods());
            refused.headers_mut().insert(ALLOW, methods);
            return refused;
        }
        if let Route::Script { pinned } = route {
            return answer::script(&parts.headers, pinned);
        }
        let permit = self.tracker.shedder.admit(route.priority());
        let outcome = if permit.is_none() {
            Err(Refusal::Busy.into())
        } else if !self.rate.admits(asker.client.address, self.tracker.now()) {
            Err(Refusal::TooMany.into())
        } else {
            self.take(route, parts, body, asker).await
        };
        if let Err(refused) = &outcome {
            self.tracker.metrics.count_refusal(refused.reason);
        } else {
            self.tracker.metrics.count_told(route);
        }
        finish(route, &parts.headers, outcome)
    }

    async fn take<B>(
        &self,
        route: Route,
        parts: &Parts,
        body: B,
        asker: Asker<'_>,
    ) -> Result<Answer, Refused>
    where
        B: Body<Data = Bytes>,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let mut fields = match route {
            Route::Pixel => Fields::of_query(parts.uri.query().unwrap_or_default())?,
            _ => Fields::of_json(&whole(body).await?)?,
        };
        let key: ProgramId = fields
            .text("key")
            .parse()
            .map_err(|_| Refusal::UnknownKey)?;
        let program = self.tracker.links.program(key);
        let program = program.ok_or(Refusal::UnknownKey)?;
        let says = if route == Route::Pixel {
            REFERER
        } else {
            ORIGIN
        };
        if !is_own_site(&program, &parts.headers, says) {
            return Err(Refusal::Origin.into());
        }
        let taken = if is_machine(&parts.headers) {
            Err(Refusal::Machine.into())
        } else if route == Route::Visit {
            self.visit(&program, fields, &parts.headers, asker).await
        } else {
            self.event(route, &program, fields, &parts.headers).await
        };
        taken.map_err(|refused| Refused {
            shared: true,
            ..refused
        })
    }

    /// A landing becomes a click, and its id the answer.
    async fn visit(
        &self,
        program: &ProgramEntry,
        fields: Fields,
        headers: &HeaderMap,
        asker: Asker<'_>,
    ) -> Result<Answer, Refused> {
        let landing = fields.landing()?;
        let found = self.tracker.links.find(asker.host, &landing.slug);
        let found = found
            .filter(|found| found.program.program == program.program)
            .ok_or(Refusal::UnknownLink)?;
        let expired = found.link.expires_at;
        let is_over = expired.is_some_and(|at| self.tracker.now() >= at);
        if found.link.state != LinkState::Active || is_over {
            return Err(Refusal::StoppedLink.into());
        }
        let visit = ScriptVisit {
            page: &landing.page,
            referrer: landing.referrer.as_deref(),
            consent: landing.consent,
        };
        let slug = &landing.slug;
        let recorded = self
            .tracker
            .script_visit(&found, slug, visit, headers, asker.client)
            .await;
        let click = recorded.click.ok_or(Refusal::NotKept)?;
        let mut answer = answer::json(StatusCode::OK, &json!({ "click_id": click.to_string() }));
        for cookie in Scope::of(program, asker.host, asker.is_https).cookies(&recorded) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(answer)
    }

    /// An event becomes a hint in the spool.
    async fn event(
        &self,
        route: Route,
        program: &ProgramEntry,
        mut fields: Fields,
        headers: &HeaderMap,
    ) -> Result<Answer, Refused> {
        let source = match route {
            Route::Pixel => HintSource::Pixel,
            _ => HintSource::Script,
        };
        let told = fields.consent();
        let mut hint = fields.hint(source)?;
        with_cookie(&mut hint, program, headers, told);
        let kept = self.tracker.hear(program, hint).await;
        kept.map_err(|_| Refusal::NotKept)?;
        Ok(match source {
            HintSource::Pixel => answer::pixel(Ok(())),
            HintSource::Script => {
                answer::json(StatusCode::ACCEPTED, &json!({ "status": "accepted" }))
            }
        })
    }
}

fn finish(route: Route, asked: &HeaderMap, outcome: Result<Answer, Refused>) -> Answer {
    let (mut answer, shared) = match outcome {
        Ok(answer) => (answer, true),
        Err(refused) if route == Route::Pixel => (answer::pixel(Err(refused.reason)), false),
        Err(refused) => (
            answer::refuse(refused.reason, &refused.problems),
            refused.shared,
        ),
    };
    if shared {
        answer::share(&mut answer, asked);
    }
    answer
}

async fn whole<B>(body: B) -> Result<Bytes, Refusal>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let body = Box::pin(Limited::new(body, MAX_BODY));
    match body.collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Refusal::TooLarge),
        Err(_) => Err(Refusal::Body),
    }
}

/// Whether the page that asks is on one of the program's sites.
fn is_own_site(program: &ProgramEntry, headers: &HeaderMap, says: HeaderName) -> bool {
    let mut said = headers.get_all(says).iter();
    let (Some(page), None) = (said.next(), said.next()) else {
        return false;
    };
    let page = page.to_str().ok().and_then(|text| Url::parse(text).ok());
    page.is_some_and(|page| program.allow.permits(&page))
}

/// Only the agent tells: a script's request is a background fetch by nature.
fn is_machine(headers: &HeaderMap) -> bool {
    let agent = bounded::header(headers, USER_AGENT, bounded::LONG).unwrap_or_default();
    classify(&agent, &Fetch::default()).class != Class::Person
}

/// Takes the click from the redirect's own cookie where the page knows none.
fn with_cookie(
    hint: &mut Hint,
    program: &ProgramEntry,
    headers: &HeaderMap,
    told: Option<Consent>,
) {
    let cookies = Cookies::read(headers);
    let known = told.or(cookies.consent);
    let may_read = match program.cookies {
        CookieRule::Always => known != Some(Consent::Refused),
        CookieRule::WithConsent => known == Some(Consent::Given),
        CookieRule::Never => false,
    };
    if may_read && hint.click.is_none() {
        hint.click = cookies.click;
    }
}
