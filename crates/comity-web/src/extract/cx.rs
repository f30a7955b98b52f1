//! Language, theme and the rest of what pages need to know of a request.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use comity_app::organisation::brand_of;
use comity_app::session::{self, Signed};
use comity_ui::i18n::Lang;
use comity_ui::{Cx, Theme};

use super::cookie;
use crate::error::WebError;
use crate::gate;
use crate::state::WebState;

/// Longest query kept for sort and filter links.
const MAX_QUERY: usize = 2_000;

/// The request as components see it.
#[derive(Debug, Clone)]
pub struct Ctx(pub Cx);

impl FromRequestParts<WebState> for Ctx {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let signed = parts.extensions.get::<Signed>();
        Ok(Self(request_cx(state, &parts.uri, &parts.headers, signed)))
    }
}

/// Whether only a part of the page is wanted.
#[must_use]
pub fn is_partial(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// Builds the context. Language: the person's own, `?lang`, the cookie, the browser's.
#[must_use]
pub fn request_cx(state: &WebState, uri: &Uri, headers: &HeaderMap, signed: Option<&Signed>) -> Cx {
    let query = uri
        .query()
        .filter(|query| query.len() <= MAX_QUERY)
        .unwrap_or_default();
    let asked = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| Lang::parse(&value));
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let lang = asked
        .or_else(|| signed.and_then(|signed| Lang::parse(&signed.lang)))
        .or_else(|| cookie(headers, Lang::COOKIE).and_then(Lang::parse))
        .or_else(|| header.and_then(Lang::from_header))
        .unwrap_or_default();
    let mut cx = Cx::new(lang, uri.path(), state.app.now());
    cx.theme = cookie(headers, Theme::COOKIE)
        .map(Theme::parse)
        .unwrap_or_default();
    query.clone_into(&mut cx.query);
    if let Some(signed) = signed {
        make_personal(&mut cx, state, signed);
        if signed.session.impersonator.is_some()
            && let Some(own) = cookie(headers, gate::cookie_name(state.is_https()))
        {
            // The one form of a look is the one that ends it; it belongs to the looker.
            cx.csrf = gate::csrf_token(state, &session::hash(own));
        }
    }
    cx
}

/// What a page carries for somebody signed in: the token of its forms and the colours.
pub(crate) fn make_personal(cx: &mut Cx, state: &WebState, signed: &Signed) {
    cx.csrf = gate::csrf_token(state, &signed.session.token_hash);
    cx.brand = brand_of(&signed.tenant);
    cx.zone = signed.zone.clone();
}
