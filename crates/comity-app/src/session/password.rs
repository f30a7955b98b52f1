//! Passwords: Argon2id, few at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::{App, AppError};

/// Memory in KiB and passes: the OWASP ASVS 11.4.2 floor, about 40 ms here.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// Hashing at once: more would only take memory and the processors from everybody.
const AT_ONCE: usize = 2;
/// Waiting for a turn; beyond this the caller is told to come back.
const WAITING: usize = 32;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static QUEUE: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

/// Shortest accepted password; there are no composition rules (ASVS 6.2).
pub const MIN_LENGTH: usize = 12;
/// Longest accepted password: hashing cost does not grow with it, request size does.
pub const MAX_LENGTH: usize = 256;

/// The passwords tried first everywhere, without their endings.
const COMMON: [&str; 20] = [
    "password",
    "passw0rd",
    "qwerty",
    "qwertz",
    "azerty",
    "iloveyou",
    "welcome",
    "letmein",
    "admin",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "master",
    "changeme",
    "secret",
    "йцукен",
    "пароль",
];

fn engine() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether a new password is acceptable for this address: the refusal's code otherwise.
pub fn check_new(password: &str, email: &str) -> Result<(), AppError> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err(AppError::field("password", "too_short"));
    }
    if password.len() > MAX_LENGTH {
        return Err(AppError::field("password", "too_long"));
    }
    let folded = password.to_lowercase();
    let stem = folded.trim_end_matches(|c: char| !c.is_alphabetic());
    let mut letters: Vec<char> = folded.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    if COMMON.contains(&stem) || stem.is_empty() || letters.len() < 4 || stem == local {
        return Err(AppError::field("password", "too_common"));
    }
    Ok(())
}

/// Hashes a password for storage.
pub async fn hash(app: &App, password: &str) -> Result<String, AppError> {
    let salt = app.secret();
    let password = password.to_owned();
    in_turn(move || {
        engine()
            .hash_password_with_salt(password.as_bytes(), &salt[..16])
            .map(|hash| hash.to_string())
            .map_err(|error| AppError::Internal(format!("could not hash a password: {error}")))
    })
    .await?
}

/// Compares a password with a stored hash. Without one the same work is done for
/// nothing, so that an unknown address takes as long as a wrong password.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool, AppError> {
    let password = password.to_owned();
    let stored = stored.map(str::to_owned);
    in_turn(move || match stored.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => engine().verify_password(password.as_bytes(), &hash).is_ok(),
        _ => {
            let mut out = [0; 32];
            // Only the time it takes matters.
            let _ = engine().hash_password_into(password.as_bytes(), &[0; 16], &mut out);
            false
        }
    })
    .await
}

async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let _place = QUEUE.try_acquire().map_err(|_| AppError::TooMany(2))?;
    let closed = |_| AppError::Internal("password hashing stopped".to_owned());
    let _turn = TURNS.acquire().await.map_err(closed)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| AppError::Internal("password hashing failed".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_common_and_own_names_are_refused_and_phrases_are_not() {
        let email = "ada.lovelace@example.com";
        for bad in [
            "short7!",
            "Password1234!",
            "aaaaaaaaaaaa",
            "123456789012",
            "ada.lovelace1",
            "пароль2026",
        ] {
            assert!(check_new(bad, email).is_err(), "{bad}");
        }
        for good in [
            "correct horse battery staple",
            "Tr0ub4dor&3 twice",
            "моя длинная фраза",
        ] {
            assert!(check_new(good, email).is_ok(), "{good}");
        }
        assert!(check_new(&"ab1c".repeat(65), email).is_err());
    }

    #[tokio::test]
    async fn a_missing_hash_never_matches() {
        assert!(!verify("anything", None).await.unwrap());
        assert!(!verify("anything", Some("not a hash")).await.unwrap());
    }
}
