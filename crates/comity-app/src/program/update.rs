//! Changing what an owner may set at any time.

use comity_domain::program::{
    BusinessStage, FormField, Program, ProgramModel, ProgramSettings, Slug,
};
use comity_domain::{Actor, Permission, ProgramId, Zone};
use comity_store::{link, program as store};
use serde_json::json;

use super::create::{slug_error, texts};
use super::{load, note, web_address};
use crate::{App, AppError, FieldError, authorise};

/// Most questions on a form: nobody answers more.
const MAX_QUESTIONS: usize = 30;
/// Most hosts of deep links.
const MAX_HOSTS: usize = 100;

/// Everything that may change; the currency may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramChange {
    /// Its name.
    pub name: String,
    /// Its place in public addresses.
    pub slug: String,
    /// How it works.
    pub model: ProgramModel,
    /// Where the business stands.
    pub stage: BusinessStage,
    /// Zone in which months and days are counted.
    pub zone: Zone,
    /// The brand's site.
    pub website: String,
    /// Everything else.
    pub settings: ProgramSettings,
}

impl From<&Program> for ProgramChange {
    fn from(program: &Program) -> Self {
        Self {
            name: program.name.clone(),
            slug: program.slug.to_string(),
            model: program.model,
            stage: program.stage,
            zone: program.zone.clone(),
            website: program.website.clone(),
            settings: program.settings.clone(),
        }
    }
}

/// Writes the change, or says field by field why not.
pub async fn update_settings(
    app: &App,
    actor: &Actor,
    id: ProgramId,
    change: ProgramChange,
) -> Result<Program, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let (website, settings) = check(&change)?;
    let slug = Slug::parse(&change.slug).map_err(slug_error)?;
    let mut tx = app.store.write().await?;
    let mut program = load(&mut tx, tenant, id).await?;
    let holder = store::by_slug(&mut tx, slug.as_str()).await?;
    if holder.is_some_and(|other| other.id != id) {
        return Err(AppError::field("slug", "taken"));
    }
    let before = serde_json::to_value(&program.settings).unwrap_or_default();
    program.name = change.name.trim().to_owned();
    program.slug = slug;
    program.model = change.model;
    program.stage = change.stage;
    program.zone = change.zone;
    program.website = website;
    program.settings = settings;
    program.updated_at = app.now();
    store::update(&mut tx, &program).await?;
    let changed = link::touch_program(&mut tx, tenant, id, program.updated_at).await?;
    let after = serde_json::to_value(&program.settings).unwrap_or_default();
    let detail = json!({ "changed": difference(&before, &after) });
    note(&mut tx, app, actor, &program, "program.updated", detail).await?;
    tx.commit().await?;
    app.links.changed(&changed);
    app.announce(tenant, "program");
    Ok(program)
}

/// The settings that differ, with their values before and after.
fn difference(before: &serde_json::Value, after: &serde_json::Value) -> serde_json::Value {
    let empty = serde_json::Map::new();
    let old = before.as_object().unwrap_or(&empty);
    let new = after.as_object().unwrap_or(&empty);
    let changed = new
        .iter()
        .filter(|(key, value)| old.get(*key) != Some(value));
    changed
        .map(|(key, value)| (key.clone(), json!([old.get(key), value])))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn check(change: &ProgramChange) -> Result<(String, ProgramSettings), AppError> {
    let mut settings = change.settings.clone();
    let mut errors = texts(&change.name, &settings.promise, &settings.description);
    let website = web_address(&change.website);
    if let Err(code) = website {
        errors.push(FieldError::new("website", code));
    }
    if !settings.fallback_url.trim().is_empty() {
        match web_address(&settings.fallback_url) {
            Ok(url) => settings.fallback_url = url.to_string(),
            Err(code) => errors.push(FieldError::new("fallback_url", code)),
        }
    }
    errors.extend(numbers(&settings));
    errors.extend(lists(&mut settings));
    errors.extend(questions(&settings.form));
    match website {
        Ok(website) if errors.is_empty() => Ok((website.to_string(), settings)),
        _ => Err(AppError::Invalid(errors)),
    }
}

fn numbers(settings: &ProgramSettings) -> Vec<FieldError> {
    let checks = [
        ("brand_hue", settings.brand_hue < 360),
        ("brand_chroma", settings.brand_chroma <= 200),
        ("hold_days", settings.hold_days <= 365),
        ("payout_minimum", settings.payout_minimum_minor >= 0),
        ("four_eyes_above", settings.four_eyes_above_minor >= 0),
        ("payout_cooling_days", settings.payout_cooling_days <= 60),
        ("reapply_days", settings.reapply_days <= 3_650),
        ("referee_discount", settings.referee_discount_bps <= 10_000),
        ("platform_cost", settings.platform_cost_minor >= 0),
        ("management_cost", settings.management_cost_minor >= 0),
    ];
    let wrong = checks.into_iter().filter(|(_, fits)| !fits);
    wrong
        .map(|(field, _)| FieldError::new(field, "out_of_range"))
        .collect()
}

/// Puts hosts, countries and the click parameter into their stored form.
fn lists(settings: &mut ProgramSettings) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut hosts = Vec::new();
    for entry in settings
        .deep_link_hosts
        .iter()
        .filter(|entry| !entry.trim().is_empty())
    {
        match web_address(entry) {
            Ok(url) => hosts.push(super::host_of(&url)),
            Err(_) => errors.push(FieldError::new("deep_link_hosts", "not_a_host")),
        }
    }
    if hosts.len() > MAX_HOSTS {
        errors.push(FieldError::new("deep_link_hosts", "too_many"));
    }
    settings.deep_link_hosts = hosts;
    let countries = settings
        .refused_countries
        .iter()
        .map(|code| code.trim().to_uppercase());
    settings.refused_countries = countries.filter(|code| !code.is_empty()).collect();
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !settings.refused_countries.iter().all(is_code) {
        errors.push(FieldError::new("refused_countries", "not_a_country"));
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = settings.click_param.trim().to_owned();
    if name.is_empty() || name.len() > 32 || !name.chars().all(fits) {
        errors.push(FieldError::new("click_param", "not_a_parameter"));
    }
    settings.click_param = name;
    errors
}

/// What is wrong with the application form (D2).
fn questions(form: &[FormField]) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if form.len() > MAX_QUESTIONS {
        errors.push(FieldError::new("form", "too_many"));
    }
    for (index, field) in form.iter().enumerate() {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let bad_key = field.key.is_empty() || field.key.len() > 40 || !field.key.chars().all(fits);
        if bad_key || form[..index].iter().any(|other| other.key == field.key) {
            errors.push(FieldError::new(format!("form[{index}].key"), "bad_key"));
        }
        if field.label.trim().is_empty() || field.label.chars().count() > 300 {
            errors.push(FieldError::new(format!("form[{index}].label"), "required"));
        }
        if field.kind.has_choices() && field.choices.is_empty() {
            errors.push(FieldError::new(
                format!("form[{index}].choices"),
                "required",
            ));
        }
    }
    errors
}
