//! One program: readiness, settings, rules, credit, terms, form, objectives.

mod credit;
mod overview;
mod policy;
mod rules;
mod samples;
mod settings;

pub(super) use samples::samples;

use comity_domain::program::{Program, ProgramStatus, Readiness};
use comity_domain::{Money, Timestamp};
use maud::{Markup, html};

use self::credit::{credit, terms};
use self::overview::overview;
use self::rules::rules;
use self::settings::settings;
use super::objective::{self, Goal};
use crate::component::{Button, FormState, Tab, tabs};
use crate::layout::admin::{self, AdminShell};
use crate::program::status_badge;
use crate::{Cx, t};

/// A published version of a policy or of the terms.
#[derive(Debug, Clone)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: i64,
    /// To whom it applies, or how many accepted it.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// The tab of reward rules.
#[derive(Debug, Clone, Default)]
pub struct RulesView {
    /// Name and sentences of each rule in force.
    pub rules: Vec<(String, String)>,
    /// Limits over all rules, in words.
    pub caps: Vec<String>,
    /// A sale and what it earns.
    pub example: Option<(Money, Money)>,
    /// Published versions, newest first.
    pub versions: Vec<Version>,
    /// Somebody is working on a draft.
    pub has_draft: bool,
}

/// What the open tab shows.
#[derive(Debug, Clone)]
pub enum Section {
    /// The checklist.
    Overview(Vec<Readiness>),
    /// Basics and settings.
    Settings,
    /// Commission rules.
    Rules(RulesView),
    /// Attribution policy: the rule in words, the text, versions.
    Credit(String, String, Vec<Version>),
    /// The terms in force, versions.
    Terms(String, Vec<Version>),
    /// Objectives.
    Objectives(Vec<Goal>),
}

/// `GET /admin/programs/{id}` with `tab`. Posts below the same address: `status`, `settings`,
/// `rules`, `credit`, `terms`, `objectives`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The program.
    pub program: Program,
    /// What is shown.
    pub section: Section,
    /// Whether the reader may change it.
    pub can_manage: bool,
    /// Values and errors of the form on the tab.
    pub form: FormState,
}

const TABS: [&str; 6] = ["", "settings", "rules", "credit", "terms", "objectives"];

fn tab_name(cx: &Cx, tab: &str) -> String {
    match tab {
        "settings" => t!(cx, "program-tab-settings"),
        "rules" => t!(cx, "program-tab-rules"),
        "credit" => t!(cx, "program-tab-credit"),
        "terms" => t!(cx, "program-tab-terms"),
        "objectives" => t!(cx, "program-objectives"),
        _ => t!(cx, "program-tab-overview"),
    }
}

const fn tab_of(section: &Section) -> &'static str {
    match section {
        Section::Overview(_) => "",
        Section::Settings => "settings",
        Section::Rules(..) => "rules",
        Section::Credit(..) => "credit",
        Section::Terms(..) => "terms",
        Section::Objectives(_) => "objectives",
    }
}

/// The tabs of a program; the application form and its funnel are pages of their own.
pub(super) fn tab_strip(cx: &Cx, name: &str, base: &str, open: &str) -> Markup {
    let tab = |label: String, href: String, code: &str| Tab {
        label,
        href,
        count: None,
        current: code == open,
    };
    let mut all: Vec<Tab> = TABS
        .iter()
        .map(|code| {
            let href = if code.is_empty() {
                base.to_owned()
            } else {
                format!("{base}?tab={code}")
            };
            tab(tab_name(cx, code), href, code)
        })
        .collect();
    let form = t!(cx, "program-tab-form");
    all.push(tab(form, format!("{base}/form"), "form"));
    let funnel = t!(cx, "program-tab-funnel");
    all.push(tab(funnel, format!("{base}/funnel"), "funnel"));
    tabs(cx, name, &all)
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let program = &view.program;
    let base = format!("/admin/programs/{}", program.id);
    let open = tab_of(&view.section);
    let body = html! {
        (tab_strip(cx, &program.name, &base, open))
        @match &view.section {
            Section::Overview(items) => (overview(cx, view, items, &base)),
            Section::Settings => (settings(cx, view, &base)),
            Section::Rules(all) => (rules(cx, view, &base, all)),
            Section::Credit(words, text, versions) => (credit(cx, view, &base, (words, text, versions))),
            Section::Terms(text, versions) => (terms(cx, view, &base, (text, versions))),
            Section::Objectives(goals) => (objective::tab(cx, goals, &base, view.can_manage.then_some(&view.form))),
        }
    };
    let title = t!(cx, "shell-nav-programs");
    let parents = [(title.as_str(), "/admin/programs")];
    let actions = html! {
        (status_badge(cx, program.status))
        (crate::admin::economics::entrance(cx, program.id))
        @if program.status != ProgramStatus::Draft {
            (Button::external(t!(cx, "program-public-page"), format!("/p/{}", program.slug)))
        }
    };
    admin::detail(cx, shell, &parents, &program.name, &actions, &body)
}
