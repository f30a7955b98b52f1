//! Rewards beside commissions: perks to hand over, promises to customers, catalogue, badges.

mod export;
mod gift;
mod offer;
mod row;

use axum::extract::State;
use comity_app::commission::{self, RefereeFilter};
use comity_app::recognition::{self, Badge, Filter, Perk};
use comity_app::{AppError, partner, program};
use comity_domain::program::Program;
use comity_domain::{Currency, Permission};
use comity_ui::admin::reward::{PerkRow, Rewards, Section, page};
use comity_ui::component::{FormState, Tone, problem};
use maud::Markup;

use super::admin_shell;
use super::narrow::narrow;
use super::partner::named;
use crate::error::WebResult;
use crate::extract::{Fields, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(crate) use row::goal;
use row::{badge_row, grant_row, promise_row};

/// Partners offered to be given something.
const CHOICES: i64 = 200;

/// Routes of rewards.
pub fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let give = Audience::Team(Permission::ManagePartners);
    let manage = Audience::Team(Permission::ManagePrograms);
    Routes::new()
        .get("/admin/rewards", view, show)
        .get("/admin/rewards.csv", view, export::export)
        .post("/admin/rewards/grants", give, gift::give_by_hand)
        .get("/admin/rewards/grants/{id}", view, gift::grant)
        .post("/admin/rewards/grants/{id}", give, gift::act)
        .post("/admin/rewards/promises/{id}", give, gift::promise)
        .post("/admin/rewards/perks", manage, offer::new_perk)
        .post("/admin/rewards/perks/{id}", manage, offer::change_perk)
        .post("/admin/rewards/badges", manage, offer::new_badge)
        .post("/admin/rewards/badges/{id}", manage, offer::change_badge)
}

async fn show(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let tab = paging.query.text("tab");
    Ok(Page(render(&web, &team, &tab, &paging, None).await?))
}

fn queue_filter(query: &Fields) -> Filter {
    Filter {
        program: query.read("program"),
        enrollment: None,
        status: query.text("status"),
        find: query.text("q").to_lowercase(),
    }
}

fn promise_filter(query: &Fields) -> RefereeFilter {
    RefereeFilter {
        program: query.read("program"),
        status: query.text("status"),
        find: query.text("q").to_lowercase(),
    }
}

/// Perks that fit the search.
fn found_perks(rows: Vec<Perk>, query: &Fields) -> Vec<Perk> {
    narrow(rows, &query.text("q"), |perk| {
        let unit = perk.unit.as_str().to_owned();
        [perk.name.clone(), unit, perk.description.clone()]
    })
}

/// Badges that fit the search.
fn found_badges(rows: Vec<Badge>, query: &Fields) -> Vec<Badge> {
    narrow(rows, &query.text("q"), |badge| {
        [badge.name.clone(), badge.description.clone()]
    })
}

/// A tab; with a form when one was refused.
async fn render(
    web: &WebState,
    team: &Team,
    tab: &str,
    paging: &Paging,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let programs = program::list(app, actor).await?;
    let chosen = paging.query.read("program");
    let perks = recognition::perks(app, actor, chosen).await?;
    let (section, next) = section(web, team, tab, paging, &programs, &perks).await?;
    let of = programs
        .iter()
        .find(|program| Some(program.id) == chosen)
        .or(programs.first());
    let active = perks.iter().filter(|perk| perk.active);
    let view = Rewards {
        section,
        program: paging.query.text("program"),
        status: paging.query.text("status"),
        query: paging.query.text("q"),
        next,
        members: members(web, team, chosen, &programs).await?,
        units: active
            .map(|perk| (perk.unit.as_str().to_owned(), perk.name.clone()))
            .collect(),
        currency: of.map_or(Currency::EUR, |program| program.currency),
        programs: named(&programs),
        can_give: actor.may(Permission::ManagePartners),
        can_manage: actor.may(Permission::ManagePrograms),
        form: form.unwrap_or_else(|| FormState::default().with("quantity", "1")),
    };
    let shell = admin_shell(web, team).await?;
    Ok(page(&team.cx, &shell, &view))
}

