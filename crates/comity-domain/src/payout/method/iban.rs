//! International bank account numbers: country structure and checksum (ISO 13616).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What follows country and check digits, per country: runs of `n` digits,
/// `a` capital letters, `c` either, each with a length.
const STRUCTURES: &str = "AD n8c12;AE n19;AL n8c16;AT n16;AZ a4c20;BA n16;BE n12;BG a4n6c8;\
BH a4c14;BI n23;BR n23a1c1;BY c4n4c16;CH n5c12;CR n18;CY n8c16;CZ n20;DE n18;DJ n23;DK n14;\
DO c4n20;EE n16;EG n25;ES n20;FI n14;FK a2n12;FO n14;FR n10c11n2;GB a4n14;GE a2n16;GI a4c15;\
GL n14;GR n7c16;GT c24;HN a4n20;HR n17;HU n24;IE a4n14;IL n19;IQ a4n15;IS n22;IT a1n10c12;\
JO a4n4c18;KW a4c22;KZ n3c13;LB n4c20;LC a4c24;LI n5c12;LT n16;LU n3c13;LV a4c13;LY n21;\
MC n10c11n2;MD c20;ME n18;MK n3c10n2;MN n16;MR n23;MT a4n5c18;MU a4n19a3;NI a4n20;NL a4n10;\
NO n11;OM n3c16;PK a4c16;PL n24;PS a4c21;PT n21;QA a4c21;RO a4c16;RS n18;RU n14c15;SA n2c18;\
SC a4n20a3;SD n14;SE n20;SI n15;SK n20;SM a1n10c12;SO n19;ST n21;SV a4n20;TL n19;TN n20;\
TR n6c16;UA n6c19;VA n18;VG a4n16;XK n16;YE a4n4c18";

/// Countries whose accounts SEPA reaches.
const SEPA: &str = "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV \
MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA";

/// Why a text is not an IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// The country has no IBANs.
    #[error("unknown country in iban")]
    UnknownCountry,
    /// Too long or too short for the country.
    #[error("iban has the wrong length")]
    Length,
    /// A letter where the country has a digit, or the other way round.
    #[error("iban has a wrong character")]
    Structure,
    /// The check digits do not fit: mistyped.
    #[error("iban fails its checksum")]
    Checksum,
}

/// A valid IBAN, without spaces, in capitals.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

impl Iban {
    /// The electronic form, without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country's two letters.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// True when SEPA reaches the account's country.
    #[must_use]
    pub fn in_sepa(&self) -> bool {
        SEPA.split(' ').any(|code| code == self.country())
    }

    /// First and last four characters.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{} •••• {}", &self.0[..4], &self.0[self.0.len() - 4..])
    }
}

impl FromStr for Iban {
    type Err = IbanError;

    fn from_str(text: &str) -> Result<Self, IbanError> {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if !compact.is_ascii() || compact.len() < 4 {
            return Err(if compact.len() < 4 {
                IbanError::Length
            } else {
                IbanError::Structure
            });
        }
        let structure = STRUCTURES
            .split(';')
            .find_map(|entry| entry.strip_prefix(&compact[..2])?.strip_prefix(' '))
            .ok_or(IbanError::UnknownCountry)?;
        check_structure(&compact.as_bytes()[4..], structure)?;
        if !compact[2..4].bytes().all(|b| b.is_ascii_digit()) {
            return Err(IbanError::Structure);
        }
        if mod_97(&compact) == 1 {
            Ok(Self(compact))
        } else {
            Err(IbanError::Checksum)
        }
    }
}

fn check_structure(account: &[u8], structure: &str) -> Result<(), IbanError> {
    let mut kinds = Vec::with_capacity(32);
    let (mut kind, mut count) = (b'n', 0);
    for byte in structure.bytes() {
        if byte.is_ascii_digit() {
            count = count * 10 + usize::from(byte - b'0');
        } else {
            kinds.extend(std::iter::repeat_n(kind, count));
            (kind, count) = (byte, 0);
        }
    }
    kinds.extend(std::iter::repeat_n(kind, count));
    if account.len() != kinds.len() {
        return Err(IbanError::Length);
    }
    let fits = |(byte, kind): (&u8, &u8)| match kind {
        b'n' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_uppercase(),
        _ => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
    };
    if account.iter().zip(&kinds).all(fits) {
        Ok(())
    } else {
        Err(IbanError::Structure)
    }
}

/// The number with country and check digits last and letters as 10 to 35, modulo 97 (ISO 7064).
fn mod_97(iban: &str) -> u32 {
    let digits = iban[4..].bytes().chain(iban[..4].bytes());
    digits.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    })
}

impl TryFrom<String> for Iban {
    type Error = IbanError;

    fn try_from(text: String) -> Result<Self, IbanError> {
        text.parse()
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

impl fmt::Debug for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<String> {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/data/bank/iban_examples.csv"
        );
        let text = std::fs::read_to_string(path).unwrap();
        text.lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_published_example_is_valid() {
        let examples = examples();
        assert!(examples.len() > 60);
        for text in examples {
            assert_eq!(
                text.parse::<Iban>().map(String::from),
                Ok(text.clone()),
                "{text}"
            );
        }
    }

    #[test]
    fn every_single_wrong_digit_and_every_swap_of_neighbours_is_found() {
        for text in examples() {
            let bytes = text.as_bytes();
            // A letter counts as two digits, so the promise of ISO 7064 is about digits.
            for at in (4..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()) {
                for other in b'0'..=b'9' {
                    let mut wrong = bytes.to_vec();
                    wrong[at] = other;
                    let wrong = String::from_utf8(wrong).unwrap();
                    assert!(wrong == text || wrong.parse::<Iban>().is_err(), "{wrong}");
                }
            }
            let digits = |at: &usize| bytes[at - 1..=*at].iter().all(u8::is_ascii_digit);
            for at in (5..bytes.len()).filter(digits) {
                let mut wrong = bytes.to_vec();
                wrong.swap(at - 1, at);
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(wrong == text || wrong.parse::<Iban>().is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn spaces_and_small_letters_are_accepted_and_each_fault_is_named() {
        let parse = |text: &str| text.parse::<Iban>();
        let iban = parse(" de89 3704 0044 0532 0130 00 ").unwrap();
        assert_eq!(
            (iban.masked().as_str(), iban.in_sepa()),
            ("DE89 •••• 3000", true)
        );
        assert_eq!(parse("DE88370400440532013000"), Err(IbanError::Checksum));
        assert_eq!(parse("DE8937040044053201300"), Err(IbanError::Length));
        assert_eq!(parse("DE8937040044053201300A"), Err(IbanError::Structure));
        assert_eq!(parse("US00123456789"), Err(IbanError::UnknownCountry));
        assert_eq!(parse(""), Err(IbanError::Length));
        assert_eq!(parse("DÉ89370400440532013000"), Err(IbanError::Structure));
    }
}
