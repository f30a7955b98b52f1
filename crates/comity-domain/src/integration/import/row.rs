//! One row of a file after reading: a value, or what is wrong with it.

use serde::{Deserialize, Serialize};

use super::event::EventRow;
use super::link::LinkRow;
use super::partner::PartnerRow;
use crate::code::coded;

coded! {
    /// What is wrong with a cell or row.
    ProblemCode {
        /// More or fewer cells than the header.
        ColumnCount = "column_count",
        /// A quotation mark that is never closed.
        UnclosedQuote = "unclosed_quote",
        /// Not text: another encoding, or damaged before.
        Encoding = "encoding",
        /// Longer than a cell may be.
        TooLong = "too_long",
        /// Needed and empty.
        Missing = "missing",
        /// Not a mail address.
        NotEmail = "not_email",
        /// Not a number.
        NotNumber = "not_number",
        /// `1,234`: thousands or decimals? Say which in the settings.
        AmbiguousNumber = "ambiguous_number",
        /// Minor units with a fraction.
        NotWhole = "not_whole",
        /// Below zero where nothing can be.
        Negative = "negative",
        /// Too large to count.
        OutOfRange = "out_of_range",
        /// Not a currency in use.
        NotCurrency = "not_currency",
        /// Not a date or time.
        NotDate = "not_date",
        /// `03/04/2026`: which is the month? Say which in the settings.
        AmbiguousDate = "ambiguous_date",
        /// No such kind of event.
        UnknownKind = "unknown_kind",
        /// A state that is not known; the row is taken as pending.
        UnknownStatus = "unknown_status",
        /// A country that is not an ISO code; left empty.
        NotCountryCode = "not_country_code",
        /// Not usable in a link.
        NotSlug = "not_slug",
        /// Not a coupon code.
        NotCoupon = "not_coupon",
        /// Not an http(s) address.
        NotUrl = "not_url",
    }
}

impl ProblemCode {
    /// True where the row can be imported all the same.
    #[must_use]
    pub const fn is_warning(self) -> bool {
        matches!(self, Self::UnknownStatus | Self::NotCountryCode)
    }
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column, from 1; `None` for the row as a whole.
    pub column: Option<usize>,
    /// What.
    pub code: ProblemCode,
}

/// A row's meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A partner.
    Partner(PartnerRow),
    /// A link or coupon.
    Link(LinkRow),
    /// A past event.
    Event(EventRow),
}

/// One data row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Number of the data row, from 1: what a run counts.
    pub number: u64,
    /// Line of the file on which it begins, from 1: what a person looks for.
    pub line: u64,
    /// Identifies the content.
    pub hash: String,
    /// The meaning; `None` when a problem forbids importing it.
    pub value: Option<Value>,
    /// Everything that is wrong with it, warnings included.
    pub problems: Vec<Problem>,
    /// An earlier row with the same key: address, link, or kind and order.
    pub duplicate_of: Option<u64>,
}
