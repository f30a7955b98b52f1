//! The first minute: one organisation, its owner, a program and a link to click.

use comity_domain::link::Link;
use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::program::{BusinessStage, Program, ProgramModel, ProgramStatus, Slug};
use comity_domain::time::MINUTE;
use comity_domain::{
    Actor, Currency, Email, EnrollmentId, PartnerId, Role, TenantId, Timestamp, UserId, Zone,
};
use comity_store::click::{self, Click};
use comity_store::session::Subject;
use comity_store::tenant::Tenant;
use comity_store::user::User;
use comity_store::{Tx, installation, link as links, partner, tenant, user};
use comity_ui::i18n::Lang;
use subtle::ConstantTimeEq;

use crate::audit::{self, Entry};
use crate::link::{self, NewLink};
use crate::program::{self, NewProgram};
use crate::session::{self, Client, Opened, password};
use crate::{App, AppError, FieldError};

/// How long the printed address works.
const TOKEN_LIFETIME: i64 = 30 * MINUTE;
/// Where its hash and end are kept.
const TOKEN: &str = "setup_token";
/// Longest name.
const MAX_NAME: usize = 120;

/// What the first page asks.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Company or product.
    pub product: String,
    /// Where links lead.
    pub website: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: String,
    /// The owner's password.
    pub password: String,
    /// How the first program works.
    pub model: Option<ProgramModel>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Language of the person, and of the first texts.
    pub lang: Lang,
    /// From where.
    pub client: Client,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Started {
    /// The owner's session.
    pub opened: Opened,
    /// The program.
    pub program: Program,
    /// The link to click.
    pub link: Link,
}

