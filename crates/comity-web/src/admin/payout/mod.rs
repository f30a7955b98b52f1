//! Payouts: who is due, planning, the list of payments as a file.

mod batch;
mod debt;
mod document;
mod nacha;
mod payer;
mod provider;
mod rules;

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use comity_app::payout::{self, Filter, Preview};
use comity_app::{AppError, program};
use comity_domain::{Money, PartnerId, Permission, ProgramId};
use comity_ui::admin::payout::{self as pages, Due, DueRow, RunRow, SkippedRow, Stopped};
use comity_ui::component::Tone;
use comity_ui::t;

use super::admin_shell;
use super::csv::Sheet;
use super::partner::named;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Paging, Team};
use crate::page::{Page, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Most rows of an export.
const EXPORT_ROWS: i64 = 50_000;

/// Routes of payouts.
pub fn routes() -> Routes {
    let (view, prepare) = (
        Audience::Team(Permission::View),
        Audience::Team(Permission::PreparePayouts),
    );
    Routes::new()
        .get("/admin/payouts", view, show)
        .get("/admin/payouts.csv", view, export)
        .post("/admin/payouts/plan", prepare, plan)
        .merge(batch::routes())
        .merge(payer::routes())
        .merge(debt::routes())
        .merge(nacha::routes())
        .merge(document::routes())
        .merge(provider::routes())
        .merge(rules::routes())
}

async fn show(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let programs = program::list(app, actor).await?;
    let asked: Option<ProgramId> = paging.query.read("program");
    let chosen = asked.or_else(|| programs.first().map(|program| program.id));
    let mut view = Due {
        programs: named(&programs),
        program: chosen.map(|id| id.to_string()).unwrap_or_default(),
        payable: Vec::new(),
        total: None,
        skipped: Vec::new(),
        runs: Vec::new(),
        next: None,
        can_prepare: actor.may(Permission::PreparePayouts),
        stopped: stopped(&web, &team).await?,
        attention: payout::queued(app, actor).await?,
    };
    if let Some(id) = chosen {
        fill(&mut view, &payout::preview(app, actor, id, None).await?)?;
    }
    let runs = payout::batches(app, actor, chosen, "", paging.after()?, paging.limit + 1).await?;
    let listed = paging.listed(
        runs,
        |run| run.id.to_string(),
        |run| RunRow {
            id: run.id,
            period: run.period,
            rail: run.rail,
            payments: run.payouts,
            total: run.total,
            status: run.status,
            at: run.created_at,
        },
    );
    (view.runs, view.next) = (listed.data, listed.next_cursor);
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::due(&team.cx, &shell, &view)))
}

fn fill(view: &mut Due, preview: &Preview) -> Result<(), WebError> {
    let name = |id: PartnerId| preview.names.get(&id).cloned().unwrap_or_default();
    let mut total = Money::zero(preview.program.currency);
    for planned in &preview.plan.payable {
        total = total
            .add(planned.net)
            .map_err(|_| WebError::internal("the sum of a run has no room"))?;
        view.payable.push(DueRow {
            partner: planned.partner,
            name: name(planned.partner),
            rail: planned.rail,
            amount: planned.net,
        });
    }
    view.total = Some(total);
    for skipped in &preview.plan.skipped {
        let Some((partner, available)) = preview.balances.get(&skipped.enrollment) else {
            continue;
        };
        // Partners who have nothing are no news.
        if available.minor != 0 {
            view.skipped.push(SkippedRow {
                partner: *partner,
                name: name(*partner),
                available: *available,
                reason: skipped.reason,
            });
        }
    }
    Ok(())
}

async fn plan(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let id: ProgramId = fields.read("program").ok_or_else(WebError::not_found)?;
    let selected = if fields.checked("all") {
        None
    } else {
        let chosen = fields.all("id");
        Some(
            chosen
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect::<BTreeSet<PartnerId>>(),
        )
    };
    let back = format!("/admin/payouts?program={id}");
    match payout::create(&web.app, &team.actor, id, selected).await {
        Ok(runs) => {
            let path = match runs.as_slice() {
                [only] => format!("/admin/payouts/{}", only.id),
                _ => back,
            };
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "payout-planned")))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&back, Tone::Warn, &conflict(&team, code))),
        Err(error) => Err(error.into()),
    }
}

/// Whether payouts are stopped, for the pages about them.
async fn stopped(web: &WebState, team: &Team) -> WebResult<Stopped> {
    let switch = payout::switch(&web.app, &team.actor).await?;
    Ok(Stopped {
        since: switch.stopped.then_some((switch.changed_at, switch.reason)),
        can_stop: team.actor.may(Permission::PreparePayouts),
        can_resume: team.actor.may(Permission::ApprovePayouts),
    })
}

/// Why an act on a run is not possible.
fn conflict(team: &Team, code: &str) -> String {
    match code {
        "needs_second_person" => t!(team.cx, "payout-conflict-second"),
        "balance_changed" => t!(team.cx, "payout-conflict-balance"),
        "payouts_stopped" => t!(team.cx, "payout-conflict-stopped"),
        "debt_changed" => t!(team.cx, "payout-conflict-debt"),
        "nothing_to_pay" => t!(team.cx, "payout-conflict-nothing"),
        _ => t!(team.cx, "payout-conflict"),
    }
}

async fn export(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Response> {
    let filter = Filter {
        program: paging.query.read("program"),
        enrollment: None,
        state: paging.query.text("state"),
        find: paging.query.text("q").to_lowercase(),
    };
    let rows = payout::list(&web.app, &team.actor, &filter, None, EXPORT_ROWS).await?;
    let mut sheet = Sheet::new(&[
        "payout_id",
        "batch_id",
        "partner_id",
        "partner",
        "amount",
        "currency",
        "account",
        "state",
        "failure",
        "created_at",
    ]);
    for (one, name) in rows {
        sheet.row(&[
            &one.id.to_string(),
            &one.batch.to_string(),
            &one.partner.to_string(),
            &name,
            &one.amount.decimal(),
            one.amount.currency.code(),
            &one.masked,
            one.progress.state.code(),
            &one.failure,
            &one.created_at.to_string(),
        ]);
    }
    Ok(sheet.download("payouts.csv"))
}
