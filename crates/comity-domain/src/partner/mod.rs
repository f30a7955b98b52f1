//! Partners and their memberships in programs.

mod tier;

pub use tier::{MAX_TIERS, Reach, Tier, TierError, check_tiers, reached};

use crate::code::coded;
use crate::{EnrollmentId, PartnerId, ProgramId, TenantId, Timestamp, UserId};

coded! {
    /// Where a membership stands.
    EnrollmentStatus {
        /// Invited by the team, not yet answered.
        Invited = "invited",
        /// Applied, waiting for a decision.
        Pending = "pending",
        /// In: links count, sales earn.
        Approved = "approved",
        /// Refused, with a reason.
        Rejected = "rejected",
        /// Links redirect, new sales earn nothing.
        Paused = "paused",
        /// Out for a violation.
        Banned = "banned",
        /// Out without a quarrel.
        Archived = "archived",
    }
}

impl EnrollmentStatus {
    /// Whether new events can earn.
    #[must_use]
    pub const fn earns(self) -> bool {
        matches!(self, Self::Approved)
    }

    /// Whether the change is allowed.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use EnrollmentStatus as S;
        match self {
            S::Invited | S::Pending => matches!(next, S::Approved | S::Rejected | S::Archived),
            S::Approved => matches!(next, S::Paused | S::Banned | S::Archived),
            S::Paused => matches!(next, S::Approved | S::Banned | S::Archived),
            S::Rejected => matches!(next, S::Pending | S::Approved),
            S::Banned | S::Archived => next == S::Approved,
        }
    }
}

/// A partner: a person or organisation known to one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Whose partner.
    pub tenant: TenantId,
    /// Address as typed.
    pub email: String,
    /// Address for comparison.
    pub email_norm: String,
    /// Name.
    pub name: String,
    /// Company, or empty.
    pub company: String,
    /// ISO country code, or empty.
    pub country: String,
    /// Site or channel, or empty.
    pub website: String,
    /// Language of mails and portal: `en` or `ru`.
    pub lang: String,
    /// Argon2id hash, when a password was set.
    pub password_hash: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When they were last seen in the portal.
    pub last_seen_at: Option<Timestamp>,
}

/// A membership of a partner in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// Its id.
    pub id: EnrollmentId,
    /// Whose.
    pub tenant: TenantId,
    /// In which program.
    pub program: ProgramId,
    /// Which partner.
    pub partner: PartnerId,
    /// Where it stands.
    pub status: EnrollmentStatus,
    /// The team member who looks after them.
    pub manager: Option<UserId>,
    /// The membership that brought them (G10).
    pub recruited_by: Option<EnrollmentId>,
    /// Why it was refused or ended: stable code, or empty.
    pub reason_code: String,
    /// The same in words, shown to the partner.
    pub reason_text: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
}

coded! {
    /// Kinds of partners out of the box (E2).
    BuiltinType {
        /// Performance, often anonymous.
        Affiliate = "affiliate",
        /// Content, hybrid deal.
        Creator = "creator",
        /// Recurring face, long-term.
        Ambassador = "ambassador",
        /// Integration, co-marketing, shared roadmap.
        Strategic = "strategic",
        /// A community that exchanges audience.
        Community = "community",
        /// A customer who recommends.
        Customer = "customer",
    }
}
