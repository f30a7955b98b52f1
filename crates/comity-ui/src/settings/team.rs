//! The team: who is in, with which role.

use comity_domain::time::Timestamp;
use comity_domain::{RawId, Role, UserId};
use maud::{Markup, html};

use crate::component::{
    Button, Card, Column, Field, FormState, Listing, Menu, Row, Table, Tone, badge, csrf,
    error_summary, export, key_values, select, who,
};
use crate::icon::Icon;
use crate::layout::admin::{self, AdminShell};
use crate::sample::{self, HOSTILE, Sample};
use crate::{Cx, fmt, t};

/// A member.
#[derive(Debug, Clone)]
pub struct Member {
    /// Their id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// `invited`, `active` or `disabled`.
    pub status: String,
    /// Whether the second step is on.
    pub second_step: bool,
    /// Last sign-in.
    pub seen_at: Option<Timestamp>,
}

/// The page. Invites with `POST /admin/settings/team` (`email`, `role`); changes members with
/// `POST /admin/settings/team/{id}/role` (`role`), `…/disable`, `…/enable`, `…/reset-second-step`.
#[derive(Debug, Clone)]
pub struct Team {
    /// Members in order of joining, as far as they fit the search.
    pub members: Vec<Member>,
    /// What was searched.
    pub query: String,
    /// Whether the reader may change anything.
    pub can_change: bool,
    /// Kept address, role and errors of the invitation.
    pub form: FormState,
}

/// A role's name.
#[must_use]
pub fn role_name(cx: &Cx, role: Role) -> String {
    match role {
        Role::Owner => t!(cx, "team-role-owner"),
        Role::Manager => t!(cx, "team-role-manager"),
        Role::Finance => t!(cx, "team-role-finance"),
        Role::Community => t!(cx, "team-role-community"),
        Role::Analyst => t!(cx, "team-role-analyst"),
    }
}

/// The page.
#[must_use]
pub fn page(cx: &Cx, shell: &AdminShell, view: &Team) -> Markup {
    let columns = vec![
        Column::text(t!(cx, "team-member")),
        Column::tight(t!(cx, "team-role")),
        Column::tight(t!(cx, "team-status")),
        Column::tight(t!(cx, "team-seen")),
        Column::text(""),
    ];
    let rows = view
        .members
        .iter()
        .map(|member| row(cx, member, view.can_change));
    let title = t!(cx, "team-title");
    let table = html! { (Table::new(cx, &title, columns).rows(rows)) };
    let listing = Listing {
        id: "team",
        query: &view.query,
        shown: view.members.len(),
        next: None,
    };
    let body = html! {
        @if view.can_change { (invitation(cx, &view.form)) }
        (Card::new(&title).id("team").flush(listing.around(cx, &table, &html! {})))
        (Card::new(t!(cx, "team-roles")).body(roles(cx)))
    };
    admin::settings(cx, shell, &export(cx, "/admin/settings/team.csv"), &body)
}

/// What each role may do, in a sentence.
fn role_text(cx: &Cx, role: Role) -> String {
    match role {
        Role::Owner => t!(cx, "team-role-owner-text"),
        Role::Manager => t!(cx, "team-role-manager-text"),
        Role::Finance => t!(cx, "team-role-finance-text"),
        Role::Community => t!(cx, "team-role-community-text"),
        Role::Analyst => t!(cx, "team-role-analyst-text"),
    }
}

fn roles(cx: &Cx) -> Markup {
    let all = Role::ALL.map(|role| (role_name(cx, role), html! { (role_text(cx, role)) }));
    key_values(&all)
}

fn invitation(cx: &Cx, form: &FormState) -> Markup {
    let roles: Vec<(String, String)> = Role::ALL
        .into_iter()
        .map(|role| (role.code().to_owned(), role_name(cx, role)))
        .collect();
    let fields = html! {
        form.stack method="post" action="/admin/settings/team" {
            (csrf(cx))
            (error_summary(cx, form))
            div.fields2 {
                (Field::email("email", t!(cx, "team-email")).bind(form).required())
                (select("role", &t!(cx, "team-role"), &roles, form))
            }
            p.hint { (t!(cx, "team-invite-hint")) }
            div.row { (Button::submit(t!(cx, "team-invite")).primary().icon(Icon::UserPlus)) }
        }
    };
    html! { (Card::new(t!(cx, "team-invite-title")).body(fields)) }
}

fn row(cx: &Cx, member: &Member, can_change: bool) -> Row {
    let status = match member.status.as_str() {
        "active" => badge(Tone::Ok, &t!(cx, "team-active")),
        "invited" => badge(Tone::Info, &t!(cx, "team-invited")),
        _ => badge(Tone::Neutral, &t!(cx, "team-disabled")),
    };
    let seen = match member.seen_at {
        Some(at) => fmt::ago(cx, at),
        None => t!(cx, "team-never"),
    };
    let cells = vec![
        html! { (who(&member.name, None, &member.email)) },
        html! { (role_name(cx, member.role)) },
        status,
        html! { (seen) },
        html! { @if can_change { (actions(cx, member)) } },
    ];
    Row::new(member.id.to_string(), &member.name, cells)
}

fn actions(cx: &Cx, member: &Member) -> Markup {
    let menu_id = format!("menu-{}", member.id);
    let path = format!("/admin/settings/team/{}", member.id);
    let mut menu = Menu::new(cx, &menu_id).head(t!(cx, "team-change-role"));
    for role in Role::ALL.into_iter().filter(|role| *role != member.role) {
        let action = format!("{path}/role/{}", role.code());
        menu = menu.post(role_name(cx, role), &action, None);
    }
    menu = menu.line();
    if member.second_step {
        let action = format!("{path}/reset-second-step");
        menu = menu.post(
            t!(cx, "team-reset-second-step"),
            &action,
            Some(Icon::ShieldAlert),
        );
    }
    menu = if member.status == "disabled" {
        menu.post(
            t!(cx, "team-enable"),
            &format!("{path}/enable"),
            Some(Icon::Check),
        )
    } else {
        menu.danger(
            t!(cx, "team-disable"),
            &format!("{path}/disable"),
            Some(Icon::X),
        )
    };
    let label = t!(cx, "team-actions", name = &member.name);
    html! {
        (Button::plain(label).ghost().small().icon_only(Icon::Ellipsis).toggles(&menu_id))
        (menu)
    }
}

pub(super) fn samples() -> Vec<Sample> {
    fn show(cx: &Cx, name: &str, form: FormState) -> Markup {
        let cx = Cx {
            path: "/admin/settings/team".to_owned(),
            ..cx.clone()
        };
        let member = |n: u8, role, status: &str| Member {
            id: UserId(RawId([n; 16])),
            name: name.to_owned(),
            email: "dana@acme.test".to_owned(),
            role,
            status: status.to_owned(),
            second_step: n == 1,
            seen_at: (n == 1).then(sample::now),
        };
        let members = vec![
            member(1, Role::Owner, "active"),
            member(2, Role::Finance, "invited"),
            member(3, Role::Analyst, "disabled"),
        ];
        page(
            &cx,
            &AdminShell::sample(),
            &Team {
                members,
                query: String::new(),
                can_change: true,
                form,
            },
        )
    }
    vec![
        ("settings-team", |cx| {
            show(
                cx,
                "Dana Ruiz",
                FormState::default().with("role", "manager"),
            )
        }),
        ("settings-team-hostile", |cx| {
            show(
                cx,
                HOSTILE,
                FormState::default()
                    .with("email", HOSTILE)
                    .error("email", HOSTILE),
            )
        }),
    ]
}
