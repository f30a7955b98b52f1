//! Licences and dependency bans: `cargo deny` where it is installed, and always the same two
//! rules read from `cargo metadata`, so that a machine without it is not a machine without rules.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{Outcome, need, process};

/// Licences that ask for nothing but notice. `deny.toml` holds the same list.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that must not be linked at all, with the reason.
const BANNED: [(&str, &str); 5] = [
    ("openssl-sys", "TLS is rustls; no system library"),
    ("native-tls", "TLS is rustls; no system library"),
    ("rusqlite", "cannot be linked together with sqlx"),
    ("diesel", "one database layer"),
    ("chrono", "dates are jiff"),
];

/// Crates only some workspace members may depend on directly: the layering of DESIGN section 4.
const WRAPPERS: [(&str, &[&str]); 6] = [
    ("sqlx", &["comity-store"]),
    (
        "axum",
        &["comity-web", "comity-tracking", "comity-testkit", "comity"],
    ),
    ("reqwest", &["comity-adapters"]),
    ("lettre", &["comity-adapters"]),
    ("maud", &["comity-ui", "comity-web"]),
    ("clap", &["comity"]),
];

/// Checks every package the lock file resolves for this platform.
pub fn run() -> Outcome {
    let text = process::output(&mut process::cargo(&[
        "metadata",
        "--locked",
        "--format-version=1",
    ]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut found = Vec::new();
    for package in packages {
        found.extend(judge(package));
    }
    if !found.is_empty() {
        return Err(format!(
            "{} finding(s)\n  {}",
            found.len(),
            found.join("\n  ")
        ));
    }
    println!(
        "    {} packages, every licence in the allow-list, no banned crate",
        packages.len()
    );
    if need::on_path("cargo-deny").is_some() {
        let args = ["deny", "--locked", "check", "bans", "licenses", "sources"];
        return process::run(&mut process::cargo(&args));
    }
    println!("    cargo-deny is not installed; deny.toml was not read (the rules above were)");
    Ok(())
}

fn judge(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or("?");
    let mut found = Vec::new();
    let licence = package["license"].as_str().unwrap_or("");
    if !accepted(licence) {
        found.push(format!(
            "{name}: licence `{licence}` is not in the allow-list"
        ));
    }
    if let Some((_, why)) = BANNED.iter().find(|(banned, _)| *banned == name) {
        found.push(format!("{name} is banned: {why}"));
    }
    let own = package["source"].is_null();
    if own {
        for dependency in direct_dependencies(package) {
            let rule = WRAPPERS.iter().find(|(wrapped, _)| *wrapped == dependency);
            if let Some((wrapped, _)) = rule.filter(|(_, allowed)| !allowed.contains(&name)) {
                found.push(format!("{name} must not depend on {wrapped} directly"));
            }
        }
    } else if package["source"]
        .as_str()
        .is_some_and(|source| !source.starts_with("registry+"))
    {
        found.push(format!("{name} does not come from a registry"));
    }
    found
}

/// Names of the normal and build dependencies; development ones reach no user.
fn direct_dependencies(package: &Value) -> BTreeSet<&str> {
    let dependencies = package["dependencies"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    dependencies
        .iter()
        .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
        .filter_map(|dependency| dependency["name"].as_str())
        .collect()
}

/// Whether an SPDX expression can be satisfied from the allow-list.
///
/// Reads `OR`, `AND` and one level of parentheses, which is all that published crates use; the old
/// `MIT/Apache-2.0` form counts as `OR`.
fn accepted(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    split_outside(&expression, " AND ").iter().all(|part| {
        let part = part.trim();
        let inner = part
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        match inner {
            Some(inner) => accepted(inner),
            None if part.contains(" OR ") => split_outside(part, " OR ")
                .iter()
                .any(|choice| accepted(choice)),
            None => ALLOWED.contains(&part),
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
    use super::accepted;

    #[test]
    fn expressions_are_satisfied_from_the_allow_list() {
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
}
