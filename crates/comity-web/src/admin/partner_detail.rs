//! One partner: what the page shows, and what can be done on it.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::partner::{self, Detail as Found, Membership};
use comity_app::segment::{Group, PartnerType};
use comity_app::{AppError, commission, link, segment};
use comity_domain::partner::EnrollmentStatus;
use comity_domain::{EnrollmentId, Money, PartnerId, Permission};
use comity_ui::admin::partner_detail::{Detail, Line, Member, page};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::{fmt, t};

use super::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most rows of a tab.
const ROWS: i64 = 200;

/// Routes of one partner.
pub fn routes() -> Routes {
    let manage = Audience::Team(Permission::ManagePartners);
    Routes::new()
        .get(
            "/admin/partners/{id}",
            Audience::Team(Permission::View),
            show,
        )
        .post("/admin/partners/{id}/notes", manage, add_note)
        .post("/admin/enrollments/{id}/status", manage, set_status)
        .post("/admin/enrollments/{id}/assign", manage, assign)
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerId>,
    paging: Paging,
) -> WebResult<Page> {
    let tab = paging.query.text("tab");
    Ok(Page(
        render(&web, &team, id, &tab, FormState::default()).await?,
    ))
}

async fn render(
    web: &WebState,
    team: &Team,
    id: PartnerId,
    tab: &str,
    form: FormState,
) -> WebResult<maud::Markup> {
    let found = partner::detail(&web.app, &team.actor, id).await?;
    let types = segment::types(&web.app, &team.actor).await?;
    let groups = segment::groups(&web.app, &team.actor, None).await?;
    let groups: Vec<Group> = groups.into_iter().map(|(group, _)| group).collect();
    let lines = lines(web, team, &found, tab).await?;
    let members = found.memberships.iter();
    let view = Detail {
        members: members.map(|one| member(one, &groups, &types)).collect(),
        partner: found.partner,
        tab: tab.to_owned(),
        lines,
        can_manage: team.actor.may(Permission::ManagePartners),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

fn member(one: &Membership, groups: &[Group], types: &[PartnerType]) -> Member {
    let status = one.enrollment.status;
    let next = [
        EnrollmentStatus::Approved,
        EnrollmentStatus::Paused,
        EnrollmentStatus::Banned,
        EnrollmentStatus::Archived,
    ];
    let own = groups
        .iter()
        .filter(|group| group.program == one.program.id);
    let groups: Vec<_> = own
        .map(|g| (g.id.to_string(), g.name.clone(), one.groups.contains(&g.id)))
        .collect();
    let types: Vec<_> = types
        .iter()
        .map(|kind| {
            (
                kind.id.to_string(),
                kind.name.clone(),
                one.types.contains(&kind.id),
            )
        })
        .collect();
    let ticked = groups.iter().chain(&types).filter(|(_, _, on)| *on);
    let results = one.results;
    let balance = one.balance;
    Member {
        id: one.enrollment.id,
        program: one.program.name.clone(),
        status,
        reason: one.enrollment.reason_text.clone(),
        next: next
            .into_iter()
            .filter(|next| status.may_become(*next))
            .collect(),
        labels: ticked.map(|(_, name, _)| name.clone()).collect(),
        groups,
        types,
        counts: (results.clicks, results.leads, results.sales),
        revenue: Money::new(results.revenue_minor, one.program.currency),
        balance: [
            balance.pending,
            balance.available,
            balance.in_flight,
            balance.paid,
        ],
    }
}

async fn lines(web: &WebState, team: &Team, found: &Found, tab: &str) -> WebResult<Vec<Line>> {
    let cx = &team.cx;
    let mut all = Vec::new();
    match tab {
        "links" => {
            for one in &found.memberships {
                let filter = link::Filter {
                    enrollment: Some(one.enrollment.id),
                    ..link::Filter::default()
                };
                for row in link::list(&web.app, &team.actor, &filter, None, ROWS).await? {
                    all.push(Line {
                        title: link::url(&web.app, &row.link),
                        href: format!("/admin/links/{}", row.link.id),
                        detail: row.link.destination,
                        value: fmt::number(cx, row.clicks),
                        at: row.link.created_at,
                    });
                }
            }
        }
        "commissions" => {
            for one in &found.memberships {
                let filter = commission::Filter {
                    enrollment: Some(one.enrollment.id),
                    ..commission::Filter::default()
                };
                let rows = commission::list(&web.app, &team.actor, &filter, None, ROWS).await?;
                for row in rows {
                    let status = row.commission.book.status().code();
                    all.push(Line {
                        title: if row.external_id.is_empty() {
                            status.to_owned()
                        } else {
                            row.external_id
                        },
                        href: format!("/admin/commissions/{}", row.commission.id),
                        detail: row.commission.rule,
                        value: fmt::money(cx, row.commission.book.net()),
                        at: row.commission.occurred_at,
                    });
                }
            }
        }
        "notes" => {
            let line = |note: &comity_app::partner::Note| Line {
                title: note.author.clone(),
                href: String::new(),
                detail: note.body.clone(),
                value: String::new(),
                at: note.created_at,
            };
            all.extend(found.notes.iter().map(line));
        }
        "log" => {
            for entry in &found.log {
                all.push(Line {
                    title: entry.action.clone(),
                    href: String::new(),
                    detail: entry.detail_json.clone(),
                    value: entry.actor_kind.clone(),
                    at: entry.at,
                });
            }
        }
        _ => {}
    }
    Ok(all)
}

async fn add_note(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerId>,
    fields: Fields,
) -> WebResult {
    match partner::add_note(&web.app, &team.actor, id, fields.raw("body")).await {
        Ok(_) => {
            let path = format!("/admin/partners/{id}?tab=notes");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "partner-changed")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, id, "notes", form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// Back to the partner of a membership, with what became of the act.
async fn back(
    web: &WebState,
    team: &Team,
    id: EnrollmentId,
    done: Result<(), AppError>,
) -> WebResult {
    let partner = partner::of_enrollment(&web.app, &team.actor, id).await?;
    let path = format!("/admin/partners/{partner}");
    let (tone, text) = match done {
        Ok(()) => (Tone::Ok, t!(team.cx, "partner-changed")),
        Err(AppError::Invalid(errors)) => {
            let code = errors.first().map_or("", |error| error.code);
            (Tone::Bad, problem(&team.cx, code))
        }
        Err(AppError::Conflict(code)) => (Tone::Bad, problem(&team.cx, code)),
        Err(error) => return Err(error.into()),
    };
    Ok(see_with(&path, tone, &text).into_response())
}

async fn set_status(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
    fields: Fields,
) -> WebResult {
    let status = EnrollmentStatus::from_code(&fields.text("status"));
    let status = status.ok_or_else(|| AppError::field("status", "not_a_choice"))?;
    let reason = fields.text(&format!("reason-{id}"));
    let done = partner::set_status(&web.app, &team.actor, id, status, &reason).await;
    back(&web, &team, id, done.map(drop)).await
}

async fn assign(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
    fields: Fields,
) -> WebResult {
    let groups: Vec<_> = fields
        .all("group")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let types: Vec<_> = fields
        .all("type")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let chosen = (groups.as_slice(), types.as_slice());
    let done = partner::assign(&web.app, &team.actor, id, chosen, None).await;
    back(&web, &team, id, done).await
}
