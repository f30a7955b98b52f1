//! People who can sign in.

use std::collections::BTreeMap;

use comity_app::session::{LinkPurpose, Subject, create_link, password};
use comity_domain::{ApiKeyId, PartnerId, Role, Scope, TenantId, UserId};
use comity_store::api_key::ApiKey;
use comity_store::user::{self, User};
use comity_store::{api_key, tenant};

use super::{Client, TestApp};

/// The password of everybody.
pub const PASSWORD: &str = "a sentence nobody guesses";

/// An organisation and one person per role.
pub struct Team {
    /// The organisation.
    pub tenant: TenantId,
    /// Its short name, part of every address: `owner@<slug>.example`.
    pub slug: String,
    /// Its people by role.
    pub people: BTreeMap<Role, UserId>,
}

impl Team {
    /// The address of the person with this role.
    #[must_use]
    pub fn email(&self, role: Role) -> String {
        format!("{}@{}.example", role.code(), self.slug)
    }
}

impl TestApp {
    /// Makes an organisation with one person per role.
    pub async fn team(&self, slug: &str) -> Team {
        let app = &self.app;
        let mut tx = app.store.write().await.expect("transaction");
        let id: TenantId = app.id();
        let row = tenant::Tenant {
            id,
            name: slug.to_owned(),
            slug: slug.to_owned(),
            website: format!("https://{slug}.example"),
            settings_json: "{}".to_owned(),
            is_demo: false,
            created_at: app.now(),
        };
        tenant::insert(&mut tx, &row).await.expect("tenant");
        tx.commit().await.expect("commit");
        self.team_of(id, slug).await
    }

    /// Adds one person per role to an organisation that exists.
    pub async fn team_of(&self, tenant: TenantId, slug: &str) -> Team {
        let app = &self.app;
        let hash = password::hash(app, PASSWORD).await.expect("hash");
        let mut team = Team {
            tenant,
            slug: slug.to_owned(),
            people: BTreeMap::new(),
        };
        let mut tx = app.store.write().await.expect("transaction");
        for role in Role::ALL {
            let email = team.email(role);
            let row = User {
                tenant,
                id: app.id(),
                email_norm: email.clone(),
                email,
                name: format!("{} of {slug}", role.code()),
                role,
                password_hash: Some(hash.clone()),
                totp_secret: None,
                totp_last_step: 0,
                recovery_json: "[]".to_owned(),
                lang: String::new(),
                status: "active".to_owned(),
                created_at: app.now(),
                last_seen_at: None,
            };
            user::insert(&mut tx, &row).await.expect("user");
            team.people.insert(role, row.id);
        }
        tx.commit().await.expect("commit");
        team
    }

    /// A browser signed in as the person with this role.
    pub async fn sign_in(&self, team: &Team, role: Role) -> Client {
        let id = team.people[&role];
        self.signed_in(team.tenant, Subject::User(id)).await
    }

    /// A browser signed in as a partner.
    pub async fn sign_in_partner(&self, tenant: TenantId, id: PartnerId) -> Client {
        self.signed_in(tenant, Subject::Partner(id)).await
    }

    async fn signed_in(&self, tenant: TenantId, subject: Subject) -> Client {
        let mut tx = self.app.store.write().await.expect("transaction");
        let url = create_link(&mut tx, &self.app, tenant, subject, LinkPurpose::Demo)
            .await
            .expect("link");
        tx.commit().await.expect("commit");
        let path = url
            .strip_prefix(&self.app.config.base_url)
            .expect("our address")
            .to_owned();
        let mut client = self.anonymous().from_somewhere_else();
        let _ = client.get(&path).await.expect(303);
        // Any page for everybody who is signed in carries the token of forms.
        let page = client.get("/sign-in/confirm").await;
        assert_eq!(page.status, 200, "{}", page.body);
        client
    }

    /// Makes an API key with these scopes and gives its secret.
    pub async fn key(&self, team: &Team, scopes: &[Scope]) -> String {
        let app = &self.app;
        let secret = format!("cmt_{}", hex::encode(app.secret()));
        let row = ApiKey {
            tenant: team.tenant,
            id: app.id::<ApiKeyId>(),
            name: "test".to_owned(),
            token_hash: comity_app::session::hash(&secret),
            hint: secret[secret.len() - 4..].to_owned(),
            scopes: scopes.to_vec(),
            created_by: team.people[&Role::Owner],
            created_at: app.now(),
            last_used_at: None,
            expires_at: None,
            revoked_at: None,
        };
        let mut tx = app.store.write().await.expect("transaction");
        api_key::insert(&mut tx, &row).await.expect("key");
        tx.commit().await.expect("commit");
        secret
    }
}
