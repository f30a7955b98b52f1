//! The organisation, its team, its programs and its partners.

use std::collections::BTreeMap;

use comity_app::AppError;
use comity_app::partner::{NewPartner, invite};
use comity_app::payout::{MethodChange, set_method};
use comity_app::program::{self, NewProgram, PolicyKind, ProgramChange, Publication};
use comity_domain::commission::{RuleSet, TwoSided};
use comity_domain::partner::{Enrollment, Partner};
use comity_domain::payout::{MethodFields, Rail};
use comity_domain::program::{ApplyTo, BusinessStage, Program, ProgramModel, ProgramStatus};
use comity_domain::time::SECOND;
use comity_domain::{Actor, Bps, ConnectionId, Currency, PartnerId, Role, TenantId, UserId, Zone};
use comity_store::tenant::{self, Tenant};
use comity_store::user::{self, User};
use comity_ui::i18n::Lang;
use serde::{Deserialize, Serialize};

use super::{Story, cast};

/// Who is who, kept for later starts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cast {
    /// The organisation.
    pub tenant: TenantId,
    /// Its owner.
    pub owner: UserId,
    /// Its partner manager.
    pub manager: UserId,
    /// The partner who earns most.
    pub star: PartnerId,
    /// That partner's link.
    pub star_slug: String,
    /// Connections of shops, by kind.
    #[serde(default)]
    pub connections: BTreeMap<String, ConnectionId>,
}

/// The team in the story.
pub struct Team {
    /// The organisation.
    pub tenant: TenantId,
    /// The owner.
    pub owner: Actor,
    /// The manager.
    pub manager: Actor,
    /// Finance.
    pub finance: Actor,
}

impl Team {
    /// The ids behind two of the actors.
    pub fn ids(&self) -> (UserId, UserId) {
        let id = |actor: &Actor| match actor {
            Actor::User { id, .. } => *id,
            Actor::Partner { .. } | Actor::Key { .. } | Actor::System { .. } => {
                UserId(comity_domain::RawId([0; 16]))
            }
        };
        (id(&self.owner), id(&self.manager))
    }
}

/// Creates the organisation and its team.
pub async fn team(story: &Story) -> Result<Team, AppError> {
    let app = &story.app;
    let id: TenantId = app.id();
    let settings = r#"{"payer": {"name": "Acme GmbH", "iban": "DE89370400440532013000", "bic": "COBADEFFXXX"}}"#;
    let row = Tenant {
        id,
        name: "Acme".to_owned(),
        slug: "acme".to_owned(),
        website: "https://acme.example/".to_owned(),
        settings_json: settings.to_owned(),
        is_demo: true,
        created_at: app.now(),
    };
    let mut tx = app.store.write().await?;
    tenant::insert(&mut tx, &row).await?;
    let mut actors = Vec::new();
    let people = [
        ("Dana Ruiz", "dana@acme.example", Role::Owner),
        ("Marek Vale", "marek@acme.example", Role::Manager),
        ("Fatima Noor", "fatima@acme.example", Role::Finance),
    ];
    for (name, email, role) in people {
        let person = User {
            tenant: id,
            id: app.id(),
            email: email.to_owned(),
            email_norm: email.to_owned(),
            name: name.to_owned(),
            role,
            password_hash: None,
            totp_secret: None,
            totp_last_step: 0,
            recovery_json: "[]".to_owned(),
            lang: String::new(),
            status: "active".to_owned(),
            created_at: app.now(),
            last_seen_at: None,
        };
        user::insert(&mut tx, &person).await?;
        actors.push(Actor::User {
            tenant: id,
            id: person.id,
            role,
            name: name.to_owned(),
        });
    }
    tx.commit().await?;
    let [owner, manager, finance] = <[Actor; 3]>::try_from(actors)
        .map_err(|_| AppError::Internal("three people make the team".to_owned()))?;
    Ok(Team {
        tenant: id,
        owner,
        manager,
        finance,
    })
}

