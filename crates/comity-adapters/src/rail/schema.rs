//! Checks a request against a published OpenAPI document: the parts such documents use for bodies.

use serde_json::Value;

/// Checks `value` against the schema at a JSON pointer with `#` before it.
pub fn check(document: &Value, pointer: &str, value: &Value) -> Result<(), String> {
    let schema = document.pointer(pointer.trim_start_matches('#'));
    let schema = schema.ok_or_else(|| format!("no schema at {pointer}"))?;
    fits(document, schema, value, "body")
}

fn fits(document: &Value, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    if let Some(pointer) = schema["$ref"].as_str() {
        return check(document, pointer, value).map_err(|error| format!("{place}: {error}"));
    }
    let fail = |what: &str| Err(format!("{place}: {what}: {value}"));
    let type_fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !type_fits {
        return fail("wrong type");
    }
    if let Some(listed) = schema["enum"]
        .as_array()
        .filter(|listed| !listed.contains(value))
    {
        return fail(&format!("not among {listed:?}"));
    }
    if let Some(text) = value.as_str() {
        let length = text.chars().count() as u64;
        let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        if length > longest || length < schema["minLength"].as_u64().unwrap_or(0) {
            return fail("wrong length");
        }
        if schema["pattern"] == "^[A-Z]{3}$"
            && !(length == 3 && text.chars().all(|c| c.is_ascii_uppercase()))
        {
            return fail("not a currency");
        }
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap_or_default()).is_none() {
            return fail(&format!("{required} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        let place = format!("{place}.{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => return fail(&format!("{name} is not known")),
            (Value::Null, Value::Null) if schema["properties"].is_object() => {
                return fail(&format!("{name} is not documented"));
            }
            (Value::Null, any) => fits(document, any, inner, &place)?,
            (known, _) => fits(document, known, inner, &place)?,
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        fits(
            document,
            &schema["items"],
            inner,
            &format!("{place}[{index}]"),
        )?;
    }
    Ok(())
}
