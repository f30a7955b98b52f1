//! Why a collector took nothing: each reason is counted, and nothing is changed.

use hyper::StatusCode;

/// A reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The method is not the one of this address.
    Method,
    /// The body is larger than it may be.
    TooLarge,
    /// The body did not arrive whole or in time.
    Body,
    /// Not UTF-8, not JSON, not an object, or a parameter given twice.
    Malformed,
    /// A field cannot be accepted; the answer names it.
    Invalid,
    /// No such program.
    UnknownKey,
    /// The page is not on one of the program's sites, or hides where it is.
    Origin,
    /// The user agent names a machine.
    Machine,
    /// No such link in this program.
    UnknownLink,
    /// The link is paused or its time is over.
    StoppedLink,
    /// Too much from one place.
    TooMany,
    /// The spool could not keep it; it may be sent again.
    NotKept,
    /// Too many requests at once.
    Busy,
}

impl Refusal {
    /// Every reason, in order of its counter.
    pub const ALL: [Self; 13] = [
        Self::Method,
        Self::TooLarge,
        Self::Body,
        Self::Malformed,
        Self::Invalid,
        Self::UnknownKey,
        Self::Origin,
        Self::Machine,
        Self::UnknownLink,
        Self::StoppedLink,
        Self::TooMany,
        Self::NotKept,
        Self::Busy,
    ];

    /// The stable code in answers and metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Method => "method_not_allowed",
            Self::TooLarge => "too_large",
            Self::Body => "body_incomplete",
            Self::Malformed => "malformed",
            Self::Invalid => "invalid_input",
            Self::UnknownKey => "unknown_key",
            Self::Origin => "origin_not_allowed",
            Self::Machine => "machine",
            Self::UnknownLink => "unknown_link",
            Self::StoppedLink => "stopped_link",
            Self::TooMany => "too_many_requests",
            Self::NotKept => "not_kept",
            Self::Busy => "busy",
        }
    }

    /// The status it is answered with.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Body | Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::UnknownKey | Self::UnknownLink => StatusCode::NOT_FOUND,
            Self::Origin | Self::Machine => StatusCode::FORBIDDEN,
            Self::StoppedLink => StatusCode::GONE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::NotKept | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Seconds after which the same request may succeed, where waiting helps.
    #[must_use]
    pub const fn retry_after(self) -> Option<&'static str> {
        match self {
            Self::TooMany => Some("10"),
            Self::NotKept | Self::Busy => Some("2"),
            _ => None,
        }
    }
}
