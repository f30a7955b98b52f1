//! What a link's query says: deep link, QR flag, sub-ids, campaign, consent.

use url::form_urlencoded;

use super::bounded::{SHORT, clean};
use crate::click::{Consent, Utm};

/// Click parameters of advertising networks: their presence on a partner's
/// link is evidence for paid traffic (brand bidding).
const PAID: [&str; 11] = [
    "gclid",
    "gbraid",
    "wbraid",
    "gad_source",
    "msclkid",
    "fbclid",
    "ttclid",
    "twclid",
    "li_fat_id",
    "rdclid",
    "yclid",
];

/// The deep link a request asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum DeepLink {
    /// None.
    #[default]
    None,
    /// This one, not yet checked.
    Asked(String),
    /// Several: none of them is followed.
    Ambiguous,
}

/// The parameters of a request to a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// `to` or `url`.
    pub deep_link: DeepLink,
    /// `sig`: the team's word for a deep link outside the allow-list.
    pub signature: Option<String>,
    /// `qr=1`.
    pub is_qr: bool,
    /// `s1` … `s5` and their usual aliases.
    pub sub_ids: [Option<String>; 5],
    /// `utm_…`
    pub utm: Utm,
    /// The first advertising network's parameter seen.
    pub paid_parameter: Option<String>,
    /// `consent=1` or `consent=0`.
    pub consent: Option<Consent>,
}

impl Query {
    /// Reads a raw query. Of a parameter given twice the first counts, except
    /// for the deep link, where two are refused.
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        let mut query = Self::default();
        if raw.is_empty() {
            return query;
        }
        let mut utm = [const { None }; 5];
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            match name.as_ref() {
                "to" | "url" => {
                    query.deep_link = match query.deep_link {
                        DeepLink::None => DeepLink::Asked(value.into_owned()),
                        DeepLink::Asked(_) | DeepLink::Ambiguous => DeepLink::Ambiguous,
                    };
                }
                "sig" => keep(&mut query.signature, &value),
                "qr" => query.is_qr = value == "1",
                "consent" => query.consent = query.consent.or(consent(&value)),
                name => {
                    let campaign = Utm::NAMES.iter().position(|utm| *utm == name);
                    if let Some(index) = campaign {
                        keep(&mut utm[index], &value);
                    } else if let Some(index) = sub_id(name) {
                        keep(&mut query.sub_ids[index], &value);
                    } else if query.paid_parameter.is_none() && PAID.contains(&name) {
                        query.paid_parameter = Some(name.to_owned());
                    }
                }
            }
        }
        query.utm = Utm::from_values(utm);
        query
    }
}

fn keep(slot: &mut Option<String>, value: &str) {
    let value = clean(value, SHORT);
    if slot.is_none() && !value.is_empty() {
        *slot = Some(value);
    }
}

/// Consent as senders write it.
pub(crate) fn consent(value: &str) -> Option<Consent> {
    match value {
        "1" | "true" | "yes" | "granted" => Some(Consent::Given),
        "0" | "false" | "no" | "denied" => Some(Consent::Refused),
        _ => None,
    }
}

/// The index of a sub-id parameter: `s1`, `sub1`, `subid1`, `sub_id1`,
/// `aff_sub1`, `subId1`; without a number it is the first.
fn sub_id(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    let (stem, number) = match name.as_bytes().last()? {
        digit @ b'1'..=b'5' => (&name[..name.len() - 1], usize::from(digit - b'1')),
        _ => (name.as_str(), 0),
    };
    match stem {
        "s" if name.len() == 2 => Some(number),
        "sub" | "subid" | "sub_id" | "aff_sub" => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sub_ids_have_many_names() {
        let query = Query::parse("subid=a&s2=b&aff_sub3=c&subId4=d&sub_id5=e&s1=later&s=x");
        let values = query.sub_ids.map(Option::unwrap);
        assert_eq!(values, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn flags_campaign_and_paid_parameters_are_read() {
        let query =
            Query::parse("qr=1&utm_source=mail&utm_source=again&gclid=1&fbclid=2&consent=0");
        assert!(query.is_qr);
        assert_eq!(query.utm.source.as_deref(), Some("mail"));
        assert_eq!(query.paid_parameter.as_deref(), Some("gclid"));
        assert_eq!(query.consent, Some(Consent::Refused));
    }

    #[test]
    fn two_deep_links_are_ambiguous() {
        let one = Query::parse("to=https%3A%2F%2Fa.test");
        assert_eq!(one.deep_link, DeepLink::Asked("https://a.test".to_owned()));
        assert_eq!(Query::parse("to=a&url=b").deep_link, DeepLink::Ambiguous);
    }

    proptest! {
        #[test]
        fn kept_values_are_bounded_and_clean(raw: String) {
            let query = Query::parse(&raw);
            let texts = query.sub_ids.iter().flatten().map(String::as_str);
            for text in texts.chain(query.utm.values().into_iter().flatten()) {
                prop_assert!(text.len() <= SHORT && !text.chars().any(char::is_control));
            }
        }
    }
}
