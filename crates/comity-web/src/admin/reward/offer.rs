//! The forms of the catalogue and of badges.

use axum::extract::State;
use comity_app::recognition::{self, NewBadge, NewPerk};
use comity_app::{AppError, FieldError, program};
use comity_domain::program::Program;
use comity_domain::{BadgeId, Currency, Money, PerkId};
use comity_ui::t;

use super::{answer, back};
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::state::WebState;

fn perk_of(fields: &Fields, currency: Currency) -> Result<NewPerk, AppError> {
    let cost = fields.text("cost").replace(',', ".");
    let cost_minor = if cost.is_empty() {
        0
    } else {
        Money::parse(&cost, currency)
            .map_err(|_| AppError::field("cost", "not_a_number"))?
            .minor
    };
    Ok(NewPerk {
        name: fields.text("name"),
        unit: fields.text("unit"),
        description: fields.text("description"),
        cost_minor,
        active: fields.checked("active"),
    })
}

/// The program a form is about.
async fn program_of(web: &WebState, team: &Team, fields: &Fields) -> Result<Program, AppError> {
    match fields.read("program") {
        Some(id) => program::get(&web.app, &team.actor, id).await,
        None => Err(AppError::field("program", "required")),
    }
}

pub(super) async fn new_perk(State(web): State<WebState>, team: Team, fields: Fields) -> WebResult {
    let done = match program_of(&web, &team, &fields).await {
        Ok(of) => match perk_of(&fields, of.currency) {
            Ok(new) => recognition::create_perk(&web.app, &team.actor, of.id, new).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let text = t!(team.cx, "reward-perk-added");
    answer(&web, &team, "catalogue", &fields, (done, text)).await
}

pub(super) async fn change_perk(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<PerkId>,
    fields: Fields,
) -> WebResult {
    let perks = recognition::perks(&web.app, &team.actor, None).await?;
    let known = perks.iter().find(|perk| perk.id == id);
    let currency = known.ok_or(AppError::NotFound("perk"))?.cost.currency;
    let done = match perk_of(&fields, currency) {
        Ok(new) => recognition::change_perk(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    back(&team, "catalogue", done, &t!(team.cx, "segment-changed"))
}

fn badge_of(fields: &Fields, currency: Currency) -> Result<NewBadge, AppError> {
    let measure = fields.text("measure");
    let text = fields
        .text("threshold")
        .replace([' ', '\u{a0}'], "")
        .replace(',', ".");
    let money = matches!(measure.as_str(), "revenue" | "commission");
    let threshold = if money {
        Money::parse(&text, currency).ok().map(|money| money.minor)
    } else {
        text.parse().ok()
    };
    let quantity = fields.read("quantity").unwrap_or(1);
    let threshold = match (threshold, text.is_empty()) {
        (Some(threshold), _) => threshold,
        (None, true) => 0,
        (None, false) => {
            let wrong = FieldError::new("threshold", "not_a_number");
            return Err(AppError::Invalid(vec![wrong]));
        }
    };
    Ok(NewBadge {
        name: fields.text("name"),
        description: fields.text("description"),
        measure,
        threshold,
        unit: fields.text("unit"),
        quantity,
        active: fields.checked("active"),
    })
}

pub(super) async fn new_badge(
    State(web): State<WebState>,
    team: Team,
    fields: Fields,
) -> WebResult {
    let done = match program_of(&web, &team, &fields).await {
        Ok(of) => match badge_of(&fields, of.currency) {
            Ok(new) => recognition::create_badge(&web.app, &team.actor, of.id, new).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let text = t!(team.cx, "reward-badge-added");
    answer(&web, &team, "badges", &fields, (done, text)).await
}

pub(super) async fn change_badge(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<BadgeId>,
    fields: Fields,
) -> WebResult {
    let done = match badge_of(&fields, Currency::EUR) {
        Ok(new) => recognition::change_badge(&web.app, &team.actor, id, new).await,
        Err(error) => Err(error),
    };
    back(&team, "badges", done, &t!(team.cx, "segment-changed"))
}
