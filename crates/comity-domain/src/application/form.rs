//! Checking answers against the program's form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::program::{FieldKind, FormField};

/// Longest single answer; long enough for a story, short enough to read.
const MAX_ANSWER: usize = 4_000;

/// One answer with the question as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's key.
    pub key: String,
    /// The question in the words the applicant saw.
    pub label: String,
    /// The answer.
    pub value: String,
}

/// A refused answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// The question's key.
    pub key: String,
    /// Stable code: `required`, `too_long`, `not_a_url`, `not_a_number`, `not_a_choice`.
    pub code: &'static str,
}

/// Checks every answer; unknown keys are ignored, all problems are returned. Several choices
/// are given one per line.
pub fn check_answers(
    form: &[FormField],
    given: &BTreeMap<String, String>,
) -> Result<Vec<Answer>, Vec<FormError>> {
    let mut answers = Vec::new();
    let mut errors = Vec::new();
    for field in form {
        let value = given.get(&field.key).map_or("", |value| value.trim());
        match problem(field, value) {
            Some(code) => errors.push(FormError {
                key: field.key.clone(),
                code,
            }),
            None if value.is_empty() => {}
            None => answers.push(Answer {
                key: field.key.clone(),
                label: field.label.clone(),
                value: match field.kind {
                    FieldKind::Choices => value.lines().collect::<Vec<_>>().join(", "),
                    _ => value.to_owned(),
                },
            }),
        }
    }
    if errors.is_empty() {
        Ok(answers)
    } else {
        Err(errors)
    }
}

/// A whole number, as people type it: with spaces between the thousands.
fn is_number(value: &str) -> bool {
    let digits: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse::<i64>().is_ok()
}

fn is_choice(field: &FormField, value: &str) -> bool {
    field.choices.iter().any(|choice| choice == value)
}

fn problem(field: &FormField, value: &str) -> Option<&'static str> {
    if value.is_empty() {
        return field.required.then_some("required");
    }
    if value.len() > MAX_ANSWER {
        return Some("too_long");
    }
    match field.kind {
        FieldKind::Url if !(value.starts_with("https://") || value.starts_with("http://")) => {
            Some("not_a_url")
        }
        FieldKind::Number if !is_number(value) => Some("not_a_number"),
        FieldKind::Choice if !is_choice(field, value) => Some("not_a_choice"),
        FieldKind::Choices if !value.lines().all(|line| is_choice(field, line)) => {
            Some("not_a_choice")
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Url
        | FieldKind::Number
        | FieldKind::Choice
        | FieldKind::Choices
        | FieldKind::Check => None,
    }
}
