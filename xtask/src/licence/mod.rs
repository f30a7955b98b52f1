//! Licences, bans and sources of what is linked, by the rules of `deny.toml` (ADR 5): read and applied
//! here on every machine, and by `cargo deny` as well where it is installed.

mod policy;

use std::collections::BTreeMap;

use policy::Policy;
use serde_json::Value;

use crate::{Outcome, need, process};

/// The only registry packages may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Checks every package the lock file resolves, on all platforms and with all features.
pub fn run() -> Outcome {
    let policy = Policy::read(&process::root().join("deny.toml"))?;
    let text = process::output(&mut process::cargo(&[
        "metadata",
        "--locked",
        "--all-features",
        "--format-version=1",
    ]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let packages = list(&metadata["packages"]);
    let mut found: Vec<String> = packages
        .iter()
        .flat_map(|one| judge(&policy, one))
        .collect();
    found.extend(misplaced(&policy, &metadata));
    if !found.is_empty() {
        return Err(format!(
            "{} finding(s)\n  {}",
            found.len(),
            found.join("\n  ")
        ));
    }
    println!(
        "    {} packages keep the rules of deny.toml",
        packages.len()
    );
    if need::on_path("cargo-deny").is_some() {
        let args = ["deny", "--locked", "check", "bans", "licenses", "sources"];
        return process::run(&mut process::cargo(&args));
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What one package says of itself: its licence, its source, and whether it may be there at all.
fn judge(policy: &Policy, package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or("?");
    let mut found = Vec::new();
    let licence = package["license"].as_str().unwrap_or("");
    if !accepted(&policy.licences, licence) {
        found.push(format!(
            "{name}: licence `{licence}` is not in the allow-list"
        ));
    }
    for ban in policy.bans.iter().filter(|ban| ban.name == name) {
        if ban.wrappers.is_empty() {
            found.push(format!("{name} is banned: {}", ban.reason));
        }
    }
    match package["source"].as_str() {
        Some(REGISTRY) => {}
        Some(other) => found.push(format!("{name} comes from {other}")),
        None => found.extend(list(&package["dependencies"]).iter().filter_map(|wanted| {
            let any = wanted["req"] == "*" && wanted["path"].is_null();
            any.then(|| format!("{name} asks for any version of {}", wanted["name"]))
        })),
    }
    found
}

/// Crates that only some others may depend on directly, found below others.
fn misplaced(policy: &Policy, metadata: &Value) -> Vec<String> {
    let names: BTreeMap<&str, &str> = list(&metadata["packages"])
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    let named = |id: &Value| id.as_str().and_then(|id| names.get(id).copied());
    let mut found = Vec::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let Some(above) = named(&node["id"]) else {
            continue;
        };
        let below = list(&node["deps"])
            .iter()
            .filter_map(|dep| named(&dep["pkg"]));
        for name in below {
            let ban = policy
                .bans
                .iter()
                .find(|ban| ban.name == name && !ban.wrappers.is_empty());
            if let Some(ban) = ban.filter(|ban| !ban.wrappers.iter().any(|one| one == above)) {
                found.push(format!("{above} must not depend on {name}: {}", ban.reason));
            }
        }
    }
    found
}

/// Whether an SPDX expression can be satisfied from the allow-list.
///
/// Reads `OR`, `AND` and one level of parentheses, which is all that published crates use; the old
/// `MIT/Apache-2.0` form counts as `OR`.
fn accepted(allowed: &[String], expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    split_outside(&expression, " AND ").iter().all(|part| {
        let part = part.trim();
        let inner = part
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        match inner {
            Some(inner) => accepted(allowed, inner),
            None if part.contains(" OR ") => split_outside(part, " OR ")
                .iter()
                .any(|choice| accepted(allowed, choice)),
            None => allowed.iter().any(|one| one == part),
        }
    })
}

/// Splits at a separator that stands outside parentheses.
fn split_outside<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut at) = (0u32, 0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('(') {
            depth += 1;
        } else if rest.starts_with(')') {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && rest.starts_with(separator) {
            parts.push(&text[start..at]);
            at += separator.len();
            start = at;
            continue;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::Ban;
    use serde_json::json;

    fn policy() -> Policy {
        let ban = |name: &str, wrappers: &[&str]| Ban {
            name: name.to_owned(),
            reason: "one way".to_owned(),
            wrappers: wrappers.iter().map(|one| (*one).to_owned()).collect(),
        };
        let licences = ["MIT", "Apache-2.0", "Unicode-3.0", "ISC"];
        Policy {
            licences: licences.map(str::to_owned).to_vec(),
            bans: vec![ban("chrono", &[]), ban("sqlx", &["store"])],
        }
    }

    #[test]
    fn expressions_are_satisfied_from_the_allow_list() {
        let accepted = |text: &str| accepted(&policy().licences, text);
        for good in [
            "MIT",
            "MIT/Apache-2.0",
            "MIT OR GPL-3.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR MIT",
            "Apache-2.0 AND ISC",
        ] {
            assert!(accepted(good), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "AGPL-3.0-only",
            "MIT AND GPL-3.0",
            "(MIT OR ISC) AND SSPL-1.0",
        ] {
            assert!(!accepted(bad), "{bad}");
        }
    }

    #[test]
    fn a_package_is_judged_by_licence_ban_source_and_wildcards() {
        let package = |name: &str, source: Value, req: &str| {
            json!({ "name": name, "license": "MIT", "source": source,
                    "dependencies": [{ "name": "serde", "req": req, "path": null }] })
        };
        let found = |value| judge(&policy(), &value);
        let fine: [Value; 3] = [
            package("serde", json!(REGISTRY), "*"),
            package("own", Value::Null, "^1"),
            package("sqlx", json!(REGISTRY), "^1"),
        ];
        for value in fine {
            assert_eq!(found(value), Vec::<String>::new());
        }
        assert_eq!(found(package("chrono", json!(REGISTRY), "^1")).len(), 1);
        assert_eq!(found(package("own", Value::Null, "*")).len(), 1);
        let git = json!("git+https://example.org/x");
        assert_eq!(found(package("serde", git, "^1")).len(), 1);
    }

    #[test]
    fn a_wrapped_crate_stands_below_its_wrapper_only() {
        let metadata = |above: &str| {
            json!({
                "packages": [{ "id": "1", "name": above }, { "id": "2", "name": "sqlx" }],
                "resolve": { "nodes": [{ "id": "1", "deps": [{ "pkg": "2" }] }] }
            })
        };
        assert_eq!(misplaced(&policy(), &metadata("store")).len(), 0);
        assert_eq!(misplaced(&policy(), &metadata("web")).len(), 1);
    }
}
