//! A row about a link or coupon code.

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::partner::web_address;
use super::rows::Cells;
use crate::email::Email;
use crate::time::Timestamp;

/// A link or coupon as another system knew it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    /// The partner's address, or
    pub partner_email: Option<Email>,
    /// the partner's id in the other system.
    pub partner_id: Option<String>,
    /// Last part of the link, or the value of its parameter.
    pub slug: Option<String>,
    /// Where it leads.
    pub destination: Option<String>,
    /// Coupon code.
    pub coupon: Option<String>,
    /// Its id in the other system.
    pub external_id: Option<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
}

/// Reads a link; problems are noted in `cells`.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<LinkRow> {
    let row = LinkRow {
        partner_email: cells.email(Field::Email, false),
        partner_id: cells.text(Field::PartnerId),
        slug: cells.slug(),
        destination: cells
            .text(Field::Destination)
            .and_then(|text| cells.keep(Field::Destination, web_address(text))),
        coupon: cells.coupon(),
        external_id: cells.text(Field::ExternalId),
        created_at: cells.time(Field::CreatedAt),
    };
    if row.partner_email.is_none() && row.partner_id.is_none() {
        cells.missing(&[Field::Email, Field::PartnerId]);
    }
    if row.slug.is_none() && row.coupon.is_none() {
        cells.missing(&[Field::Slug, Field::Coupon]);
    }
    Some(row)
}
