//! Times that pass through a visitor's hands and come back unchanged.

use comity_app::App;
use comity_domain::Timestamp;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

fn mac(app: &App, subject: &str, seconds: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&app.config.secret) else {
        return String::new();
    };
    mac.update(b"opened\0");
    mac.update(subject.as_bytes());
    mac.update(&seconds.to_be_bytes());
    hex::encode(&mac.finalize().into_bytes()[..16])
}

/// The time with its seal.
#[must_use]
pub(crate) fn stamp(app: &App, subject: &str, at: Timestamp) -> String {
    let seconds = at.seconds();
    format!("{seconds}.{}", mac(app, subject, seconds))
}

/// The time of a seal that is ours.
#[must_use]
pub(crate) fn read(app: &App, subject: &str, text: &str) -> Option<Timestamp> {
    let (seconds, seal) = text.split_once('.')?;
    let seconds: i64 = seconds.parse().ok()?;
    let expected = mac(app, subject, seconds);
    let same = !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(seal.as_bytes()));
    same.then(|| Timestamp::from_seconds(seconds))
}
