//! Simulations: start, watch, stop, read, export.

use axum::extract::State;
use axum::response::Response;
use comity_app::commission::draft::{self, Draft};
use comity_app::commission::simulation::{self, Order, PartnerLine, Simulation, Summary};
use comity_app::commission::{Past, span};
use comity_app::{AppError, program};
use comity_domain::program::Program;
use comity_domain::{Bps, Currency, Money, PartnerId, Permission, ProgramId, ReplayId, Timestamp};
use comity_ui::admin::rule as pages;
use comity_ui::admin::rule::Run;
use comity_ui::component::{FormState, problem};
use maud::Markup;

use super::read::{percent, plain};
use super::{of, path};
use crate::admin::admin_shell;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see};
use crate::state::WebState;

/// Most rows of an export: a spreadsheet opens them.
const EXPORT_ROWS: i64 = 50_000;

pub(super) async fn list(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let now = web.app.now();
    let first = span(&web.app, &team.actor, id)
        .await?
        .map_or(now, |(first, _)| first);
    let zone = &draft.program.zone;
    let form = FormState::default()
        .with("from", first.date_in(zone).to_string())
        .with("to", now.date_in(zone).to_string())
        .with("margin", "60");
    Ok(Page(page(&web, &team, &draft, &paging, form).await?))
}

async fn page(
    web: &WebState,
    team: &Team,
    draft: &Draft,
    paging: &Paging,
    form: FormState,
) -> WebResult<Markup> {
    let id = draft.program.id;
    let limit = paging.limit + 1;
    let rows = simulation::list(&web.app, &team.actor, id, paging.after()?, limit).await?;
    let currency = draft.program.currency;
    let mut listed = paging.listed(rows, |row| row.id.to_string(), |row| run(&row, currency));
    for run in &mut listed.data {
        run.who = draft::person(&web.app, &team.actor, &run.who).await?;
    }
    let view = pages::Past {
        of: of(&draft.program),
        form,
        runs: listed.data,
        next: listed.next_cursor,
        can_manage: team.actor.may(Permission::ManagePrograms),
        has_draft: draft.changed.is_some(),
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::replays(&team.cx, &shell, &view))
}

fn run(row: &Simulation, currency: Currency) -> Run {
    let summary: Option<Summary> = serde_json::from_str(&row.report_json).ok();
    let money = |minor| Money::new(minor, currency);
    Run {
        id: row.id,
        from: row.from,
        to: row.to.plus(-1),
        status: row.status.clone(),
        done: row.done,
        total: row.total,
        cost: summary.map(|sums| (money(sums.before_minor), money(sums.after_minor))),
        who: row.created_by.clone(),
        at: row.created_at,
    }
}

