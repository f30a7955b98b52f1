//! A small world to act in: an organisation, a program, partners with links.

use comity_app::App;
use comity_app::tracking::{Happening, NewCustomer, NewEvent, ShippedClick, ship_clicks};
use comity_domain::attribution::AttributionPolicy;
use comity_domain::commission::RuleSet;
use comity_domain::link::{Coupon, Link, LinkStatus};
use comity_domain::partner::{Enrollment, EnrollmentStatus, Partner};
use comity_domain::program::{
    BusinessStage, Program, ProgramModel, ProgramSettings, ProgramStatus, Slug,
};
use comity_domain::tracking::EventKind;
use comity_domain::{Actor, Bps, ClickId, Currency, Money, Role, TenantId, Timestamp, Zone};
use comity_store::click::Click;
use comity_store::program::Policy;
use comity_store::tenant::Tenant;
use comity_store::{Tx, link, partner, program, tenant};

/// Rules of most tests: ten percent of every sale.
#[must_use]
pub fn ten_percent() -> RuleSet {
    RuleSet::flat_percent("standard", Bps(1_000))
}

/// An organisation with one active program in euros and UTC.
pub struct World {
    /// The organisation.
    pub tenant: TenantId,
    /// Its owner.
    pub owner: Actor,
    /// Its program.
    pub program: Program,
}

/// A partner in the program with a link and a code.
pub struct Member {
    /// The partner.
    pub partner: Partner,
    /// The membership.
    pub enrollment: Enrollment,
    /// The link.
    pub link: Link,
    /// The code.
    pub coupon: Coupon,
}

impl World {
    /// Creates the world with these commission rules and 30 days of hold.
    pub async fn new(app: &App, name: &str, rules: &RuleSet) -> Self {
        let mut tx = app.store.write().await.expect("transaction");
        let id: TenantId = app.id();
        let row = Tenant {
            id,
            name: name.to_owned(),
            slug: name.to_owned(),
            website: "https://shop.example".to_owned(),
            settings_json: "{}".to_owned(),
            is_demo: false,
            created_at: app.now(),
        };
        tenant::insert(&mut tx, &row).await.expect("tenant");
        let program = Program {
            id: app.id(),
            tenant: id,
            slug: Slug::parse(name).expect("a slug"),
            name: name.to_owned(),
            model: ProgramModel::Affiliate,
            stage: BusinessStage::Growth,
            status: ProgramStatus::Active,
            currency: Currency::EUR,
            zone: Zone::utc(),
            website: "https://shop.example".to_owned(),
            settings: ProgramSettings::default(),
            created_at: app.now(),
            updated_at: app.now(),
        };
        program::insert(&mut tx, &program).await.expect("program");
        let attribution = serde_json::to_string(&AttributionPolicy::default()).expect("policy");
        policy(&mut tx, app, &program, "attribution", attribution).await;
        policy(
            &mut tx,
            app,
            &program,
            "commission",
            serde_json::to_string(rules).expect("rules"),
        )
        .await;
        tx.commit().await.expect("commit");
        let owner = Actor::User {
            tenant: id,
            id: app.id(),
            role: Role::Owner,
            name: "Olga Owner".to_owned(),
        };
        Self {
            tenant: id,
            owner,
            program,
        }
    }

