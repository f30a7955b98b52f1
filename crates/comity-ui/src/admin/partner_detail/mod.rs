//! One partner: results, money, links, commissions, notes, log.

mod sample;

use comity_domain::partner::{EnrollmentStatus, Partner};
use comity_domain::{EnrollmentId, Money, PartnerId, Timestamp};
use maud::{Markup, html};

use super::agreement::{Agreed, agreements};
use crate::component::{
    Button, Card, Column, Field, FormState, Row, Stat, Tab, Table, avatar_large, copy_box, csrf,
    empty, error_summary, key_values, label, stats, tabs,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::partner::{effect_key, status_badge, verb_key};
use crate::{Cx, fmt, t};

/// A membership on the page.
#[derive(Debug, Clone)]
pub struct Member {
    /// The membership.
    pub id: EnrollmentId,
    /// Program.
    pub program: String,
    /// Where it stands.
    pub status: EnrollmentStatus,
    /// Why, in words.
    pub reason: String,
    /// Statuses it may get.
    pub next: Vec<EnrollmentStatus>,
    /// Names of groups and types.
    pub labels: Vec<String>,
    /// Groups it may be in: id, name, whether it is.
    pub groups: Vec<(String, String, bool)>,
    /// Types it may carry: id, name, whether it does.
    pub types: Vec<(String, String, bool)>,
    /// Tiers it may be given by hand: id and name.
    pub tiers: Vec<(String, String)>,
    /// The tier given by hand, by id, or empty.
    pub given_tier: String,
    /// The tier it holds, given or reached, or empty.
    pub tier: String,
    /// Agreements with it, newest first.
    pub agreements: Vec<Agreed>,
    /// Who may look after it: id and name.
    pub managers: Vec<(String, String)>,
    /// Who does, by id, or empty.
    pub manager: String,
    /// Who recruited them: id and name.
    pub recruiter: Option<(PartnerId, String)>,
    /// Clicks, leads and sales.
    pub counts: (i64, i64, i64),
    /// Revenue less refunds.
    pub revenue: Money,
    /// Pending, payable, on its way, paid.
    pub balance: [Money; 4],
}

/// A row of a table on the page: where it leads, and its cells.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub title: String,
    /// Its page, or empty.
    pub href: String,
    /// More about it.
    pub detail: String,
    /// Amount or count, or empty.
    pub value: String,
    /// When.
    pub at: Timestamp,
}

/// `GET /admin/partners/{id}` with `tab`. Posts: `…/profile`, `…/notes` (`body`),
/// `/admin/enrollments/{id}/status` (`status`, `reason`), `/admin/enrollments/{id}/assign`.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The partner.
    pub partner: Partner,
    /// They sign in with a second step.
    pub has_second_step: bool,
    /// The reader may take the second step away.
    pub can_reset: bool,
    /// Memberships.
    pub members: Vec<Member>,
    /// The open tab: empty, `links`, `commissions`, `payouts`, `notes`, `log`.
    pub tab: String,
    /// Rows of the open tab.
    pub lines: Vec<Line>,
    /// Whether the reader may change partners.
    pub can_manage: bool,
    /// Whether the reader may conclude agreements.
    pub can_manage_programs: bool,
    /// Values and errors of the form on the open tab.
    pub form: FormState,
}

pub(in crate::admin) use sample::samples;

const TABS: [&str; 6] = ["", "links", "commissions", "payouts", "notes", "log"];

