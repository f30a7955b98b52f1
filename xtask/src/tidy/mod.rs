//! What clippy cannot see: sizes, names, words and layers, read from the committed text.

mod layer;
mod shape;
mod source;
mod tenant;
mod word;

use crate::Outcome;
use source::Tree;

/// One broken rule: `path:line: what is wrong`.
type Finding = String;

/// `cargo xtask tidy`.
pub fn run() -> Outcome {
    let tree = Tree::read()?;
    let mut found: Vec<Finding> = Vec::new();
    found.extend(shape::check(&tree)?);
    found.extend(word::check(&tree));
    found.extend(layer::check(&tree)?);
    found.extend(tenant::check(&tree));
    found.sort();
    if found.is_empty() {
        println!("    {} files are tidy", tree.files.len());
        return Ok(());
    }
    for finding in &found {
        println!("{finding}");
    }
    Err(format!("{} finding(s)", found.len()))
}
