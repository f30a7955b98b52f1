//! What can be seen on this machine: secrets, disk, database, waiting clicks, clock.

use std::path::Path;

use comity_adapters::clock::SystemClock;
use comity_app::operate;
use comity_app::port::Clock;
use comity_domain::Timestamp;
use comity_store::Store;
use comity_tracking::link::{LinkTable, load};
use comity_tracking::spool::{Disk, inspect};

use super::Check;
use crate::command::manifest::DATABASE;
use crate::process::{Settings, reading};

/// Below this the spool cannot keep a busy hour.
const LOW_BYTES: u64 = 1 << 30;
/// Below this the next segment of the spool does not fit.
const FULL_BYTES: u64 = 64 << 20;
/// Waiting clicks that are shipped within seconds.
const MANY_CLICKS: u64 = 10_000;
/// How far a file may come from the future.
const AHEAD_MICROS: i64 = 60_000_000;

/// Files that hold secrets can be read, and the settings fit together.
pub fn secrets(settings: &Settings) -> Vec<Check> {
    let results = [
        settings.database().map(drop),
        settings.metrics_token().map(drop),
        settings.mail.server().map(drop),
    ];
    let broken: Vec<Check> = results
        .into_iter()
        .filter_map(Result::err)
        .map(|failure| {
            Check::fail(
                "settings",
                failure.to_string(),
                "mend the setting or the file it names",
            )
        })
        .collect();
    if broken.is_empty() {
        return vec![Check::ok("settings", "read, secrets included")];
    }
    broken
}

/// The data directory can be written, has room, and keeps its key to itself.
pub fn directory(dir: &Path) -> Vec<Check> {
    const NAME: &str = "data directory";
    let shown = dir.display();
    let probe = dir.join(".doctor");
    let writes = std::fs::write(&probe, b"x").and_then(|()| std::fs::remove_file(&probe));
    if let Err(error) = writes {
        let advice = "make it, or give it to the user the server runs as";
        return vec![Check::fail(NAME, format!("{shown}: {error}"), advice)];
    }
    let mut checks = vec![Check::ok(NAME, format!("{shown} can be written"))];
    checks.push(room(dir));
    checks.extend(key(dir));
    checks
}

fn room(dir: &Path) -> Check {
    const NAME: &str = "free space";
    let advice = "free some, or move the data directory";
    match rustix::fs::statvfs(dir) {
        Err(error) => Check::warn(NAME, format!("could not be read: {error}"), advice),
        Ok(state) => {
            let free = state.f_bavail.saturating_mul(state.f_frsize);
            let found = format!("{} MB", free >> 20);
            match free {
                0..FULL_BYTES => Check::fail(NAME, found, advice),
                FULL_BYTES..LOW_BYTES => Check::warn(NAME, found, advice),
                _ => Check::ok(NAME, found),
            }
        }
    }
}

/// The key, once there is one, is nobody else's to read.
fn key(dir: &Path) -> Option<Check> {
    use std::os::unix::fs::PermissionsExt;
    const NAME: &str = "key";
    let path = dir.join("secret.key");
    let state = std::fs::metadata(&path).ok()?;
    let mode = state.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let found = format!("{} can be read by others ({mode:o})", path.display());
        return Some(Check::warn(NAME, found, "chmod 600 it"));
    }
    if state.len() != 32 {
        let found = format!("{} is damaged", path.display());
        return Some(Check::fail(NAME, found, "restore it from a backup"));
    }
    Some(Check::ok(NAME, "there, and readable to its owner only"))
}

/// The database answers and has the right schema; jobs do not pile up.
pub async fn database(settings: &Settings) -> Vec<Check> {
    const NAME: &str = "database";
    let Ok(url) = settings.database() else {
        return Vec::new();
    };
    let file = settings.data_dir.join(DATABASE);
    let opened = match &url {
        Some(url) => Store::open_postgres(url).await,
        None if !file.exists() => {
            let found = format!("{} does not exist", file.display());
            let advice = "the first `comity serve` or `comity migrate` makes it";
            return vec![Check::warn(NAME, found, advice)];
        }
        None => Store::open_sqlite(&file).await,
    };
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            let advice = "check the address, the server and its firewall";
            return vec![Check::fail(
                NAME,
                format!("cannot be reached: {error}"),
                advice,
            )];
        }
    };
    let checks = vec![schema(&store).await, jobs(&store).await];
    store.close().await;
    checks
}

