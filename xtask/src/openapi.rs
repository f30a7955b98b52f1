//! `docs/openapi.json` is what the binary says about itself; a difference is an error.

use std::fs;

use crate::{Outcome, process};

/// Compares the committed document with the generated one; `write` replaces it.
pub fn run(write: bool) -> Outcome {
    let said = process::output(&mut process::cargo(&[
        "run", "-q", "--locked", "-p", "comity", "--", "openapi",
    ]))?;
    let generated = pretty(&said)?;
    let path = process::root().join("docs/openapi.json");
    if write {
        return fs::write(&path, generated).map_err(|e| format!("{}: {e}", path.display()));
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if committed == generated {
        return Ok(());
    }
    let place = committed
        .lines()
        .zip(generated.lines())
        .position(|(old, new)| old != new)
        .map_or_else(
            || "at its end".to_owned(),
            |line| format!("from line {}", line + 1),
        );
    Err(format!(
        "docs/openapi.json differs from the binary {place}; `cargo xtask openapi --write` renews it"
    ))
}

fn pretty(text: &str) -> Result<String, String> {
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|e| format!("`comity openapi` printed no JSON: {e}"))?;
    let pretty = serde_json::to_string_pretty(&value).map_err(|e| e.to_string())?;
    Ok(pretty + "\n")
}
