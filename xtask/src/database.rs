//! A private PostgreSQL for the tests: made in a temporary directory, gone afterwards.

use std::fs;
use std::io::{BufRead, Read};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::{Outcome, need, process};

/// The variable through which tests learn the server's address.
pub const VARIABLE: &str = "COMITY_TEST_POSTGRES";

/// How often readiness is asked for before giving up: 300 × 100 ms is far beyond a slow disk.
const READY_TRIES: u32 = 300;

/// A running server; dropping it stops it and removes its files.
pub struct Server {
    child: Child,
    dir: PathBuf,
    programs: PathBuf,
    owner: Option<Owner>,
    port: u16,
    password: String,
}

/// PostgreSQL refuses to run as root; then it runs as its own account.
#[derive(Clone, Copy)]
struct Owner {
    uid: u32,
    gid: u32,
}

impl Server {
    /// Makes a cluster and starts it on a free port of the loopback interface.
    ///
    /// Durability is off: the data lives as long as the test run.
    pub fn start() -> Result<Self, String> {
        let programs = find_server_programs().ok_or("PostgreSQL server programs not found")?;
        let owner = if is_root() {
            Some(postgres_account()?)
        } else {
            None
        };
        // Not under `target/`: the postgres account must be able to reach it, and the path of a
        // Unix socket is limited to 107 bytes.
        let dir = std::env::temp_dir().join(format!("comity-pg-{}", std::process::id()));
        make_private_dir(&dir, owner)?;
        let password = random_text()?;
        init_cluster(&programs, &dir, owner, &password)?;
        let port = free_port()?;
        let child = spawn_server(&programs, &dir, owner, port)?;
        let mut server = Self {
            child,
            dir,
            programs,
            owner,
            port,
            password,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// The address of the maintenance database; tests make their own databases from it.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres:{}@127.0.0.1:{}/postgres",
            self.password, self.port
        )
    }

    fn wait_until_ready(&mut self) -> Outcome {
        for _ in 0..READY_TRIES {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!(
                    "PostgreSQL ended at once ({status})\n{}",
                    self.log()
                ));
            }
            let mut ask = Command::new(self.programs.join("pg_isready"));
            ask.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(format!("PostgreSQL did not become ready\n{}", self.log()))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = as_owner(&self.programs.join("pg_ctl"), self.owner);
        stop.arg("stop")
            .arg("-D")
            .arg(self.dir.join("data"))
            .args(["-m", "immediate", "-s"]);
        if !stop.status().is_ok_and(|status| status.success()) {
            // Already gone, or pg_ctl cannot reach it: the handle still can.
            let _gone = self.child.kill();
        }
        let _status = self.child.wait();
        let _removed = fs::remove_dir_all(&self.dir);
    }
}

/// `cargo xtask db [-- COMMAND…]`.
pub fn command(args: &[String]) -> Outcome {
    need::require(&[&need::POSTGRES])?;
    let server = Server::start()?;
    let words: Vec<&String> = args.iter().filter(|arg| *arg != "--").collect();
    if let Some((program, rest)) = words.split_first() {
        let mut inner = process::command(program);
        return process::run(inner.args(rest).env(VARIABLE, server.url()));
    }
    println!("export {VARIABLE}={}", server.url());
    println!("Enter or Ctrl-C stops it and removes its data");
    let mut line = String::new();
    let read = std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|e| e.to_string())?;
    if read == 0 {
        // Standard input is closed (started in the background): live as long as the server.
        let mut server = server;
        server.child.wait().map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// The directory with `initdb`, `postgres`, `pg_ctl` and `pg_isready`: `COMITY_PG_BIN`, the newest
/// Debian package, or the search path.
pub fn find_server_programs() -> Option<PathBuf> {
    let complete = |dir: &PathBuf| {
        ["initdb", "postgres", "pg_ctl", "pg_isready"]
            .iter()
            .all(|name| dir.join(name).is_file())
    };
    if let Some(named) = std::env::var_os("COMITY_PG_BIN") {
        return Some(PathBuf::from(named)).filter(complete);
    }
    let mut packaged: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, dir)| complete(dir))
        .collect();
    packaged.sort();
    let on_path = || {
        need::on_path("initdb")?
            .parent()
            .map(Path::to_path_buf)
            .filter(complete)
    };
    packaged.pop().map(|(_, dir)| dir).or_else(on_path)
}

/// Whether this process is root (owner of its own `/proc` entry).
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

fn postgres_account() -> Result<Owner, String> {
    let number = |flag: &str| -> Result<u32, String> {
        let text = process::output(Command::new("id").args([flag, "postgres"]))?;
        text.trim()
            .parse()
            .map_err(|_| format!("unreadable account number `{}`", text.trim()))
    };
    Ok(Owner {
        uid: number("-u")?,
        gid: number("-g")?,
    })
}

fn as_owner(program: &Path, owner: Option<Owner>) -> Command {
    let mut command = Command::new(program);
    if let Some(Owner { uid, gid }) = owner {
        command.uid(uid).gid(gid);
    }
    command.current_dir("/");
    command
}

fn make_private_dir(dir: &Path, owner: Option<Owner>) -> Outcome {
    let failed = |e: std::io::Error| format!("could not make {}: {e}", dir.display());
    if dir.is_dir() {
        // A run with the same process number was killed before it could clean up.
        fs::remove_dir_all(dir).map_err(failed)?;
    }
    fs::DirBuilder::new()
        .mode(0o700)
        .create(dir)
        .map_err(failed)?;
    if let Some(Owner { uid, gid }) = owner {
        chown(dir, Some(uid), Some(gid)).map_err(failed)?;
    }
    Ok(())
}

fn init_cluster(programs: &Path, dir: &Path, owner: Option<Owner>, password: &str) -> Outcome {
    let password_file = dir.join("password");
    fs::write(&password_file, password).map_err(|e| format!("could not write a file: {e}"))?;
    if let Some(Owner { uid, gid }) = owner {
        chown(&password_file, Some(uid), Some(gid)).map_err(|e| e.to_string())?;
    }
    let mut init = as_owner(&programs.join("initdb"), owner);
    init.arg("-D").arg(dir.join("data"));
    init.args([
        "-U",
        "postgres",
        "-A",
        "password",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    init.arg(format!("--pwfile={}", password_file.display()));
    process::output(&mut init).map(|_said| ())
}

fn spawn_server(
    programs: &Path,
    dir: &Path,
    owner: Option<Owner>,
    port: u16,
) -> Result<Child, String> {
    let log = fs::File::create(dir.join("log")).map_err(|e| e.to_string())?;
    let mut server = as_owner(&programs.join("postgres"), owner);
    server.arg("-D").arg(dir.join("data")).arg("-k").arg(dir);
    server.args(["-h", "127.0.0.1", "-p", &port.to_string()]);
    for setting in [
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        // Every test has its own database and pool; the default of 100 runs out.
        "max_connections=300",
        "shared_buffers=64MB",
        "autovacuum=off",
    ] {
        server.args(["-c", setting]);
    }
    let log_too = log.try_clone().map_err(|e| e.to_string())?;
    server.stdin(Stdio::null()).stdout(log).stderr(log_too);
    server
        .spawn()
        .map_err(|e| format!("could not start postgres: {e}"))
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| e.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|e| e.to_string())
}

fn random_text() -> Result<String, String> {
    let mut bytes = [0u8; 16];
    let source = fs::File::open("/dev/urandom").map_err(|e| e.to_string())?;
    source
        .take(16)
        .read_exact(&mut bytes)
        .map_err(|e| e.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