fn tab_name(cx: &Cx, tab: &str) -> String {
    match tab {
        "links" => t!(cx, "partner-tab-links"),
        "commissions" => t!(cx, "partner-tab-commissions"),
        "payouts" => t!(cx, "partner-tab-payouts"),
        "notes" => t!(cx, "partner-tab-notes"),
        "log" => t!(cx, "partner-tab-log"),
        _ => t!(cx, "partner-tab-overview"),
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Detail) -> Markup {
    let all: Vec<Tab> = TABS
        .iter()
        .map(|tab| Tab::query(cx, tab_name(cx, tab), "tab", tab, view.tab == *tab))
        .collect();
    let body = html! {
        (tabs(cx, &view.partner.name, &all))
        @match view.tab.as_str() {
            "" => (overview(cx, view)),
            "notes" => (notes(cx, view)),
            _ => (lines(cx, view)),
        }
    };
    let title = t!(cx, "partner-title");
    let parents = [(title.as_str(), "/admin/partners")];
    let new = html! {
        @if view.can_manage {
            form method="post" action={ "/admin/partners/" (view.partner.id) "/view-as" } {
                (csrf(cx))
                (Button::submit(t!(cx, "partner-view-as")).icon(Icon::Eye))
            }
            (Button::link(t!(cx, "partner-edit"), format!("/admin/partners/{}/edit", view.partner.id))
                .icon(Icon::Pencil))
            @for member in view.members.iter().filter(|m| m.status.earns()).take(1) {
                (Button::link(t!(cx, "partner-new-link"), format!("/admin/links/new?enrollment={}", member.id))
                    .icon(Icon::Link))
            }
        }
    };
    admin::detail(cx, shell, &parents, &view.partner.name, &new, &body)
}

fn overview(cx: &Cx, view: &Detail) -> Markup {
    html! {
        @for member in &view.members { (membership(cx, view, member)) }
        (person(cx, view))
    }
}

fn membership(cx: &Cx, view: &Detail, member: &Member) -> Markup {
    let (clicks, leads, sales) = member.counts;
    let [pending, available, in_flight, paid] = member.balance;
    let all = [
        Stat::new("clicks", t!(cx, "partner-clicks"), fmt::number(cx, clicks)),
        Stat::new("leads", t!(cx, "partner-leads"), fmt::number(cx, leads)),
        Stat::new("sales", t!(cx, "partner-sales"), fmt::number(cx, sales)),
        Stat::new(
            "revenue",
            t!(cx, "partner-revenue"),
            fmt::money(cx, member.revenue),
        ),
    ];
    let money = [
        (t!(cx, "partner-pending"), pending),
        (t!(cx, "partner-available"), available),
        (t!(cx, "partner-in-flight"), in_flight),
        (t!(cx, "partner-paid"), paid),
    ]
    .map(|(name, amount)| (name, html! { span.num { (fmt::money(cx, amount)) } }));
    let mut facts = money.to_vec();
    let looks = member.managers.iter().find(|(id, _)| *id == member.manager);
    if let Some((_, name)) = looks {
        facts.push((t!(cx, "partner-manager"), html! { (name) }));
    }
    if !member.tier.is_empty() {
        facts.push((t!(cx, "partner-tier"), html! { (member.tier) }));
    }
    if let Some((id, name)) = &member.recruiter {
        let href = format!("/admin/partners/{id}");
        facts.push((
            t!(cx, "partner-recruiter"),
            html! { a.link href=(href) { (name) } },
        ));
    }
    html! {
        (Card::new(&member.program).actions(status_badge(cx, member.status)).body(html! {
            @if !member.reason.is_empty() { p.muted { (member.reason) } }
            @if !member.labels.is_empty() {
                div.row.tight { @for one in &member.labels { (label(one)) } }
            }
            (stats(cx, &all))
            (key_values(&facts))
            (agreements(cx, member.id, &member.agreements, view.can_manage_programs))
            @if view.can_manage {
                (manage(cx, member))
                (recruiter(cx, member, &view.form))
            }
        }))
    }
}

fn manage(cx: &Cx, member: &Member) -> Markup {
    html! {
        details.more {
            summary { (t!(cx, "partner-change-status")) }
            form.stack method="post" action={ "/admin/enrollments/" (member.id) "/status" } {
                (csrf(cx))
                (Field::area(&format!("reason-{}", member.id), t!(cx, "partner-reason")).max(1_000)
                    .hint(t!(cx, "partner-reason-hint")))
                @for status in &member.next { p.small.muted { (cx.text(effect_key(*status))) } }
                div.row.tight {
                    @for status in &member.next {
                        @let button = Button::submit(cx.text(verb_key(*status))).value("status", status.code());
                        @if *status == EnrollmentStatus::Banned { (button.danger()) } @else { (button) }
                    }
                }
            }
        }
        details.more {
            summary { (t!(cx, "partner-groups-types")) }
            form.stack method="post" action={ "/admin/enrollments/" (member.id) "/assign" } {
                (csrf(cx))
                (manager(cx, member))
                @if !member.tiers.is_empty() {
                    (choice(&format!("tier-{}", member.id), "tier", &t!(cx, "partner-tier"),
                        (&t!(cx, "partner-tier-reached"), &member.tiers, &member.given_tier)))
                }
                (ticks(&t!(cx, "partner-groups"), "group", &member.groups))
                (ticks(&t!(cx, "partner-types"), "type", &member.types))
                div.row { (Button::submit(t!(cx, "partner-save"))) }
            }
        }
    }
}

/// Naming the recruiter by hand; open when what was typed is refused.
fn recruiter(cx: &Cx, member: &Member, form: &FormState) -> Markup {
    let name = format!("recruiter-{}", member.id);
    html! {
        details.more open[form.error_of(&name).is_some()] {
            summary { (t!(cx, "partner-recruiter-set")) }
            form.stack method="post" action={ "/admin/enrollments/" (member.id) "/recruiter" } {
                (csrf(cx))
                (Field::text(&name, t!(cx, "partner-recruiter")).bind(form)
                    .hint(t!(cx, "partner-recruiter-hint")).max(254))
                div.row { (Button::submit(t!(cx, "partner-save"))) }
            }
        }
    }
}

/// Who looks after the membership; the id is unique among several memberships.
fn manager(cx: &Cx, member: &Member) -> Markup {
    let none = t!(cx, "partner-no-manager");
    let options = (none.as_str(), member.managers.as_slice(), &*member.manager);
    let id = format!("manager-{}", member.id);
    choice(&id, "manager", &t!(cx, "partner-manager"), options)
}

/// A list with nothing at its head, then ids and names, one of them chosen.
fn choice(
    id: &str,
    name: &str,
    label: &str,
    (none, all, chosen): (&str, &[(String, String)], &str),
) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value="" { (none) }
                @for (value, text) in all {
                    option value=(value) selected[*value == chosen] { (text) }
                }
            }
        }
    }
}

