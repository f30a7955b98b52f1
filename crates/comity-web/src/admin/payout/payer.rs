//! The account that pays.

use axum::extract::State;
use comity_app::AppError;
use comity_app::payout::{PayerAccount, payer_account, set_payer_account};
use comity_domain::Permission;
use comity_ui::admin::payout::payer;
use comity_ui::component::{FormState, Tone};
use comity_ui::t;
use maud::Markup;

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
}

async fn render(web: &WebState, team: &Team, form: &FormState) -> WebResult<Markup> {
    let shell = admin_shell(web, team).await?;
    let may = team.actor.may(Permission::ApprovePayouts);
    Ok(payer(&team.cx, &shell, form, may))
}

async fn show(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let account = payer_account(&web.app, &team.actor).await?;
    let form = FormState::default()
        .with("name", account.name)
        .with("iban", account.iban)
        .with("bic", account.bic);
    Ok(Page(render(&web, &team, &form).await?))
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
            Ok(refused(render(&web, &team, &form).await?))
        }
        Err(error) => Err(error.into()),
    }
}
