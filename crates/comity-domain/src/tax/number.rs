//! Tax and VAT numbers: structure everywhere in the European Union, check digits where the
//! algorithm is published.

/// Why a number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberProblem {
    /// Wrong length or letters.
    Malformed,
    /// Its check digit does not fit: usually a slip of the pen.
    Checksum,
    /// Its prefix is of another country.
    Country,
}

impl NumberProblem {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Checksum => "checksum",
            Self::Country => "other_country",
        }
    }
}

/// Pattern of a VAT number after its prefix: `9` a digit, `A` a letter, `X` either. Several
/// are separated by spaces. As listed by the Commission for VIES.
const VAT: &[(&str, &str)] = &[
    ("AT", "A99999999"),
    ("BE", "9999999999"),
    ("BG", "999999999 9999999999"),
    ("CY", "99999999A"),
    ("CZ", "99999999 999999999 9999999999"),
    ("DE", "999999999"),
    ("DK", "99999999"),
    ("EE", "999999999"),
    ("EL", "999999999"),
    ("ES", "X9999999X"),
    ("FI", "99999999"),
    ("FR", "XX999999999"),
    ("GB", "999999999 999999999999"),
    ("HR", "99999999999"),
    ("HU", "99999999"),
    ("IE", "9X99999A 9999999AA"),
    ("IT", "99999999999"),
    ("LT", "999999999 999999999999"),
    ("LU", "99999999"),
    ("LV", "99999999999"),
    ("MT", "99999999"),
    ("NL", "999999999A99"),
    ("PL", "9999999999"),
    ("PT", "999999999"),
    (
        "RO",
        "99 999 9999 99999 999999 9999999 99999999 999999999 9999999999",
    ),
    ("SE", "999999999999"),
    ("SI", "99999999"),
    ("SK", "9999999999"),
];

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn fits(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern
            .bytes()
            .zip(text.bytes())
            .all(|(want, has)| match want {
                b'9' => has.is_ascii_digit(),
                b'A' => has.is_ascii_uppercase(),
                _ => has.is_ascii_digit() || has.is_ascii_uppercase(),
            })
}

/// A VAT number in its stored form: prefix and characters without spaces. Countries that are
/// not in the list are taken as typed, if they look like a number at all.
pub fn check_vat_id(country: &str, text: &str) -> Result<String, NumberProblem> {
    let text = bare(text);
    // Greece has a prefix of its own.
    let prefix = if country == "GR" { "EL" } else { country };
    let Some((_, patterns)) = VAT.iter().find(|(code, _)| *code == prefix) else {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
        return if plain && (4..=20).contains(&text.len()) {
            Ok(text)
        } else {
            Err(NumberProblem::Malformed)
        };
    };
    let Some(rest) = text.strip_prefix(prefix) else {
        let foreign = VAT.iter().any(|(code, _)| text.starts_with(code));
        return Err(if foreign {
            NumberProblem::Country
        } else {
            NumberProblem::Malformed
        });
    };
    if !patterns.split(' ').any(|pattern| fits(pattern, rest)) {
        return Err(NumberProblem::Malformed);
    }
    let digits: Vec<u32> = rest.chars().filter_map(|c| c.to_digit(10)).collect();
    let right = match prefix {
        "AT" => austria(&digits),
        "BE" => belgium(rest),
        "DE" | "HR" => mod_11_10(&digits),
        "DK" => weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "FI" => weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        "IT" => luhn(&digits),
        "LU" => luxembourg(rest),
        "PL" => polish(&digits),
        "PT" => portugal(&digits),
        _ => true,
    };
    if right {
        Ok(text)
    } else {
        Err(NumberProblem::Checksum)
    }
}

/// A country's own tax number. Checked where a single form is usual: the Russian INN, the
/// United States' SSN and EIN, the Polish NIP; elsewhere any short line of letters and digits.
pub fn check_tax_id(country: &str, text: &str) -> Result<String, NumberProblem> {
    let text = bare(text);
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let numeric = digits.len() == text.chars().count();
    let (formed, right) = match country {
        "RU" => (numeric && matches!(digits.len(), 10 | 12), inn(&digits)),
        "US" => (numeric && digits.len() == 9, true),
        "PL" => (
            numeric && matches!(digits.len(), 10 | 11),
            digits.len() == 11 || polish(&digits),
        ),
        _ => {
            let plain = text.bytes().all(|b| b.is_ascii_alphanumeric());
            (plain && (4..=20).contains(&text.len()), true)
        }
    };
    match (formed, right) {
        (false, _) => Err(NumberProblem::Malformed),
        (true, false) => Err(NumberProblem::Checksum),
        (true, true) => Ok(text),
    }
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// ISO 7064, MOD 11,10: Germany, Croatia.
fn mod_11_10(digits: &[u32]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == *check
}

/// Austria: digits doubled at every second place, with 4 added.
fn austria(digits: &[u32]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let cross = |digit: u32| digit / 10 + digit % 10;
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(n, digit)| if n % 2 == 1 { cross(digit * 2) } else { *digit })
        .sum();
    (10 - (sum + 4) % 10) % 10 == *check
}

