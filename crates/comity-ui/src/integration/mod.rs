//! Pages under Settings about other systems: tracking, connections, webhooks, imports.

pub mod connection;
pub mod import;
pub mod tracking;
pub mod webhook;

use maud::{Markup, Render, html};

use crate::component::{Button, Card, Tone, banner, copy_box};
use crate::sample::Sample;
use crate::{Cx, t};

/// Every page with sample data.
pub(crate) fn samples() -> Vec<Sample> {
    [
        connection::samples(),
        webhook::samples(),
        import::samples(),
        tracking::samples(),
    ]
    .concat()
}

/// The page after a secret was made: it is shown now and never again. `next` goes on.
fn secret_card(cx: &Cx, secret: &str, next: &str) -> Markup {
    Card::new(t!(cx, "integration-secret"))
        .body(html! {
            (banner(Tone::Warn, &html! { (t!(cx, "integration-secret-once")) }, &html! {}))
            (copy_box(cx, &t!(cx, "integration-secret"), secret))
            div.row { (Button::link(t!(cx, "integration-secret-saved"), next).primary()) }
        })
        .render()
}
