//! Lengths and names of files, and the sentence each one starts with.

use std::collections::BTreeMap;
use std::fs;

use super::Finding;
use super::source::{Source, Tree};
use crate::process;

/// Beyond this a reader loses the thread; the aim is 250.
const MAX_LINES: usize = 400;
/// The same for the one style sheet, the scripts of the browser and the tests.
const MAX_OTHER_LINES: usize = 1_200;

const BANNED_NAMES: [&str; 9] = [
    "util",
    "utils",
    "helpers",
    "common",
    "misc",
    "manager",
    "other",
    "types",
    "transformers",
];

/// Checks every file; unused exceptions are findings too, so the list can only shrink.
pub fn check(tree: &Tree) -> Result<Vec<Finding>, String> {
    let path = process::root().join("xtask/tidy-allow.txt");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut allowed = exceptions(&text)?;
    let mut found = Vec::new();
    for file in tree.rust() {
        found.extend(check_length(file, &mut allowed));
        found.extend(check_name(file));
        if !file.text.starts_with("//!") && !file.text.starts_with("#!") {
            found.push(format!("{}:1: starts without a `//!` sentence", file.path));
        }
    }
    for path in allowed.keys() {
        found.push(format!(
            "xtask/tidy-allow.txt: `{path}` needs no exception any more"
        ));
    }
    Ok(found)
}

/// Lines `path  reason`; `#` starts a comment.
fn exceptions(text: &str) -> Result<BTreeMap<&str, &str>, String> {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split_once(char::is_whitespace) {
            Some((path, reason)) if !reason.trim().is_empty() => Ok((path, reason.trim())),
            _ => Err(format!("xtask/tidy-allow.txt: `{line}` gives no reason")),
        })
        .collect()
}

fn check_length(file: &Source, allowed: &mut BTreeMap<&str, &str>) -> Option<Finding> {
    let (lines, limit) = if file.is_test() {
        (file.text.lines().count(), MAX_OTHER_LINES)
    } else {
        (file.production().len(), MAX_LINES)
    };
    if lines <= limit || allowed.remove(file.path.as_str()).is_some() {
        return None;
    }
    Some(format!(
        "{}: {lines} lines, the limit is {limit}: split by noun or verb",
        file.path
    ))
}

fn check_name(file: &Source) -> Option<Finding> {
    let name = file.path.rsplit('/').next()?.trim_end_matches(".rs");
    let folder = file.path.rsplit('/').nth(1)?;
    let named = |word: &&&str| **word == name || **word == folder;
    let banned = BANNED_NAMES.iter().find(named)?;
    Some(format!(
        "{}: `{banned}` names nothing: name the noun",
        file.path
    ))
}
