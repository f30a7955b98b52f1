//! Reward rules of a program: the list, the form of one rule, versions, publishing, simulation.

mod condition;
mod editor;
mod example;
mod form;
mod publish;
mod replay;
mod reward;
mod sample;
mod tier;
mod version;

pub use editor::{Editor, RuleLine, editor};
pub use example::{Example, Result};
pub use form::{Caps, Parts, REWARDS, RuleForm, caps, form};
pub use publish::{Change, Effect, Publish, publish};
pub use replay::{PartnerLine, Past, Replay, Run, replay, replays};
pub(crate) use sample::samples;
pub use tier::{TierLine, Tiers, tiers};
pub use version::{VersionView, version};

use comity_domain::ProgramId;
use maud::Markup;

use crate::layout::admin::{self, AdminShell};
use crate::{Cx, t};

/// The program a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Its id.
    pub id: ProgramId,
    /// Its name.
    pub name: String,
}

impl Of {
    /// The address of the rules.
    #[must_use]
    pub fn rules(&self) -> String {
        format!("/admin/programs/{}/rules", self.id)
    }
}

/// A page below the list of rules.
fn below(
    cx: &Cx,
    shell: &AdminShell,
    of: &Of,
    title: &str,
    actions: &Markup,
    body: &Markup,
) -> Markup {
    let (programs, rules) = (t!(cx, "shell-nav-programs"), t!(cx, "rule-title"));
    let (program, list) = (format!("/admin/programs/{}", of.id), of.rules());
    let parents = [
        (programs.as_str(), "/admin/programs"),
        (of.name.as_str(), program.as_str()),
        (rules.as_str(), list.as_str()),
    ];
    admin::detail(cx, shell, &parents, title, actions, body)
}
