//! A row about a partner.

use serde::{Deserialize, Serialize};

use super::cell;
use super::field::Field;
use super::row::ProblemCode;
use super::rows::Cells;
use crate::email::Email;
use crate::partner::EnrollmentStatus;
use crate::time::Timestamp;

/// A partner as another system knew them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerRow {
    /// Their address.
    pub email: Email,
    /// Their name; empty when the file has none.
    pub name: String,
    /// Company, or empty.
    pub company: String,
    /// ISO country code.
    pub country: Option<String>,
    /// Site or channel.
    pub website: Option<String>,
    /// Where the membership stood.
    pub status: EnrollmentStatus,
    /// Group, campaign or tier.
    pub group: Option<String>,
    /// The last part of their link, or the value of their parameter.
    pub slug: Option<String>,
    /// Their coupon code.
    pub coupon: Option<String>,
    /// Their id in the other system: links and events refer to it.
    pub external_id: Option<String>,
    /// When they joined.
    pub created_at: Option<Timestamp>,
}

/// Words for states of a membership in the systems known here.
const STATUSES: [(&str, EnrollmentStatus); 19] = [
    ("active", EnrollmentStatus::Approved),
    ("approved", EnrollmentStatus::Approved),
    ("accepted", EnrollmentStatus::Approved),
    ("enabled", EnrollmentStatus::Approved),
    ("true", EnrollmentStatus::Approved),
    ("inactive", EnrollmentStatus::Paused),
    ("paused", EnrollmentStatus::Paused),
    ("suspended", EnrollmentStatus::Paused),
    ("disabled", EnrollmentStatus::Paused),
    ("deactivated", EnrollmentStatus::Paused),
    ("pending", EnrollmentStatus::Pending),
    ("unconfirmed", EnrollmentStatus::Pending),
    ("invited", EnrollmentStatus::Invited),
    ("rejected", EnrollmentStatus::Rejected),
    ("declined", EnrollmentStatus::Rejected),
    ("denied", EnrollmentStatus::Rejected),
    ("banned", EnrollmentStatus::Banned),
    ("blocked", EnrollmentStatus::Banned),
    ("archived", EnrollmentStatus::Archived),
];

/// Reads a partner; problems are noted in `cells`.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<PartnerRow> {
    let email = cells.email(Field::Email, true);
    let whole = cells.text(Field::Name);
    let parts = [cells.text(Field::FirstName), cells.text(Field::LastName)];
    let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = cells.text(Field::Country);
    let country = country.and_then(|text| cells.keep(Field::Country, cell::country(&text)));
    let website = cells.text(Field::Website).and_then(|text| {
        let address = if text.contains("://") {
            text
        } else {
            format!("https://{text}")
        };
        cells.keep(Field::Website, web_address(address))
    });
    let row = PartnerRow {
        email: email?,
        name: whole.unwrap_or(parts),
        company: cells.text(Field::Company).unwrap_or_default(),
        country,
        website,
        status: status(cells),
        group: cells.text(Field::Group),
        slug: cells.slug(),
        coupon: cells.coupon(),
        external_id: cells.text(Field::ExternalId),
        created_at: cells.time(Field::CreatedAt),
    };
    Some(row)
}

/// A state that is not known waits for a person: pending.
fn status(cells: &mut Cells<'_>) -> EnrollmentStatus {
    let Some(text) = cells.text(Field::Status) else {
        return EnrollmentStatus::Approved;
    };
    let word = text.to_lowercase();
    let known = STATUSES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, status)| *status);
    let known = known.ok_or(ProblemCode::UnknownStatus);
    cells
        .keep(Field::Status, known)
        .unwrap_or(EnrollmentStatus::Pending)
}

/// An http(s) address with a host.
pub(super) fn web_address(text: String) -> Result<String, ProblemCode> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = rest
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    let clean = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    if clean && host.contains('.') && !host.contains('@') {
        Ok(text)
    } else {
        Err(ProblemCode::NotUrl)
    }
}
