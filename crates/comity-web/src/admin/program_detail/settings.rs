//! A program's settings as a form.

use axum::extract::State;
use comity_app::program::{self, ProgramChange};
use comity_app::{AppError, FieldError};
use comity_domain::program::{BusinessStage, Program, ProgramModel};
use comity_domain::{Money, ProgramId, Zone};
use comity_ui::component::FormState;
use comity_ui::t;

use super::answer;
use crate::error::WebResult;
use crate::extract::{Fields, Id, Team};
use crate::state::WebState;

/// The form as the program fills it.
pub(super) fn filled(program: &Program) -> FormState {
    let s = &program.settings;
    let pairs = [
        ("name", program.name.clone()),
        ("slug", program.slug.to_string()),
        ("website", program.website.clone()),
        ("promise", s.promise.clone()),
        ("description", s.description.clone()),
        ("model", program.model.code().to_owned()),
        ("stage", program.stage.code().to_owned()),
        ("zone", program.zone.name().to_owned()),
        ("hold_days", s.hold_days.to_string()),
        (
            "payout_minimum",
            Money::new(s.payout_minimum_minor, program.currency).decimal(),
        ),
        ("deep_link_hosts", s.deep_link_hosts.join("\n")),
        ("utm_template", s.utm_template.clone()),
        ("fallback_url", s.fallback_url.clone()),
        ("brand_hue", s.brand_hue.to_string()),
        ("brand_chroma", s.brand_chroma.to_string()),
        (
            "auto_approve",
            if s.auto_approve { "1" } else { "" }.to_owned(),
        ),
        ("refused_countries", s.refused_countries.join(", ")),
    ];
    pairs
        .into_iter()
        .fold(FormState::default(), |form, (name, value)| {
            form.with(name, value)
        })
}

pub(super) async fn save(
    State(web): State<WebState>,
    team: Team,
    Id(id): Id<ProgramId>,
    fields: Fields,
) -> WebResult {
    let program = program::get(&web.app, &team.actor, id).await?;
    let done = match typed(&program, &fields) {
        Ok(change) => program::update_settings(&web.app, &team.actor, id, change).await,
        Err(error) => Err(error),
    };
    let text = t!(team.cx, "program-changed");
    answer(&web, &team, (id, "settings"), &fields, (done, text)).await
}

fn typed(program: &Program, fields: &Fields) -> Result<ProgramChange, AppError> {
    let mut errors = Vec::new();
    let mut change = ProgramChange::from(program);
    change.name = fields.text("name");
    change.slug = fields.text("slug");
    change.website = fields.text("website");
    let s = &mut change.settings;
    s.promise = fields.text("promise");
    s.description = fields.text("description");
    s.utm_template = fields.text("utm_template");
    s.fallback_url = fields.text("fallback_url");
    s.auto_approve = fields.checked("auto_approve");
    s.deep_link_hosts = fields
        .raw("deep_link_hosts")
        .lines()
        .map(str::to_owned)
        .collect();
    s.refused_countries = fields
        .raw("refused_countries")
        .split([',', ' '])
        .map(str::to_owned)
        .collect();
    let mut number = |name: &str, into: &mut u16| match fields.read(name) {
        Some(value) => *into = value,
        None => errors.push(FieldError::new(name, "not_a_number")),
    };
    number("hold_days", &mut s.hold_days);
    number("brand_hue", &mut s.brand_hue);
    number("brand_chroma", &mut s.brand_chroma);
    let minimum = fields.text("payout_minimum").replace(',', ".");
    match Money::parse(&minimum, program.currency) {
        Ok(sum) => s.payout_minimum_minor = sum.minor,
        Err(_) => errors.push(FieldError::new("payout_minimum", "not_a_number")),
    }
    match ProgramModel::from_code(&fields.text("model")) {
        Some(model) => change.model = model,
        None => errors.push(FieldError::new("model", "not_a_choice")),
    }
    match BusinessStage::from_code(&fields.text("stage")) {
        Some(stage) => change.stage = stage,
        None => errors.push(FieldError::new("stage", "not_a_choice")),
    }
    match Zone::named(&fields.text("zone")) {
        Some(zone) => change.zone = zone,
        None => errors.push(FieldError::new("zone", "not_a_choice")),
    }
    if errors.is_empty() {
        Ok(change)
    } else {
        Err(AppError::Invalid(errors))
    }
}
