//! Stripe: `Stripe-Signature: t=…,v1=hex[,v1=hex]` over `"{t}." + body`.

use super::proof::{Signed, VerifyError, fresh, lower_hex, mac, same, seconds};
use crate::time::Timestamp;

/// Most `v1` entries that are tried: a rotation has two.
const SIGNATURES_MAX: usize = 8;

/// Checks a Stripe webhook.
///
/// The key is the whole `whsec_…` text, not its decoded form. Any `v1` entry may match; `v0`
/// and unknown schemes are ignored. The signature is checked before the time, so a forged
/// message learns nothing about the clock.
pub fn stripe(message: Signed<'_>, secrets: &[&str], now: Timestamp) -> Result<(), VerifyError> {
    let header = message.required("stripe-signature")?;
    let mut time = None;
    let mut signatures = Vec::new();
    for entry in header.split(',') {
        let (name, value) = entry.split_once('=').ok_or(VerifyError::Malformed)?;
        match name {
            "t" if time.is_some() => return Err(VerifyError::Malformed),
            "t" => time = Some(value),
            "v1" if signatures.len() < SIGNATURES_MAX => signatures.push(value),
            _ => {}
        }
    }
    let time = time.ok_or(VerifyError::Malformed)?;
    let signed_at = seconds(time)?;
    if signatures.is_empty() {
        return Err(VerifyError::MissingSignature);
    }
    let genuine = secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .any(|secret| {
            let expected = mac(secret.as_bytes(), &[time.as_bytes(), b".", message.body]);
            signatures
                .iter()
                .filter_map(|text| lower_hex(text))
                .any(|given| same(&given, &expected))
        });
    if genuine {
        fresh(signed_at, now)
    } else {
        Err(VerifyError::BadSignature)
    }
}
