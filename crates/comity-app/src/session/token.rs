//! Unguessable tokens, and what the database keeps of them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use comity_domain::Email;
use sha2::{Digest, Sha256};

use crate::App;

/// A fresh token: 256 random bits as 43 URL-safe characters.
pub(crate) fn fresh(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.secret())
}

/// What is stored of a token. Plain SHA-256 is enough for 256 random bits.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// An address for comparison; text that is no address compares as it is.
#[must_use]
pub fn normalise_email(email: &str) -> String {
    match email.trim().parse::<Email>() {
        Ok(email) => email.normalised(),
        Err(_) => email.trim().to_lowercase(),
    }
}
