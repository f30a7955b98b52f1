//! Errors on their way out. A handler returns [`WebError`]; the outermost middleware turns
//! it into a page, a toast or an RFC 9457 problem, depending on who asked.

mod page;
mod problem;
mod render;

use std::fmt::Write;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use comity_app::{AppError, FieldError};

pub use problem::Problem;
pub use render::render;

/// What a handler returns.
pub type WebResult<T = Response> = Result<T, WebError>;

/// A request that was not done, as the caller may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebError {
    /// Status.
    pub status: StatusCode,
    /// Stable code.
    pub code: &'static str,
    /// Refused fields.
    pub fields: Vec<FieldError>,
    /// When to come back, in seconds.
    pub retry_after: Option<u32>,
    /// What the caller may read about the cause: parser messages on their own input.
    pub detail: Option<String>,
}

impl WebError {
    /// An error with a status and a stable code.
    #[must_use]
    pub const fn new(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            fields: Vec::new(),
            retry_after: None,
            detail: None,
        }
    }

    /// A broken promise of ours; logged here, once.
    #[must_use]
    pub fn internal(what: &str) -> Self {
        tracing::error!("internal error: {what}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// No such thing.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// Adds what the caller may read about the cause.
    #[must_use]
    pub fn detail(mut self, text: impl Into<String>) -> Self {
        self.detail = Some(text.into());
        self
    }

    /// The key lacks a scope.
    pub(crate) fn scope_missing(mut self) -> Self {
        self.code = "scope_missing";
        self
    }

    /// A form from elsewhere, or too old.
    pub(crate) fn cross_site(mut self) -> Self {
        self.code = "form_expired";
        self
    }
}

impl From<AppError> for WebError {
    fn from(error: AppError) -> Self {
        let status = match &error {
            AppError::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            AppError::Forbidden => StatusCode::FORBIDDEN,
            AppError::NotFound(_) => StatusCode::NOT_FOUND,
            AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::Conflict(_) => StatusCode::CONFLICT,
            AppError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Internal(_) | AppError::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        log(&error, status);
        let mut out = Self::new(status, error.code());
        match error {
            AppError::Invalid(fields) => out.fields = fields,
            AppError::TooMany(seconds) => out.retry_after = Some(seconds),
            AppError::Unavailable(_) => out.retry_after = Some(2),
            AppError::Unauthenticated(_)
            | AppError::Forbidden
            | AppError::NotFound(_)
            | AppError::Conflict(_)
            | AppError::Internal(_)
            | AppError::Store(_) => {}
        }
        out
    }
}

/// Once, where it is handled: ours as errors with their causes, the rest quietly.
fn log(error: &AppError, status: StatusCode) {
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!("{}", chain(error));
    } else if status == StatusCode::SERVICE_UNAVAILABLE {
        tracing::warn!("{}", chain(error));
    } else {
        tracing::debug!(code = error.code(), "refused");
    }
}

/// The error and its causes on one line.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            // Writing to a string cannot fail.
            let _ = write!(text, ": {cause_text}");
        }
        source = cause.source();
    }
    text
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
