//! The exact request of a payout, fixed before anything is sent (rules 1 and 6).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Rail;
use crate::{Money, PayoutId};

/// The stored request is not what was frozen, so it must not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stored request does not match its digest")]
pub struct FrozenError;

/// A request body with its idempotency key; retries send these bytes and no others.
///
/// Amount and destination are copies: later changes to the partner's method do not reach them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenRequest {
    payout: PayoutId,
    rail: Rail,
    amount: Money,
    idempotency_key: String,
    body: Vec<u8>,
    digest: [u8; 32],
}

impl FrozenRequest {
    /// Freezes a body; the key depends on the payout alone.
    #[must_use]
    pub fn new(payout: PayoutId, rail: Rail, amount: Money, body: Vec<u8>) -> Self {
        let idempotency_key = format!("comity-{payout}");
        let digest = digest(rail, amount, &idempotency_key, &body);
        Self {
            payout,
            rail,
            amount,
            idempotency_key,
            body,
            digest,
        }
    }

    /// Puts a stored request together again.
    #[must_use]
    pub fn stored(
        payout: PayoutId,
        rail: Rail,
        amount: Money,
        body: Vec<u8>,
        digest: [u8; 32],
    ) -> Self {
        Self {
            digest,
            ..Self::new(payout, rail, amount, body)
        }
    }

    /// The bytes to send, after checking that nothing changed since they were frozen.
    pub fn body(&self) -> Result<&[u8], FrozenError> {
        let expected = digest(self.rail, self.amount, &self.idempotency_key, &self.body);
        if expected == self.digest {
            Ok(&self.body)
        } else {
            Err(FrozenError)
        }
    }

    /// The key under which the provider recognises a repeat.
    #[must_use]
    pub fn idempotency_key(&self) -> &str {
        &self.idempotency_key
    }

    /// The payout.
    #[must_use]
    pub const fn payout(&self) -> PayoutId {
        self.payout
    }

    /// The rail.
    #[must_use]
    pub const fn rail(&self) -> Rail {
        self.rail
    }

    /// What is paid.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// The digest to store beside the body.
    #[must_use]
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }
}

fn digest(rail: Rail, amount: Money, key: &str, body: &[u8]) -> [u8; 32] {
    let head = format!(
        "{}|{}|{}|{key}|",
        rail.code(),
        amount.minor,
        amount.currency
    );
    Sha256::new()
        .chain_update(head)
        .chain_update(body)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, RawId};

    #[test]
    fn a_changed_body_or_amount_is_not_sent() {
        let payout = PayoutId(RawId([9; 16]));
        let money = |minor| Money::new(minor, Currency::EUR);
        let frozen = FrozenRequest::new(payout, Rail::PayPal, money(5), b"{}".to_vec());
        let again = |minor, body: &[u8]| {
            FrozenRequest::stored(
                payout,
                Rail::PayPal,
                money(minor),
                body.to_vec(),
                frozen.digest(),
            )
        };
        assert_eq!(again(5, b"{}").body(), Ok(b"{}".as_slice()));
        assert_eq!(again(6, b"{}").body(), Err(FrozenError));
        assert_eq!(again(5, b"{ }").body(), Err(FrozenError));
    }
}
