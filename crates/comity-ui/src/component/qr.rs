//! QR codes as one SVG path of horizontal runs (about 4 kB).

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of quiet zone around the code, as the standard asks.
pub(super) const QUIET: i32 = 4;

/// Side length in modules with the quiet zone, and the path of the dark modules.
/// `None` when the text is too long for any code (about 2,300 bytes).
#[must_use]
pub fn qr_path(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                // Writing to a string cannot fail.
                let _ = write!(
                    path,
                    "M{} {}h{}v1h-{}z",
                    start + QUIET,
                    y + QUIET,
                    x - start,
                    x - start
                );
            }
            x += 1;
        }
    }
    Some((size + 2 * QUIET, path))
}

/// A QR code of `text`; dark on white in both themes. `label` names it for screen readers.
#[must_use]
pub fn qr(text: &str, label: &str) -> Markup {
    html! {
        @if let Some((size, path)) = qr_path(text) {
            svg.qr viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(label) shape-rendering="crispEdges" {
                path d=(path) fill="currentColor" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_draws_exactly_the_dark_modules() {
        let text = "https://go.acme.test/maya";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let (side, path) = qr_path(text).unwrap();
        assert_eq!(side, code.size() + 8);
        let drawn: i32 = path
            .split('h')
            .skip(1)
            .step_by(2)
            .map(|run| run.split('v').next().unwrap().parse::<i32>().unwrap())
            .sum();
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|&(x, y)| code.get_module(x, y))
            .count();
        assert_eq!(usize::try_from(drawn).unwrap(), dark);
    }

    #[test]
    fn a_text_beyond_any_code_is_none() {
        assert!(qr_path(&"x".repeat(5_000)).is_none());
    }
}
