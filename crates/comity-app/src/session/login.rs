//! Signing in with a password.

use comity_domain::TenantId;
use comity_store::session::Subject;
use comity_store::{partner, second_step, user};

use super::open::{self, Client, Opened, Stage};
use super::{password, token};
use crate::{App, AppError};

/// Organisations tried for one partner address: each costs a password hash.
const MAX_PARTNERSHIPS: usize = 3;
/// Longest address looked up.
const MAX_EMAIL: usize = 254;

/// What was typed, and from where.
#[derive(Debug, Clone)]
pub struct Login {
    /// Address.
    pub email: String,
    /// Password.
    pub password: String,
    /// From where.
    pub client: Client,
}

struct Candidate {
    tenant: TenantId,
    subject: Subject,
    hash: Option<String>,
    stage: Stage,
}

/// Signs a team member or partner in. Unknown addresses, wrong passwords and
/// disabled people get the same answer after the same work.
pub async fn login(app: &App, input: &Login) -> Result<Opened, AppError> {
    let email = token::normalise_email(&input.email);
    let refused = AppError::Unauthenticated("wrong_credentials");
    if email.len() > MAX_EMAIL || input.password.len() > password::MAX_LENGTH {
        return Err(refused);
    }
    let candidates = candidates(app, &email).await?;
    if candidates.is_empty() {
        password::verify(&input.password, None).await?;
    }
    for candidate in candidates {
        if !password::verify(&input.password, candidate.hash.as_deref()).await? {
            continue;
        }
        let mut tx = app.store.write().await?;
        let (tenant, subject) = (candidate.tenant, candidate.subject);
        let opened = open::open(
            &mut tx,
            app,
            tenant,
            subject,
            candidate.stage,
            &input.client,
        )
        .await?;
        tx.commit().await?;
        return Ok(opened);
    }
    Err(refused)
}

async fn candidates(app: &App, email: &str) -> Result<Vec<Candidate>, AppError> {
    let mut tx = app.store.read().await?;
    if let Some(user) = user::by_email(&mut tx, email).await? {
        if user.status == "disabled" {
            return Ok(Vec::new());
        }
        return Ok(vec![Candidate {
            tenant: user.tenant,
            subject: Subject::User(user.id),
            hash: user.password_hash,
            stage: match user.totp_secret {
                Some(_) => Stage::SecondStep,
                None => Stage::Full,
            },
        }]);
    }
    let partners = partner::anywhere(&mut tx, email).await?;
    let mut candidates = Vec::new();
    for partner in partners.into_iter().take(MAX_PARTNERSHIPS) {
        let subject = Subject::Partner(partner.id);
        let step = second_step::of(&mut tx, partner.tenant, subject).await?;
        candidates.push(Candidate {
            tenant: partner.tenant,
            subject,
            hash: partner.password_hash,
            stage: if step.is_some() {
                Stage::SecondStep
            } else {
                Stage::Full
            },
        });
    }
    Ok(candidates)
}
