//! Settings of a process: flags over environment over file over defaults.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use comity_adapters::mail::{SmtpConfig, SmtpTls};
use comity_adapters::random::OsRandom;
use comity_app::port::Random;

use super::Role;
use crate::command::Failure;

/// Where and how to run.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Directory of the database, the click spool and the keys.
    #[arg(
        long,
        visible_alias = "data",
        env = "COMITY_DATA_DIR",
        default_value = "./comity-data"
    )]
    pub data_dir: PathBuf,
    /// PostgreSQL instead of the SQLite file, as in postgres://user@host/comity.
    #[arg(long, env = "COMITY_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File that holds that address, so that no password stands in a list of processes.
    #[arg(long, env = "COMITY_DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
    /// Address of the web interface.
    #[arg(long, env = "COMITY_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: String,
    /// Address of the redirect host.
    #[arg(long, env = "COMITY_REDIRECT_LISTEN", default_value = "127.0.0.1:3001")]
    pub redirect_listen: String,
    /// How people reach the web interface, as in https://partners.brand.com.
    #[arg(long, env = "COMITY_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// How visitors reach links, as in https://go.brand.com.
    #[arg(long, env = "COMITY_REDIRECT_URL")]
    pub redirect_url: Option<String>,
    /// Networks whose X-Forwarded-For is believed, as in 10.0.0.0/8; may be repeated.
    #[arg(long, env = "COMITY_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,
    /// File that holds the token with which `/metrics` may be read from elsewhere; without one,
    /// only from this machine.
    #[arg(long, env = "COMITY_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,
    /// Where an edge of its own answers `/metrics`, `/healthz` and `/readyz`, apart from visitors;
    /// an address only your own machines reach.
    #[arg(long, env = "COMITY_PROBE_LISTEN")]
    pub probe_listen: Option<String>,
    /// `disk` answers a click after it is on disk; `os` once the system has it.
    #[arg(long, env = "COMITY_DURABILITY", default_value = "disk", value_parser = ["disk", "os"])]
    pub durability: String,
    /// What this process does; a part of it needs PostgreSQL, which the parts share.
    #[arg(long = "role", env = "COMITY_ROLE", value_enum, value_delimiter = ',',
        default_values_t = Role::ALL)]
    pub roles: Vec<Role>,
    /// MiB of disk kept ready for clicks when the disk is full; 256 hold about a million.
    #[arg(long, env = "COMITY_SPOOL_RESERVE_MIB", default_value_t = 256,
        value_parser = clap::value_parser!(u64).range(16..=65_536))]
    pub spool_reserve_mib: u64,
    /// Most MiB the click spool may take.
    #[arg(long, env = "COMITY_SPOOL_MAX_MIB", default_value_t = 4_096,
        value_parser = clap::value_parser!(u64).range(64..=1_048_576))]
    pub spool_max_mib: u64,
    /// Days after which hashes of addresses are no longer comparable; 0 for never.
    #[arg(long, env = "COMITY_ADDRESS_KEY_DAYS", default_value_t = 1)]
    pub address_key_days: u16,
    /// Mail server; without one, mails wait under Settings › Outbox.
    #[command(flatten)]
    pub mail: Mail,
}

/// The mail server.
#[derive(Debug, Clone, Default, Args)]
pub struct Mail {
    /// Host of the mail server.
    #[arg(long, env = "COMITY_SMTP_HOST")]
    pub smtp_host: Option<String>,
    /// Its port.
    #[arg(long, env = "COMITY_SMTP_PORT", default_value_t = 587)]
    pub smtp_port: u16,
    /// `starttls`, `tls` or `none`.
    #[arg(long, env = "COMITY_SMTP_SECURITY", default_value = "starttls", value_parser = ["starttls", "tls", "none"])]
    pub smtp_security: String,
    /// User, where the server wants one.
    #[arg(long, env = "COMITY_SMTP_USER")]
    pub smtp_user: Option<String>,
    /// File that holds the password.
    #[arg(long, env = "COMITY_SMTP_PASSWORD_FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// Sender, as in "Acme partners <partners@acme.com>".
    #[arg(long, env = "COMITY_SMTP_FROM")]
    pub smtp_from: Option<String>,
}

