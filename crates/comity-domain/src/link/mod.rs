//! Tracking links and coupon codes.

mod signed;

pub use signed::DestinationSigner;

use crate::code::coded;
use crate::program::Slug;
use crate::{CouponId, EnrollmentId, LinkId, PartnerId, ProgramId, TenantId, Timestamp};

coded! {
    /// Where a link or a code stands.
    LinkStatus {
        /// Counts.
        Active = "active",
        /// Switched off; leads to the fallback page.
        Paused = "paused",
        /// Removed from lists; leads to the fallback page.
        Archived = "archived",
    }
}

/// A tracking link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which membership earns.
    pub enrollment: EnrollmentId,
    /// Which partner.
    pub partner: PartnerId,
    /// Host it lives on; empty for the installation's redirect host.
    pub host: String,
    /// Its path.
    pub slug: Slug,
    /// Where it leads.
    pub destination: String,
    /// The partner's own label, or empty.
    pub label: String,
    /// Where it stands.
    pub status: LinkStatus,
    /// After this it leads to the fallback page.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A coupon code that credits a partner (G7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// Its id.
    pub id: CouponId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which membership earns.
    pub enrollment: EnrollmentId,
    /// Which partner.
    pub partner: PartnerId,
    /// The code as customers type it.
    pub code: String,
    /// Beats every click (policy permitting).
    pub exclusive: bool,
    /// Where it stands.
    pub status: LinkStatus,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Codes compare without case and surrounding blanks.
#[must_use]
pub fn coupon_norm(code: &str) -> String {
    code.trim().to_uppercase()
}

/// A code is 3 to 40 letters, digits, `-` or `_`.
#[must_use]
pub fn coupon_is_valid(code: &str) -> bool {
    let code = code.trim();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (3..=40).contains(&code.chars().count()) && code.chars().all(fits)
}