/// A fresh token for the set-up address, to be printed where only the operator sees it;
/// `None` when an organisation exists. An earlier token ends.
pub async fn setup_token(app: &App) -> Result<Option<String>, AppError> {
    let mut tx = app.store.write().await?;
    if tenant::count(&mut tx).await? > 0 {
        return Ok(None);
    }
    let token = hex::encode(&app.secret()[..20]);
    let ends = app.now().plus(TOKEN_LIFETIME).micros();
    let value = format!("{} {ends}", hex::encode(session::hash(&token)));
    installation::set(&mut tx, TOKEN, &value).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Whether this token may set the installation up now.
pub async fn setup_allowed(app: &App, token: &str) -> Result<bool, AppError> {
    let mut tx = app.store.read().await?;
    allowed(&mut tx, token, app.now()).await
}

async fn allowed(tx: &mut Tx, token: &str, now: Timestamp) -> Result<bool, AppError> {
    let Some(kept) = installation::get(tx, TOKEN).await? else {
        return Ok(false);
    };
    let Some((hash, ends)) = kept.split_once(' ') else {
        return Ok(false);
    };
    let given = hex::encode(session::hash(token));
    let same = bool::from(given.as_bytes().ct_eq(hash.as_bytes()));
    let ends = ends
        .parse()
        .map_or(Timestamp::default(), Timestamp::from_micros);
    Ok(same && now < ends && tenant::count(tx).await? == 0)
}

/// Sets the installation up. The token works once.
pub async fn setup(app: &App, token: &str, input: &Setup) -> Result<Started, AppError> {
    let (model, currency) = check(input)?;
    let website = program::web_address(&input.website);
    let website = website
        .map_err(|code| AppError::field("website", code))?
        .to_string();
    let hash = password::hash(app, &input.password).await?;
    let mut tx = app.store.write().await?;
    tx.lock("setup").await?;
    if !allowed(&mut tx, token, app.now()).await? {
        return Err(AppError::NotFound("setup"));
    }
    let (tenant, owner) = organisation(&mut tx, app, input, &website, hash).await?;
    installation::remove(&mut tx, TOKEN).await?;
    let Actor::User { id, .. } = &owner else {
        return Err(AppError::Internal("an owner who is no user".to_owned()));
    };
    let subject = Subject::User(*id);
    let opened = session::open_full(&mut tx, app, tenant, subject, &input.client).await?;
    tx.commit().await?;
    let new = NewProgram {
        name: input.product.clone(),
        slug: String::new(),
        model,
        stage: BusinessStage::Growth,
        currency,
        zone: Zone::utc(),
        website,
        promise: String::new(),
        description: String::new(),
        lang: input.lang,
    };
    let program = program::create(app, &owner, new).await?;
    let program = program::set_status(app, &owner, program.id, ProgramStatus::Active).await?;
    let enrollment = house_partner(app, input, &program).await?;
    let new = NewLink {
        enrollment,
        slug: "hello".to_owned(),
        destination: String::new(),
        label: String::new(),
        expires_at: None,
    };
    let link = link::create(app, &owner, new).await?;
    Ok(Started {
        opened,
        program,
        link,
    })
}

fn check(input: &Setup) -> Result<(ProgramModel, Currency), AppError> {
    let mut errors = Vec::new();
    for (field, text) in [("product", &input.product), ("name", &input.name)] {
        if text.is_empty() {
            errors.push(FieldError::new(field, "required"));
        } else if text.chars().count() > MAX_NAME {
            errors.push(FieldError::new(field, "too_long"));
        }
    }
    if input.email.parse::<Email>().is_err() {
        errors.push(FieldError::new("email", "not_an_email"));
    }
    if let Err(code) = program::web_address(&input.website) {
        errors.push(FieldError::new("website", code));
    }
    if let Err(AppError::Invalid(more)) = password::check_new(&input.password, &input.email) {
        errors.extend(more);
    }
    if input.model.is_none() {
        errors.push(FieldError::new("model", "required"));
    }
    if input.currency.is_none() {
        errors.push(FieldError::new("currency", "required"));
    }
    match (input.model, input.currency) {
        (Some(model), Some(currency)) if errors.is_empty() => Ok((model, currency)),
        _ => Err(AppError::Invalid(errors)),
    }
}

async fn organisation(
    tx: &mut Tx,
    app: &App,
    input: &Setup,
    website: &str,
    hash: String,
) -> Result<(TenantId, Actor), AppError> {
    let now = app.now();
    let slug = Slug::suggest(&input.product).map_or("main".to_owned(), |slug| slug.to_string());
    let tenant = Tenant {
        id: app.id(),
        name: input.product.clone(),
        slug,
        website: website.to_owned(),
        settings_json: "{}".to_owned(),
        is_demo: false,
        created_at: now,
    };
    tenant::insert(tx, &tenant).await?;
    let owner = User {
        tenant: tenant.id,
        id: app.id::<UserId>(),
        email: input.email.clone(),
        email_norm: session::normalise_email(&input.email),
        name: input.name.clone(),
        role: Role::Owner,
        password_hash: Some(hash),
        totp_secret: None,
        totp_last_step: 0,
        recovery_json: "[]".to_owned(),
        lang: input.lang.code().to_owned(),
        status: "active".to_owned(),
        created_at: now,
        last_seen_at: None,
    };
    user::insert(tx, &owner).await?;
    let actor = Actor::User {
        tenant: tenant.id,
        id: owner.id,
        role: owner.role,
        name: owner.name,
    };
    let entry = Entry {
        action: "organisation.created",
        object_kind: "organisation",
        object_id: &tenant.id.to_string(),
        detail: serde_json::json!({ "name": tenant.name }),
    };
    audit::record(tx, app, &actor, entry).await?;
    Ok((tenant.id, actor))
}

/// The organisation as its own first partner, so that there is a link to try.
async fn house_partner(
    app: &App,
    input: &Setup,
    program: &Program,
) -> Result<EnrollmentId, AppError> {
    let now = app.now();
    let partner = Partner {
        id: app.id::<PartnerId>(),
        tenant: program.tenant,
        email: input.email.clone(),
        email_norm: session::normalise_email(&input.email),
        name: input.product.clone(),
        company: input.product.clone(),
        country: String::new(),
        website: program.website.clone(),
        lang: input.lang.code().to_owned(),
        password_hash: None,
        created_at: now,
        last_seen_at: None,
    };
    let enrollment = Enrollment {
        id: app.id::<EnrollmentId>(),
        tenant: program.tenant,
        program: program.id,
        partner: partner.id,
        status: EnrollmentStatus::Approved,
        manager: None,
        recruited_by: None,
        reason_code: String::new(),
        reason_text: String::new(),
        created_at: now,
        approved_at: Some(now),
    };
    let mut tx = app.store.write().await?;
    partner::insert(&mut tx, &partner).await?;
    partner::insert_enrollment(&mut tx, &enrollment).await?;
    tx.commit().await?;
    Ok(enrollment.id)
}

/// The organisation's oldest link: the one of the first minute.
pub async fn first_link(app: &App, actor: &Actor) -> Result<Link, AppError> {
    let tenant = crate::authorise(actor, comity_domain::Permission::View)?;
    let mut tx = app.store.read().await?;
    let first = links::first(&mut tx, tenant).await?;
    first.ok_or(AppError::NotFound("link"))
}

/// Clicks on that link, newest first.
pub async fn first_clicks(
    app: &App,
    actor: &Actor,
    link: &Link,
    limit: i64,
) -> Result<Vec<Click>, AppError> {
    let tenant = crate::authorise(actor, comity_domain::Permission::View)?;
    let mut tx = app.store.read().await?;
    let owner = Some(link.enrollment);
    let mut clicks = click::page(&mut tx, tenant, None, owner, None, limit).await?;
    clicks.retain(|click| click.link == link.id);
    Ok(clicks)
}