/// Belgium: the last two digits are 97 less the rest of the first eight by 97.
fn belgium(text: &str) -> bool {
    match (text[..8].parse::<u64>(), text[8..].parse::<u64>()) {
        (Ok(body), Ok(check)) => 97 - body % 97 == check,
        _ => false,
    }
}

/// Luxembourg: the last two digits are the first six by 89.
fn luxembourg(text: &str) -> bool {
    match (text[..6].parse::<u64>(), text[6..].parse::<u64>()) {
        (Ok(body), Ok(check)) => body % 89 == check,
        _ => false,
    }
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, digit)| match (n % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Polish NIP.
fn polish(digits: &[u32]) -> bool {
    digits.len() == 10 && weighted(digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9]
}

/// Portuguese NIF.
fn portugal(digits: &[u32]) -> bool {
    let check = 11 - weighted(digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    digits.last() == Some(&(if check > 9 { 0 } else { check }))
}

/// Russian INN of companies (10 digits) and persons (12).
fn inn(digits: &[u32]) -> bool {
    let check = |weights: &[u32], at: usize| {
        digits.get(at) == Some(&(weighted(&digits[..weights.len()], weights) % 11 % 10))
    };
    match digits.len() {
        10 => check(&[2, 4, 10, 3, 5, 9, 4, 6, 8], 9),
        12 => {
            check(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 10)
                && check(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], 11)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that the authorities themselves print as examples, or of well-known companies.
    const RIGHT: [(&str, &str); 9] = [
        ("DE", "DE136695976"),
        ("AT", "ATU13585627"),
        ("BE", "BE0428759497"),
        ("DK", "DK13585628"),
        ("FI", "FI20774740"),
        ("IT", "IT00743110157"),
        ("LU", "LU15027442"),
        ("PL", "PL8567346215"),
        ("PT", "PT501964843"),
    ];

    #[test]
    fn published_examples_pass_and_any_wrong_digit_fails() {
        for (country, number) in RIGHT {
            assert_eq!(check_vat_id(country, number).as_deref(), Ok(number));
            let last = number.len() - 1;
            let digit = number[last..].parse::<u32>().unwrap();
            let wrong = format!("{}{}", &number[..last], (digit + 1) % 10);
            assert_eq!(
                check_vat_id(country, &wrong),
                Err(NumberProblem::Checksum),
                "{wrong}"
            );
        }
    }

    #[test]
    fn other_countries_lengths_and_prefixes_are_told_apart() {
        assert_eq!(
            check_vat_id("DE", "FR40303265045"),
            Err(NumberProblem::Country)
        );
        assert_eq!(
            check_vat_id("DE", "DE12345678"),
            Err(NumberProblem::Malformed)
        );
        assert_eq!(
            check_vat_id("DE", "136695976"),
            Err(NumberProblem::Malformed)
        );
        assert_eq!(
            check_vat_id("GR", "EL094259216").as_deref(),
            Ok("EL094259216")
        );
        assert_eq!(
            check_vat_id("CH", "CHE-116.281.710").as_deref(),
            Ok("CHE116281710")
        );
        assert_eq!(
            check_vat_id("DE", "ДЕ136695976"),
            Err(NumberProblem::Malformed)
        );
    }

    #[test]
    fn russian_numbers_have_check_digits() {
        for right in ["7707083893", "500100732259"] {
            assert_eq!(check_tax_id("RU", right).as_deref(), Ok(right));
        }
        assert_eq!(
            check_tax_id("RU", "7707083894"),
            Err(NumberProblem::Checksum)
        );
        assert_eq!(
            check_tax_id("RU", "77070838"),
            Err(NumberProblem::Malformed)
        );
        assert_eq!(check_tax_id("US", "12-3456789").as_deref(), Ok("123456789"));
    }
}