/// Opens the three programs.
pub async fn programs(story: &Story, team: &Team) -> Result<[Program; 3], AppError> {
    let affiliates = open(
        story,
        team,
        (
            "Acme Partners",
            "acme-partners",
            ProgramModel::Affiliate,
            Currency::EUR,
            "Earn 10% for every sale, 15% from the sixth of a month on.",
        ),
        RuleSet::monthly_marginal_tiers("Monthly steps", 5, Bps(1_000), Bps(1_500)),
    );
    let affiliates = affiliates.await?;
    // Programs are listed by age.
    story.clock.set(story.app.now().plus(SECOND));
    let referral = open(
        story,
        team,
        (
            "Acme Friends",
            "acme-friends",
            ProgramModel::Referral,
            Currency::EUR,
            "Give a friend 20% off, get 20% of their first year.",
        ),
        RuleSet::two_sided(
            "Friend reward",
            Bps(2_000),
            "Friend's discount",
            TwoSided::Percent(Bps(2_000)),
        ),
    );
    let referral = referral.await?;
    story.clock.set(story.app.now().plus(SECOND));
    let creators = open(
        story,
        team,
        (
            "Acme Creators",
            "acme-creators",
            ProgramModel::Creator,
            Currency::USD,
            "A fair share for honest videos and posts.",
        ),
        super::reward::creator_rules(),
    );
    Ok([affiliates, referral, creators.await?])
}

type Plan<'a> = (&'a str, &'a str, ProgramModel, Currency, &'a str);

async fn open(
    story: &Story,
    team: &Team,
    plan: Plan<'_>,
    rules: RuleSet,
) -> Result<Program, AppError> {
    let (name, slug, model, currency, promise) = plan;
    let (app, owner) = (&story.app, &team.owner);
    let new = NewProgram {
        name: name.to_owned(),
        slug: slug.to_owned(),
        model,
        stage: BusinessStage::Growth,
        currency,
        zone: Zone::named("Europe/Berlin").unwrap_or_else(Zone::utc),
        website: "https://acme.example/".to_owned(),
        promise: promise.to_owned(),
        description: "Acme makes planning software for small teams. We pay monthly, explain every cent, and answer within a day.".to_owned(),
        lang: Lang::En,
    };
    let mut program = program::create(app, owner, new).await?;
    let body =
        serde_json::to_string(&rules).map_err(|error| AppError::Internal(error.to_string()))?;
    program::publish_policy(
        app,
        owner,
        program.id,
        PolicyKind::Commission,
        &body,
        Publication {
            apply_to: ApplyTo::All,
            note: "Opening rules",
            accept_doubts: true,
        },
    )
    .await?;
    program = program::get(app, owner, program.id).await?;
    program.settings.payout_minimum_minor = 2_500;
    program.settings.deep_link_hosts = vec!["acme.example".to_owned()];
    program.settings.utm_template = "utm_source={partner}&utm_medium=partner".to_owned();
    let change = ProgramChange {
        name: program.name.clone(),
        slug: program.slug.to_string(),
        model,
        stage: program.stage,
        zone: program.zone.clone(),
        website: program.website.clone(),
        settings: program.settings.clone(),
    };
    program::update_settings(app, owner, program.id, change).await?;
    program::set_status(app, owner, program.id, ProgramStatus::Active).await
}

/// Invites a partner, who accepts the terms and mostly says how to be paid.
pub async fn join(
    story: &Story,
    team: &Team,
    program: &Program,
    role: cast::Role,
) -> Result<(Partner, Enrollment), AppError> {
    let (name, company, country, website) = role;
    let email = format!("hello@{}", website.trim_start_matches("https://"));
    let new = NewPartner {
        program: program.id,
        name: name.to_owned(),
        email: email.clone(),
        company: company.to_owned(),
        country: country.to_owned(),
        website: website.to_owned(),
        lang: if country == "KZ" || country == "LV" {
            Lang::Ru
        } else {
            Lang::En
        },
        groups: Vec::new(),
        types: Vec::new(),
        send_mail: false,
    };
    let (partner, enrollment) = invite(&story.app, &team.manager, new).await?;
    let actor = Actor::Partner {
        tenant: team.tenant,
        id: partner.id,
        impersonator: None,
    };
    program::accept_terms(&story.app, &actor, program.id, "").await?;
    if story.dice.happens(850) {
        let sepa = program.currency == Currency::EUR;
        let fields = MethodFields {
            holder: name.to_owned(),
            iban: iban(story.dice.below(10_000_000_000)),
            email,
            ..MethodFields::default()
        };
        let rail = if sepa { Rail::Sepa } else { Rail::PayPal };
        let change = MethodChange {
            partner: partner.id,
            rail,
            fields,
        };
        set_method(
            &story.app,
            &Actor::System {
                tenant: team.tenant,
            },
            change,
        )
        .await?;
    }
    Ok((partner, enrollment))
}

/// A German account number with correct check digits (ISO 13616, mod 97).
fn iban(account: u64) -> String {
    let bban = format!("37040044{account:010}");
    let remainder = bban.bytes().chain(*b"131400").fold(0_u64, |value, digit| {
        (value * 10 + u64::from(digit - b'0')) % 97
    });
    format!("DE{:02}{bban}", 98 - remainder)
}
