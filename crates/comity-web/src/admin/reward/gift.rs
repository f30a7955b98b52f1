//! Giving by hand, handing over, and what the shop did with promises.

use axum::extract::State;
use comity_app::AppError;
use comity_app::commission::{self, RefereeAct};
use comity_app::recognition::{self, Act};
use comity_domain::ledger::perk::PerkPlace;
use comity_domain::{EnrollmentId, Money, PerkGrantId, Permission, RefereeRewardId};
use comity_ui::admin::reward::{GrantPage, MoveLine, grant_page};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use super::{admin_shell, answer, back, grant_row};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

pub(super) async fn give_by_hand(
    State(web): State<WebState>,
    team: Team,
    fields: Fields,
) -> WebResult {
    let to: Option<EnrollmentId> = fields.read("partner");
    let done = match (to, fields.read::<i64>("quantity")) {
        (Some(to), Some(quantity)) => {
            let (unit, note) = (fields.text("unit"), fields.text("note"));
            recognition::give(&web.app, &team.actor, to, (&unit, quantity), &note).await
        }
        (None, _) => Err(AppError::field("partner", "not_a_choice")),
        (_, None) => Err(AppError::field("quantity", "not_a_number")),
    };
    let text = t!(team.cx, "reward-given");
    answer(&web, &team, "", &fields, (done, text)).await
}

pub(super) async fn grant(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkGrantId>,
) -> WebResult<Page> {
    let form = FormState::default();
    Ok(Page(render_grant(&web, &team, id, form).await?))
}

async fn render_grant(
    web: &WebState,
    team: &Team,
    id: PerkGrantId,
    form: FormState,
) -> WebResult<Markup> {
    let found = recognition::grant(&web.app, &team.actor, id).await?;
    let grant = &found.listed.grant;
    let why = serde_json::from_str(&grant.explain_json).ok();
    let why = why.map(|why| {
        let zero = Money::zero(grant.cost.currency);
        let mut steps = comity_ui::commission::steps(&team.cx, &why, &grant.rule, zero);
        // The result of a perk is no amount.
        steps.pop();
        steps
    });
    let place = |place: PerkPlace| match place {
        PerkPlace::Program => "program",
        PerkPlace::Open => "open",
        PerkPlace::Fulfilled => "fulfilled",
    };
    let moves = found.moves.iter().map(|step| MoveLine {
        from: place(step.from),
        to: place(step.to),
        count: step.count,
        at: step.at,
    });
    let view = GrantPage {
        row: grant_row(&found.listed),
        cost: grant.cost,
        why: why.unwrap_or_default(),
        moves: moves.collect(),
        can_act: team.actor.may(Permission::ManagePartners),
        form,
    };
    let shell = admin_shell(web, team).await?;
    Ok(grant_page(&team.cx, &shell, &view))
}

pub(super) async fn act(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkGrantId>,
    fields: Fields,
) -> WebResult {
    let act = Act::from_code(&fields.text("act"));
    let act = act.ok_or_else(|| AppError::field("act", "not_a_choice"))?;
    let path = format!("/admin/rewards/grants/{id}");
    match recognition::act(&web.app, &team.actor, id, act, &fields.text("note")).await {
        Ok(_) => Ok(see_with(&path, Tone::Ok, &t!(team.cx, "reward-done"))),
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(render_grant(&web, &team, id, form).await?))
        }
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn promise(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<RefereeRewardId>,
    fields: Fields,
) -> WebResult {
    let act = RefereeAct::from_code(&fields.text("act"));
    let act = act.ok_or_else(|| AppError::field("act", "not_a_choice"))?;
    let note = fields.text("note");
    let done = commission::act_on_referee(&web.app, &team.actor, id, act, &note).await;
    back(&team, "customers", done, &t!(team.cx, "reward-done"))
}
