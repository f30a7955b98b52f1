//! `comity.toml`: what a command takes where neither a flag nor a variable says it.
//!
//! Each key is the name of a `COMITY_…` variable in small letters; a table's name goes in front of
//! its keys, so `[smtp] host` is `smtp_host`. A key that no command knows is refused: a typing
//! error must not leave a default in place.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Arg, Command};
use toml_edit::{DocumentMut, Item, Table, Value};

use crate::command::Failure;

/// The file that is read when none is named.
const DEFAULT: &str = "comity.toml";
/// What the variables begin with.
const PREFIX: &str = "COMITY_";
/// Its own key: a file does not name another one.
const OWN: &str = "config";

/// A file of settings that was read.
pub struct File {
    path: PathBuf,
    values: BTreeMap<String, Vec<String>>,
}

impl File {
    /// Reads the file that the command line, the environment or the directory names; a file that
    /// is named must exist.
    pub fn find(line: impl Iterator<Item = OsString>) -> Result<Option<Self>, Failure> {
        let named = flag(line).or_else(|| std::env::var_os("COMITY_CONFIG").map(PathBuf::from));
        let path = named.clone().unwrap_or_else(|| PathBuf::from(DEFAULT));
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(path, &text).map(Some),
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                Ok(None)
            }
            Err(error) => Err(Failure::usage(format!("{}: {error}", path.display()))),
        }
    }

    fn parse(path: PathBuf, text: &str) -> Result<Self, Failure> {
        let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            let first = error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text[..at.min(text.len())].matches('\n').count();
            Failure::usage(format!("{}: line {line}: {first}", path.display()))
        })?;
        let mut values = BTreeMap::new();
        read(document.as_table(), "", &mut values)
            .map_err(|what| Failure::usage(format!("{}: {what}", path.display())))?;
        Ok(Self { path, values })
    }

    /// The same command line with the file's values as its defaults.
    pub fn apply(&self, line: Command) -> Result<Command, Failure> {
        let mut known = BTreeSet::new();
        collect(&line, &mut known);
        if let Some(unknown) = self.values.keys().find(|key| !known.contains(*key)) {
            return Err(Failure::usage(format!(
                "{}: unknown setting `{unknown}`; there are {}",
                self.path.display(),
                known.into_iter().collect::<Vec<_>>().join(", ")
            )));
        }
        Ok(self.fill(line))
    }

    fn fill(&self, line: Command) -> Command {
        let line = line.mut_args(
            |arg| match key(&arg).and_then(|key| self.values.get(&key)) {
                Some(values) => arg.default_values(values.clone()),
                None => arg,
            },
        );
        line.mut_subcommands(|sub| self.fill(sub))
    }
}

/// The value of `--config` before the command line is read in earnest.
fn flag(line: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut line = line.skip(1);
    while let Some(word) = line.next() {
        let text = word.to_string_lossy();
        if text == "--" {
            return None;
        }
        if text == "--config" {
            return line.next().map(PathBuf::from);
        }
        if let Some(path) = text.strip_prefix("--config=") {
            return Some(Path::new(path).to_owned());
        }
    }
    None
}

/// The key of an argument that also has a variable.
fn key(arg: &Arg) -> Option<String> {
    let name = arg.get_env()?.to_str()?.strip_prefix(PREFIX)?;
    Some(name.to_ascii_lowercase()).filter(|key| key != OWN)
}

fn collect(line: &Command, known: &mut BTreeSet<String>) {
    known.extend(line.get_arguments().filter_map(key));
    for sub in line.get_subcommands() {
        collect(sub, known);
    }
}

fn read(
    table: &Table,
    prefix: &str,
    values: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), String> {
    for (name, item) in table {
        let name = format!("{prefix}{name}");
        match item {
            Item::Table(inner) => read(inner, &format!("{name}_"), values)?,
            Item::Value(Value::Array(list)) => {
                let list: Option<Vec<String>> = list.iter().map(scalar).collect();
                let list = list.ok_or_else(|| format!("`{name}` holds lists of lists"))?;
                values.insert(name, list);
            }
            Item::Value(value) => {
                let value = scalar(value).ok_or_else(|| format!("`{name}` is no single value"))?;
                values.insert(name, vec![value]);
            }
            Item::None | Item::ArrayOfTables(_) => {
                return Err(format!("`{name}` is no single value"));
            }
        }
    }
    Ok(())
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Boolean(is) => Some(is.value().to_string()),
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_) => None,
    }
}
