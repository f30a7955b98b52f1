//! The demonstration: a year of a made-up company, made through the real use
//! cases with a clock that runs fast, then living on in real time.

mod cast;
mod chance;
#[cfg(test)]
mod explained;
mod history;
mod live;
mod people;
mod reward;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use comity_adapters::clock::SystemClock;
use comity_adapters::document::PdfPapers;
use comity_adapters::mail::NoMailServer;
use comity_adapters::rail::files::BankFiles;
use comity_app::integration::inbound::Kind;
use comity_app::port::{Clock, HttpError, HttpReply, HttpSender, NoLinkTable, Reply};
use comity_app::session::{LinkPurpose, Subject, create_link, hash};
use comity_app::{App, AppError, Config};
use comity_domain::time::DAY;
use comity_domain::{Scope, TenantId, Timestamp};
use comity_store::api_key::{self, ApiKey};
use comity_store::{Store, installation};

use crate::command::Failure;
use crate::process::{Process, Settings, open_store_unsynced};
use chance::Chance;

pub use live::simulate;

/// Where the demonstration keeps who is who.
const CAST: &str = "demo_cast";

/// A clock that is set by the story.
#[derive(Debug)]
pub struct StoryClock(Mutex<Timestamp>);

impl StoryClock {
    /// Moves the story on; it never goes back.
    fn set(&self, at: Timestamp) {
        let mut now = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = (*now).max(at);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A story sends nothing.
struct NoHttp;

impl HttpSender for NoHttp {
    fn post<'a>(
        &'a self,
        _url: &'a str,
        _headers: &'a [(&'static str, String)],
        _body: &'a [u8],
    ) -> Reply<'a, Result<HttpReply, HttpError>> {
        Box::pin(std::future::ready(Err(HttpError::Failed)))
    }
}

/// A story in the making: the application, its clock and its dice.
struct Story {
    app: App,
    clock: Arc<StoryClock>,
    dice: Arc<Chance>,
    /// The story's last day.
    end: Timestamp,
}

/// Fills an empty data directory with a year; does nothing where there is one.
pub async fn seed(settings: &Settings, secret: [u8; 32]) -> Result<(), Failure> {
    let store = open_store_unsynced(settings).await?;
    let wrong = |error: AppError| Failure::new("could not make the demonstration", &error);
    let known = {
        let mut tx = store.read().await.map_err(|error| wrong(error.into()))?;
        installation::get(&mut tx, CAST)
            .await
            .map_err(|error| wrong(error.into()))?
    };
    if known.is_none() {
        let story = story(store.clone(), secret)?;
        history::tell(&story).await.map_err(wrong)?;
    }
    store.close().await;
    Ok(())
}

/// A story that begins a year ago.
fn story(store: Store, secret: [u8; 32]) -> Result<Story, Failure> {
    let end = SystemClock.now();
    let clock = Arc::new(StoryClock(Mutex::new(end.plus(-365 * DAY))));
    let dice = Arc::new(Chance::new(20_260_101));
    let config = Config {
        base_url: "http://localhost".to_owned(),
        redirect_url: "http://localhost".to_owned(),
        secret,
        address_key_days: 1,
    };
    let app = App {
        store,
        config: Arc::new(config),
        clock: clock.clone(),
        random: dice.clone(),
        mailer: Arc::new(NoMailServer),
        http: Arc::new(NoHttp),
        links: Arc::new(NoLinkTable),
        clicks: Arc::new(NoLinkTable),
        files: Arc::new(BankFiles),
        providers: crate::process::providers()?,
        papers: Arc::new(PdfPapers),
        live: App::live_channel(),
    };
    Ok(Story {
        app,
        clock,
        dice,
        end,
    })
}

/// What a visitor of the demonstration needs to know.
pub struct Invitation {
    /// Signs in as the owner, any number of times.
    pub owner_login_url: String,
    /// The same for the manager.
    pub manager_login_url: String,
    /// The same for the partner who earns most.
    pub partner_login_url: String,
    /// A key with every scope.
    pub api_key: String,
    /// A link of that partner.
    pub sample_link_url: String,
    /// Where shops send their messages, by kind.
    pub webhook_urls: BTreeMap<String, String>,
}

/// Makes login links and a key for this start.
pub async fn invite(process: &Process) -> Result<Invitation, AppError> {
    let app = &process.app;
    let mut tx = app.store.write().await?;
    let text = installation::get(&mut tx, CAST).await?.unwrap_or_default();
    let cast: people::Cast =
        serde_json::from_str(&text).map_err(|error| AppError::Internal(error.to_string()))?;
    let tenant: TenantId = cast.tenant;
    let (owner, manager) = (Subject::User(cast.owner), Subject::User(cast.manager));
    let owner_login_url = create_link(&mut tx, app, tenant, owner, LinkPurpose::Demo).await?;
    let manager_login_url = create_link(&mut tx, app, tenant, manager, LinkPurpose::Demo).await?;
    let partner = Subject::Partner(cast.star);
    let partner_login_url = create_link(&mut tx, app, tenant, partner, LinkPurpose::Demo).await?;
    let mut bytes = [0; 24];
    app.random.fill(&mut bytes);
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let api_key = format!("ck_demo_{digits}");
    let key = ApiKey {
        tenant,
        id: app.id(),
        name: "Demonstration".to_owned(),
        token_hash: hash(&api_key),
        hint: digits[digits.len() - 4..].to_owned(),
        scopes: Scope::ALL.to_vec(),
        created_by: cast.owner,
        created_at: app.now(),
        last_used_at: None,
        expires_at: Some(app.now().plus(30 * DAY)),
        revoked_at: None,
    };
    api_key::insert(&mut tx, &key).await?;
    tx.commit().await?;
    let connections = cast.connections.into_iter();
    let webhook_urls = connections.filter_map(|(code, id)| {
        let path = Kind::from_code(&code)?.path(id);
        Some((code, format!("{}{path}", app.config.base_url)))
    });
    Ok(Invitation {
        webhook_urls: webhook_urls.collect(),
        owner_login_url,
        manager_login_url,
        partner_login_url,
        api_key,
        sample_link_url: format!("{}/{}", app.config.redirect_url, cast.star_slug),
    })
}

/// Removes a data directory, so that the story starts again.
pub fn forget(data_dir: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(data_dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new("could not remove the old data", &error))
        }
        _ => Ok(()),
    }
}
