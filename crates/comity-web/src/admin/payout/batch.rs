//! One run: approve, cancel, send, settle, reconcile.

use axum::extract::State;
use axum::response::Response;
use comity_app::payout::{self, Settlement};
use comity_app::{AppError, program};
use comity_domain::{PayoutBatchId, PayoutId, Permission};
use comity_ui::admin::payout::{self as pages, BatchView, Payment};
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::{conflict, stopped};
use crate::admin::admin_shell;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Id, Team, Upload};
use crate::page::{Page, download, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

pub(super) fn routes() -> Routes {
    let prepare = Audience::Team(Permission::PreparePayouts);
    Routes::new()
        .get(
            "/admin/payouts/{id}",
            Audience::Team(Permission::View),
            show,
        )
        .get("/admin/payouts/{id}/file", prepare, file)
        .post(
            "/admin/payouts/{id}/approve",
            Audience::Team(Permission::ApprovePayouts),
            approve,
        )
        .post("/admin/payouts/{id}/cancel", prepare, cancel)
        .post("/admin/payouts/{id}/sent", prepare, sent)
        .post("/admin/payouts/{id}/settle", prepare, settle_all)
        .post("/admin/payouts/{id}/report", prepare, report)
        .post("/admin/payments/{id}/settle", prepare, settle_one)
}

async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PayoutBatchId>,
) -> WebResult<Page> {
    Ok(Page(render(&web, &team, id, FormState::default()).await?))
}

async fn render(
    web: &WebState,
    team: &Team,
    id: PayoutBatchId,
    form: FormState,
) -> WebResult<Markup> {
    let (app, actor) = (&web.app, &team.actor);
    let (run, payments) = payout::batch(app, actor, id).await?;
    let of = program::get(app, actor, run.program).await?;
    let shell = admin_shell(web, team).await?;
    let payments = payments.into_iter().map(|(one, name)| Payment {
        id: one.id,
        partner: one.partner,
        name,
        masked: one.masked,
        amount: one.amount,
        state: one.progress.state,
        failure: one.failure,
    });
    let view = BatchView {
        id,
        period: run.period,
        four_eyes: run.total.minor > of.settings.four_eyes_above_minor,
        program: of.name,
        rail: run.rail,
        status: run.status,
        total: run.total,
        payments: payments.collect(),
        planned_by_reader: run.created_by == actor.label(),
        dates: [
            Some(run.created_at),
            run.approved_at,
            run.sent_at,
            run.settled_at,
        ],
        file: run.file_name,
        can_approve: actor.may(Permission::ApprovePayouts),
        can_prepare: actor.may(Permission::PreparePayouts),
        form,
        stopped: stopped(web, team).await?,
        driven: payout::driven(app, actor, id).await?,
    };
    Ok(pages::batch(&team.cx, &shell, &view))
}

/// Back to the run with what was done, or why it could not be.
fn answer<T>(team: &Team, id: PayoutBatchId, done: Result<T, AppError>, text: &str) -> WebResult {
    let path = format!("/admin/payouts/{id}");
    match done {
        Ok(_) => Ok(see_with(&path, Tone::Ok, text)),
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &conflict(team, code))),
        Err(error) => Err(error.into()),
    }
}

async fn approve(State(web): State<WebState>, team: Team, Id(id): Id<PayoutBatchId>) -> WebResult {
    match payout::approve(&web.app, &team.actor, id).await {
        // The file needs the payer's account, which is set elsewhere.
        Err(AppError::Invalid(errors)) => {
            let payer = errors.iter().any(|error| error.field.starts_with("payer"));
            let text = if payer {
                t!(team.cx, "payout-no-payer")
            } else {
                t!(team.cx, "payout-conflict")
            };
            let form = FormState::default().error("", text);
            Ok(refused(render(&web, &team, id, form).await?))
        }
        done => answer(&team, id, done, &t!(team.cx, "payout-approve-done")),
    }
}

async fn cancel(State(web): State<WebState>, team: Team, Id(id): Id<PayoutBatchId>) -> WebResult {
    let done = payout::cancel(&web.app, &team.actor, id).await;
    answer(&team, id, done, &t!(team.cx, "payout-cancel-done"))
}

async fn sent(State(web): State<WebState>, team: Team, Id(id): Id<PayoutBatchId>) -> WebResult {
    let done = payout::mark_sent(&web.app, &team.actor, id).await;
    answer(&team, id, done, &t!(team.cx, "payout-send-done"))
}

async fn settle_all(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PayoutBatchId>,
) -> WebResult {
    let done = payout::settle_batch(&web.app, &team.actor, id).await;
    answer(&team, id, done, &t!(team.cx, "payout-settle-done"))
}

async fn settle_one(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PayoutId>,
    fields: Fields,
) -> WebResult {
    let result = if fields.checked("arrived") {
        Settlement::Arrived(String::new())
    } else if fields.checked("after_all") {
        Settlement::ArrivedAfterAll(String::new())
    } else if fields.checked("dismiss") {
        Settlement::NothingWrong
    } else {
        Settlement::Failed(t!(team.cx, "payout-failed-by-hand"))
    };
    match payout::settle(&web.app, &team.actor, id, &result).await {
        Ok(one) => answer(&team, one.batch, Ok(()), &t!(team.cx, "payout-settle-done")),
        Err(AppError::Conflict(code)) => Ok(see_with(
            "/admin/payouts",
            Tone::Bad,
            &conflict(&team, code),
        )),
        Err(error) => Err(error.into()),
    }
}

async fn report(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PayoutBatchId>,
    upload: Upload,
) -> WebResult {
    let wrong = if upload.bytes.is_empty() {
        t!(team.cx, "payout-report-empty")
    } else {
        match payout::reconcile(&web.app, &team.actor, id, &upload.bytes).await {
            Err(AppError::Invalid(errors)) => {
                let place = errors
                    .first()
                    .map(|error| format!("{} ({})", error.field, error.code));
                t!(
                    team.cx,
                    "payout-report-refused",
                    place = place.unwrap_or_default()
                )
            }
            Ok(outcome) => {
                let text = t!(
                    team.cx,
                    "payout-report-done",
                    paid = outcome.paid,
                    failed = outcome.failed,
                    known = outcome.known,
                    missing = outcome.missing
                );
                return answer(&team, id, Ok(()), &text);
            }
            Err(error) => return answer::<()>(&team, id, Err(error), ""),
        }
    };
    let form = FormState::default().error("", wrong);
    Ok(refused(render(&web, &team, id, form).await?))
}

/// The file as it was frozen at approval.
async fn file(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PayoutBatchId>,
) -> WebResult<Response> {
    let (run, _) = payout::batch(&web.app, &team.actor, id).await?;
    if run.file_name.is_empty() {
        return Err(WebError::not_found());
    }
    Ok(download(
        &run.file_name,
        "application/octet-stream",
        run.file_body,
    ))
}
