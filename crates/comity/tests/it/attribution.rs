//! `comity attribution report`: output formats, exit codes, refusals.

use std::path::PathBuf;
use std::process::{Command, Output};

const DATA: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/attribution"
);
const DOCUMENT: &str = include_str!("../../../../docs/domain/attribution.md");

fn report(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["attribution", "report"])
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

/// Writes `bytes` to a file of this test's own and hands back its path.
fn file(directory: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = directory.path().join("paths.csv");
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn json_names_models_then_channels() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(
        &directory,
        b"path;conversions;conversion_value\nA > B;2;10\n",
    );
    let path = path.to_str().unwrap();
    let output = report(&[
        "--paths",
        path,
        "--models",
        "first,linear,first",
        "--format",
        "json",
        "--delimiter",
        ";",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({"models": {
        "first": {
            "A": {"conversions": 2.0, "value": 10.0}, "B": {"conversions": 0.0, "value": 0.0},
        },
        "linear": {
            "A": {"conversions": 1.0, "value": 5.0}, "B": {"conversions": 1.0, "value": 5.0},
        },
    }});
    assert_eq!(found, expected);
}

#[test]
fn csv_and_table_show_the_same_numbers() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(
        &directory,
        "path,conversions,conversion_value\nA > \"Ж\",2,1\n".as_bytes(),
    );
    let path = path.to_str().unwrap();
    let csv = report(&[
        "--paths",
        path,
        "--models",
        "time-decay",
        "--half-life",
        "1d",
        "--format",
        "csv",
    ]);
    assert_eq!(
        stdout(&csv),
        "model,channel,conversions,value\n\
         time-decay,\"\"\"Ж\"\"\",1.3333333333333333,0.6666666666666666\n\
         time-decay,A,0.6666666666666666,0.3333333333333333\n"
    );
    let table = report(&[
        "--paths",
        path,
        "--models",
        "time-decay",
        "--half-life",
        "24h",
    ]);
    assert_eq!(
        stdout(&table),
        "conversions  time-decay\n\
         \"Ж\"              1.3333\n\
         A                0.6667\n\
         \n\
         value  time-decay\n\
         \"Ж\"        0.6667\n\
         A          0.3333\n"
    );
}

#[test]
fn csv_has_no_formulas() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(
        &directory,
        b"path,conversions,conversion_value\n=1+1 > B,1,1\n",
    );
    let path = path.to_str().unwrap();
    let csv = report(&["--paths", path, "--models", "first", "--format", "csv"]);
    assert!(
        stdout(&csv).contains("\nfirst,'=1+1,1,1\n"),
        "{}",
        stdout(&csv)
    );
}

#[test]
fn the_documented_example_is_what_is_printed() {
    let blocks: Vec<&str> = DOCUMENT.split("```").skip(1).step_by(2).collect();
    let block = |language: &str| {
        let found = blocks.iter().find_map(|block| block.strip_prefix(language));
        found
            .unwrap_or_else(|| panic!("no {language} block"))
            .trim_start_matches('\n')
    };
    let directory = tempfile::tempdir().unwrap();
    let path = file(&directory, block("csv").as_bytes());
    let output = report(&["--paths", path.to_str().unwrap()]);
    assert_eq!(stdout(&output), block("text"));
}

#[test]
fn a_reference_file_runs_through_every_model() {
    let path = format!("{DATA}/zhao_2392_journeys.csv");
    let output = report(&["--paths", &path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let models: Vec<&String> = found["models"].as_object().unwrap().keys().collect();
    assert_eq!(models.len(), 7, "{models:?}");
    let conversions = |model: &str| {
        found["models"][model]["c20"]["conversions"]
            .as_f64()
            .unwrap()
    };
    assert!((conversions("shapley") - 489.907_216_395).abs() < 1e-6);
    assert!((conversions("markov") - 432.706_853_437).abs() < 1e-6);
}

#[test]
fn bad_files_print_a_place_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = b"path,conversions,conversion_value\nA,1,1\n\xff\xfe,1,1\n";
    let path = file(&directory, bytes);
    let path = path.to_str().unwrap();
    let output = report(&["--paths", path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let expected = format!("comity: {path}: line 3: not valid UTF-8\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    assert_eq!(report(&["--paths", "no/such.csv"]).status.code(), Some(1));
}

#[test]
fn wrong_usage_is_two() {
    for arguments in [
        &["--models", "first"][..],
        &["--paths", "x", "--models", "best"],
        &["--paths", "x", "--models", ""],
        &["--paths", "x", "--half-life", "soon"],
        &["--paths", "x", "--delimiter", ">"],
        &["--paths", "x", "--format", "xml"],
    ] {
        assert_eq!(report(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_document_names_every_reason() {
    for reason in comity_domain::attribution::Reason::ALL {
        assert!(DOCUMENT.contains(&format!("`{reason}`")), "{reason}");
    }
}