pub(super) async fn start(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let draft = draft::get(&web.app, &team.actor, id).await?;
    let done = match wanted(&web, &draft.program, &fields) {
        Ok((past, margin)) => {
            simulation::start(&web.app, &team.actor, past, &draft.set, margin).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(row) => Ok(see(&format!("{}/replay/{}", path(id), row.id))),
        Err(AppError::Invalid(errors)) => {
            let mut form = form_state(&team.cx, &fields, &errors);
            if let Some(error) = errors.iter().find(|error| error.field.contains('[')) {
                form = form.error("", problem(&team.cx, error.code));
            }
            let paging = Paging {
                limit: 50,
                ..Paging::default()
            };
            Ok(refused(page(&web, &team, &draft, &paging, form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The period in the program's zone, whole days, and the margin.
fn wanted(web: &WebState, program: &Program, fields: &Fields) -> Result<(Past, Bps), AppError> {
    let past = |from, to| Past {
        program: program.id,
        from,
        to,
    };
    if fields.checked("whole") {
        let whole = past(Timestamp::from_seconds(0), web.app.now().plus(1));
        return Ok((whole, Bps(6_000)));
    }
    let day = |name: &str| {
        let found = program.zone.day(&fields.text(name));
        found.ok_or_else(|| AppError::field(name, "not_a_date"))
    };
    let ((from, _), (_, end)) = (day("from")?, day("to")?);
    let margin = percent(&plain(&fields.text("margin")));
    let margin = margin.ok_or_else(|| AppError::field("margin", "not_a_number"))?;
    Ok((past(from, end), margin))
}

/// The simulation, if it is this program's.
async fn found(
    web: &WebState,
    team: &Team,
    (id, replay): (ProgramId, ReplayId),
) -> Result<(Program, Simulation, Option<Summary>), AppError> {
    let program = program::get(&web.app, &team.actor, id).await?;
    let (row, summary) = simulation::get(&web.app, &team.actor, replay).await?;
    if row.program != id {
        return Err(AppError::NotFound("replay"));
    }
    Ok((program, row, summary))
}

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(ids): Id<(ProgramId, ReplayId)>,
    paging: Paging,
) -> WebResult<Page> {
    let (program, row, summary) = found(&web, &team, ids).await?;
    let currency = program.currency;
    let order = order(&paging.query);
    let query = paging.query.text("q");
    let find = query.to_lowercase();
    let after = cursor(&paging)?;
    let limit = paging.limit + 1;
    let rows =
        simulation::partners(&web.app, &team.actor, row.id, (&find, order), after, limit).await?;
    let listed = paging.listed(rows, mark, |line| shown(line, currency));
    let draft = draft::get(&web.app, &team.actor, program.id).await?;
    let same = serde_json::to_string(&draft.set).is_ok_and(|body| body == row.body_json);
    let money = |minor| Money::new(minor, currency);
    let sums = summary.as_ref();
    let view = pages::Replay {
        of: of(&program),
        failed: (!row.error.is_empty()).then(|| problem(&team.cx, &row.error)),
        counts: sums.map_or((0, 0, 0), |sums| {
            (sums.winners, sums.losers, sums.new_customers)
        }),
        cac: sums
            .and_then(|sums| sums.cac_minor)
            .map(|(before, after)| (money(before), money(after))),
        break_even: sums.and_then(|sums| sums.break_even_minor).map(money),
        months: sums.map_or_else(Vec::new, |sums| {
            let month =
                |&(at, before, after): &(Timestamp, i64, i64)| (at, money(before), money(after));
            sums.months.iter().map(month).collect()
        }),
        partners: listed.data,
        query,
        order: if order == Order::Losses {
            "losses"
        } else {
            "gains"
        }
        .to_owned(),
        next: listed.next_cursor,
        publishable: same && draft.changed.is_some(),
        can_manage: team.actor.may(Permission::ManagePrograms),
        run: run(&row, currency),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::replay(&team.cx, &shell, &view)))
}

fn order(query: &Fields) -> Order {
    if query.text("order") == "losses" {
        Order::Losses
    } else {
        Order::Gains
    }
}

/// Where a list of partners goes on: the difference and the partner.
fn mark(line: &PartnerLine) -> String {
    format!("{}.{}", line.after_minor - line.before_minor, line.partner)
}

fn cursor(paging: &Paging) -> Result<Option<(i64, PartnerId)>, AppError> {
    let Some(text) = &paging.cursor else {
        return Ok(None);
    };
    let read = || {
        let (difference, partner) = text.split_once('.')?;
        Some((difference.parse().ok()?, partner.parse().ok()?))
    };
    read()
        .map(Some)
        .ok_or_else(|| AppError::field("cursor", "invalid"))
}

fn shown(line: PartnerLine, currency: Currency) -> pages::PartnerLine {
    pages::PartnerLine {
        partner: line.partner,
        name: line.name,
        events: line.events,
        before: Money::new(line.before_minor, currency),
        after: Money::new(line.after_minor, currency),
    }
}

pub(super) async fn stop(
    State(web): State<WebState>,
    team: Team,
    Id(ids): Id<(ProgramId, ReplayId)>,
) -> WebResult {
    let (program, row, _) = found(&web, &team, ids).await?;
    simulation::stop(&web.app, &team.actor, row.id).await?;
    Ok(see(&format!("{}/replay/{}", path(program.id), row.id)))
}

pub(super) async fn export(
    State(web): State<WebState>,
    team: Team,
    Id(ids): Id<(ProgramId, ReplayId)>,
    paging: Paging,
) -> WebResult<Response> {
    let (program, row, _) = found(&web, &team, ids).await?;
    let find = paging.query.text("q").to_lowercase();
    let wanted = (find.as_str(), order(&paging.query));
    let rows =
        simulation::partners(&web.app, &team.actor, row.id, wanted, None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "partner_id",
        "partner",
        "events",
        "revenue",
        "before",
        "after",
        "difference",
        "currency",
    ]);
    for line in rows {
        let money = |minor| Money::new(minor, program.currency).decimal();
        sheet.row(&[
            &line.partner.to_string(),
            &line.name,
            &line.events.to_string(),
            &money(line.revenue_minor),
            &money(line.before_minor),
            &money(line.after_minor),
            &money(line.after_minor - line.before_minor),
            program.currency.code(),
        ]);
    }
    Ok(sheet.download("simulation.csv"))
}
