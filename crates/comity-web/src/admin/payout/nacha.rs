//! The sender of NACHA files.

use axum::extract::State;
use comity_app::AppError;
use comity_app::payout::{NachaSender, nacha_sender, set_nacha_sender};
use comity_domain::Permission;
use comity_ui::admin::payout::nacha;
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::{Cx, t};
use maud::Markup;

use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Team};
use crate::page::{Page, refused, see_with};
use crate::route::{Audience, Routes};
use crate::state::WebState;

const PATH: &str = "/admin/settings/payouts/nacha";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Audience::Team(Permission::View), show)
        .post(PATH, Audience::Team(Permission::ApprovePayouts), save)
}

async fn render(web: &WebState, team: &Team, form: &FormState) -> WebResult<Markup> {
    let shell = admin_shell(web, team).await?;
    let may = team.actor.may(Permission::ApprovePayouts);
    Ok(nacha(&team.cx, &shell, form, may))
}

async fn show(State(web): State<WebState>, team: Team) -> WebResult<Page> {
    let known = nacha_sender(&web.app, &team.actor).await?;
    let form = FormState::default()
        .with("bank", known.bank)
        .with("bank_name", known.bank_name)
        .with("origin", known.origin)
        .with("origin_name", known.origin_name)
        .with("company_name", known.company_name)
        .with("company_id", known.company_id)
        .with("odfi", known.odfi);
    Ok(Page(render(&web, &team, &form).await?))
}

async fn save(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let input = NachaSender {
        bank: fields.text("bank"),
        bank_name: fields.text("bank_name"),
        origin: fields.text("origin"),
        origin_name: fields.text("origin_name"),
        company_name: fields.text("company_name"),
        company_id: fields.text("company_id"),
        odfi: fields.text("odfi"),
    };
    match set_nacha_sender(&web.app, &team.actor, input).await {
        Ok(()) => Ok(see_with(PATH, Tone::Ok, &t!(team.cx, "payout-payer-saved"))),
        Err(AppError::Invalid(errors)) => {
            let form = errors.iter().fold(fields.state(), |form, error| {
                form.error(&error.field, words(&team.cx, error.code))
            });
            Ok(refused(render(&web, &team, &form).await?))
        }
        Err(error) => Err(error.into()),
    }
}

fn words(cx: &Cx, code: &str) -> String {
    match code {
        "checksum" => t!(cx, "portal-problem-checksum"),
        "length" => t!(cx, "portal-problem-length"),
        "missing" => t!(cx, "portal-problem-missing"),
        "invalid" | "malformed" => t!(cx, "portal-problem-invalid"),
        code => problem(cx, code),
    }
}
