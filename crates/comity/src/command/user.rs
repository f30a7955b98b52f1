//! `comity user`: the team from the server itself; nobody is ever locked out of their own
//! installation.

use std::io::BufRead;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use comity_app::session::{self, LinkPurpose, Subject, create_link};
use comity_app::team::{self, Change, NewMember};
use comity_app::{App, AppError};
use comity_domain::{Actor, Role};
use comity_store::user::{self as store, User as Member};
use comity_ui::i18n::Lang;
use serde_json::json;

use super::Failure;
use super::place::{Place, Whose};
use super::serve::runtime;

/// People of the team.
#[derive(Subcommand)]
pub enum User {
    /// Who is in the team.
    List(List),
    /// Add somebody and print the link with which they choose a password.
    Create(Create),
    /// Sign somebody out and keep them out.
    Disable(One),
    /// Let somebody in again.
    Enable(One),
    /// Give somebody another role.
    Role(NewRole),
    /// Set somebody's password, from a file or from standard input.
    Password(Password),
    /// Print a link that signs in once, within 15 minutes.
    LoginLink(One),
    /// Switch a lost second step off; the person sets it up again.
    ResetTotp(One),
    /// Print the set-up link, while there is no organisation.
    SetupLink(Setup),
}

/// The whole team.
#[derive(Args)]
pub struct List {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    place: Place,
}

/// Somebody new.
#[derive(Args)]
pub struct Create {
    /// Their mail address.
    email: String,
    /// What they may do: owner, manager, finance, community, analyst.
    #[arg(long, value_parser = role)]
    role: Role,
    #[command(flatten)]
    whose: Whose,
    #[command(flatten)]
    at: Address,
}

/// One member.
#[derive(Args)]
pub struct One {
    /// Their mail address.
    email: String,
    #[command(flatten)]
    at: Address,
}

/// One member's new role.
#[derive(Args)]
pub struct NewRole {
    /// Their mail address.
    email: String,
    /// What they may do: owner, manager, finance, community, analyst.
    #[arg(value_parser = role)]
    role: Role,
    #[command(flatten)]
    at: Address,
}

/// One member's new password.
#[derive(Args)]
pub struct Password {
    /// Their mail address.
    email: String,
    /// File that holds it; otherwise it is the first line of standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    at: Address,
}

/// The first steps of an installation.
#[derive(Args)]
pub struct Setup {
    #[command(flatten)]
    at: Address,
}

/// Where the data is, and under which address people reach it.
#[derive(Args)]
struct Address {
    /// How people reach the web interface.
    #[arg(
        long,
        env = "COMITY_PUBLIC_URL",
        default_value = "http://localhost:3000"
    )]
    public_url: String,
    #[command(flatten)]
    place: Place,
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("there are {}", all.join(", "))
    })
}

impl User {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        runtime()?.block_on(async {
            match self {
                Self::List(command) => command.run().await,
                Self::Create(command) => command.run().await,
                Self::Disable(who) => {
                    who.change(Change::Disable, "may not sign in any more")
                        .await
                }
                Self::Enable(who) => who.change(Change::Enable, "may sign in").await,
                Self::Role(new) => {
                    let text = format!("is {} now", new.role.code());
                    let one = One {
                        email: new.email,
                        at: new.at,
                    };
                    one.change(Change::Role(new.role), &text).await
                }
                Self::Password(command) => command.run().await,
                Self::LoginLink(who) => who.link().await,
                Self::ResetTotp(who) => {
                    let text = "signs in without a second step until they set one up";
                    who.change(Change::ResetSecondStep, text).await
                }
                Self::SetupLink(command) => command.run().await,
            }
        })
    }
}

fn refused(error: AppError) -> Failure {
    Failure::refused("not done", &error)
}

impl Address {
    async fn app(&self) -> Result<App, Failure> {
        let mut settings = self.place.settings();
        settings.public_url = Some(self.public_url.trim_end_matches('/').to_owned());
        crate::process::offline(&settings).await
    }
}

