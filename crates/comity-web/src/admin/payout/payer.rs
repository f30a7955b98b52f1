//! The account that pays.

use axum::extract::State;
use comity_app::AppError;
use comity_app::payout::{self, PayerAccount, payer_account, set_payer_account};
use comity_domain::Permission;
use comity_ui::admin::payout::payer;
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

use super::stopped;
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// The page and where its form goes.
const PATH: &str = "/admin/settings/payouts";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Team(Permission::View), show)
        .post(PATH, Audience::Team(Permission::ApprovePayouts), save)
        .post(
            "/admin/settings/payouts/stop",
            Audience::Team(Permission::PreparePayouts),
            stop,
        )
        .post(
            "/admin/settings/payouts/resume",
            Audience::Team(Permission::ApprovePayouts),
            resume,
        )
}

async fn render(
    web: &WebState,
    team: &Team,
    form: &FormState,
    stop: &FormState,
) -> WebResult<Markup> {
    let shell = admin_shell(web, team).await?;
    let may = team.actor.may(Permission::ApprovePayouts);
    let stopped = stopped(web, team).await?;
    Ok(payer(&team.cx, &shell, form, may, (&stopped, stop)))
}

/// The account as it is set.
async fn known(web: &WebState, team: &Team) -> WebResult<FormState> {
    let account = payer_account(&web.app, &team.actor).await?;
    Ok(FormState::default()
        .with("name", account.name)
        .with("iban", account.iban)
        .with("bic", account.bic))
}

async fn show(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let form = known(&web, &team).await?;
    Ok(Page(
        render(&web, &team, &form, &FormState::default()).await?,
    ))
}

async fn stop(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    match payout::stop(&web.app, &team.actor, fields.raw("reason")).await {
        Ok(_) => Ok(see_with(PATH, Tone::Warn, &t!(team.cx, "payout-stop-done"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            let account = known(&web, &team).await?;
            Ok(refused(render(&web, &team, &account, &form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn resume(State(web): State<WebState>, team: Team) -> WebResult {
    payout::resume(&web.app, &team.actor).await?;
    Ok(see_with(PATH, Tone::Ok, &t!(team.cx, "payout-resume-done")))
}

async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let input = PayerAccount {
        name: fields.text("name"),
        iban: fields.text("iban"),
        bic: fields.text("bic"),
    };
    match set_payer_account(&web.app, &team.actor, input).await {
        Ok(()) => Ok(see_with(PATH, Tone::Ok, &t!(team.cx, "payout-payer-saved"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(
                render(&web, &team, &form, &FormState::default()).await?,
            ))
        }
        Err(error) => Err(error.into()),
    }
}
