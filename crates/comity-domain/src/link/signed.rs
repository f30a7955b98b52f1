//! Deep links outside a program's allow-list, vouched for by the team with a signature.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::ProgramId;

/// Half of HMAC-SHA256: nobody guesses 128 bits through a redirect.
const LENGTH: usize = 16;

/// Signs destinations with the installation's secret: a signature holds for one
/// program and one address, written exactly so.
#[derive(Clone)]
pub struct DestinationSigner(Hmac<Sha256>);

impl DestinationSigner {
    /// A signer with a key of its own, made from the installation's secret.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret).expect("hmac takes keys of any length");
        mac.update(b"comity signed destination\0");
        let key = mac.finalize().into_bytes();
        Self(Hmac::new_from_slice(&key).expect("hmac takes keys of any length"))
    }

    /// The signature of a destination, in hex.
    #[must_use]
    pub fn sign(&self, program: ProgramId, destination: &str) -> String {
        let full = self.over(program, destination).finalize().into_bytes();
        hex::encode(&full[..LENGTH])
    }

    /// Whether a signature is this destination's; takes the same time for every wrong one.
    #[must_use]
    pub fn verifies(&self, program: ProgramId, destination: &str, signature: &str) -> bool {
        let Ok(given) = hex::decode(signature) else {
            return false;
        };
        given.len() == LENGTH
            && self
                .over(program, destination)
                .verify_truncated_left(&given)
                .is_ok()
    }

    fn over(&self, program: ProgramId, destination: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(&program.bytes());
        mac.update(destination.as_bytes());
        mac
    }
}

impl std::fmt::Debug for DestinationSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DestinationSigner(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawId;

    #[test]
    fn a_signature_holds_for_one_program_and_one_address() {
        let (one, two) = (ProgramId(RawId([1; 16])), ProgramId(RawId([2; 16])));
        let signer = DestinationSigner::new(&[7; 32]);
        let to = "https://partner.example/a?b=c";
        let signature = signer.sign(one, to);
        assert_eq!(signature.len(), 32);
        assert!(signer.verifies(one, to, &signature));
        assert!(!signer.verifies(two, to, &signature));
        assert!(!signer.verifies(one, "https://partner.example/a?b=d", &signature));
        assert!(!DestinationSigner::new(&[8; 32]).verifies(one, to, &signature));
        for bad in ["", "00", "zz", &signature[..30], &format!("{signature}00")] {
            assert!(!signer.verifies(one, to, bad), "{bad}");
        }
    }
}
