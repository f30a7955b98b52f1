//! The gate itself.

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use comity_app::AppError;
use comity_app::session::{Signed, Subject};

use super::{csrf, idempotency, key, session};
use crate::error::WebError;
use crate::limit::Class;
use crate::route::Audience;
use crate::state::WebState;

/// Lets a request through to its handler, or answers for it.
pub async fn pass(audience: Audience, request: Request, next: Next) -> Response {
    let Some(state) = request.extensions().get::<WebState>().cloned() else {
        return WebError::internal("no state in the request").into_response();
    };
    let passed = match audience {
        Audience::Machine => Ok(next.run(request).await),
        Audience::Api(permission) => api(&state, Some(permission), request, next).await,
        Audience::AnyKey => api(&state, None, request, next).await,
        Audience::Public | Audience::Person | Audience::Team(_) | Audience::Partner => {
            person(&state, audience, request, next).await
        }
    };
    passed.unwrap_or_else(IntoResponse::into_response)
}

async fn api(
    state: &WebState,
    permission: Option<comity_domain::Permission>,
    mut request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let actor = key::resolve(state, request.headers(), request.extensions()).await?;
    if permission.is_some_and(|permission| !actor.may(permission)) {
        return Err(WebError::from(AppError::Forbidden).scope_missing());
    }
    request.extensions_mut().insert(actor.clone());
    if is_read(request.method()) {
        return Ok(next.run(request).await);
    }
    idempotency::run(state, &actor, request, next).await
}

async fn person(
    state: &WebState,
    audience: Audience,
    mut request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let signed = session::find(state, audience, request.headers()).await?;
    admit(audience, signed.as_ref())?;
    if request.uri().path().ends_with(".csv") {
        permit_export(state, signed.as_ref())?;
    }
    if !is_read(request.method()) {
        if signed
            .as_ref()
            .is_some_and(|signed| signed.session.impersonator.is_some())
        {
            return Err(WebError::from(AppError::Conflict("looking_only")));
        }
        request = csrf::check(state, signed.as_ref(), request).await?;
    }
    let Some(signed) = signed else {
        return Ok(next.run(request).await);
    };
    request.extensions_mut().insert(signed.clone());
    let mut response = next.run(request).await;
    // An error page has forms too, and they need the person's token.
    response.extensions_mut().insert(signed);
    Ok(response)
}

/// Whether the route is for this person.
fn admit(audience: Audience, signed: Option<&Signed>) -> Result<(), WebError> {
    let sign_in = || WebError::from(AppError::Unauthenticated("sign_in"));
    match audience {
        Audience::Public => Ok(()),
        Audience::Person => signed
            .and_then(|s| s.actor.as_ref())
            .map(|_| ())
            .ok_or_else(sign_in),
        Audience::Team(permission) => {
            let signed = signed.ok_or_else(sign_in)?;
            let actor = signed.actor.as_ref().ok_or_else(sign_in)?;
            match (signed.session.subject, actor.may(permission)) {
                (Subject::User(_), true) => Ok(()),
                (Subject::User(_) | Subject::Partner(_), _) => Err(AppError::Forbidden.into()),
            }
        }
        Audience::Partner => {
            let signed = signed.ok_or_else(sign_in)?;
            signed.actor.as_ref().ok_or_else(sign_in)?;
            match signed.session.subject {
                Subject::Partner(_) => Ok(()),
                Subject::User(_) => Err(AppError::Forbidden.into()),
            }
        }
        Audience::Api(_) | Audience::AnyKey | Audience::Machine => Err(sign_in()),
    }
}

/// Exports read much at once, so a person may make only so many in a while.
fn permit_export(state: &WebState, signed: Option<&Signed>) -> Result<(), AppError> {
    let Some(signed) = signed else {
        return Ok(());
    };
    let who = match signed.session.subject {
        Subject::User(id) => id.to_string(),
        Subject::Partner(id) => id.to_string(),
    };
    state.limiter.check(Class::Export, &who, state.app.now())
}

/// Methods that change nothing.
fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
