//! The files the rules look at.

use std::fs;

use crate::process;

/// One text file of the repository.
pub struct Source {
    /// Path from the workspace root, with forward slashes.
    pub path: String,
    pub text: String,
}

/// Every text file Git knows or would take.
pub struct Tree {
    pub files: Vec<Source>,
}

impl Tree {
    /// Reads tracked and new (not ignored) files; binary ones are left out.
    pub fn read() -> Result<Self, String> {
        let list = process::output(process::command("git").args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ]))?;
        let mut files = Vec::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            // A file deleted in the work tree is still listed; binary files are not text.
            if let Ok(text) = fs::read_to_string(process::root().join(path)) {
                files.push(Source {
                    path: path.to_owned(),
                    text,
                });
            }
        }
        Ok(Self { files })
    }

    /// Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }
}

impl Source {
    /// Whether the whole file is test code.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.contains("/benches/")
            || self.path.contains("/examples/")
            || self.path.ends_with("/tests.rs")
            || self.path.starts_with("crates/comity-testkit/")
            || self.text.starts_with("//! Test-only")
    }

    /// The name of the crate folder: `comity-store` of `crates/comity-store/src/lib.rs`.
    pub fn member(&self) -> &str {
        let rest = self.path.strip_prefix("crates/").unwrap_or(&self.path);
        rest.split('/').next().unwrap_or_default()
    }

    /// Production lines with their numbers: everything before the first `#[cfg(test)]` module at
    /// the left margin, nothing in a file that is all test.
    pub fn production(&self) -> Vec<(usize, &str)> {
        if self.is_test() {
            return Vec::new();
        }
        let lines = self.text.lines().enumerate();
        lines
            .take_while(|(_, line)| *line != "#[cfg(test)]")
            .map(|(at, line)| (at + 1, line))
            .collect()
    }
}
