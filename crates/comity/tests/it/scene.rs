//! An installation in a directory of its own, and the binary over it.

use std::path::PathBuf;
use std::process::{Command, Output};

use comity_domain::Timestamp;
use comity_store::Store;
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::world::{World, ten_percent};

/// A data directory with one organisation and one program, `acme`.
pub struct Scene {
    pub dir: tempfile::TempDir,
}

impl Scene {
    pub async fn new() -> (Self, World) {
        let scene = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        let fakes = scene.open().await;
        let world = World::new(&fakes.app, "acme", &ten_percent()).await;
        fakes.app.store.close().await;
        (scene, world)
    }

    /// The database as the use cases see it.
    pub async fn open(&self) -> Fakes {
        let store = Store::open_sqlite(&self.data().join("comity.db"))
            .await
            .unwrap();
        store.migrate(Timestamp::from_seconds(0)).await.unwrap();
        with_fakes(store)
    }

    pub fn data(&self) -> PathBuf {
        let data = self.dir.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        data
    }

    /// Writes a file beside the data.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A path beside the data.
    pub fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs `comity` with this data directory.
    pub fn run(&self, arguments: &[&str]) -> Output {
        comity(arguments)
            .env("COMITY_DATA_DIR", self.data())
            .current_dir(self.dir.path())
            .output()
            .unwrap()
    }

    /// Runs it with `--json` and reads what it prints.
    pub fn json(&self, arguments: &[&str]) -> (Option<i32>, serde_json::Value) {
        let output = self.run(&[arguments, &["--json"]].concat());
        let found = serde_json::from_slice(&output.stdout);
        let found = found.unwrap_or_else(|error| panic!("{error}: {output:?}"));
        (output.status.code(), found)
    }
}

/// The binary with these arguments.
pub fn comity(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
    command.args(arguments).env_remove("COMITY_CONFIG");
    command
}

/// What went to standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
