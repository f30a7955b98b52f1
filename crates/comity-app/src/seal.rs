//! Secrets that must be used again, so they are sealed and not hashed: ChaCha20-Poly1305 under
//! a key that is derived from the installation's secret.

use hmac::{Hmac, Mac};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::Sha256;

use crate::{App, AppError};

/// What the key is for; another purpose gets another key.
const PURPOSE: &[u8] = b"comity sealed secrets 1";

fn key(app: &App) -> Result<LessSafeKey, AppError> {
    let broken = || AppError::Internal("no key for sealed secrets".to_owned());
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.config.secret).map_err(|_| broken())?;
    mac.update(PURPOSE);
    let bytes = mac.finalize().into_bytes();
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| broken())?;
    Ok(LessSafeKey::new(key))
}

/// Seals `secret` for `place`: moved to another row it does not open.
pub(crate) fn seal(app: &App, place: &str, secret: &str) -> Result<Vec<u8>, AppError> {
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&app.secret()[..NONCE_LEN]);
    let mut sealed = secret.as_bytes().to_vec();
    key(app)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(place.as_bytes()),
            &mut sealed,
        )
        .map_err(|_| AppError::Internal("could not seal a secret".to_owned()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what [`seal`] closed; refuses bytes that were changed, moved, or sealed by another
/// installation.
pub(crate) fn open(app: &App, place: &str, sealed: &[u8]) -> Result<String, AppError> {
    let broken = || AppError::Internal(format!("sealed secret of {place} does not open"));
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    let mut opened = rest.to_vec();
    let plain = key(app)?
        .open_in_place(nonce, Aad::from(place.as_bytes()), &mut opened)
        .map_err(|_| broken())?;
    String::from_utf8(plain.to_vec()).map_err(|_| broken())
}
