//! The rules of `deny.toml`, as far as they can be checked without `cargo deny`; a setting that cannot
//! be is an error, so that nothing written there is passed over.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, Value};

/// What may be linked.
#[derive(Debug)]
pub struct Policy {
    /// Licences by their SPDX names.
    pub licences: Vec<String>,
    /// Crates that are banned, or that only some may use.
    pub bans: Vec<Ban>,
}

/// One ban.
#[derive(Debug)]
pub struct Ban {
    /// The crate.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who may depend on it all the same; with none the crate must not appear at all.
    pub wrappers: Vec<String>,
}

/// Settings with the values that are built in; `?` stands for a list that is read.
const KNOWN: [(&str, &str); 12] = [
    ("graph.all-features", "true"),
    ("advisories.version", "2"),
    ("advisories.yanked", "\"deny\""),
    ("licenses.version", "2"),
    ("licenses.allow", "?"),
    ("licenses.private", "{ ignore = true }"),
    ("bans.multiple-versions", "\"warn\""),
    ("bans.wildcards", "\"deny\""),
    ("bans.allow-wildcard-paths", "true"),
    ("bans.deny", "?"),
    ("sources.unknown-registry", "\"deny\""),
    ("sources.unknown-git", "\"deny\""),
];

impl Policy {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("could not read {}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("deny.toml: {error}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
        for (section, item) in document.iter() {
            let table = item.as_table().ok_or("settings stand in sections")?;
            for (name, value) in table {
                understood(&format!("{section}.{name}"), value)?;
            }
        }
        let section = |name: &str| document.get(name).and_then(Item::as_table);
        Ok(Self {
            licences: section("licenses").map_or_else(Vec::new, |all| texts(all, "allow")),
            bans: bans(section("bans"))?,
        })
    }
}

fn understood(name: &str, value: &Item) -> Result<(), String> {
    let shown = value.as_value().map_or_else(String::new, shown);
    let fits = |(known, fixed): &(&str, &str)| *known == name && ["?", &shown].contains(fixed);
    if KNOWN.iter().any(fits) {
        Ok(())
    } else {
        Err(format!(
            "`{name} = {shown}` is not built into `cargo xtask lint`"
        ))
    }
}

/// A value as it is written in the file; lists, which are read, by their brackets.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", text.value()),
        Value::Integer(number) => number.value().to_string(),
        Value::Boolean(on) => on.value().to_string(),
        Value::InlineTable(table) => {
            let pairs = table
                .iter()
                .map(|(name, value)| format!("{name} = {}", shown(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        _ => "[…]".to_owned(),
    }
}

fn texts(table: &Table, name: &str) -> Vec<String> {
    let all = table.get(name).and_then(Item::as_array);
    let all = all.into_iter().flatten();
    all.filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

fn bans(section: Option<&Table>) -> Result<Vec<Ban>, String> {
    let all = section
        .and_then(|bans| bans.get("deny"))
        .and_then(Item::as_array);
    let mut found = Vec::new();
    for one in all.into_iter().flatten() {
        let table = one.as_inline_table().ok_or("a ban is a table")?;
        let known = ["crate", "reason", "wrappers"];
        if let Some((name, _)) = table.iter().find(|(name, _)| !known.contains(name)) {
            return Err(format!("`{name}` of a ban is not built in"));
        }
        let text = |name: &str| table.get(name).and_then(|value| value.as_str());
        let wrappers = table.get("wrappers").and_then(|value| value.as_array());
        found.push(Ban {
            name: text("crate").ok_or("a ban names its crate")?.to_owned(),
            reason: text("reason").unwrap_or_default().to_owned(),
            wrappers: wrappers
                .into_iter()
                .flatten()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::Policy;

    #[test]
    fn the_projects_own_file_is_understood() {
        let policy = Policy::read(&crate::process::root().join("deny.toml"));
        let policy = policy.expect("every setting is built in");
        assert!(policy.licences.iter().any(|one| one == "Apache-2.0"));
        assert!(policy.bans.iter().any(|ban| ban.name == "openssl-sys"));
    }

    #[test]
    fn a_setting_that_cannot_be_checked_is_refused() {
        for text in [
            "[bans]\nskip = []",
            "[bans]\nwildcards = \"allow\"",
            "[licenses]\nexceptions = []",
            "[bans]\ndeny = [{ crate = \"x\", version = \"1\" }]",
        ] {
            assert!(Policy::parse(text).is_err(), "{text}");
        }
    }
}
