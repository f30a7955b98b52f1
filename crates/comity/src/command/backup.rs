//! `comity backup`: a consistent copy of a running installation, with a manifest.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;
use comity_adapters::clock::SystemClock;
use comity_app::port::Clock;
use comity_store::Store;
use serde_json::json;

use super::Failure;
use super::manifest::{DATABASE, Manifest, files_in};
use super::place::Place;
use super::serve::{runtime, until_signal};
use super::transfer::{must_be_current, prepare, transfer};

/// Copy a running installation into a new directory: database, keys, waiting clicks, files.
///
/// The database is taken in one view and as SQLite, from PostgreSQL too, so that a backup can be
/// restored into either. A backup that was stopped half-way is never taken for a whole one.
#[derive(Args)]
pub struct Backup {
    /// New directory for the backup.
    to: PathBuf,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    /// Copies, then reads the copy back.
    pub fn run(self) -> Result<(), Failure> {
        if self.to.exists() {
            return Err(Failure::text(format!(
                "{} exists already",
                self.to.display()
            )));
        }
        let part = beside(&self.to, "partial");
        let wrong = |error| Failure::new(part.display(), &error);
        if part.exists() {
            fs::remove_dir_all(&part).map_err(wrong)?;
        }
        // It holds keys.
        let mut folder = fs::DirBuilder::new();
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.recursive(true).create(&part).map_err(wrong)?;
        // Files first: a click that is shipped meanwhile is in both then, and counts once.
        copy_files(&self.place.data, &part)?;
        let (engine, schema) = runtime()?.block_on(self.database(&part.join(DATABASE)))?;
        let manifest = Manifest::of(&part, engine, schema, SystemClock.now())?;
        manifest.write(&part)?;
        Manifest::read(&part)?.check(&part)?;
        fs::rename(&part, &self.to).map_err(wrong)?;
        let (files, bytes) = (manifest.files.len(), manifest.bytes());
        if self.json {
            let report = json!({
                "backup": self.to, "files": files, "bytes": bytes, "engine": engine, "schema": schema,
            });
            say!("{report}");
        } else {
            say!(
                "{}: {files} files, {bytes} bytes, schema {schema}",
                self.to.display()
            );
        }
        Ok(())
    }

    async fn database(&self, to: &Path) -> Result<(&'static str, i64), Failure> {
        let failed = |error| Failure::new("could not copy the database", &error);
        let settings = self.place.settings();
        let store = match settings.database()? {
            Some(url) => Store::open_postgres(&url).await.map_err(failed)?,
            None => {
                let path = settings.data_dir.join(DATABASE);
                if !path.exists() {
                    return Err(Failure::text(format!("{} does not exist", path.display())));
                }
                Store::open_sqlite(&path).await.map_err(failed)?
            }
        };
        let schema = store.schema_version().await.map_err(failed)?;
        if !store.copy_into(to).await.map_err(failed)? {
            must_be_current(&store, "the database").await?;
            let copy = Store::open_sqlite(to).await.map_err(failed)?;
            prepare(&copy, SystemClock.now()).await?;
            transfer(&store, &copy, &until_signal()).await?;
            copy.close().await;
        }
        let engine = store.engine();
        store.close().await;
        let synced = File::open(to).and_then(|file| file.sync_all());
        synced.map_err(|error| Failure::new(to.display(), &error))?;
        Ok((engine, schema))
    }
}

/// The same name with an ending.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}.{ending}"))
}

/// Copies every file of the data directory except the database. The cursor of the click spool comes
/// before its segments: what is shipped between the two is shipped again and counts once.
fn copy_files(from: &Path, to: &Path) -> Result<(), Failure> {
    let mut names = files_in(from)?;
    names.sort_by_key(|name| !name.ends_with("cursor"));
    for name in names {
        let target = to.join(&name);
        let folder = target.parent().unwrap_or(to);
        fs::create_dir_all(folder).map_err(|error| Failure::new(folder.display(), &error))?;
        match fs::copy(from.join(&name), &target) {
            Ok(_) => {}
            // A segment whose clicks have all been shipped since the listing.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::new(&name, &error)),
        }
    }
    Ok(())
}
