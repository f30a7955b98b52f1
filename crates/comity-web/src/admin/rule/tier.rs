//! Tiers of a program: the list, the form of one, and its end.

use axum::extract::State;
use comity_app::segment::{self, NewTier};
use comity_app::{AppError, program};
use comity_domain::partner::Reach;
use comity_domain::program::Program;
use comity_domain::{ProgramId, TierId};
use comity_ui::admin::rule::{self as pages, TierLine, Tiers};
use comity_ui::component::{FormState, Tone, problem};
use comity_ui::t;
use maud::Markup;

use super::of;
use super::read::Reader;
use super::reward::{fill_period, measure_code, total_text};
use crate::admin::admin_shell;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Paging, Team};
use crate::form::form_state;
use crate::page::{Page, refused, see_with};
use crate::state::WebState;

pub(super) async fn show(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    paging: Paging,
) -> WebResult<Page> {
    let wanted = paging.query.text("tier");
    Ok(Page(page(&web, &team, id, &wanted, None).await?))
}

async fn page(
    web: &WebState,
    team: &Team,
    id: ProgramId,
    wanted: &str,
    form: Option<FormState>,
) -> WebResult<Markup> {
    let program = program::get(&web.app, &team.actor, id).await?;
    let all = segment::tiers(&web.app, &team.actor, id).await?;
    let tiers: Vec<TierLine> = all
        .into_iter()
        .map(|(tier, holders)| TierLine {
            id: tier.id,
            name: tier.name,
            level: tier.level,
            reach: tier.reach,
            holders,
        })
        .collect();
    let old = tiers.iter().find(|tier| tier.id.to_string() == wanted);
    let view = Tiers {
        of: of(&program),
        currency: program.currency,
        editing: old.map_or_else(String::new, |tier| tier.id.to_string()),
        form: form.unwrap_or_else(|| filled(old, &tiers, &program)),
        can_manage: team.actor.may(comity_domain::Permission::ManagePrograms),
        tiers,
    };
    let shell = admin_shell(web, team).await?;
    Ok(pages::tiers(&team.cx, &shell, &view))
}

/// The form as a tier fills it; a new one is the next level.
fn filled(old: Option<&TierLine>, all: &[TierLine], program: &Program) -> FormState {
    let Some(tier) = old else {
        let next = all.iter().map(|tier| tier.level + 1).max().unwrap_or(1);
        return FormState::default()
            .with("level", next.to_string())
            .with("reach_period", "lifetime");
    };
    let mut form = FormState::default()
        .with("name", &tier.name)
        .with("level", tier.level.to_string());
    if let Some(reach) = tier.reach {
        form = form
            .with("measure", measure_code(reach.measure))
            .with("at", total_text(reach.measure, reach.at, program.currency));
        for (name, value) in fill_period(reach.period) {
            form = form.with(&format!("reach_{name}"), value);
        }
    }
    form
}

fn typed(fields: &Fields, program: &Program) -> Result<NewTier, AppError> {
    let mut reader = Reader::new(fields, program.currency);
    let level = reader.count("level");
    let reach = fields.filled("measure").map(|_| {
        let measure = reader.measure("measure");
        Reach {
            measure,
            period: reader.period("reach"),
            at: reader.total("at", measure),
        }
    });
    if reader.errors.is_empty() {
        let name = fields.text("name");
        Ok(NewTier { name, level, reach })
    } else {
        Err(AppError::Invalid(reader.errors))
    }
}

pub(super) async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = program::get(&web.app, &team.actor, id).await?;
    let wanted = fields.text("tier");
    let done = match (typed(&fields, &program), wanted.as_str()) {
        (Err(error), _) => Err(error),
        (Ok(new), "") => segment::create_tier(&web.app, &team.actor, id, new).await,
        (Ok(new), text) => {
            let tier = text.parse().map_err(|_| AppError::NotFound("tier"))?;
            segment::change_tier(&web.app, &team.actor, tier, new).await
        }
    };
    match done {
        Ok(_) => {
            let path = format!("/admin/programs/{id}/tiers");
            Ok(see_with(&path, Tone::Ok, &t!(team.cx, "rule-tier-saved")))
        }
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&team.cx, &fields, &errors);
            Ok(refused(page(&web, &team, id, &wanted, Some(form)).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn remove(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<TierId>,
) -> WebResult {
    let program = segment::tier(&web.app, &team.actor, id).await?.program;
    let path = format!("/admin/programs/{program}/tiers");
    match segment::remove_tier(&web.app, &team.actor, id).await {
        Ok(()) => Ok(see_with(&path, Tone::Ok, &t!(team.cx, "rule-tier-removed"))),
        Err(AppError::Conflict(code)) => Ok(see_with(&path, Tone::Bad, &problem(&team.cx, code))),
        Err(error) => Err(error.into()),
    }
}
