//! The brand's own name was bought as a search word (J3).

use super::paid_click::paid;
use crate::fraud::{Conversion, Evidence, Policy};

/// Fires when a paid click carries a brand word in its search term.
pub(in crate::fraud) fn check(conversion: &Conversion, policy: &Policy) -> Option<Evidence> {
    let click = conversion.click.as_ref()?;
    let (parameter, _) = paid(click)?;
    let term = |name: &str| matches!(name, "utm_term" | "keyword" | "kw" | "hsa_kw");
    let terms = click.query.iter().filter(|(name, _)| term(name));
    let text: Vec<String> = terms.map(|(_, value)| value.to_lowercase()).collect();
    let word = policy
        .brand_words
        .iter()
        .find(|word| !word.is_empty() && text.iter().any(|term| term.contains(word.as_str())))?;
    Some(Evidence::BrandBidding {
        parameter: parameter.to_owned(),
        word: word.clone(),
    })
}
