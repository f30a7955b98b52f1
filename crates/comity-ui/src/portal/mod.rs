//! The partner portal: what a partner earns, why, and what to do next. Phone first.

pub mod earning;
pub mod home;
pub mod lead;
pub mod leave;
pub mod link;
pub mod link_detail;
pub mod method;
pub mod news;
pub mod payout;
pub mod payout_detail;
pub mod profile;
mod review;
pub mod reward;
pub mod statement;
pub mod tax;
pub mod terms;
pub mod why;

use comity_domain::money::Money;
use maud::{Markup, html};

use crate::component::{Tone, badge};
use crate::sample::Sample;
use crate::{Cx, t};

/// Where a commission stands, as partners see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Within the clearing period.
    Pending,
    /// Held, with a reason.
    Held,
    /// Cleared, waits for the next payout.
    Approved,
    /// Paid out.
    Paid,
    /// Declined, with a reason.
    Declined,
    /// Taken back after a refund or chargeback.
    Reversed,
}

impl State {
    /// Every state, in the order of the filter.
    pub const ALL: &[Self] = &[
        Self::Pending,
        Self::Held,
        Self::Approved,
        Self::Paid,
        Self::Declined,
        Self::Reversed,
    ];

    /// The value of the `state` parameter.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Held => "held",
            Self::Approved => "approved",
            Self::Paid => "paid",
            Self::Declined => "declined",
            Self::Reversed => "reversed",
        }
    }

    /// The word partners read.
    #[must_use]
    pub fn text(self, cx: &Cx) -> String {
        match self {
            Self::Pending => t!(cx, "portal-state-pending"),
            Self::Held => t!(cx, "portal-state-held"),
            Self::Approved => t!(cx, "portal-state-approved"),
            Self::Paid => t!(cx, "portal-state-paid"),
            Self::Declined => t!(cx, "portal-state-declined"),
            Self::Reversed => t!(cx, "portal-state-reversed"),
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Pending => Tone::Info,
            Self::Held => Tone::Warn,
            Self::Approved | Self::Paid => Tone::Ok,
            Self::Declined | Self::Reversed => Tone::Bad,
        }
    }

    /// The badge.
    #[must_use]
    pub fn badge(self, cx: &Cx) -> Markup {
        badge(self.tone(), &self.text(cx))
    }
}

/// What a partner has in one currency, from the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Cleared and not yet paid. Below zero after refunds of paid sales.
    pub available: Money,
    /// Still clearing or held.
    pub pending: Money,
}

/// An amount with the class of its sign.
fn amount(cx: &Cx, money: Money) -> Markup {
    html! { span.num { (crate::fmt::money(cx, money)) } }
}

/// Samples of all portal pages.
pub(crate) fn samples() -> Vec<Sample> {
    [
        home::samples(),
        lead::samples(),
        link::samples(),
        link_detail::samples(),
        earning::samples(),
        why::samples(),
        news::samples(),
        payout::samples(),
        payout_detail::samples(),
        method::samples(),
        reward::samples(),
        statement::samples(),
        tax::samples(),
        terms::samples(),
        profile::samples(),
        leave::samples(),
    ]
    .concat()
}
