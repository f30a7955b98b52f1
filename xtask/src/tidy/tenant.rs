//! Invariant 5: no statement on a tenant's table runs without the tenant.

use std::collections::BTreeSet;

use super::Finding;
use super::source::{Source, Tree};

/// Queues and logins, which serve all tenants at once: the row says whose it is.
const SHARED: [(&str, &str); 4] = [
    ("jobs", "workers take whatever is due"),
    ("outbox", "workers take whatever is due"),
    (
        "sessions",
        "found by the hash of an unguessable token, which then names the tenant",
    ),
    (
        "login_tokens",
        "found by the hash of an unguessable token, which then names the tenant",
    ),
];

/// A statement that must cross tenants says so in its doc comment.
const EXCUSE: &str = "/// Across tenants: ";

/// One named statement of a `statements!` list.
struct Statement<'a> {
    name: &'a str,
    line: usize,
    sql: &'a str,
    excused: bool,
}

/// Checks the lists of `comity-store` against the tables its migrations make.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let migrations = tree.files.iter().filter(|file| {
        file.path.starts_with("crates/comity-store/migrations/") && file.path.ends_with(".sql")
    });
    let tables: BTreeSet<String> = migrations
        .flat_map(|file| tenant_tables(&file.text))
        .collect();
    let store = tree
        .rust()
        .filter(|file| file.path.starts_with("crates/comity-store/src/"));
    store.flat_map(|file| check_file(file, &tables)).collect()
}

fn check_file(file: &Source, tables: &BTreeSet<String>) -> Vec<Finding> {
    let lacking = statements(&file.text).into_iter().filter_map(|statement| {
        let sql = statement.sql.to_lowercase();
        let table = tables_of(&sql)
            .into_iter()
            .find(|table| tables.contains(*table))?;
        let bound = if sql.trim_start().starts_with("insert") {
            sql.contains("tenant_id")
        } else {
            sql.contains("tenant_id = ")
        };
        (!bound && !statement.excused).then(|| {
            format!(
                "{}:{}: {} reads or writes `{table}` without its tenant (`{EXCUSE}…` excuses it)",
                file.path, statement.line, statement.name
            )
        })
    });
    lacking.collect()
}

/// Tables that have a `tenant_id` column and are not shared by nature.
fn tenant_tables(migration: &str) -> Vec<String> {
    let lower = migration.to_lowercase();
    let parts = lower.split("create table ").skip(1);
    parts
        .filter_map(|part| {
            let (name, rest) = part.split_once('(')?;
            let body = rest.split(");").next()?;
            let name = name.trim().trim_start_matches("if not exists ");
            let own = body.contains("tenant_id") && !SHARED.iter().any(|(table, _)| *table == name);
            own.then(|| name.to_owned())
        })
        .collect()
}

/// Names that follow `from`, `join`, `into` and `update`.
fn tables_of(sql: &str) -> Vec<&str> {
    let words: Vec<&str> = sql.split(|c: char| c.is_whitespace() || c == '(').collect();
    let pairs = words.windows(2);
    pairs
        .filter(|pair| matches!(pair[0], "from" | "join" | "into" | "update"))
        .map(|pair| pair[1].trim_end_matches([',', ')', ';']))
        .collect()
}

/// Reads `NAME = "…";` entries of the `statements!` lists.
fn statements(text: &str) -> Vec<Statement<'_>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("statements! {\n") {
        let block = &text[start..];
        let block = &block[..block.find("\n}").unwrap_or(block.len())];
        let mut at = 0;
        let mut excused = false;
        while let Some(line) = block[at..].lines().next() {
            let code = line.trim_start();
            excused |= code.starts_with(EXCUSE);
            if let Some((name, _)) = code.split_once(" = ").filter(|(name, _)| is_constant(name)) {
                let sql = quoted(&block[at..]);
                let line_number = text[..start + at].matches('\n').count() + 1;
                found.push(Statement {
                    name,
                    line: line_number,
                    sql,
                    excused,
                });
                excused = false;
                at += block[at..].find(sql).unwrap_or(0) + sql.len();
            }
            match block[at..].find('\n') {
                Some(end) => at += end + 1,
                None => break,
            }
        }
    }
    found
}

fn is_constant(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The text between the first two quotes; statements contain no escaped ones.
fn quoted(text: &str) -> &str {
    let rest = text.split_once('"').map_or("", |(_, rest)| rest);
    rest.split('"').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIGRATION: &str = "CREATE TABLE things (\n id BLOB,\n tenant_id BLOB\n);\n\
                             CREATE TABLE tenants (\n id BLOB\n);\n";

    fn findings(list: &str) -> usize {
        let file = Source {
            path: "crates/comity-store/src/thing.rs".to_owned(),
            text: format!("statements! {{\n{list}\n}}\n"),
        };
        let tables = tenant_tables(MIGRATION).into_iter().collect();
        check_file(&file, &tables).len()
    }

    #[test]
    fn a_statement_names_the_tenant_or_says_why_not() {
        assert_eq!(
            findings("    A = \"SELECT * FROM things WHERE tenant_id = $1\";"),
            0
        );
        assert_eq!(
            findings("    A = \"SELECT * FROM things\n      WHERE id = $1\";"),
            1
        );
        assert_eq!(
            findings("    A = \"INSERT INTO things (tenant_id, id) VALUES ($1, $2)\";"),
            0
        );
        assert_eq!(
            findings("    A = \"INSERT INTO things (id) VALUES ($1)\";"),
            1
        );
        assert_eq!(findings("    A = \"SELECT * FROM tenants\";"), 0);
        assert_eq!(
            findings("    /// Across tenants: a count.\n    A = \"SELECT 1 FROM things\";"),
            0
        );
    }
}
