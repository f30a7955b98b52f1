//! From the `Authorization` header to the actor.

use axum::http::header::AUTHORIZATION;
use axum::http::{Extensions, HeaderMap};
use comity_app::{AppError, session};
use comity_domain::Actor;

use crate::error::WebError;
use crate::extract::client_ip;
use crate::limit::Class;
use crate::state::WebState;

/// Longest header looked at.
const MAX_KEY: usize = 200;

/// The actor behind the request's key.
pub(super) async fn resolve(
    state: &WebState,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Actor, WebError> {
    let header = headers.get(AUTHORIZATION);
    let secret = header
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim())
        .filter(|secret| !secret.is_empty() && secret.len() <= MAX_KEY)
        .ok_or(AppError::Unauthenticated("key_missing"))?;
    let now = state.app.now();
    let actor = match session::resolve_key(&state.app, secret).await {
        Ok(actor) => actor,
        Err(AppError::Unauthenticated(code)) => {
            let ip = client_ip(state, headers, extensions);
            state.limiter.check(Class::WrongKey, &ip, now)?;
            return Err(AppError::Unauthenticated(code).into());
        }
        Err(error) => return Err(error.into()),
    };
    state.limiter.check(Class::ApiKey, &actor.label(), now)?;
    Ok(actor)
}