async fn schema(store: &Store) -> Check {
    const NAME: &str = "database";
    let (engine, newest) = (store.engine(), Store::newest_schema());
    match store.schema_version().await {
        Err(error) => Check::fail(
            NAME,
            format!("{engine} does not answer: {error}"),
            "see its log",
        ),
        Ok(found) if found == newest => Check::ok(NAME, format!("{engine}, schema {found}")),
        Ok(found) if found > newest => {
            let text = format!("{engine} has schema {found}, this version knows {newest}");
            Check::fail(NAME, text, "install the newer version again")
        }
        Ok(found) => {
            let text = format!("{engine} has schema {found} of {newest}");
            Check::warn(NAME, text, "take a backup, then `comity migrate`")
        }
    }
}

async fn jobs(store: &Store) -> Check {
    const NAME: &str = "background work";
    let counts = match reading(store.clone()) {
        Ok(app) => operate::counts(&app).await.ok(),
        Err(_) => None,
    };
    let Some(counts) = counts else {
        return Check::warn(NAME, "could not be read", "migrate the database first");
    };
    let all: Vec<String> = counts
        .jobs
        .iter()
        .map(|(status, n)| format!("{n} {status}"))
        .collect();
    let found = if all.is_empty() {
        "nothing waits".to_owned()
    } else {
        all.join(", ")
    };
    let dead = counts
        .jobs
        .iter()
        .any(|(status, n)| status == "dead" && *n > 0);
    if dead {
        return Check::warn(
            NAME,
            found,
            "look at Settings for what failed, and repeat it there",
        );
    }
    Check::ok(NAME, found)
}

/// Clicks that wait on this disk can be read and are not many.
pub fn spool(dir: &Path) -> Check {
    const NAME: &str = "click spool";
    let folder = dir.join("spool");
    if !folder.exists() {
        return Check::ok(NAME, "none yet");
    }
    let read = Disk::open(&folder).and_then(|disk| inspect(&disk, |_| {}));
    let report = match read {
        Ok(report) => report,
        Err(error) => {
            let advice = "check the disk; the server makes a new one beside what is damaged";
            return Check::fail(NAME, format!("{}: {error}", folder.display()), advice);
        }
    };
    let waiting: u64 = report.segments.iter().map(|segment| segment.waiting).sum();
    let unreadable: u64 = report
        .segments
        .iter()
        .map(|segment| segment.unreadable)
        .sum();
    let found = format!("{} segments, {waiting} clicks wait", report.segments.len());
    if unreadable > 0 {
        let found = format!("{found}, {unreadable} records cannot be read");
        return Check::warn(
            NAME,
            found,
            "keep the segments named damaged-…; the rest goes on",
        );
    }
    if waiting > MANY_CLICKS {
        let advice =
            "start a server or worker on this directory, and see that the database answers";
        return Check::warn(NAME, found, advice);
    }
    Check::ok(NAME, found)
}

/// The list of links with which the redirect starts when the database is down.
pub fn links(dir: &Path) -> Check {
    const NAME: &str = "link snapshot";
    let table = LinkTable::new();
    match load(&table, &dir.join("links.snapshot")) {
        Ok(true) => Check::ok(NAME, "reads back"),
        Ok(false) => Check::ok(NAME, "none yet; a running server writes it"),
        Err(error) => {
            let advice = "remove links.snapshot; a running server writes it again";
            Check::warn(NAME, error.to_string(), advice)
        }
    }
}

/// Nothing here was written in the future.
pub fn clock(dir: &Path) -> Check {
    const NAME: &str = "clock";
    let now = SystemClock.now();
    let newest = [DATABASE, "links.snapshot", "secret.key"]
        .iter()
        .filter_map(|name| std::fs::metadata(dir.join(name)).ok()?.modified().ok())
        .filter_map(|at| at.duration_since(std::time::UNIX_EPOCH).ok())
        .filter_map(|since| i64::try_from(since.as_micros()).ok())
        .max();
    let newest = newest.map_or(now, Timestamp::from_micros);
    if newest > now.plus(AHEAD_MICROS) {
        let found = format!("it is {now}, and a file here was written at {newest}");
        return Check::fail(
            NAME,
            found,
            "set the clock, and let it follow a time server",
        );
    }
    Check::ok(NAME, format!("{now}"))
}
