//! `comity restore`: a backup in the place of a stopped installation.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use comity_adapters::clock::SystemClock;
use comity_app::port::Clock;
use comity_store::Store;
use serde_json::json;

use super::Failure;
use super::backup::beside;
use super::manifest::{DATABASE, Manifest};
use super::place::Place;
use super::serve::{runtime, until_signal};
use super::transfer::{must_be_empty, prepare, transfer};
use super::verify::check;

/// Put a backup in the place of a stopped installation, then check the books.
///
/// Nothing is overwritten without --force, and with it what was there is kept beside the data
/// directory under the ending `.before-restore`. With a PostgreSQL address the database goes
/// there; it must be empty.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    from: PathBuf,
    /// Take the place of a data directory that holds something.
    #[arg(long)]
    force: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    /// Checks every file of the backup before anything is touched.
    pub fn run(self) -> Result<(), Failure> {
        let manifest = Manifest::read(&self.from)?;
        manifest.check(&self.from)?;
        let settings = self.place.settings();
        let url = settings.database()?;
        let data = &settings.data_dir;
        runtime()?.block_on(async {
            let failed = |error| Failure::new("could not open the database", &error);
            let server = match &url {
                None => None,
                Some(url) => {
                    let server = Store::open_postgres(url).await.map_err(failed)?;
                    prepare(&server, SystemClock.now()).await?;
                    must_be_empty(&server).await?;
                    Some(server)
                }
            };
            let kept = make_room(data, self.force)?;
            for name in manifest.files.keys() {
                copy(&self.from.join(name), &data.join(name))?;
            }
            let file = data.join(DATABASE);
            let copied = Store::open_sqlite(&file).await.map_err(failed)?;
            prepare(&copied, SystemClock.now()).await?;
            let store = match server {
                None => copied,
                Some(server) => {
                    transfer(&copied, &server, &until_signal()).await?;
                    copied.close().await;
                    let removed = fs::remove_file(&file);
                    removed.map_err(|error| Failure::new(file.display(), &error))?;
                    server
                }
            };
            let checked = check(&store).await?;
            let engine = store.engine();
            store.close().await;
            if let Some(finding) = checked.findings.first() {
                let (place, what) = (&finding.place, &finding.what);
                return Err(Failure::text(format!(
                    "restored, but the books are wrong at {place}: {what}"
                )));
            }
            if self.json {
                let report = json!({
                    "made_at": manifest.made_at, "schema": manifest.schema, "engine": engine,
                    "files": manifest.files.len(), "journals": checked.journals, "kept": kept,
                    "verified": true,
                });
                say!("{report}");
                return Ok(());
            }
            say!(
                "restored the backup of {} to {engine}, {} journals verified",
                manifest.made_at,
                checked.journals
            );
            if let Some(kept) = kept {
                say!("what was there before is in {}", kept.display());
            }
            Ok(())
        })
    }
}

/// An empty data directory; answers where the old one is.
fn make_room(data: &Path, force: bool) -> Result<Option<PathBuf>, Failure> {
    let wrong = |error| Failure::new(data.display(), &error);
    let mut kept = None;
    let is_full = match fs::read_dir(data) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(wrong(error)),
    };
    if is_full {
        if !force {
            return Err(Failure::text(format!(
                "{} is not empty: stop the server and use --force; it is kept beside then",
                data.display()
            )));
        }
        let old = beside(data, "before-restore");
        if old.exists() {
            return Err(Failure::text(format!(
                "{} exists: move it away first",
                old.display()
            )));
        }
        fs::rename(data, &old).map_err(wrong)?;
        kept = Some(old);
    }
    fs::create_dir_all(data).map_err(wrong)?;
    Ok(kept)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder).map_err(|error| Failure::new(folder.display(), &error))?;
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| Failure::new(from.display(), &error))
}
