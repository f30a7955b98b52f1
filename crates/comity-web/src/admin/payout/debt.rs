//! Partners below zero: the list, giving a debt up, agreeing to it.

use axum::extract::State;
use axum::response::Response;
use comity_app::AppError;
use comity_app::payout::{self, Debt};
use comity_domain::{EnrollmentId, JournalId, Permission};
use comity_ui::admin::payout::{self as pages, DebtRow, Debts, WriteOffRow};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;

use super::conflict;
use crate::admin::admin_shell;
use crate::admin::csv::Sheet;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

const PATH: &str = "/admin/payouts/debts";

pub(super) fn routes() -> Routes {
    let view = Audience::Team(Permission::View);
    let prepare = Audience::Team(Permission::PreparePayouts);
    Routes::new()
        .get(PATH, view, list)
        .get("/admin/payouts/debts.csv", view, export)
        .get("/admin/payouts/debts/{id}", prepare, show)
        .post("/admin/payouts/debts/{id}", prepare, ask)
        .post(
            "/admin/payouts/write-offs/{id}",
            Audience::Team(Permission::ApprovePayouts),
            decide,
        )
}

fn row(debt: Debt) -> DebtRow {
    DebtRow {
        enrollment: debt.enrollment,
        partner: debt.partner,
        name: debt.name,
        owed: debt.owed,
    }
}

async fn list(State(web): State<WebState>, team: Team, paging: Paging) -> WebResult<Page> {
    let (app, actor) = (&web.app, &team.actor);
    let rows = payout::debts(app, actor).await?;
    let asked = payout::write_offs(app, actor, "", paging.after()?, paging.limit + 1).await?;
    let may = actor.may(Permission::ApprovePayouts);
    let listed = paging.listed(
        asked,
        |(one, _)| one.id.to_string(),
        |(one, name)| WriteOffRow {
            id: one.id,
            name,
            amount: one.amount,
            reason: one.reason,
            can_decide: may && one.status == "waiting" && one.asked_by != actor.label(),
            status: one.status,
            at: one.created_at,
        },
    );
    let view = Debts {
        rows: rows.into_iter().map(row).collect(),
        write_offs: listed.data,
        next: listed.next_cursor,
        can_prepare: actor.may(Permission::PreparePayouts),
    };
    let shell = admin_shell(&web, &team).await?;
    Ok(Page(pages::debts(&team.cx, &shell, &view)))
}

async fn export(State(web): State<WebState>, team: Team) -> WebResult<Response> {
    let mut sheet = Sheet::new(&["partner_id", "partner", "owed", "currency"]);
    for debt in payout::debts(&web.app, &team.actor).await? {
        sheet.row(&[
            &debt.partner.to_string(),
            &debt.name,
            &debt.owed.decimal(),
            debt.owed.currency.code(),
        ]);
    }
    Ok(sheet.download("debts.csv"))
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
) -> WebResult<Page> {
    let debt = row(payout::debt(&web.app, &team.actor, id).await?);
    let shell = admin_shell(&web, &team).await?;
    let form = FormState::default();
    Ok(Page(pages::give_up(&team.cx, &shell, &debt, &form)))
}

async fn ask(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<EnrollmentId>,
    fields: Fields,
) -> WebResult {
    match payout::ask_write_off(&web.app, &team.actor, id, fields.raw("reason")).await {
        Ok(done) if done.status == "done" => {
            let text = t!(team.cx, "payout-write-off-booked");
            Ok(see_with(PATH, Tone::Ok, &text))
        }
        Ok(_) => {
            let text = t!(team.cx, "payout-write-off-asked");
            Ok(see_with(PATH, Tone::Warn, &text))
        }
        Err(AppError::Invalid(errors)) => {
            let debt = row(payout::debt(&web.app, &team.actor, id).await?);
            let shell = admin_shell(&web, &team).await?;
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(pages::give_up(&team.cx, &shell, &debt, &form)))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(PATH, Tone::Bad, &conflict(&team, code))),
        Err(error) => Err(error.into()),
    }
}

async fn decide(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<JournalId>,
    fields: Fields,
) -> WebResult {
    let agreed = fields.checked("agreed");
    match payout::decide_write_off(&web.app, &team.actor, id, agreed).await {
        Ok(done) if done.status == "done" => {
            let text = t!(team.cx, "payout-write-off-booked");
            Ok(see_with(PATH, Tone::Ok, &text))
        }
        Ok(_) => {
            let text = t!(team.cx, "payout-write-off-kept");
            Ok(see_with(PATH, Tone::Ok, &text))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(PATH, Tone::Bad, &conflict(&team, code))),
        Err(error) => Err(error.into()),
    }
}
