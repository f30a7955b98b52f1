//! The pure core stays pure: what `comity-domain` may not reach, even indirectly.

use super::Finding;
use super::source::Tree;
use crate::process;

/// Crates that bring IO, time or chance with them.
const BANNED_IN_DOMAIN: [&str; 10] = [
    "tokio",
    "sqlx",
    "axum",
    "hyper",
    "rand",
    "getrandom",
    "reqwest",
    "lettre",
    "maud",
    "chrono",
];

/// Calls and types that have no place in the core.
const BANNED_WORDS: [&str; 6] = [
    "async fn",
    "std::fs",
    "std::net",
    "std::env",
    "f64",
    "Instant::now",
];

/// Modules of the core that may use floating point: statistics and models, never money.
const FLOATS: [&str; 5] = [
    "/attribution/",
    "/experiment/",
    "/kpi/",
    "/report/",
    "/prospect/",
];

/// Checks the dependency tree and the text of the domain crate.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let mut found = Vec::new();
    let listed = process::output(&mut process::cargo(&[
        "tree",
        "--locked",
        "-p",
        "comity-domain",
        "-e",
        "normal",
        "--prefix",
        "none",
        "-f",
        "{p}",
    ]))?;
    for name in listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        if BANNED_IN_DOMAIN.contains(&name) {
            found.push(format!(
                "comity-domain depends on `{name}`: the core is pure"
            ));
        }
    }
    for file in tree
        .rust()
        .filter(|file| file.path.starts_with("crates/comity-domain/src/"))
    {
        for (at, line) in file.production() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            let word = BANNED_WORDS.iter().find(|word| has_word(line, word));
            let float_ok = |word: &&&str| {
                **word == "f64" && FLOATS.iter().any(|folder| file.path.contains(folder))
            };
            if let Some(word) = word.filter(|word| !float_ok(word)) {
                found.push(format!("{}:{at}: `{word}` in the pure core", file.path));
            }
        }
    }
    Ok(found)
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let outside = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        outside(line[..at].chars().next_back()) && outside(line[at + word.len()..].chars().next())
    })
}
