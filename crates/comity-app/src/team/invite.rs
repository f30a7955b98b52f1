//! Inviting people to the team.

use comity_domain::time::DAY;
use comity_domain::{Actor, Email, Permission, Role, UserId};
use comity_store::session::{self as tokens, Subject};
use comity_store::{Tx, tenant, user};
use comity_ui::Cx;
use comity_ui::i18n::Lang;
use comity_ui::mail;

use super::User;
use crate::audit::{self, Entry};
use crate::message::{self, Draft};
use crate::session::{self, Client, LinkPurpose, Opened, create_link, password};
use crate::{App, AppError, authorise};

/// How long an invitation works; the link ends then.
const LIFETIME_DAYS: i64 = 7;
/// Longest name.
const MAX_NAME: usize = 120;

/// Who is invited.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Language of the mail.
    pub lang: Lang,
}

/// Invites somebody by mail. Inviting them again sends a new link.
pub async fn invite(app: &App, actor: &Actor, new: &NewMember) -> Result<UserId, AppError> {
    let tenant_id = authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.write().await?;
    let (id, url) = seat(&mut tx, app, actor, new).await?;
    let organisation = tenant::get(&mut tx, tenant_id).await?;
    let organisation = organisation.ok_or(AppError::NotFound("organisation"))?;
    let cx = Cx::new(new.lang, "", app.now());
    let view = mail::Invite {
        inviter: inviter(actor),
        note: String::new(),
        url,
        until: app.now().plus(LIFETIME_DAYS * DAY),
    };
    let written = mail::invite(&cx, &message::sender(app, &organisation), &view);
    let draft = Draft::new("team_invitation", new.email.trim().to_owned(), written);
    message::queue(&mut tx, app, tenant_id, draft).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same without a mail: answers the link, for whoever hands it over.
pub async fn enrol(
    app: &App,
    actor: &Actor,
    new: &NewMember,
) -> Result<(UserId, String), AppError> {
    authorise(actor, Permission::ManageTeam)?;
    let mut tx = app.store.write().await?;
    let seated = seat(&mut tx, app, actor, new).await?;
    tx.commit().await?;
    Ok(seated)
}

/// Makes or renews an invitation in the caller's transaction; answers its link.
async fn seat(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    new: &NewMember,
) -> Result<(UserId, String), AppError> {
    let email: Email = new
        .email
        .trim()
        .parse()
        .map_err(|_| AppError::field("email", "not_an_email"))?;
    let tenant_id = actor.tenant();
    let known = user::by_email(tx, &email.normalised()).await?;
    let id = match known {
        Some(user) if user.tenant == tenant_id && user.status == "invited" => {
            user::set_role(tx, tenant_id, user.id, new.role).await?;
            user.id
        }
        Some(_) => return Err(AppError::field("email", "taken")),
        None => {
            let member = member(app, actor, new, &email);
            user::insert(tx, &member).await?;
            member.id
        }
    };
    let subject = Subject::User(id);
    let url = create_link(tx, app, tenant_id, subject, LinkPurpose::Invite).await?;
    let entry = Entry {
        action: "team.invited",
        object_kind: "user",
        object_id: &id.to_string(),
        detail: serde_json::json!({ "role": new.role.code() }),
    };
    audit::record(tx, app, actor, entry).await?;
    Ok((id, url))
}

fn member(app: &App, actor: &Actor, new: &NewMember, email: &Email) -> User {
    User {
        tenant: actor.tenant(),
        id: app.id(),
        email: email.as_str().to_owned(),
        email_norm: email.normalised(),
        name: email.as_str().to_owned(),
        role: new.role,
        password_hash: None,
        totp_secret: None,
        totp_last_step: 0,
        recovery_json: "[]".to_owned(),
        lang: new.lang.code().to_owned(),
        status: "invited".to_owned(),
        created_at: app.now(),
        last_seen_at: None,
    }
}

fn inviter(actor: &Actor) -> String {
    match actor {
        Actor::User { name, .. } => name.clone(),
        Actor::Partner { .. } | Actor::Key { .. } | Actor::System { .. } => String::new(),
    }
}

/// What the page of an invitation shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The organisation's name.
    pub organisation: String,
    /// The invited address.
    pub email: String,
}

/// Looks at an invitation.
pub async fn invitation(app: &App, token: &str) -> Result<Invitation, AppError> {
    let missing = || AppError::NotFound("invitation");
    let known = session::peek_link(app, token).await?;
    let known = known
        .filter(|link| link.purpose == "invite")
        .ok_or_else(missing)?;
    let Subject::User(id) = known.subject else {
        return Err(missing());
    };
    let mut tx = app.store.read().await?;
    let user = user::get(&mut tx, known.tenant, id)
        .await?
        .ok_or_else(missing)?;
    let organisation = tenant::get(&mut tx, known.tenant)
        .await?
        .ok_or_else(missing)?;
    Ok(Invitation {
        organisation: organisation.name,
        email: user.email,
    })
}

/// What the invited person typed.
#[derive(Debug, Clone)]
pub struct Accept {
    /// Name.
    pub name: String,
    /// Password.
    pub password: String,
    /// From where.
    pub client: Client,
}

/// Accepts an invitation: the person has a name and a password and is signed in.
pub async fn accept(app: &App, token: &str, input: &Accept) -> Result<Opened, AppError> {
    let known = invitation(app, token).await?;
    if input.name.is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if input.name.chars().count() > MAX_NAME {
        return Err(AppError::field("name", "too_long"));
    }
    password::check_new(&input.password, &known.email)?;
    let hash = password::hash(app, &input.password).await?;
    let missing = || AppError::NotFound("invitation");
    let mut tx = app.store.write().await?;
    let token_hash = session::hash(token);
    let link = tokens::token(&mut tx, &token_hash)
        .await?
        .ok_or_else(missing)?;
    let Subject::User(id) = link.subject else {
        return Err(missing());
    };
    if !tokens::use_token(&mut tx, &token_hash, app.now()).await? {
        return Err(missing());
    }
    let person = user::get(&mut tx, link.tenant, id).await?;
    let person = person
        .filter(|user| user.status != "disabled")
        .ok_or_else(missing)?;
    user::set_profile(&mut tx, link.tenant, id, &input.name, &person.lang).await?;
    user::set_password(&mut tx, link.tenant, id, &hash).await?;
    user::set_status(&mut tx, link.tenant, id, "active").await?;
    let actor = Actor::User {
        tenant: link.tenant,
        id,
        role: person.role,
        name: input.name.clone(),
    };
    let entry = Entry {
        action: "team.joined",
        object_kind: "user",
        object_id: &id.to_string(),
        detail: serde_json::json!({}),
    };
    audit::record(&mut tx, app, &actor, entry).await?;
    let opened = session::open_full(&mut tx, app, link.tenant, link.subject, &input.client).await?;
    tx.commit().await?;
    Ok(opened)
}
