//! Statement arguments: three storage classes, each of which can be null.

use comity_domain as domain;
use comity_domain::{Currency, RawId, Timestamp};
use sqlx::Arguments;

use super::StoreError;

/// One argument. Nulls keep their class, because PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A 64-bit integer: counts, minor units, microseconds, booleans as 0 and 1.
    Int(Option<i64>),
    /// Text, JSON, codes.
    Text(Option<String>),
    /// Ids and hashes.
    Bytes(Option<Vec<u8>>),
}

/// Conversions from a value and from an optional value.
macro_rules! from {
    ($($source:ty => $variant:ident, |$value:ident| $convert:expr;)*) => {$(
        impl From<$source> for Arg {
            fn from($value: $source) -> Self {
                Self::$variant(Some($convert))
            }
        }

        impl From<Option<$source>> for Arg {
            fn from(value: Option<$source>) -> Self {
                Self::$variant(value.map(|$value| $convert))
            }
        }
    )*};
}

from! {
    i64 => Int, |value| value;
    u32 => Int, |value| i64::from(value);
    bool => Int, |value| i64::from(value);
    Timestamp => Int, |value| value.micros();
    &str => Text, |value| value.to_owned();
    String => Text, |value| value;
    &String => Text, |value| value.clone();
    Currency => Text, |value| value.code().to_owned();
    Vec<u8> => Bytes, |value| value;
    [u8; 32] => Bytes, |value| value.to_vec();
    &[u8; 32] => Bytes, |value| value.to_vec();
    RawId => Bytes, |value| value.0.to_vec();
}

/// The same for every typed id.
macro_rules! from_ids {
    ($($id:ident)*) => { from! { $(domain::$id => Bytes, |value| value.bytes().to_vec();)* } };
}

from_ids! {
    TenantId UserId SessionId ApiKeyId ProgramId ObjectiveId TermsId PolicyId PartnerId EnrollmentId
    GroupId PartnerTypeId ApplicationId LinkId CouponId ClickId VisitorId CustomerId EventId DecisionId
    CommissionId JournalId PayoutMethodId PayoutBatchId PayoutId EndpointId OutboxId DeliveryId
    ConnectionId InboxId JobId AuditId MailId ImportId FraudCaseId FraudFileId AnnouncementId InquiryId NoteId
    ReplayId SubmittedLeadId
    CostId PerkId PerkGrantId BadgeId RefereeRewardId AgreementId TierId ProductId
}

/// Encodes the arguments for one engine.
macro_rules! encoder {
    ($name:ident, $arguments:ty) => {
        pub(super) fn $name(args: Vec<Arg>) -> Result<$arguments, StoreError> {
            let mut encoded = <$arguments>::default();
            for arg in args {
                match arg {
                    Arg::Int(value) => encoded.add(value),
                    Arg::Text(value) => encoded.add(value),
                    Arg::Bytes(value) => encoded.add(value),
                }
                .map_err(StoreError::Encode)?;
            }
            Ok(encoded)
        }
    };
}

encoder!(sqlite, sqlx::sqlite::SqliteArguments);
encoder!(postgres, sqlx::postgres::PgArguments);
