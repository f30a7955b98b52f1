//! Things to copy: addresses, codes, snippets.

use maud::{Markup, html};

use super::Button;
use crate::icon::Icon;
use crate::{Cx, t};

/// A value with a copy button beside it; only the icon stays in a narrow place. Web
/// addresses are shown without `https://` and copied with it.
#[must_use]
pub fn copy_box(cx: &Cx, label: &str, value: &str) -> Markup {
    html! {
        div.copy {
            output aria-label=(label) { (shown(value)) }
            (Button::plain(t!(cx, "shell-copy")).icon(Icon::Copy).copies(value, &t!(cx, "shell-copied")))
        }
    }
}

/// People know that an address begins with its scheme; what is copied has it.
fn shown(value: &str) -> &str {
    let plain = value.strip_prefix("https://");
    plain
        .or_else(|| value.strip_prefix("http://"))
        .unwrap_or(value)
}

/// A snippet with a copy button.
#[must_use]
pub fn code_block(cx: &Cx, label: &str, source: &str) -> Markup {
    html! {
        div.copy {
            pre.code tabindex="0" role="region" aria-label=(label) { code { (source) } }
            (Button::plain(t!(cx, "shell-copy")).icon(Icon::Copy).copies(source, &t!(cx, "shell-copied")))
        }
    }
}
