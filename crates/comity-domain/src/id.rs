//! Time-ordered 128-bit identifiers, typed per noun.
//!
//! Layout: 48 bits of Unix milliseconds, then 80 random bits, so ids sort by
//! creation and cannot be guessed. In text an id is its noun's prefix, an
//! underscore and 26 lower-case Crockford base-32 digits: `prt_01j…`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::time::Timestamp;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of the text form without its prefix.
pub const TEXT_LEN: usize = 26;

/// An untyped 128-bit id: what generators return and stores keep.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawId(pub [u8; 16]);

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {prefix} id")]
pub struct IdError {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

impl RawId {
    /// Builds an id from its creation time (milliseconds are kept) and ten random bytes.
    #[must_use]
    pub fn from_parts(at: Timestamp, random: [u8; 10]) -> Self {
        let millis = at.micros().max(0) / 1_000;
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        Self(bytes)
    }

    /// The creation time in the id, at millisecond precision.
    #[must_use]
    pub fn created_at(self) -> Timestamp {
        let mut wide = [0; 8];
        wide[2..].copy_from_slice(&self.0[..6]);
        Timestamp::from_micros(i64::from_be_bytes(wide).saturating_mul(1_000))
    }

    /// The 26 digits.
    #[must_use]
    pub fn text(self) -> String {
        self.with_text(str::to_owned)
    }

    /// Lends the 26 digits without allocating: every redirect writes several ids.
    fn with_text<T>(self, lend: impl FnOnce(&str) -> T) -> T {
        let mut value = u128::from_be_bytes(self.0);
        let mut out = [0; TEXT_LEN];
        for slot in out.iter_mut().rev() {
            *slot = DIGITS[(value & 31) as usize];
            value >>= 5;
        }
        lend(std::str::from_utf8(&out).expect("the digits are ASCII"))
    }

    /// Reads 26 digits; refuses other lengths, letters and values over 128 bits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != TEXT_LEN {
            return None;
        }
        let mut value: u128 = 0;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|&d| d == byte)?;
            if value >> 123 != 0 {
                return None;
            }
            value = (value << 5) | digit as u128;
        }
        Some(Self(value.to_be_bytes()))
    }
}

impl fmt::Debug for RawId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Declares one typed id per noun; the list must be complete, so it is a macro.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub RawId);

        impl $name {
            /// The prefix of the text form.
            pub const PREFIX: &'static str = $prefix;

            /// The 16 bytes as stored.
            #[must_use]
            pub fn bytes(self) -> [u8; 16] {
                self.0.0
            }

            /// Appends the text form: what [`fmt::Display`] writes, without the cost of formatting.
            pub fn push_to(self, text: &mut String) {
                text.push_str(concat!($prefix, "_"));
                self.0.with_text(|digits| text.push_str(digits));
            }

            /// When the id was made (millisecond precision).
            #[must_use]
            pub fn created_at(self) -> Timestamp {
                self.0.created_at()
            }
        }

        impl From<RawId> for $name {
            fn from(raw: RawId) -> Self {
                Self(raw)
            }
        }

        impl From<$name> for RawId {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "_"))?;
                self.0.with_text(|digits| f.write_str(digits))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(RawId::parse)
                    .map(Self)
                    .ok_or(IdError { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// An organisation that owns programs: the tenant.
    TenantId = "org";
    /// A member of the organisation's team.
    UserId = "usr";
    /// A signed-in browser.
    SessionId = "ses";
    /// An API key.
    ApiKeyId = "key";
    /// A program.
    ProgramId = "prg";
    /// A measurable objective of a program.
    ObjectiveId = "obj";
    /// One version of a program's terms.
    TermsId = "trm";
    /// One version of a program's attribution policy or commission rules.
    PolicyId = "pol";
    /// A simulation of draft rules over past events.
    ReplayId = "rpl";
    /// A partner: person or organisation.
    PartnerId = "prt";
    /// A partner's membership in a program.
    EnrollmentId = "enr";
    /// A group of partners.
    GroupId = "grp";
    /// A kind of partner, as defined in the taxonomy.
    PartnerTypeId = "typ";
    /// An application to a program.
    ApplicationId = "app";
    /// A tracking link.
    LinkId = "lnk";
    /// A coupon code.
    CouponId = "cpn";
    /// A click.
    ClickId = "clk";
    /// A visitor: one browser, as far as a first-party cookie can tell.
    VisitorId = "vis";
    /// A customer of the brand.
    CustomerId = "cus";
    /// A business event: lead, sale, refund, custom action.
    EventId = "evt";
    /// An attribution decision.
    DecisionId = "dec";
    /// A commission.
    CommissionId = "com";
    /// A balanced journal of the ledger.
    JournalId = "jrn";
    /// A partner's way of being paid.
    PayoutMethodId = "pym";
    /// A batch of payouts.
    PayoutBatchId = "pbt";
    /// One payment to one partner.
    PayoutId = "pay";
    /// A webhook endpoint.
    EndpointId = "whe";
    /// An event sent to webhook endpoints.
    OutboxId = "msg";
    /// One delivery of an outbox event to an endpoint.
    DeliveryId = "dlv";
    /// A connection to a shop or provider that sends events in.
    ConnectionId = "cnx";
    /// A received provider webhook.
    InboxId = "inb";
    /// A background job.
    JobId = "job";
    /// A line of the audit log.
    AuditId = "aud";
    /// A mail in the outbox.
    MailId = "eml";
    /// A letter to many partners.
    AnnouncementId = "anc";
    /// An import run.
    ImportId = "imp";
    /// A fraud case.
    FraudCaseId = "frd";
    /// A file a partner handed in with an appeal.
    FraudFileId = "ffl";
    /// A signed agreement with one partner.
    AgreementId = "agr";
    /// A tier of partners in a program.
    TierId = "tir";
    /// A product of the brand.
    ProductId = "prd";
    /// A partner's inquiry or appeal.
    InquiryId = "inq";
    /// A remark of the team about a partner.
    NoteId = "nte";
    /// A person a partner named before they bought.
    SubmittedLeadId = "led";
    /// A line of the cost ledger.
    CostId = "cst";
    /// A perk of the catalogue.
    PerkId = "prk";
    /// Units of a perk given to a partner.
    PerkGrantId = "pgr";
    /// A badge.
    BadgeId = "bdg";
    /// What a referred customer was promised.
    RefereeRewardId = "rfr";
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_round_trips_and_keeps_order(a: [u8; 16], b: [u8; 16]) {
            let (a, b) = (RawId(a), RawId(b));
            prop_assert_eq!(RawId::parse(&a.text()), Some(a));
            prop_assert_eq!(a.cmp(&b), a.text().cmp(&b.text()));
        }

        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,40}") {
            if let Ok(id) = text.parse::<PartnerId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn an_id_remembers_its_millisecond() {
        let at = Timestamp::from_micros(1_700_000_000_123_456);
        let id = RawId::from_parts(at, [7; 10]);
        assert_eq!(id.created_at().micros(), 1_700_000_000_123_000);
    }

    #[test]
    fn another_nouns_id_is_refused() {
        let id = PartnerId(RawId([1; 16])).to_string();
        assert_eq!(id.parse::<LinkId>(), Err(IdError { prefix: "lnk" }));
    }

    #[test]
    fn a_value_over_128_bits_is_refused() {
        assert_eq!(RawId::parse("zzzzzzzzzzzzzzzzzzzzzzzzzz"), None);
    }
}
