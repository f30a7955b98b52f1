//! A person's own account: password, second step, signed-in devices. For team and partners.

pub mod account;
mod device;
pub mod second_step;

pub use device::device;
use maud::Markup;

use crate::Cx;
use crate::layout::admin::{self, AdminShell};
use crate::layout::portal::{self, PortalShell};
use crate::sample::Sample;

/// The shell around account pages: the same pages serve both audiences.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A team member.
    Team(AdminShell),
    /// A partner.
    Partner(PortalShell),
}

impl Frame {
    fn page(&self, cx: &Cx, title: &str, body: &Markup) -> Markup {
        let none = Markup::default();
        match self {
            Self::Team(shell) => admin::page(cx, shell, title, &none, body),
            Self::Partner(shell) => portal::page(cx, shell, title, &none, body),
        }
    }
}

/// Samples of the account pages.
pub(crate) fn samples() -> Vec<Sample> {
    [account::samples(), second_step::samples()].concat()
}