    /// Adds an approved partner called `name`.
    pub async fn member(&self, app: &App, name: &str) -> Member {
        let mut tx = app.store.write().await.expect("transaction");
        let (now, email) = (app.now(), format!("{name}@partner.example"));
        let partner = Partner {
            id: app.id(),
            tenant: self.tenant,
            email_norm: email.clone(),
            email,
            name: name.to_owned(),
            company: String::new(),
            country: "DE".to_owned(),
            website: String::new(),
            lang: "en".to_owned(),
            password_hash: None,
            created_at: now,
            last_seen_at: None,
        };
        partner::insert(&mut tx, &partner).await.expect("partner");
        let enrollment = Enrollment {
            id: app.id(),
            tenant: self.tenant,
            program: self.program.id,
            partner: partner.id,
            status: EnrollmentStatus::Approved,
            manager: None,
            recruited_by: None,
            reason_code: String::new(),
            reason_text: String::new(),
            created_at: now,
            approved_at: Some(now),
        };
        partner::insert_enrollment(&mut tx, &enrollment)
            .await
            .expect("enrollment");
        let link = Link {
            id: app.id(),
            tenant: self.tenant,
            program: self.program.id,
            enrollment: enrollment.id,
            partner: partner.id,
            host: String::new(),
            slug: Slug::parse(&format!("{}-{name}", self.program.slug)).expect("a slug"),
            destination: "https://shop.example/".to_owned(),
            label: String::new(),
            status: LinkStatus::Active,
            expires_at: None,
            created_at: now,
            updated_at: now,
        };
        link::insert(&mut tx, &link).await.expect("link");
        let coupon = Coupon {
            id: app.id(),
            tenant: self.tenant,
            program: self.program.id,
            enrollment: enrollment.id,
            partner: partner.id,
            code: format!("{}10", name.to_uppercase()),
            exclusive: false,
            status: LinkStatus::Active,
            created_at: now,
        };
        link::insert_coupon(&mut tx, &coupon).await.expect("coupon");
        tx.commit().await.expect("commit");
        Member {
            partner,
            enrollment,
            link,
            coupon,
        }
    }

    /// Ships one click of a person on the member's link.
    pub async fn click(&self, app: &App, member: &Member, at: Timestamp) -> ClickId {
        self.click_from(app, member, at, [1; 16]).await
    }

    /// The same from an address with this hash.
    pub async fn click_from(
        &self,
        app: &App,
        member: &Member,
        at: Timestamp,
        ip_hash: [u8; 16],
    ) -> ClickId {
        let id: ClickId = comity_app::port::Random::id(app.random.as_ref(), at).into();
        let click = Click {
            id,
            tenant: self.tenant,
            program: self.program.id,
            link: member.link.id,
            partner: member.partner.id,
            enrollment: member.enrollment.id,
            visitor: app.id(),
            at,
            class: "person".to_owned(),
            reason: String::new(),
            qr: false,
            ip_prefix: "203.0.113.0".to_owned(),
            ip_hash: ip_hash.to_vec(),
            user_agent: "Mozilla/5.0".to_owned(),
            referrer: String::new(),
            destination: member.link.destination.clone(),
            sub_ids_json: "{}".to_owned(),
        };
        ship_clicks(
            app,
            &[ShippedClick {
                click,
                counts: true,
                stands_for: None,
            }],
        )
        .await
        .expect("click is shipped");
        id
    }

    /// An event of a kind with an amount in cents; fill in the rest.
    #[must_use]
    pub fn event(&self, kind: EventKind, external_id: &str, cents: i64) -> NewEvent {
        NewEvent {
            program: self.program.id,
            happening: Happening::Kind(kind),
            external_id: external_id.to_owned(),
            aliases: Vec::new(),
            refers_to: Vec::new(),
            click: None,
            coupons: Vec::new(),
            customer: NewCustomer::default(),
            net: Money::new(cents, self.program.currency),
            gross: Money::new(cents, self.program.currency),
            items: Vec::new(),
            occurred_at: None,
            metadata: std::collections::BTreeMap::new(),
        }
    }
}

async fn policy(tx: &mut Tx, app: &App, program: &Program, kind: &str, body_json: String) {
    let policy = Policy {
        id: app.id(),
        tenant: program.tenant,
        program: program.id,
        kind: kind.to_owned(),
        version: 1,
        apply_to: "all".to_owned(),
        body_json,
        note: String::new(),
        created_by: "system".to_owned(),
        created_at: app.now(),
    };
    program::insert_policy(tx, &policy).await.expect("policy");
}