impl Mail {
    /// The server's settings; `None` without a host.
    pub fn server(&self) -> Result<Option<SmtpConfig>, Failure> {
        let Some(host) = self.smtp_host.clone() else {
            return Ok(None);
        };
        let from = self.smtp_from.clone();
        let from = from.ok_or_else(|| Failure::usage("smtp_host needs smtp_from, the sender"))?;
        let password = self.smtp_password_file.as_deref().map(secret).transpose()?;
        Ok(Some(SmtpConfig {
            host,
            port: self.smtp_port,
            tls: match self.smtp_security.as_str() {
                "tls" => SmtpTls::Implicit,
                "none" => SmtpTls::None,
                _ => SmtpTls::StartTls,
            },
            credentials: self.smtp_user.clone().zip(password),
            from,
        }))
    }
}

/// A secret that stands alone in a file.
fn secret(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| Failure::new(path.display(), &error))?;
    match text.trim() {
        "" => Err(Failure::text(format!("{} is empty", path.display()))),
        text => Ok(text.to_owned()),
    }
}

impl Settings {
    /// Settings that only say where the data is, for commands that serve nothing.
    #[must_use]
    pub fn at(data_dir: PathBuf, database_url: Option<String>) -> Self {
        Self {
            data_dir,
            database_url,
            database_url_file: None,
            listen: "127.0.0.1:0".to_owned(),
            redirect_listen: "127.0.0.1:0".to_owned(),
            public_url: None,
            redirect_url: None,
            trusted_proxies: Vec::new(),
            metrics_token_file: None,
            probe_listen: None,
            durability: "disk".to_owned(),
            roles: Role::ALL.to_vec(),
            spool_reserve_mib: 32,
            spool_max_mib: 4_096,
            address_key_days: 1,
            mail: Mail::default(),
        }
    }

    /// Whether this process does this part.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The address of PostgreSQL, if that is where the data is.
    pub fn database(&self) -> Result<Option<String>, Failure> {
        match (&self.database_url, &self.database_url_file) {
            (Some(url), _) => Ok(Some(url.clone())),
            (None, Some(path)) => secret(path).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// The token that opens `/metrics` from elsewhere.
    pub fn metrics_token(&self) -> Result<Option<String>, Failure> {
        self.metrics_token_file.as_deref().map(secret).transpose()
    }

    /// What the settings page shows read-only, because it came from outside.
    #[must_use]
    pub fn fixed(&self) -> Vec<(&'static str, String)> {
        let mut fixed = vec![
            ("listen", self.listen.clone()),
            ("redirect_listen", self.redirect_listen.clone()),
        ];
        fixed.extend(self.public_url.clone().map(|url| ("public_url", url)));
        fixed.extend(self.redirect_url.clone().map(|url| ("redirect_url", url)));
        fixed
    }
}

/// The installation's secret: made once, kept readable to its owner only.
pub fn installation_secret(data_dir: &Path) -> Result<[u8; 32], Failure> {
    let path = data_dir.join("secret.key");
    let wrong = |error: &dyn std::error::Error| {
        Failure::new("could not read or write the secret key", error)
    };
    std::fs::create_dir_all(data_dir).map_err(|error| wrong(&error))?;
    if let Ok(bytes) = std::fs::read(&path) {
        return <[u8; 32]>::try_from(bytes)
            .map_err(|_| Failure::text("the secret key file is damaged"));
    }
    let mut secret = [0; 32];
    OsRandom.fill(&mut secret);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).map_err(|error| wrong(&error))?;
    file.write_all(&secret)
        .and_then(|()| file.sync_all())
        .map_err(|error| wrong(&error))?;
    Ok(secret)
}
