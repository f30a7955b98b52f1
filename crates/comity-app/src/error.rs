//! The one error of the use cases, with stable codes for the API (RFC 9457) and
//! field names for forms.

use comity_store::StoreError;

/// A refused field: where, and a stable code the interface has words for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The input's name, as in the form and in the API.
    pub field: String,
    /// Stable code, as in `required`, `too_long`, `unknown_currency`.
    pub code: &'static str,
}

impl FieldError {
    /// A refusal of `field`.
    #[must_use]
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self {
            field: field.into(),
            code,
        }
    }
}

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not signed in, or credentials refused; the code says which.
    #[error("not authenticated: {0}")]
    Unauthenticated(&'static str),
    /// Signed in, but not allowed.
    #[error("not allowed")]
    Forbidden,
    /// No such thing, or somebody else's (which must look the same).
    #[error("no such {0}")]
    NotFound(&'static str),
    /// Input refused, field by field.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// The present state does not allow it; the code says why.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// Too many tries; may be repeated after so many seconds.
    #[error("too many requests")]
    TooMany(u32),
    /// The database is not available; the caller may repeat.
    #[error("temporarily unavailable")]
    Unavailable(#[source] StoreError),
    /// A broken promise of the product itself.
    #[error("internal error: {0}")]
    Internal(String),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

impl AppError {
    /// One refused field.
    #[must_use]
    pub fn field(field: &str, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated(code) | Self::Conflict(code) => code,
            Self::Forbidden => "forbidden",
            Self::NotFound(_) => "not_found",
            Self::Invalid(_) => "invalid_input",
            Self::TooMany(_) => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) | Self::Store(_) => "internal",
        }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Conflict => Self::Conflict("already_exists"),
            StoreError::Corrupt { .. }
            | StoreError::Missing(_)
            | StoreError::Encode(_)
            | StoreError::Statement { .. }
            | StoreError::Newer { .. }
            | StoreError::Database(_) => Self::Store(error),
        }
    }
}
