//! Every sample page in every language is complete, escaped and well-formed.

use std::collections::BTreeSet;

use comity_ui::i18n::Lang;
use comity_ui::sample;

const VOID: &[&str] = &[
    "area", "br", "col", "hr", "img", "input", "link", "meta", "wbr",
];
const LEAVES: &[&str] = &[
    "path", "rect", "line", "circle", "use", "polyline", "ellipse",
];

/// A start tag with its attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads the inside of a start tag: `input type="text" disabled`.
fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let close = value.find('"').expect("attribute values are quoted");
            attributes.push((key, value[..close].to_owned()));
            rest = &value[close + 1..];
        } else {
            attributes.push((key, String::new()));
        }
    }
    Tag {
        name: name.to_owned(),
        attributes,
    }
}

/// Walks the document, checks nesting, and returns all start tags.
fn parse(html: &str) -> Result<Vec<Tag>, String> {
    let mut stack: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").unwrap_or(html);
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quoted = false;
        let end = rest
            .find(|c: char| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .ok_or("a tag never ends")?;
        let inside = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let open = stack
                .pop()
                .ok_or_else(|| format!("</{name}> closes nothing"))?;
            if open != name {
                return Err(format!("<{open}> is closed by </{name}>"));
            }
            continue;
        }
        let tag = tag(inside);
        if let Some(parent) = stack
            .last()
            .filter(|parent| LEAVES.contains(&parent.as_str()))
        {
            return Err(format!("<{parent}> holds <{}>", tag.name));
        }
        if !VOID.contains(&tag.name.as_str()) {
            stack.push(tag.name.clone());
        }
        tags.push(tag);
    }
    if stack.is_empty() {
        Ok(tags)
    } else {
        Err(format!("never closed: {stack:?}"))
    }
}

fn problems(html: &str) -> Vec<String> {
    let tags = match parse(html) {
        Ok(tags) => tags,
        Err(error) => return vec![error],
    };
    let mut all = Vec::new();
    let mut ids = BTreeSet::new();
    for tag in &tags {
        if let Some(id) = tag.get("id")
            && !ids.insert(id.to_owned())
        {
            all.push(format!("id {id} appears twice"));
        }
        for (name, _) in &tag.attributes {
            if name == "style" || name.starts_with("on") || name.starts_with("hx-on") {
                all.push(format!(
                    "<{}> has {name}, which the security policy blocks",
                    tag.name
                ));
            }
        }
        match tag.name.as_str() {
            "button" if tag.get("type").is_none() => all.push("a button has no type".to_owned()),
            "img" if tag.get("alt").is_none() => all.push("an image has no alt".to_owned()),
            "script" if tag.get("src").is_none() => all.push("an inline script".to_owned()),
            "style" => all.push("an inline style sheet".to_owned()),
            "form" if tag.get("method") == Some("post") && tag.get("action").is_none() => {
                all.push("a form posts to nowhere".to_owned());
            }
            _ => {}
        }
    }
    for (tag, name) in tags.iter().flat_map(|t| {
        [
            "for",
            "aria-describedby",
            "aria-labelledby",
            "popovertarget",
            "data-open",
            "form",
        ]
        .into_iter()
        .map(move |name| (t, name))
    }) {
        for id in tag.get(name).unwrap_or_default().split_whitespace() {
            if !ids.contains(id) {
                all.push(format!("<{} {name}={id}> points nowhere", tag.name));
            }
        }
    }
    let posts = html.matches("method=\"post\"").count();
    let tokens = html.matches("name=\"csrf\" value").count();
    if posts != tokens {
        all.push(format!("{posts} forms post, {tokens} carry the token"));
    }
    if tags.iter().filter(|tag| tag.name == "h1").count() != 1 {
        all.push("not exactly one h1".to_owned());
    }
    all
}

#[test]
fn every_sample_is_complete_and_well_formed() {
    let mut wrong = Vec::new();
    for &lang in Lang::ALL {
        for (name, render) in sample::page_samples() {
            let html = render(&sample::cx(lang)).into_string();
            let mut all = problems(&html);
            if let Some(at) = html.find('⟦') {
                let key: String = html[at..].chars().take(60).collect();
                all.push(format!("untranslated {key}"));
            }
            if html.contains("<script>alert") {
                all.push("hostile markup came through".to_owned());
            }
            let code = lang.code();
            wrong.extend(
                all.into_iter()
                    .map(|problem| format!("{name}.{code}: {problem}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sample_names_are_unique_file_names() {
    let mut seen = BTreeSet::new();
    for (name, _) in sample::page_samples() {
        assert!(
            name.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        );
        assert!(seen.insert(name), "{name} twice");
    }
}

#[test]
fn the_checks_find_what_they_look_for() {
    let broken = [
        "<div><p></div>",
        "<svg><path d=\"M0\"><path></path></path></svg>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<p style=\"color:red\"></p>",
        "<label for=\"x\"></label>",
        "<button>x</button>",
        "<form method=\"post\" action=\"/x\"></form>",
    ];
    for html in broken {
        let with_head = format!("<h1></h1>{html}");
        assert!(!problems(&with_head).is_empty(), "{html}");
    }
    assert_eq!(
        problems("<h1>a &lt; b</h1><input name=\"x\">"),
        Vec::<String>::new()
    );
}
