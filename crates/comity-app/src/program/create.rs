//! A new program: complete enough to invite the first partner.

use comity_domain::program::{
    BusinessStage, Program, ProgramModel, ProgramSettings, ProgramStatus, Slug,
};
use comity_domain::{Actor, Currency, Permission, ProgramId, Zone};
use comity_store::Tx;
use comity_store::program as store;
use comity_ui::i18n::Lang;
use serde_json::json;

use super::{note, seed, web_address};
use crate::{App, AppError, FieldError, authorise, segment};

/// Longest name.
pub(super) const MAX_NAME: usize = 120;
/// Longest promise: it is a headline.
pub(super) const MAX_PROMISE: usize = 300;
/// Longest description.
pub(super) const MAX_DESCRIPTION: usize = 10_000;
/// How many slugs are tried before the name is called taken.
const SLUG_TRIES: u32 = 50;

/// What is needed to start a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProgram {
    /// Its name.
    pub name: String,
    /// Its place in public addresses; empty for one made from the name.
    pub slug: String,
    /// How it works.
    pub model: ProgramModel,
    /// Where the business stands.
    pub stage: BusinessStage,
    /// Currency of commissions; never changes.
    pub currency: Currency,
    /// Zone in which months and days are counted.
    pub zone: Zone,
    /// The brand's site, where links lead.
    pub website: String,
    /// One sentence on the public page.
    pub promise: String,
    /// A few paragraphs, or empty.
    pub description: String,
    /// Language of the first terms and rule names.
    pub lang: Lang,
}

/// Creates a draft program with an attribution policy, commission rules of its model
/// and terms, each in version 1.
pub async fn create(app: &App, actor: &Actor, new: NewProgram) -> Result<Program, AppError> {
    let tenant = authorise(actor, Permission::ManagePrograms)?;
    let website = check(&new)?;
    let mut tx = app.store.write().await?;
    let slug = slug_for(&mut tx, &new).await?;
    let now = app.now();
    let program = Program {
        id: app.id::<ProgramId>(),
        tenant,
        slug,
        name: new.name.trim().to_owned(),
        model: new.model,
        stage: new.stage,
        status: ProgramStatus::Draft,
        currency: new.currency,
        zone: new.zone,
        website,
        settings: ProgramSettings {
            promise: new.promise.trim().to_owned(),
            description: new.description.trim().to_owned(),
            ..ProgramSettings::default()
        },
        created_at: now,
        updated_at: now,
    };
    store::insert(&mut tx, &program).await?;
    seed::policies(&mut tx, app, actor, &program, new.lang).await?;
    seed::terms(&mut tx, app, actor, &program, new.lang).await?;
    segment::seed_types(&mut tx, app, tenant, new.lang).await?;
    let detail = json!({ "slug": program.slug.as_str(), "model": program.model.code() });
    note(&mut tx, app, actor, &program, "program.created", detail).await?;
    tx.commit().await?;
    app.announce(tenant, "program");
    Ok(program)
}

fn check(new: &NewProgram) -> Result<String, AppError> {
    let mut errors = texts(&new.name, &new.promise, &new.description);
    let website = web_address(&new.website);
    if let Err(code) = website {
        let code = if new.website.trim().is_empty() {
            "required"
        } else {
            code
        };
        errors.push(FieldError::new("website", code));
    }
    match website {
        Ok(website) if errors.is_empty() => Ok(website.to_string()),
        _ => Err(AppError::Invalid(errors)),
    }
}

/// What is wrong with a program's texts.
pub(super) fn texts(name: &str, promise: &str, description: &str) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if name.trim().is_empty() {
        errors.push(FieldError::new("name", "required"));
    }
    let limits = [
        ("name", name, MAX_NAME),
        ("promise", promise, MAX_PROMISE),
        ("description", description, MAX_DESCRIPTION),
    ];
    for (field, text, most) in limits {
        if text.chars().count() > most {
            errors.push(FieldError::new(field, "too_long"));
        }
    }
    errors
}

/// The asked slug, or a free one close to the name.
async fn slug_for(tx: &mut Tx, new: &NewProgram) -> Result<Slug, AppError> {
    if !new.slug.trim().is_empty() {
        let slug = Slug::parse(&new.slug).map_err(slug_error)?;
        return match store::by_slug(tx, slug.as_str()).await? {
            Some(_) => Err(AppError::field("slug", "taken")),
            None => Ok(slug),
        };
    }
    let base =
        Slug::suggest(&new.name).map_or_else(|| "program".to_owned(), |slug| slug.to_string());
    for number in 1..SLUG_TRIES {
        let text = if number == 1 {
            base.clone()
        } else {
            format!("{base}-{number}")
        };
        if let Ok(slug) = Slug::parse(&text)
            && store::by_slug(tx, slug.as_str()).await?.is_none()
        {
            return Ok(slug);
        }
    }
    Err(AppError::field("slug", "taken"))
}

/// The refusal of a slug, as a form shows it.
pub(crate) fn slug_error(error: comity_domain::program::SlugError) -> AppError {
    use comity_domain::program::SlugError;
    let code = match error {
        SlugError::Length => "slug_length",
        SlugError::Character => "slug_character",
        SlugError::Reserved => "slug_reserved",
    };
    AppError::field("slug", code)
}
