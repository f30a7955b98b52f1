//! One program: readiness, settings, rules, credit, terms, form, objectives.

use comity_domain::program::{BusinessStage, Program, ProgramModel, ProgramStatus, Readiness};
use comity_domain::{Money, Timestamp};
use maud::{Markup, html};

use super::objective::{self, Goal};
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Tab, Table, Task, Tone, banner, checklist,
    code_block, csrf, error_summary, prose, select, tabs,
};
use crate::layout::admin::{self, AdminShell};
use crate::program::{change_keys, model_keys, stage_key, status_badge};
use crate::{Cx, fmt, t};

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

/// What the open tab shows.
#[derive(Debug, Clone)]
pub enum Section {
    /// The checklist.
    Overview(Vec<Readiness>),
    /// Basics and settings.
    Settings,
    /// Commission rules: the text, what a sale would earn, versions.
    Rules(String, Option<(Money, Money)>, Vec<Version>),
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
            Section::Rules(text, example, versions) => (rules(cx, view, &base, (text, *example, versions))),
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

fn overview(cx: &Cx, view: &Detail, items: &[Readiness], base: &str) -> Markup {
    let tasks: Vec<Task> = items.iter().map(|item| task(cx, item, base)).collect();
    let next = [
        ProgramStatus::Active,
        ProgramStatus::Paused,
        ProgramStatus::Closed,
    ];
    html! {
        (Card::new(t!(cx, "program-ready")).body(checklist(cx, &tasks)))
        @if view.can_manage {
            @for status in next.iter().filter(|next| view.program.status.may_become(**next)) {
                @let (verb, effect) = change_keys(*status);
                @let card = Card::new(cx.text(verb)).body(html! {
                    p { (cx.text(effect)) }
                    form method="post" action={ (base) "/status" } {
                        (csrf(cx))
                        @let button = Button::submit(cx.text(verb)).value("status", status.code());
                        @if *status == ProgramStatus::Active { (button.primary()) }
                        @else if *status == ProgramStatus::Closed { (button.danger()) }
                        @else { (button) }
                    }
                });
                @if *status == ProgramStatus::Closed { (card.danger()) } @else { (card) }
            }
        }
    }
}

fn task(cx: &Cx, item: &Readiness, base: &str) -> Task {
    let (title, tab) = match item.item {
        "promise" => (t!(cx, "program-ready-promise"), "settings"),
        "website" => (t!(cx, "program-ready-website"), "settings"),
        "rules" => (t!(cx, "program-ready-rules"), "rules"),
        "terms" => (t!(cx, "program-ready-terms"), "terms"),
        "link" => (t!(cx, "program-ready-link"), ""),
        _ => (t!(cx, "program-ready-active"), ""),
    };
    let href = match item.item {
        "link" => "/admin/partners/new".to_owned(),
        _ => format!("{base}?tab={tab}"),
    };
    let action = (!item.done && item.item != "active").then(|| (t!(cx, "program-mend"), href));
    Task {
        title,
        text: String::new(),
        done: item.done,
        action,
    }
}

fn settings(cx: &Cx, view: &Detail, base: &str) -> Markup {
    let form = &view.form;
    let currency = view.program.currency;
    let options = |all: &[(&str, crate::i18n::Key)]| {
        all.iter()
            .map(|(code, key)| ((*code).to_owned(), cx.text(*key)))
            .collect::<Vec<_>>()
    };
    let models: Vec<_> = ProgramModel::ALL
        .iter()
        .map(|m| (m.code(), model_keys(*m).0))
        .collect();
    let stages: Vec<_> = BusinessStage::ALL
        .iter()
        .map(|s| (s.code(), stage_key(*s)))
        .collect();
    let yes_no = [
        (String::new(), t!(cx, "program-no")),
        ("1".to_owned(), t!(cx, "program-yes")),
    ];
    html! {
        (Card::new("").body(html! {
            form.stack method="post" action={ (base) "/settings" } {
                (csrf(cx))
                (error_summary(cx, form))
                (Field::text("name", t!(cx, "program-name")).bind(form).required().max(120))
                (Field::text("slug", t!(cx, "program-slug")).bind(form).required().max(60).prefix("/p/"))
                (Field::text("website", t!(cx, "program-website")).bind(form).required())
                (Field::text("promise", t!(cx, "program-promise")).bind(form).optional(cx).max(300))
                (Field::area("description", t!(cx, "program-description")).bind(form).optional(cx).max(10_000))
                (select("model", &t!(cx, "program-model"), &options(&models), form))
                (select("stage", &t!(cx, "program-stage"), &options(&stages), form))
                (Field::text("zone", t!(cx, "program-zone")).bind(form).required())
                (Field::number("hold_days", t!(cx, "program-hold-days")).bind(form).required()
                    .hint(t!(cx, "program-hold-hint")))
                (Field::money("payout_minimum", t!(cx, "program-payout-minimum"), currency).bind(form).required())
                (Field::area("deep_link_hosts", t!(cx, "program-hosts")).bind(form).optional(cx)
                    .hint(t!(cx, "program-hosts-hint")))
                (Field::text("utm_template", t!(cx, "program-utm")).bind(form).optional(cx)
                    .placeholder("utm_source={partner}"))
                (Field::text("fallback_url", t!(cx, "program-fallback")).bind(form).optional(cx)
                    .hint(t!(cx, "program-fallback-hint")))
                (Field::number("brand_hue", t!(cx, "program-hue")).bind(form).required())
                (Field::number("brand_chroma", t!(cx, "program-chroma")).bind(form).required())
                (select("auto_approve", &t!(cx, "program-auto-approve"), &yes_no, form))
                (Field::text("refused_countries", t!(cx, "program-refused-countries")).bind(form).optional(cx)
                    .hint(t!(cx, "program-refused-hint")))
                @if view.can_manage { div.row { (Button::submit(t!(cx, "program-save")).primary()) } }
            }
        }))
    }
}

/// To whom a new version applies; asked at every publication (X3).
fn publication(cx: &Cx, form: &FormState) -> Markup {
    let scopes = [
        ("new_events".to_owned(), t!(cx, "program-apply-events")),
        (
            "new_customers".to_owned(),
            t!(cx, "program-apply-customers"),
        ),
        ("all".to_owned(), t!(cx, "program-apply-all")),
    ];
    html! {
        (select("apply_to", &t!(cx, "program-apply-to"), &scopes, form))
        (Field::text("note", t!(cx, "program-note")).bind(form).optional(cx).max(500))
        div.row { (Button::submit(t!(cx, "program-publish")).primary()) }
    }
}

type Rules<'a> = (&'a str, Option<(Money, Money)>, &'a [Version]);

fn rules(cx: &Cx, view: &Detail, base: &str, (text, example, history): Rules<'_>) -> Markup {
    let form = &view.form;
    let currency = view.program.currency;
    let kinds = [
        ("percent".to_owned(), t!(cx, "program-kind-percent")),
        ("flat".to_owned(), t!(cx, "program-kind-flat")),
        ("tiers".to_owned(), t!(cx, "program-kind-tiers")),
        ("two_sided".to_owned(), t!(cx, "program-kind-two")),
    ];
    html! {
        @if let Some((sale, earned)) = example {
            @let words = t!(cx, "program-example", sale = fmt::money(cx, sale), earned = fmt::money(cx, earned));
            (banner(Tone::Info, &html! { (words) }, &html! {}))
        }
        @if view.can_manage {
            (Card::new(t!(cx, "program-rules-form")).body(html! {
                form.stack method="post" action={ (base) "/rules" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (select("kind", &t!(cx, "program-kind"), &kinds, form))
                    div.fields2 {
                    (Field::percent("rate", t!(cx, "program-rate")).bind(form).optional(cx))
                    (Field::money("sum", t!(cx, "program-sum"), currency).bind(form).optional(cx)
                        .hint(t!(cx, "program-sum-hint")))
                    (Field::number("count", t!(cx, "program-count")).bind(form).optional(cx)
                        .hint(t!(cx, "program-count-hint")))
                    (Field::percent("beyond", t!(cx, "program-beyond")).bind(form).optional(cx))
                    (Field::percent("referee", t!(cx, "program-referee")).bind(form).optional(cx))
                    (Field::number("months", t!(cx, "program-months")).bind(form).optional(cx)
                        .hint(t!(cx, "program-months-hint")))
                    (Field::money("cap", t!(cx, "program-cap"), currency).bind(form).optional(cx))
                    }
                    (publication(cx, form))
                }
            }))
            (as_text(cx, view, &format!("{base}/rules"), text))
        } @else { (code_block(cx, &t!(cx, "program-tab-rules"), text)) }
        (versions(cx, history))
    }
}

/// The same as text, for everything the form cannot say.
fn as_text(cx: &Cx, view: &Detail, action: &str, text: &str) -> Markup {
    let typed = view.form.value("body");
    let shown = if typed.is_empty() { text } else { typed };
    let problem = view.form.error_of("body");
    html! {
        details.more open[!typed.is_empty()] {
            summary { (t!(cx, "program-as-text")) }
            form.stack method="post" action=(action) {
                (csrf(cx))
                div.field {
                    label for="body" { (t!(cx, "program-text")) }
                    textarea #body name="body" rows="16" spellcheck="false"
                        aria-invalid=[problem.map(|_| "true")] { (shown) }
                    @if let Some(problem) = problem { p.error { (problem) } }
                }
                input type="hidden" name="apply_to" value="new_events";
                p.muted { (t!(cx, "program-text-applies")) }
                div.row { (Button::submit(t!(cx, "program-publish"))) }
            }
        }
    }
}

fn credit(
    cx: &Cx,
    view: &Detail,
    base: &str,
    (words, text, history): (&str, &str, &[Version]),
) -> Markup {
    let form = &view.form;
    let models = [
        ("last".to_owned(), t!(cx, "program-credit-model-last")),
        ("first".to_owned(), t!(cx, "program-credit-model-first")),
        ("linear".to_owned(), t!(cx, "program-credit-model-linear")),
        (
            "coupon_first".to_owned(),
            t!(cx, "program-credit-model-coupon"),
        ),
        (
            "lifetime_first_owner".to_owned(),
            t!(cx, "program-credit-model-owner"),
        ),
    ];
    html! {
        (banner(Tone::Info, &html! { (words) }, &html! {}))
        @if view.can_manage {
            (Card::new(t!(cx, "program-tab-credit")).body(html! {
                form.stack method="post" action={ (base) "/credit" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (select("model", &t!(cx, "program-credit-model"), &models, form))
                    (Field::number("window_days", t!(cx, "program-window")).bind(form).required())
                    (publication(cx, form))
                }
            }))
            (as_text(cx, view, &format!("{base}/credit"), text))
        } @else { (code_block(cx, &t!(cx, "program-tab-credit"), text)) }
        (versions(cx, history))
    }
}

fn terms(cx: &Cx, view: &Detail, base: &str, (text, history): (&str, &[Version])) -> Markup {
    let form = &view.form;
    html! {
        @if view.can_manage {
            (Card::new(t!(cx, "program-terms-new")).body(html! {
                form.stack method="post" action={ (base) "/terms" } {
                    (csrf(cx))
                    (error_summary(cx, form))
                    (Field::area("body", t!(cx, "program-terms-text")).bind(form).required()
                        .hint(t!(cx, "program-terms-hint")))
                    div.row { (Button::submit(t!(cx, "program-publish")).primary()) }
                }
            }))
        }
        (Card::new(t!(cx, "program-terms-now")).body(prose(text)))
        (versions(cx, history))
    }
}

fn versions(cx: &Cx, all: &[Version]) -> Markup {
    let columns = vec![
        Column::num(t!(cx, "program-version")),
        Column::text(t!(cx, "program-version-note")),
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = all.iter().map(|version| {
        let cells = vec![
            html! { (fmt::number(cx, version.number)) },
            html! { (version.note) },
            html! { (fmt::datetime(cx, version.at)) },
        ];
        Row::new(
            format!("v{}", version.number),
            version.number.to_string(),
            cells,
        )
    });
    html! {
        (Card::new(t!(cx, "program-versions")).flush(html! {
            (Table::new(cx, t!(cx, "program-versions"), columns).rows(rows))
        }))
    }
}

mod samples;
pub(super) use samples::samples;