async fn section(
    web: &WebState,
    team: &Team,
    tab: &str,
    paging: &Paging,
    programs: &[Program],
    perks: &[Perk],
) -> WebResult<(Section, Option<String>)> {
    let (app, actor) = (&web.app, &team.actor);
    let name = |id| {
        let found = programs.iter().find(|program| program.id == id);
        found.map_or_else(String::new, |program| program.name.clone())
    };
    Ok(match tab {
        "customers" => {
            let (filter, after) = (promise_filter(&paging.query), paging.after()?);
            let limit = paging.limit + 1;
            let rows = commission::referee_rewards(app, actor, &filter, after, limit).await?;
            let listed = paging.listed(rows, |row| row.reward.id.to_string(), promise_row);
            (Section::Promises(listed.data), listed.next_cursor)
        }
        "catalogue" => {
            let rows = found_perks(perks.to_vec(), &paging.query);
            let listed = paging.cut(
                rows,
                |perk| perk.id.to_string(),
                |perk| PerkRow {
                    id: perk.id,
                    unit: perk.unit.as_str().to_owned(),
                    name: perk.name,
                    description: perk.description,
                    cost: perk.cost,
                    active: perk.active,
                    program: name(perk.program),
                },
            );
            (Section::Catalogue(listed.data), listed.next_cursor)
        }
        "badges" => {
            let rows = recognition::badges(app, actor, paging.query.read("program")).await?;
            let rows = found_badges(rows, &paging.query);
            let view = |badge: Badge| {
                let of = programs.iter().find(|program| program.id == badge.program);
                let currency = of.map_or(Currency::EUR, |program| program.currency);
                badge_row(&team.cx, badge, currency, (&name, perks))
            };
            let listed = paging.cut(rows, |badge| badge.id.to_string(), view);
            (Section::Badges(listed.data), listed.next_cursor)
        }
        _ => {
            let (filter, after) = (queue_filter(&paging.query), paging.after()?);
            let rows = recognition::grants(app, actor, &filter, after, paging.limit + 1).await?;
            let counts = recognition::status_counts(app, actor, filter.program).await?;
            let counts = counts.into_iter();
            let counts = counts.map(|(status, n)| (status, u64::try_from(n).unwrap_or(0)));
            let listed = paging.listed(rows, |row| row.grant.id.to_string(), |row| grant_row(&row));
            (
                Section::Queue(listed.data, counts.collect()),
                listed.next_cursor,
            )
        }
    })
}

/// Memberships who can be given something, with their program when there are several.
async fn members(
    web: &WebState,
    team: &Team,
    chosen: Option<comity_domain::ProgramId>,
    programs: &[Program],
) -> WebResult<Vec<(String, String)>> {
    let filter = partner::Filter {
        program: chosen,
        ..partner::Filter::default()
    };
    let rows = partner::list(&web.app, &team.actor, &filter, None, CHOICES).await?;
    let several = programs.len() > 1 && chosen.is_none();
    let named = rows.into_iter().map(|row| {
        let of = programs
            .iter()
            .find(|program| program.id == row.enrollment.program);
        let name = match of.filter(|_| several) {
            Some(program) => format!("{} · {}", row.name, program.name),
            None => row.name,
        };
        (row.enrollment.id.to_string(), name)
    });
    Ok(named.collect())
}

/// Back to a tab with a message, or the tab again with what is wrong.
async fn answer<T>(
    web: &WebState,
    team: &Team,
    tab: &str,
    fields: &Fields,
    (done, text): (Result<T, AppError>, String),
) -> WebResult {
    let path = if tab.is_empty() {
        "/admin/rewards".to_owned()
    } else {
        format!("/admin/rewards?tab={tab}")
    };
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &text)),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, fields, &errors);
            let paging = Paging {
                limit: 50,
                ..Paging::default()
            };
            Ok(refused(render(web, team, tab, &paging, Some(form)).await?))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}

/// The same for short forms without fields of their own on the page: the message says it.
fn back<T>(team: &Team, tab: &str, done: Result<T, AppError>, text: &str) -> WebResult {
    let path = format!("/admin/rewards?tab={tab}");
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, text)),
        Err(AppError::Invalid(errors)) => {
            let code = errors.first().map_or("", |error| error.code);
            Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code)))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}
