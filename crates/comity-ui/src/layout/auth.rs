//! Pages before signing in: one narrow column, no navigation.

use maud::{Markup, html};

use super::{document, mark, switch};
use crate::Cx;

/// A signed-out page in the name of `brand` (the organisation, or Comity before set-up).
/// `wide` gives forms with several columns more room.
#[must_use]
pub fn page(cx: &Cx, brand: &str, title: &str, wide: bool, body: &Markup) -> Markup {
    let content = html! {
        div.public {
            header.wrap.nav1 {
                span.name { (mark(brand)) span { (brand) } }
                (switch::public_menu(cx))
            }
            main #main tabindex="-1" {
                div.centre.wide[wide] { (body) }
            }
        }
    };
    document(cx, &format!("{title} · {brand}"), None, &content)
}
