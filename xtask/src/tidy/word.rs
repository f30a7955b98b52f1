//! Words that must not stand in some places.

use super::Finding;
use super::source::{Source, Tree};

/// A word, where it is refused, and why.
struct Ban {
    word: &'static str,
    applies: fn(&Source) -> bool,
    why: &'static str,
}

const RUST_BANS: [Ban; 6] = [
    Ban {
        word: "PreEscaped",
        applies: |file| !file.path.ends_with("/raw.rs") && !file.path.contains("/raw/"),
        why: "unescaped HTML is made only in the raw module (invariant 9)",
    },
    Ban {
        word: "TODO",
        applies: |_| true,
        why: "finish it, or open an issue",
    },
    Ban {
        word: "FIXME",
        applies: |_| true,
        why: "finish it, or open an issue",
    },
    Ban {
        word: "#[allow(",
        applies: |_| true,
        why: "use #[expect(…, reason = \"…\")], which notices when it is no longer needed",
    },
    Ban {
        word: "sqlx::",
        applies: |file| file.member() != "comity-store",
        why: "SQL lives in comity-store",
    },
    Ban {
        word: "Postgres",
        applies: |file| {
            file.member() == "comity-store"
                && !file.path.starts_with("crates/comity-store/src/backend/")
        },
        why: "only the backend knows which database it talks to",
    },
];

/// Paths that exist on one machine only; written in pieces so that this file passes.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
    concat!("C:", "\\Users"),
];

/// Statements begin like this; a string of Rust source that does so is SQL.
const SQL_OPENINGS: [&str; 5] = [
    "\"select ",
    "\"insert into ",
    "\"update ",
    "\"delete from ",
    "\"with ",
];

/// Checks every text file.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        found.extend(machine_paths(file));
    }
    for file in tree.rust().filter(|file| !file.path.starts_with("xtask/")) {
        for (at, line) in file.production() {
            found.extend(line_findings(file, at, line));
        }
    }
    found
}

fn line_findings(file: &Source, at: usize, line: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let code = line.trim_start();
    let comment = code.starts_with("//");
    for ban in &RUST_BANS {
        let prose = comment && !matches!(ban.word, "TODO" | "FIXME");
        if !prose && line.contains(ban.word) && (ban.applies)(file) {
            found.push(format!("{}:{at}: `{}`: {}", file.path, ban.word, ban.why));
        }
    }
    if comment {
        return found;
    }
    let lower = line.to_lowercase();
    if file.member() != "comity-store"
        && SQL_OPENINGS.iter().any(|open| lower.contains(open))
        && looks_like_sql(&lower)
    {
        found.push(format!("{}:{at}: SQL text outside comity-store", file.path));
    }
    if has_colour(line) {
        found.push(format!(
            "{}:{at}: a colour in Rust: use a token of app.css",
            file.path
        ));
    }
    found
}

/// "select a plan" is English; a statement names its table.
fn looks_like_sql(lower: &str) -> bool {
    [" from ", " set ", " values", " as ("]
        .iter()
        .any(|word| lower.contains(word))
        || lower.trim_end().ends_with("\\")
}

/// `#` with 3, 6 or 8 hexadecimal digits in a string, or a colour function.
fn has_colour(line: &str) -> bool {
    if ["rgb(", "rgba(", "hsl(", "oklch("]
        .iter()
        .any(|name| line.contains(name))
    {
        return true;
    }
    line.match_indices("\"#").any(|(at, _)| {
        let rest = &line[at + 2..];
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        matches!(digits, 3 | 6 | 8) && rest[digits..].starts_with('"')
    })
}

fn machine_paths(file: &Source) -> Vec<Finding> {
    let lines = file.text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let path = MACHINE_PATHS.iter().find(|path| stands_alone(line, path))?;
            Some(format!(
                "{}:{}: `{path}` exists on one machine only",
                file.path,
                at + 1
            ))
        })
        .collect()
}

/// Whether the path starts a word: a leading `/` does, one inside an address does not.
fn stands_alone(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::{has_colour, looks_like_sql, stands_alone};

    #[test]
    fn colours_are_seen_and_fragments_are_not() {
        assert!(has_colour("fill = \"#a0b1c2\""));
        assert!(has_colour("color: rgb(1, 2, 3)"));
        assert!(!has_colour("href = \"#adder\""));
        assert!(!has_colour("href = \"#main\""));
    }

    #[test]
    fn english_is_not_sql() {
        assert!(!looks_like_sql("\"select a plan\""));
        assert!(looks_like_sql("\"select id from partner\""));
    }

    #[test]
    fn machine_paths_start_a_word() {
        assert!(stands_alone("cd /somewhere/x", "/somewhere/"));
        assert!(!stands_alone(
            "https://example.com/somewhere/x",
            "/somewhere/"
        ));
    }
}
