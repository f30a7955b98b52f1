//! The script's size, and that it does in a real engine what the page says.

use std::io::Write;
use std::process::{Command, Stdio};

use comity_tracking::script::{COMPRESSED, SOURCE, etag, snippet};

/// What scripts see of a browser, as far as ours uses it, and what was sent.
const BROWSER: &str = include_str!("browser.js");

fn compressed(text: &str) -> usize {
    let mut gzip = Command::new("gzip")
        .args(["-9", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip is part of every Debian");
    gzip.stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    gzip.wait_with_output().unwrap().stdout.len()
}

#[test]
fn the_script_stays_below_three_kilobytes() {
    let size = compressed(SOURCE);
    assert!(size < 3 * 1024, "{size} bytes compressed");
    assert!(COMPRESSED.len() < 3 * 1024, "as it is served");
    assert!(etag().starts_with('"') && etag().len() == 26);
}

/// `gzip -9nc static/comity.js > static/comity.js.gz` makes it after a change.
#[test]
fn the_compressed_script_is_the_script() {
    let mut gzip = Command::new("gzip")
        .arg("-dc")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip is part of every Debian");
    gzip.stdin.take().unwrap().write_all(COMPRESSED).unwrap();
    assert_eq!(gzip.wait_with_output().unwrap().stdout, SOURCE.as_bytes());
}

#[test]
fn the_snippet_cannot_be_broken_out_of() {
    let text = snippet("https://app.test/", "pk\"><script>");
    assert!(text.contains("src=\"https://app.test/comity.js\""));
    assert!(text.contains("data-comity-key=\"pk&quot;>&lt;script>\""));
}

/// Runs the script in Node with a small page; skipped where there is no Node,
/// as the browser journeys cover it too.
#[test]
fn the_script_keeps_its_promises() {
    let Ok(mut node) = Command::new("node")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    else {
        println!("no node here");
        return;
    };
    let source = serde_json::to_string(SOURCE).unwrap();
    let program = format!("const SOURCE = {source};\n{BROWSER}");
    node.stdin
        .take()
        .unwrap()
        .write_all(program.as_bytes())
        .unwrap();
    let done = node.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
}
