//! What every scheme shares: the input, the errors, the MAC and the replay window.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::time::Timestamp;

/// How far a signed time may be from the receiver's clock, in either direction.
///
/// Five minutes is what the published libraries of the senders use.
pub const TOLERANCE_SECONDS: i64 = 300;

/// Longest signature header that is read; senders stay far below it.
const HEADER_BYTES_MAX: usize = 2_048;

/// Why a message is not accepted as the sender's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The signature, or a header it depends on, is absent.
    #[error("signature is missing")]
    MissingSignature,
    /// No secret gives this signature.
    #[error("signature does not match")]
    BadSignature,
    /// Signed too long ago.
    #[error("signed time is too old")]
    StaleTimestamp,
    /// Signed too far in the future.
    #[error("signed time is in the future")]
    FutureTimestamp,
    /// The signature header cannot be read.
    #[error("signature is malformed")]
    Malformed,
}

impl VerifyError {
    /// The stable code for logs, counters and API problems.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::MissingSignature => "missing_signature",
            Self::BadSignature => "bad_signature",
            Self::StaleTimestamp => "stale_timestamp",
            Self::FutureTimestamp => "future_timestamp",
            Self::Malformed => "malformed",
        }
    }
}

/// A received message as far as a signature check needs it.
#[derive(Clone, Copy)]
pub struct Signed<'a> {
    /// Looks a header up by its lower-case name. A value that is not text counts as absent.
    pub header: &'a dyn Fn(&str) -> Option<&'a str>,
    /// The body exactly as received.
    pub body: &'a [u8],
}

impl<'a> Signed<'a> {
    /// A header's value; absent, empty and oversized values are errors.
    pub(super) fn required(&self, name: &str) -> Result<&'a str, VerifyError> {
        match (self.header)(name) {
            None | Some("") => Err(VerifyError::MissingSignature),
            Some(value) if value.len() > HEADER_BYTES_MAX => Err(VerifyError::Malformed),
            Some(value) => Ok(value),
        }
    }
}

/// HMAC-SHA256 over the concatenation of `parts`.
pub(super) fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Constant-time equality.
pub(super) fn same(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// Lower-case hexadecimal of 32 bytes; other lengths and letters are refused, so that a
/// signature has exactly one spelling.
pub(super) fn lower_hex(text: &str) -> Option<[u8; 32]> {
    let plain = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let mut out = [0; 32];
    (text.bytes().all(plain) && hex::decode_to_slice(text, &mut out).is_ok()).then_some(out)
}

/// Unix seconds written with digits only.
pub(super) fn seconds(text: &str) -> Result<i64, VerifyError> {
    let plain = (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain {
        text.parse().map_err(|_| VerifyError::Malformed)
    } else {
        Err(VerifyError::Malformed)
    }
}

/// Refuses times outside the replay window; both ends are inside it.
pub(super) fn fresh(signed_at: i64, now: Timestamp) -> Result<(), VerifyError> {
    let age = now.seconds().saturating_sub(signed_at);
    match age {
        _ if age > TOLERANCE_SECONDS => Err(VerifyError::StaleTimestamp),
        _ if age < -TOLERANCE_SECONDS => Err(VerifyError::FutureTimestamp),
        _ => Ok(()),
    }
}