/// Boxes to tick, one per choice.
fn ticks(title: &str, name: &str, all: &[(String, String, bool)]) -> Markup {
    html! {
        @if !all.is_empty() {
            fieldset.field {
                legend { (title) }
                @for (id, text, on) in all {
                    label.check {
                        input type="checkbox" name=(name) value=(id) checked[*on];
                        span { (text) }
                    }
                }
            }
        }
    }
}

fn person(cx: &Cx, view: &Detail) -> Markup {
    let one = &view.partner;
    let seen = one
        .last_seen_at
        .map_or_else(|| t!(cx, "partner-never-seen"), |at| fmt::ago(cx, at));
    let typed = [
        (t!(cx, "partner-email"), &one.email),
        (t!(cx, "partner-company"), &one.company),
        (t!(cx, "partner-country"), &one.country),
        (t!(cx, "partner-website"), &one.website),
    ];
    let known = typed.into_iter().filter(|(_, value)| !value.is_empty());
    let mut facts: Vec<_> = known
        .map(|(name, value)| (name, html! { (value) }))
        .collect();
    facts.extend([
        (
            t!(cx, "partner-since"),
            html! { (fmt::date(cx, one.created_at)) },
        ),
        (t!(cx, "partner-last-seen"), html! { (seen) }),
    ]);
    html! {
        (Card::new(t!(cx, "partner-person")).body(html! {
            div.row { (avatar_large(&one.name)) b { (one.name) } }
            (key_values(&facts))
            (copy_box(cx, &t!(cx, "partner-id"), &one.id.to_string()))
            @if view.has_second_step && view.can_reset { (reset(cx, view)) }
        }))
    }
}

/// For somebody who lost the telephone and the recovery codes.
fn reset(cx: &Cx, view: &Detail) -> Markup {
    html! {
        details.more {
            summary { (t!(cx, "partner-second-step")) }
            form.stack method="post" action={ "/admin/partners/" (view.partner.id) "/second-step-off" } {
                (csrf(cx))
                p.muted { (t!(cx, "partner-second-step-text")) }
                div.row { (Button::submit(t!(cx, "partner-second-step-off")).danger()) }
            }
        }
    }
}

fn notes(cx: &Cx, view: &Detail) -> Markup {
    html! {
        @if view.can_manage {
            (Card::new(t!(cx, "partner-add-note")).body(html! {
                form.stack method="post" action={ "/admin/partners/" (view.partner.id) "/notes" } {
                    (csrf(cx))
                    (error_summary(cx, &view.form))
                    (Field::area("body", t!(cx, "partner-note")).bind(&view.form).required().max(5_000)
                        .hint(t!(cx, "partner-note-hint")))
                    div.row { (Button::submit(t!(cx, "partner-save")).primary()) }
                }
            }))
        }
        (lines(cx, view))
    }
}

fn lines(cx: &Cx, view: &Detail) -> Markup {
    let columns = vec![
        Column::text(tab_name(cx, &view.tab)),
        match view.tab.as_str() {
            "notes" => Column::text(""),
            "log" => Column::text(t!(cx, "audit-actor")),
            "links" => Column::num(t!(cx, "partner-clicks")),
            _ => Column::num(t!(cx, "partner-value")),
        },
        Column::tight(t!(cx, "shell-date")),
    ];
    let rows = view.lines.iter().enumerate().map(|(index, line)| {
        let cells = vec![
            html! {
                @if line.href.is_empty() { (line.title) } @else { a.link href=(line.href) { (line.title) } }
                @if !line.detail.is_empty() { br; small.muted { (line.detail) } }
            },
            html! { (line.value) },
            html! { (fmt::datetime(cx, line.at)) },
        ];
        Row::new(format!("line-{index}"), &line.title, cells)
    });
    html! {
        (Card::new("").flush(html! {
            @if view.lines.is_empty() {
                (empty(Icon::Inbox, &t!(cx, "partner-nothing"), &t!(cx, "partner-nothing-text"), &html! {}))
            } @else {
                (Table::new(cx, tab_name(cx, &view.tab), columns).rows(rows))
            }
        }))
    }
}
