//! Time-based one-time codes (RFC 6238: SHA-1, 6 digits, 30 seconds) and recovery codes.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Secret, TOTP};

use crate::App;

/// Seconds per step.
const STEP: i64 = 30;
/// Recovery codes handed out at once.
const RECOVERY_CODES: usize = 10;

/// What the person's authenticator needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The shared secret in base 32, for typing in.
    pub secret: String,
    /// The same as an `otpauth:` address, for the QR code.
    pub uri: String,
}

/// A fresh shared secret (160 bits) in base 32.
#[must_use]
pub fn new_secret(app: &App) -> String {
    Secret::Raw(app.secret()[..20].to_vec())
        .to_encoded()
        .to_string()
}

/// The address authenticators read from a QR code.
#[must_use]
pub fn provisioning_uri(secret: &str, organisation: &str, email: &str) -> String {
    let mut uri = url::form_urlencoded::Serializer::new(String::new());
    uri.append_pair("secret", secret)
        .append_pair("issuer", organisation);
    let encode = |text: &str| -> String {
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        encoded.replace('+', "%20")
    };
    let label = format!("{}:{}", encode(organisation), encode(email));
    format!(
        "otpauth://totp/{label}?{}",
        uri.finish().replace('+', "%20")
    )
}

/// The step a code belongs to: the present one or a neighbour, but later than
/// `last_step`, so that no code works twice.
#[must_use]
pub fn accepts(secret: &str, code: &str, now_seconds: i64, last_step: i64) -> Option<i64> {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    let totp = TOTP::new(Algorithm::SHA1, 6, 0, STEP.unsigned_abs(), bytes).ok()?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now_seconds.div_euclid(STEP);
    let mut found = None;
    for step in [present - 1, present, present + 1] {
        let at = u64::try_from(step.saturating_mul(STEP)).ok()?;
        let same = totp.generate(at).as_bytes().ct_eq(code.as_bytes());
        if bool::from(same) && step > last_step {
            found = Some(step);
        }
    }
    found
}

/// Fresh recovery codes for the person, and the JSON of their hashes for the database.
#[must_use]
pub fn recovery_codes(app: &App) -> (Vec<String>, String) {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| {
            let text = hex::encode(&app.secret()[..8]);
            format!("{}-{}", &text[..8], &text[8..])
        })
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    (codes, serde_json::json!(hashes).to_string())
}

/// The hashes without the one of `code`; `None` when it is not among them.
pub(super) fn use_recovery(hashes_json: &str, code: &str) -> Option<String> {
    let mut hashes: Vec<String> = serde_json::from_str(hashes_json).ok()?;
    let wanted = recovery_hash(code);
    let place = hashes.iter().position(|hash| *hash == wanted)?;
    hashes.remove(place);
    Some(serde_json::json!(hashes).to_string())
}

fn recovery_hash(code: &str) -> String {
    let kept: String = code.chars().filter(char::is_ascii_hexdigit).collect();
    hex::encode(Sha256::digest(kept.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, SHA-1: the ASCII secret "12345678901234567890".
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_of_the_standard_are_accepted_once() {
        assert_eq!(accepts(SECRET, "287082", 59, 0), Some(1));
        assert_eq!(accepts(SECRET, "287 082", 59 + 30, 0), Some(1));
        assert_eq!(accepts(SECRET, "287082", 59, 1), None, "a step works once");
        assert_eq!(accepts(SECRET, "287082", 59 + 90, 0), None, "too late");
        assert_eq!(
            accepts(SECRET, "005924", 1_234_567_890, 0),
            Some(41_152_263)
        );
        assert_eq!(accepts("not base 32!", "287082", 59, 0), None);
    }

    #[test]
    fn a_recovery_code_works_once_however_it_is_typed() {
        let hashes = serde_json::json!([recovery_hash("0123abcd-4567ef89")]).to_string();
        let rest = use_recovery(&hashes, " 0123ABCD 4567EF89 ").unwrap();
        assert_eq!(rest, "[]");
        assert_eq!(use_recovery(&rest, "0123abcd-4567ef89"), None);
    }

    #[test]
    fn the_address_for_authenticators_escapes_names() {
        let uri = provisioning_uri("ABC", "Nord & Co", "a+b@example.com");
        assert_eq!(
            uri,
            "otpauth://totp/Nord%20%26%20Co:a%2Bb%40example.com?secret=ABC&issuer=Nord%20%26%20Co"
        );
    }
}
