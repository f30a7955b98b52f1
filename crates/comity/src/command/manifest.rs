//! What a backup holds: every file with its size and hash.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Component, Path};

use comity_domain::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Failure;

/// Its own name.
pub const NAME: &str = "manifest.json";
/// The database, in the data directory and in a backup.
pub const DATABASE: &str = "comity.db";
/// Made anew at every start: what the spool keeps ready, and lists that only speed a start up.
const LEFT_OUT: [&str; 1] = ["spool/spare-"];
/// Format of backups.
const FORMAT: u32 = 1;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    bytes: u64,
    sha256: String,
}

/// Names the files of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// Version of the program that made it.
    pub version: String,
    /// Engine the database was on.
    pub engine: String,
    /// Its schema version.
    pub schema: i64,
    /// When.
    pub made_at: String,
    /// By path, with `/` between its parts.
    pub files: BTreeMap<String, Entry>,
}

impl Manifest {
    /// Of the files that are in a directory.
    pub fn of(dir: &Path, engine: &str, schema: i64, now: Timestamp) -> Result<Self, Failure> {
        let mut files = BTreeMap::new();
        for name in files_in(dir)?.into_iter().chain([DATABASE.to_owned()]) {
            let entry = entry(&dir.join(&name))?;
            files.insert(name, entry);
        }
        Ok(Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            engine: engine.to_owned(),
            schema,
            made_at: now.to_string(),
            files,
        })
    }

    /// Writes it beside the files, durably.
    pub fn write(&self, dir: &Path) -> Result<(), Failure> {
        let wrong = |error: &dyn std::error::Error| Failure::new(NAME, error);
        let text = serde_json::to_string_pretty(self).map_err(|error| wrong(&error))?;
        let mut file = File::create(dir.join(NAME)).map_err(|error| wrong(&error))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(|error| wrong(&error))
    }

    /// Reads the one in a directory.
    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let path = dir.join(NAME);
        let text =
            fs::read_to_string(&path).map_err(|error| Failure::new(path.display(), &error))?;
        let read: Self =
            serde_json::from_str(&text).map_err(|error| Failure::new(path.display(), &error))?;
        if read.format != FORMAT {
            return Err(Failure::text(format!(
                "{} is of format {} and this version reads {FORMAT}",
                path.display(),
                read.format
            )));
        }
        Ok(read)
    }

    /// Compares every file with it.
    pub fn check(&self, dir: &Path) -> Result<(), Failure> {
        if !self.files.contains_key(DATABASE) {
            return Err(Failure::text("the backup holds no database"));
        }
        for (name, expected) in &self.files {
            let plain = Path::new(name)
                .components()
                .all(|part| matches!(part, Component::Normal(_)));
            if !plain {
                return Err(Failure::text(format!(
                    "the manifest names a file outside: {name}"
                )));
            }
            if entry(&dir.join(name))? != *expected {
                return Err(Failure::text(format!("{name} is not as it was written")));
            }
        }
        Ok(())
    }

    /// Sum of all sizes.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|entry| entry.bytes).sum()
    }
}

fn entry(path: &Path) -> Result<Entry, Failure> {
    let failed = |error| Failure::new(path.display(), &error);
    let mut file = File::open(path).map_err(failed)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1_024];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            break;
        }
        bytes += read as u64;
        hasher.update(&buffer[..read]);
    }
    Ok(Entry {
        bytes,
        sha256: hex::encode(hasher.finalize()),
    })
}

/// Every file below a directory by its path, except the database and what is made anew.
pub fn files_in(dir: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let path = dir.join(&folder);
        let failed = |error| Failure::new(path.display(), &error);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let own = entry.file_name().to_string_lossy().into_owned();
            let name = if folder.is_empty() {
                own
            } else {
                format!("{folder}/{own}")
            };
            let kind = entry.file_type().map_err(failed)?;
            let is_database = folder.is_empty() && name.starts_with(DATABASE);
            let left_out = LEFT_OUT.iter().any(|start| name.starts_with(start));
            if kind.is_dir() {
                folders.push(name);
            } else if kind.is_file() && !is_database && !left_out && name != NAME {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
