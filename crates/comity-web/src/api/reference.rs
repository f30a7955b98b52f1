//! `GET /api/docs`: the reference page, read from the OpenAPI document.

use std::sync::LazyLock;

use axum::extract::State;
use comity_ui::reference::{self, FieldDoc, OperationDoc, Reference, SectionDoc};
use serde_json::Value;

use super::document::document;
use crate::extract::{Paging, Visitor};
use crate::page::Page;
use crate::state::WebState;

static JSON: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(document()).unwrap_or_default());

/// Levels of nested objects shown in a sample body.
const MAX_DEPTH: usize = 4;

/// The page, or the part of it that matches `q`.
pub async fn page(State(web): State<WebState>, visitor: Visitor, paging: Paging) -> Page {
    let query = paging.query.text("q");
    let view = Reference {
        introduction: paragraphs(JSON["info"]["description"].as_str()),
        sections: sections(&web.app.config.base_url, &query.to_lowercase()),
        query,
    };
    Page(reference::page(&visitor.cx, &view))
}

fn paragraphs(text: Option<&str>) -> Vec<String> {
    let all = text.unwrap_or_default().split("\n\n");
    all.filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn sections(base_url: &str, query: &str) -> Vec<SectionDoc> {
    let mut sections: Vec<SectionDoc> = Vec::new();
    for (path, item) in JSON["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let name = operation["tags"][0].as_str().unwrap_or("Comity").to_owned();
            let shown = describe(base_url, path, method, operation);
            let words = format!("{} {path} {name} {}", shown.method, shown.summary).to_lowercase();
            if !query.split_whitespace().all(|word| words.contains(word)) {
                continue;
            }
            match sections.iter_mut().find(|section| section.name == name) {
                Some(section) => section.operations.push(shown),
                None => sections.push(SectionDoc {
                    name,
                    operations: vec![shown],
                }),
            }
        }
    }
    sections
}

fn describe(base_url: &str, path: &str, method: &str, operation: &Value) -> OperationDoc {
    let method = method.to_uppercase();
    let body = operation["requestBody"]["content"]["application/json"].get("schema");
    let schema = body.map(resolve);
    let answers = operation["responses"].as_object().into_iter().flatten();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    OperationDoc {
        id: anchor(&method, path),
        summary: words(
            operation
                .get("summary")
                .unwrap_or(&operation["description"]),
        ),
        parameters: parameters(operation),
        fields: schema.map(fields).unwrap_or_default(),
        curl: curl(base_url, &method, path, schema),
        answers: answers
            .map(|(status, answer)| (status.clone(), words(&answer["description"])))
            .collect(),
        path: path.to_owned(),
        method,
    }
}

fn anchor(method: &str, path: &str) -> String {
    let plain = path
        .replace("/api/v1/", "")
        .replace(['/', '{', '}', '.'], "-");
    format!("{}-{plain}", method.to_lowercase())
}

fn parameters(operation: &Value) -> Vec<FieldDoc> {
    let all = operation["parameters"].as_array().into_iter().flatten();
    all.map(|parameter| FieldDoc {
        name: parameter["name"].as_str().unwrap_or_default().to_owned(),
        kind: kind(&parameter["schema"]),
        required: parameter["required"].as_bool().unwrap_or(false),
        text: parameter["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    })
    .collect()
}

fn fields(schema: &Value) -> Vec<FieldDoc> {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let all = schema["properties"].as_object().into_iter().flatten();
    all.map(|(name, property)| FieldDoc {
        name: name.clone(),
        kind: kind(property),
        required: required.contains(&name.as_str()),
        text: property["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    })
    .collect()
}

/// A schema's type in a word.
fn kind(schema: &Value) -> String {
    let named = schema["$ref"]
        .as_str()
        .and_then(|name| name.rsplit('/').next());
    if let Some(name) = named {
        return name.to_owned();
    }
    match &schema["type"] {
        Value::String(one) if one == "array" => format!("[{}]", kind(&schema["items"])),
        Value::String(one) => one.clone(),
        Value::Array(several) => {
            let names = several
                .iter()
                .filter_map(Value::as_str)
                .filter(|name| *name != "null");
            names.collect::<Vec<_>>().join(" | ")
        }
        _ => "object".to_owned(),
    }
}

/// Follows a reference to a named schema.
fn resolve(schema: &Value) -> &Value {
    let name = schema["$ref"]
        .as_str()
        .and_then(|name| name.rsplit('/').next());
    name.map_or(schema, |name| &JSON["components"]["schemas"][name])
}

fn curl(base_url: &str, method: &str, path: &str, body: Option<&Value>) -> String {
    let verb = if method == "GET" {
        String::new()
    } else {
        format!(" -X {method}")
    };
    let mut text =
        format!("curl{verb} {base_url}{path} \\\n  -H \"Authorization: Bearer $COMITY_KEY\"");
    if let Some(schema) = body {
        let sample = serde_json::to_string_pretty(&sample(schema, MAX_DEPTH)).unwrap_or_default();
        text += " \\\n  -H \"Content-Type: application/json\"";
        text += " \\\n  -H \"Idempotency-Key: $(uuidgen)\"";
        text += &format!(" \\\n  -d '{sample}'");
    }
    text
}

/// A body with the examples of the schema, else with an empty value of each required field.
fn sample(schema: &Value, depth: usize) -> Value {
    let schema = resolve(schema);
    if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return example.clone();
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    if let Some(properties) = schema["properties"].as_object().filter(|_| depth > 0) {
        let required = schema["required"].as_array();
        let wanted = |name: &str, property: &Value| {
            let needed = required.is_some_and(|all| all.iter().any(|one| one == name));
            needed || property.get("example").is_some()
        };
        let kept = properties
            .iter()
            .filter(|(name, property)| wanted(name, property));
        return kept
            .map(|(name, property)| (name.clone(), sample(property, depth - 1)))
            .collect();
    }
    match kind(schema).as_str() {
        "integer" | "number" => Value::from(0),
        "boolean" => Value::from(false),
        "string" => Value::from(""),
        list if list.starts_with('[') => Value::Array(Vec::new()),
        _ => Value::Object(serde_json::Map::new()),
    }
}