async fn member(app: &App, email: &str) -> Result<Member, Failure> {
    let failed = |error| Failure::new("could not read the team", &error);
    let mut tx = app.store.read().await.map_err(failed)?;
    let email = session::normalise_email(email);
    let found = store::by_email(&mut tx, &email).await.map_err(failed)?;
    found.ok_or_else(|| Failure::text("nobody of the team has this address"))
}

const fn operator(member: &Member) -> Actor {
    Actor::System {
        tenant: member.tenant,
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.app().await?;
        let actor = Actor::System {
            tenant: self.whose.tenant(&app).await?.id,
        };
        let team = team::list(&app, &actor).await.map_err(refused)?;
        if self.json {
            let rows: Vec<_> = team
                .iter()
                .map(|m| {
                    json!({
                        "id": m.id, "email": m.email, "name": m.name, "role": m.role.code(), "status": m.status,
                        "second_step": m.totp_secret.is_some(),
                        "last_seen_at": m.last_seen_at.map(|at| at.to_string()),
                    })
                })
                .collect();
            say!("{}", json!({ "users": rows }));
            return Ok(());
        }
        for m in &team {
            let step = if m.totp_secret.is_some() {
                ", second step"
            } else {
                ""
            };
            say!(
                "{}  {}, {}{step}  {}",
                m.email,
                m.role.code(),
                m.status,
                m.name
            );
        }
        Ok(())
    }
}

impl Create {
    async fn run(self) -> Result<(), Failure> {
        let app = self.at.app().await?;
        let actor = Actor::System {
            tenant: self.whose.tenant(&app).await?.id,
        };
        let new = NewMember {
            email: self.email,
            role: self.role,
            lang: Lang::En,
        };
        let (_, link) = team::enrol(&app, &actor, &new).await.map_err(refused)?;
        say!("{link}");
        Ok(())
    }
}

impl One {
    async fn change(self, change: Change, text: &str) -> Result<(), Failure> {
        let app = self.at.app().await?;
        let member = member(&app, &self.email).await?;
        let done = team::change(&app, &operator(&member), member.id, change).await;
        done.map_err(refused)?;
        say!("{} {text}", member.email);
        Ok(())
    }

    async fn link(self) -> Result<(), Failure> {
        let app = self.at.app().await?;
        let member = member(&app, &self.email).await?;
        if member.status == "disabled" {
            return Err(Failure::text(
                "this member is disabled: `comity user enable` first",
            ));
        }
        let failed = |error| Failure::new("could not make the link", &error);
        let mut tx = app.store.write().await.map_err(failed)?;
        let subject = Subject::User(member.id);
        let link = create_link(&mut tx, &app, member.tenant, subject, LinkPurpose::Login);
        let link = link.await.map_err(refused)?;
        tx.commit().await.map_err(failed)?;
        say!("{link}");
        Ok(())
    }
}

impl Password {
    async fn run(self) -> Result<(), Failure> {
        let text = match &self.password_file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| Failure::new(path.display(), &error))?,
            None => {
                let mut line = String::new();
                let read = std::io::stdin().lock().read_line(&mut line);
                read.map_err(|error| Failure::new("standard input", &error))?;
                line
            }
        };
        let app = self.at.app().await?;
        let member = member(&app, &self.email).await?;
        let new = text.trim_end_matches(['\r', '\n']);
        let done = team::set_password(&app, &operator(&member), member.id, new).await;
        done.map_err(refused)?;
        say!(
            "{} has a new password and is signed out everywhere",
            member.email
        );
        Ok(())
    }
}

impl Setup {
    async fn run(self) -> Result<(), Failure> {
        let app = self.at.app().await?;
        let token = team::setup_token(&app).await.map_err(refused)?;
        let token = token.ok_or_else(|| Failure::text("an organisation exists already"))?;
        say!("{}/setup?token={token}", app.config.base_url);
        Ok(())
    }
}
