//! Programs: what is promised to partners, by which model, in which currency.

mod advice;
mod settings;
mod slug;
mod version;

pub use advice::{Advice, Complexity, ModelProfile, advise, profile};
pub use settings::{BrowserSales, FieldKind, FormField, ProgramSettings, Readiness, readiness};
pub use slug::{Slug, SlugError};
pub use version::{ApplyTo, Version, choose};

use crate::code::coded;
use crate::{Currency, ProgramId, TenantId, Timestamp, Zone};

coded! {
    /// How a program works (A3).
    ProgramModel {
        /// Performance partners, often anonymous.
        Affiliate = "affiliate",
        /// Customers recommend to friends; both sides are rewarded.
        Referral = "referral",
        /// Few deep partnerships: integrations, co-selling.
        Strategic = "strategic",
        /// Communities exchange audiences, mostly without cash.
        Community = "community",
        /// Creators make content; fee plus commission.
        Creator = "creator",
        /// Recurring faces of the brand.
        Ambassador = "ambassador",
    }
}

coded! {
    /// Where the business stands (A6); presets for goals and pitch.
    BusinessStage {
        /// Awareness and qualified leads first.
        Early = "early",
        /// Growing on purpose.
        Growth = "growth",
        /// Acquisition cost down, lifetime value up.
        Mature = "mature",
    }
}

coded! {
    /// Where a program is in its life.
    ProgramStatus {
        /// Being prepared; nothing public yet.
        Draft = "draft",
        /// Open: links redirect, sales earn.
        Active = "active",
        /// Links redirect, new sales earn nothing.
        Paused = "paused",
        /// Over: links lead to the fallback page.
        Closed = "closed",
    }
}

/// A program as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its id.
    pub id: ProgramId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Its place in public addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// How it works.
    pub model: ProgramModel,
    /// Where the business stands.
    pub stage: BusinessStage,
    /// Where it is in its life.
    pub status: ProgramStatus,
    /// Currency of commissions.
    pub currency: Currency,
    /// Zone in which months and days are counted.
    pub zone: Zone,
    /// The brand's site, where links lead unless they say otherwise.
    pub website: String,
    /// Everything else that can be set.
    pub settings: ProgramSettings,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ProgramStatus {
    /// Whether the change is allowed: closed programs stay closed, a running
    /// one does not become a draft again.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Active | Self::Closed)
                | (Self::Active, Self::Paused | Self::Closed)
                | (Self::Paused, Self::Active | Self::Closed)
        )
    }
}
