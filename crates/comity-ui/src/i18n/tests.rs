//! The catalogues are complete: every key that code uses exists in every language with the
//! same variables, nothing is unused, and Russian counts have all their forms.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast;

use super::{Lang, catalogue, translate};

#[derive(Default, PartialEq, Eq, Debug)]
struct Message {
    variables: BTreeSet<String>,
    /// Names of plural forms, one set per selector on a number.
    plurals: Vec<BTreeSet<String>>,
}

fn read(pattern: &ast::Pattern<&str>, into: &mut Message) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_of(expression, into);
        }
    }
}

fn expression_of(expression: &ast::Expression<&str>, into: &mut Message) {
    match expression {
        ast::Expression::Inline(inline) => inline_of(inline, into),
        ast::Expression::Select { selector, variants } => {
            inline_of(selector, into);
            let names: BTreeSet<String> = variants
                .iter()
                .map(|variant| match variant.key {
                    ast::VariantKey::Identifier { name } => name.to_owned(),
                    ast::VariantKey::NumberLiteral { value } => value.to_owned(),
                })
                .collect();
            if ["zero", "one", "two", "few", "many"]
                .iter()
                .any(|form| names.contains(*form))
            {
                into.plurals.push(names);
            }
            for variant in variants {
                read(&variant.value, into);
            }
        }
    }
}

fn inline_of(inline: &ast::InlineExpression<&str>, into: &mut Message) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            into.variables.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => expression_of(expression, into),
        _ => {}
    }
}

fn messages(lang: Lang) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for (area, source) in catalogue::files(lang) {
        let resource = fluent_syntax::parser::parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{}/{area}.ftl: {errors:?}", lang.code()));
        for entry in resource.body {
            let ast::Entry::Message(entry) = entry else {
                continue;
            };
            let mut message = Message::default();
            read(
                entry.value.as_ref().expect("a message has a value"),
                &mut message,
            );
            let key = entry.id.name.to_owned();
            assert!(
                key.starts_with(&format!("{area}-")),
                "{key} is in the file of {area}"
            );
            assert!(
                all.insert(key.clone(), message).is_none(),
                "{key} is written twice"
            );
        }
    }
    all
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") && !folder.ends_with("src/i18n") {
            into.push(path);
        }
    }
}

/// Keys in code with the variables given to them; `None` for `key!`, which has none.
fn used() -> BTreeMap<String, Vec<(PathBuf, BTreeSet<String>)>> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for entry in fs::read_dir(crates).unwrap().map(Result::unwrap) {
        sources(&entry.path().join("src"), &mut files);
    }
    let mut all: BTreeMap<String, Vec<(PathBuf, BTreeSet<String>)>> = BTreeMap::new();
    for path in files {
        let text: String = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for (start, _) in text.match_indices("t!(").chain(text.match_indices("key!(")) {
            let before = text[..start].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let call = balanced(&text[start..]);
            let Some(key) = call.split('"').nth(1) else {
                continue;
            };
            let tail = call
                .split_once(&format!("\"{key}\""))
                .map_or("", |(_, tail)| tail);
            all.entry(key.to_owned())
                .or_default()
                .push((path.clone(), names(tail)));
        }
    }
    all
}

/// The call up to its closing parenthesis.
fn balanced(text: &str) -> &str {
    let mut depth = 0;
    for (index, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return &text[..index],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The names before single `=` signs at the outer level.
fn names(tail: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut depth = 0;
    let mut part = String::new();
    for c in tail.chars().chain([',']) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                if let Some((name, _)) = part.split_once(" = ") {
                    found.insert(name.trim().to_owned());
                }
                part.clear();
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    found
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let (en, ru) = (messages(Lang::En), messages(Lang::Ru));
    let keys = |all: &BTreeMap<String, Message>| all.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        keys(&en)
            .symmetric_difference(&keys(&ru))
            .collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    for (key, message) in &en {
        assert_eq!(message.variables, ru[key].variables, "{key}");
    }
}

#[test]
fn russian_counts_have_one_few_and_many() {
    let en = messages(Lang::En);
    for (key, message) in messages(Lang::Ru) {
        for forms in &message.plurals {
            for form in ["one", "few", "many", "other"] {
                assert!(forms.contains(form), "{key} lacks [{form}]");
            }
        }
        assert_eq!(
            message.plurals.is_empty(),
            en[&key].plurals.is_empty(),
            "{key}: plural in one language"
        );
    }
}

#[test]
fn code_and_catalogues_agree() {
    let (messages, used) = (messages(Lang::En), used());
    let mut wrong = Vec::new();
    for (key, places) in &used {
        match messages.get(key) {
            None => wrong.push(format!("{key} is missing ({})", places[0].0.display())),
            Some(message) => {
                for (path, given) in places {
                    if *given != message.variables {
                        wrong.push(format!(
                            "{key}: text wants {:?}, {} gives {given:?}",
                            message.variables,
                            path.display()
                        ));
                    }
                }
            }
        }
    }
    wrong.extend(
        messages
            .keys()
            .filter(|k| !used.contains_key(*k))
            .map(|k| format!("{k} is unused")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn russian_plurals_follow_the_rules() {
    let shown = |n: i64| translate(Lang::Ru, "shell-shown", &[("n", n.into())]);
    let all: Vec<String> = [1, 2, 5, 11, 21, 22, 25].map(shown).into();
    let nouns: Vec<&str> = all.iter().map(|s| s.rsplit(' ').next().unwrap()).collect();
    assert_eq!(
        nouns,
        [
            "строка",
            "строки",
            "строк",
            "строк",
            "строка",
            "строки",
            "строк"
        ]
    );
}

#[test]
fn numbers_in_texts_are_grouped_and_unknown_keys_are_seen() {
    assert_eq!(
        translate(Lang::En, "shell-shown", &[("n", 12_345.into())]),
        "12,345 rows shown"
    );
    assert_eq!(translate(Lang::Ru, "nothing-here", &[]), "⟦nothing-here⟧");
    assert_eq!(translate(Lang::En, "shell-shown", &[]), "⟦shell-shown⟧");
}

#[test]
fn languages_are_chosen_from_headers() {
    assert_eq!(
        Lang::from_header("de, ru-RU;q=0.8, en;q=0.7"),
        Some(Lang::Ru)
    );
    assert_eq!(Lang::from_header("en;q=0, de"), None);
    assert_eq!(Lang::from_header("ru;q=banana,*"), None);
    assert_eq!(Lang::from_header("en-GB,ru;q=1.0"), Some(Lang::En));
}
