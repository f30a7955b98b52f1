//! One partner: what the page shows, and what can be done on it.

use axum::extract::State;
use axum::response::IntoResponse;
use comity_app::partner::{self, Detail as Found, Membership};
use comity_app::segment::{Group, PartnerType};
use comity_app::{AppError, commission, link, payout, segment};
use comity_domain::partner::EnrollmentStatus;
use comity_domain::{EnrollmentId, Money, PartnerId, Permission, Timestamp};
use comity_ui::admin::partner_detail::{Detail, Line, Member, page};
use comity_ui::audit;
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::{fmt, t};

use super::admin_shell;
use super::agreement::agreed;
use super::objective::team_of;
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
        .post(
            "/admin/partners/{id}/second-step-off",
            Audience::Team(Permission::ManageTeam),
            drop_second_step,
        )
        .post("/admin/enrollments/{id}/status", manage, set_status)
        .post("/admin/enrollments/{id}/assign", manage, assign)
        .post("/admin/enrollments/{id}/recruiter", manage, set_recruiter)
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
    let people = team_of(web, &team.actor).await?;
    let members = found.memberships.iter();
    let view = Detail {
        members: members
            .map(|one| member(one, (&groups, &types), &people, web.app.now()))
            .collect(),
        partner: found.partner,
        tab: tab.to_owned(),
        lines,
        has_second_step: found.has_second_step,
        can_reset: team.actor.may(Permission::ManageTeam),
        can_manage: team.actor.may(Permission::ManagePartners),
        can_manage_programs: team.actor.may(Permission::ManagePrograms),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

fn member(
    one: &Membership,
    (groups, types): (&[Group], &[PartnerType]),
    people: &[(String, String)],
    now: Timestamp,
) -> Member {
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
        .map(|t| (t.id.to_string(), t.name.clone(), one.types.contains(&t.id)))
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
        tiers: one
            .tiers
            .iter()
            .map(|tier| (tier.id.to_string(), tier.name.clone()))
            .collect(),
        given_tier: one
            .standing
            .as_ref()
            .filter(|standing| standing.by_hand)
            .map_or_else(String::new, |standing| standing.tier.id.to_string()),
        tier: one
            .standing
            .as_ref()
            .map_or_else(String::new, |standing| standing.tier.name.clone()),
        agreements: one
            .agreements
            .iter()
            .map(|each| agreed(each.clone(), &one.program, now))
            .collect(),
        managers: people.to_vec(),
        manager: one
            .enrollment
            .manager
            .map_or_else(String::new, |id| id.to_string()),
        recruiter: one.recruiter.clone(),
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
    let mut all = Vec::new();
    for one in &found.memberships {
        let id = one.enrollment.id;
        match tab {
            "links" => all.extend(links(web, team, id).await?),
            "commissions" => all.extend(commissions(web, team, id).await?),
            "payouts" => all.extend(payouts(web, team, id).await?),
            _ => {}
        }
    }
    let line = |title: &str, detail: &str, value: &str, at| Line {
        title: title.to_owned(),
        href: String::new(),
        detail: detail.to_owned(),
        value: value.to_owned(),
        at,
    };
    match tab {
        "notes" => all.extend(
            found
                .notes
                .iter()
                .map(|note| line(&note.author, &note.body, "", note.created_at)),
        ),
        "log" => all.extend(found.log.iter().map(|one| {
            let (cx, none) = (&team.cx, "");
            let (what, who) = (
                audit::action(cx, &one.action),
                audit::actor(cx, &one.actor_kind),
            );
            line(&what, none, &who, one.at)
        })),
        _ => {}
    }
    Ok(all)
}

async fn links(web: &WebState, team: &Team, id: EnrollmentId) -> WebResult<Vec<Line>> {
    let filter = link::Filter {
        enrollment: Some(id),
        ..link::Filter::default()
    };
    let rows = link::list(&web.app, &team.actor, &filter, None, ROWS).await?;
    let line = |row: link::Listed| Line {
        title: link::url(&web.app, &row.link),
        href: format!("/admin/links/{}", row.link.id),
        detail: row.link.destination,
        value: fmt::number(&team.cx, row.clicks),
        at: row.link.created_at,
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn commissions(web: &WebState, team: &Team, id: EnrollmentId) -> WebResult<Vec<Line>> {
    let filter = commission::Filter {
        enrollment: Some(id),
        ..commission::Filter::default()
    };
    let rows = commission::list(&web.app, &team.actor, &filter, None, ROWS).await?;
    let line = |row: commission::Listed| Line {
        title: match row.external_id.as_str() {
            "" => row.commission.id.to_string(),
            order => order.to_owned(),
        },
        href: format!("/admin/commissions/{}", row.commission.id),
        detail: row.commission.rule,
        value: fmt::money(&team.cx, row.commission.book.net()),
        at: row.commission.occurred_at,
    };
    Ok(rows.into_iter().map(line).collect())
}

async fn payouts(web: &WebState, team: &Team, id: EnrollmentId) -> WebResult<Vec<Line>> {
    let filter = payout::Filter {
        enrollment: Some(id),
        ..payout::Filter::default()
    };
    let rows = payout::list(&web.app, &team.actor, &filter, None, ROWS).await?;
    let line = |(one, _): (payout::Payout, String)| Line {
        title: one.masked,
        href: format!("/admin/payouts/{}", one.batch),
        detail: one.provider_ref,
        value: fmt::money(&team.cx, one.amount),
        at: one.created_at,
    };
    Ok(rows.into_iter().map(line).collect())
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
    let manager = match fields.filled("manager") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| AppError::field("manager", "not_a_choice"))?,
        ),
    };
    let tier = match fields.filled("tier") {
        None => None,
        Some(text) => Some(
            text.parse()
                .map_err(|_| AppError::field("tier", "not_a_choice"))?,
        ),
    };
    let mut done = segment::give_tier(&web.app, &team.actor, id, tier).await;
    if done.is_ok() {
        done = partner::assign(&web.app, &team.actor, id, chosen, manager).await;
    }
    back(&web, &team, id, done).await
}

async fn set_recruiter(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
    fields: Fields,
) -> WebResult {
    let name = format!("recruiter-{id}");
    let done = partner::set_recruiter(&web.app, &team.actor, id, &fields.text(&name)).await;
    match done {
        Ok(partner) => {
            let path = format!("/admin/partners/{partner}");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "partner-changed")))
        }
        Err(AppError::Invalid(mut errors)) => {
            for error in &mut errors {
                error.field.clone_from(&name);
            }
            let partner = partner::of_enrollment(&web.app, &team.actor, id).await?;
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render(&web, &team, partner, "", form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn drop_second_step(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PartnerId>,
) -> WebResult {
    partner::drop_second_step(&web.app, &team.actor, id).await?;
    let path = format!("/admin/partners/{id}");
    Ok(see_with(&path, Tone::Ok, &t!(team.cx, "partner-changed")))
}
