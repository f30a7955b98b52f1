//! Rate limits: token buckets in memory, one per class and caller (RELIABILITY 3.6).

use std::collections::HashMap;
use std::sync::Mutex;

use comity_app::AppError;
use comity_domain::Timestamp;
use comity_domain::time::{HOUR, MINUTE, SECOND};
use sha2::{Digest, Sha256};

/// Callers remembered; beyond this the full buckets, which limit nobody, are forgotten.
const MAX_BUCKETS: usize = 50_000;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Passwords and second steps, per address of the network.
    Login,
    /// Passwords and second steps, per account: wider, so that nobody can lock a
    /// victim out from elsewhere (ASVS 6.1.1).
    Account,
    /// Links by mail.
    LoginLink,
    /// Applications, surveys and other public forms.
    PublicForm,
    /// Invitations.
    Invite,
    /// Calls of one API key.
    ApiKey,
    /// Requests with a wrong API key, per address of the network.
    WrongKey,
    /// Exports of large lists.
    Export,
}

impl Class {
    /// How many at once, and how long until one is given back.
    const fn rate(self) -> (i64, i64) {
        match self {
            Self::Login => (5, MINUTE / 5),
            Self::Account => (20, MINUTE / 5),
            Self::LoginLink => (2, MINUTE / 2),
            Self::PublicForm => (10, MINUTE / 10),
            Self::Invite => (20, HOUR / 20),
            Self::ApiKey => (1_000, SECOND / 200),
            Self::WrongKey => (20, MINUTE / 20),
            Self::Export => (20, MINUTE),
        }
    }
}

/// What is left, in microseconds of credit, as of an instant.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    credit: i64,
    at: Timestamp,
}

/// The buckets of this process.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<HashMap<(Class, [u8; 16]), Bucket>>);

impl Limiter {
    /// Takes one from the caller's bucket, or says after how many seconds to come back.
    pub fn check(&self, class: Class, caller: &str, now: Timestamp) -> Result<(), AppError> {
        let (burst, refill) = class.rate();
        let mut name = [0; 16];
        name.copy_from_slice(&Sha256::digest(caller.as_bytes())[..16]);
        let Ok(mut buckets) = self.0.lock() else {
            return Err(AppError::Internal("rate limiter poisoned".to_owned()));
        };
        if buckets.len() >= MAX_BUCKETS {
            forget_full(&mut buckets, now);
        }
        let full = burst * refill;
        let bucket = buckets.entry((class, name)).or_insert(Bucket {
            credit: full,
            at: now,
        });
        let earned = now.since(bucket.at).max(0);
        bucket.credit = bucket.credit.saturating_add(earned).min(full);
        bucket.at = now;
        if bucket.credit < refill {
            let wait = (refill - bucket.credit).div_euclid(SECOND) + 1;
            return Err(AppError::TooMany(u32::try_from(wait).unwrap_or(u32::MAX)));
        }
        bucket.credit -= refill;
        Ok(())
    }
}

fn forget_full(buckets: &mut HashMap<(Class, [u8; 16]), Bucket>, now: Timestamp) {
    buckets.retain(|(class, _), bucket| {
        let (burst, refill) = class.rate();
        bucket.credit.saturating_add(now.since(bucket.at)) < burst * refill
    });
    if buckets.len() >= MAX_BUCKETS {
        // A flood from many places at once: memory stays bounded, the count restarts.
        buckets.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_sign_ins_a_minute_then_one_every_twelve_seconds() {
        let limiter = Limiter::default();
        let start = Timestamp::from_seconds(1_000);
        let check = |at: Timestamp, who: &str| limiter.check(Class::Login, who, at);
        for _ in 0..5 {
            assert!(check(start, "192.0.2.1").is_ok());
        }
        assert!(matches!(
            check(start, "192.0.2.1"),
            Err(AppError::TooMany(13))
        ));
        assert!(check(start, "192.0.2.2").is_ok(), "others are not affected");
        let edge = start.plus(12 * SECOND);
        assert!(check(edge.plus(-1), "192.0.2.1").is_err());
        assert!(check(edge, "192.0.2.1").is_ok());
        assert!(check(edge, "192.0.2.1").is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = Limiter::default();
        let start = Timestamp::from_seconds(1_000);
        for caller in 0..=MAX_BUCKETS {
            limiter
                .check(Class::PublicForm, &caller.to_string(), start)
                .unwrap();
        }
        assert!(limiter.0.lock().unwrap().len() <= MAX_BUCKETS);
    }
}
