//! Who asks, as the gate found out.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use comity_app::AppError;
use comity_app::session::{Client, Signed};
use comity_domain::{Actor, PartnerId, TenantId, UserId};
use comity_ui::Cx;
use comity_ui::component::Flash;

use super::{client_of, cookie, request_cx};
use crate::error::WebError;
use crate::page::{FLASH_COOKIE, decode_flash};
use crate::state::WebState;

/// A team member on a page of theirs.
#[derive(Debug, Clone)]
pub struct Team {
    /// For use cases.
    pub actor: Actor,
    /// Who.
    pub id: UserId,
    /// Session, name, organisation.
    pub signed: Signed,
    /// For pages.
    pub cx: Cx,
    /// The message of the previous request.
    pub flash: Option<Flash>,
}

/// A partner in the portal.
#[derive(Debug, Clone)]
pub struct Partner {
    /// For use cases.
    pub actor: Actor,
    /// Who.
    pub id: PartnerId,
    /// Session, name, organisation.
    pub signed: Signed,
    /// For pages.
    pub cx: Cx,
    /// The message of the previous request.
    pub flash: Option<Flash>,
}

/// Anybody signed in, even half-way (before the second step).
#[derive(Debug, Clone)]
pub struct Person {
    /// Session, name, organisation.
    pub signed: Signed,
    /// For pages.
    pub cx: Cx,
    /// The message of the previous request.
    pub flash: Option<Flash>,
}

/// Anybody on a public page.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who, if signed in.
    pub signed: Option<Signed>,
    /// For pages.
    pub cx: Cx,
    /// Where from.
    pub client: Client,
    /// The message of the previous request.
    pub flash: Option<Flash>,
}

/// An API key.
#[derive(Debug, Clone)]
pub struct ApiActor(pub Actor);

impl Team {
    /// The same person as a team member, if they are one.
    #[must_use]
    pub fn of(person: &Person) -> Option<Self> {
        let actor = person.signed.actor.clone()?;
        let Actor::User { id, .. } = actor else {
            return None;
        };
        Some(Self {
            actor,
            id,
            signed: person.signed.clone(),
            cx: person.cx.clone(),
            flash: person.flash.clone(),
        })
    }

    /// Their organisation.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.actor.tenant()
    }
}

impl Partner {
    /// The organisation whose partner they are.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.actor.tenant()
    }
}

fn missing() -> WebError {
    AppError::Unauthenticated("sign_in").into()
}

fn flash(parts: &Parts) -> Option<Flash> {
    cookie(&parts.headers, FLASH_COOKIE).and_then(decode_flash)
}

fn signed(parts: &Parts) -> Result<Signed, WebError> {
    parts
        .extensions
        .get::<Signed>()
        .cloned()
        .ok_or_else(missing)
}

impl FromRequestParts<WebState> for Team {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let signed = signed(parts)?;
        let actor = signed.actor.clone().ok_or_else(missing)?;
        let Actor::User { id, .. } = actor else {
            return Err(missing());
        };
        Ok(Self {
            cx: request_cx(state, &parts.uri, &parts.headers, Some(&signed)),
            flash: flash(parts),
            actor,
            id,
            signed,
        })
    }
}

impl FromRequestParts<WebState> for Partner {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let signed = signed(parts)?;
        let actor = signed.actor.clone().ok_or_else(missing)?;
        let Actor::Partner { id, .. } = actor else {
            return Err(missing());
        };
        Ok(Self {
            cx: request_cx(state, &parts.uri, &parts.headers, Some(&signed)),
            flash: flash(parts),
            actor,
            id,
            signed,
        })
    }
}

impl FromRequestParts<WebState> for Person {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let signed = signed(parts)?;
        let cx = request_cx(state, &parts.uri, &parts.headers, Some(&signed));
        let flash = flash(parts);
        Ok(Self { signed, cx, flash })
    }
}

impl FromRequestParts<WebState> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let signed = parts.extensions.get::<Signed>().cloned();
        Ok(Self {
            cx: request_cx(state, &parts.uri, &parts.headers, signed.as_ref()),
            client: client_of(state, &parts.headers, &parts.extensions),
            flash: flash(parts),
            signed,
        })
    }
}

impl FromRequestParts<WebState> for ApiActor {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut Parts,
        _state: &WebState,
    ) -> Result<Self, Self::Rejection> {
        let actor = parts
            .extensions
            .get::<Actor>()
            .cloned()
            .ok_or_else(missing)?;
        Ok(Self(actor))
    }
}
