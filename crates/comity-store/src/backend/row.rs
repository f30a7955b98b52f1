//! Result rows, read by column name into domain values.

use comity_domain as domain;
use comity_domain::{Currency, Money, RawId, Timestamp};
use sqlx::Row as _;

use super::StoreError;

/// One row of either engine.
pub struct Row(Kind);

enum Kind {
    Sqlite(sqlx::sqlite::SqliteRow),
    Postgres(sqlx::postgres::PgRow),
}

impl From<sqlx::sqlite::SqliteRow> for Row {
    fn from(row: sqlx::sqlite::SqliteRow) -> Self {
        Self(Kind::Sqlite(row))
    }
}

impl From<sqlx::postgres::PgRow> for Row {
    fn from(row: sqlx::postgres::PgRow) -> Self {
        Self(Kind::Postgres(row))
    }
}

/// A value that can be read from a column.
pub trait Column: Sized {
    /// Reads the column `name`.
    fn read(row: &Row, name: &'static str) -> Result<Self, StoreError>;
}

impl Row {
    /// Reads a column as `T`.
    pub fn get<T: Column>(&self, name: &'static str) -> Result<T, StoreError> {
        T::read(self, name)
    }

    /// Reads an amount from its minor units and currency columns.
    pub fn money(&self, minor: &'static str, currency: &'static str) -> Result<Money, StoreError> {
        Ok(Money::new(
            self.get(minor)?,
            self.get::<Currency>(currency)?,
        ))
    }

    /// Reads a column through a text parser, as for codes of enums.
    pub fn parse<T>(
        &self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.get::<String>(name)?).ok_or(StoreError::Corrupt { column: name })
    }
}

/// Reads nullable primitives on both engines.
macro_rules! primitive {
    ($($type:ty),*) => {$(
        impl Column for Option<$type> {
            fn read(row: &Row, name: &'static str) -> Result<Self, StoreError> {
                Ok(match &row.0 {
                    Kind::Sqlite(row) => row.try_get::<Option<$type>, _>(name)?,
                    Kind::Postgres(row) => row.try_get::<Option<$type>, _>(name)?,
                })
            }
        }

        impl Column for $type {
            fn read(row: &Row, name: &'static str) -> Result<Self, StoreError> {
                row.get::<Option<$type>>(name)?.ok_or(StoreError::Corrupt { column: name })
            }
        }
    )*};
}

primitive!(i64, String, Vec<u8>);

/// Derives both columns from a primitive by a fallible conversion.
macro_rules! derived {
    ($($type:ty = $source:ty, |$value:ident| $convert:expr;)*) => {$(
        impl Column for $type {
            fn read(row: &Row, name: &'static str) -> Result<Self, StoreError> {
                let $value = row.get::<$source>(name)?;
                $convert.ok_or(StoreError::Corrupt { column: name })
            }
        }

        impl Column for Option<$type> {
            fn read(row: &Row, name: &'static str) -> Result<Self, StoreError> {
                row.get::<Option<$source>>(name)?
                    .map(|$value| $convert.ok_or(StoreError::Corrupt { column: name }))
                    .transpose()
            }
        }
    )*};
}

derived! {
    bool = i64, |value| Some(value != 0);
    u32 = i64, |value| u32::try_from(value).ok();
    Timestamp = i64, |value| Some(Timestamp::from_micros(value));
    Currency = String, |value| value.parse::<Currency>().ok();
    [u8; 32] = Vec<u8>, |value| <[u8; 32]>::try_from(value).ok();
    RawId = Vec<u8>, |value| <[u8; 16]>::try_from(value).ok().map(RawId);
}

/// The same for every typed id.
macro_rules! ids {
    ($($id:ident)*) => {
        derived! { $(domain::$id = Vec<u8>, |value| <[u8; 16]>::try_from(value).ok().map(|b| domain::$id(RawId(b)));)* }
    };
}

ids! {
    TenantId UserId SessionId ApiKeyId ProgramId ObjectiveId TermsId PolicyId PartnerId EnrollmentId
    GroupId PartnerTypeId ApplicationId LinkId CouponId ClickId VisitorId CustomerId EventId DecisionId
    CommissionId JournalId PayoutMethodId PayoutBatchId PayoutId EndpointId OutboxId DeliveryId
    ConnectionId InboxId JobId AuditId MailId ImportId FraudCaseId FraudFileId AnnouncementId InquiryId NoteId
    ReplayId SubmittedLeadId
    CostId PerkId PerkGrantId BadgeId RefereeRewardId AgreementId TierId ProductId
}
