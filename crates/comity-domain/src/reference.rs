//! Test-only access to the reference data that lies beside a checkout.

use std::path::{Path, PathBuf};

/// The folder `shared/data` beside the checkout or above it, where there is one.
fn reference_dir() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors()
        .map(|dir| dir.join("shared/data"))
        .find(|dir| dir.is_dir())
}

/// A reference file's bytes; `None` only where the whole folder is absent.
pub(crate) fn reference_file(path: &str) -> Option<Vec<u8>> {
    let file = reference_dir()?.join(path);
    Some(std::fs::read(&file).expect("the reference folder is complete"))
}
