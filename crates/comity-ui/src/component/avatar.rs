//! Avatars: initials on a colour derived from the name.

use maud::{Markup, html};

/// Colour classes `h0`…`h7` of the style sheet.
const HUES: u32 = 8;

/// The first letters of the first and last word, at most two.
fn initials(name: &str) -> String {
    let letters: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .collect();
    match letters.as_slice() {
        [] => "•".to_owned(),
        [one] => one.to_uppercase().collect(),
        [first, .., last] => [first, last]
            .iter()
            .flat_map(|c| c.to_uppercase())
            .collect(),
    }
}

fn hue(name: &str) -> u32 {
    name.chars().fold(7_u32, |sum, c| {
        sum.wrapping_mul(31).wrapping_add(u32::from(c))
    }) % HUES
}

/// A round mark for a person or organisation; decorative, the name stands beside it.
///
/// The initials are drawn by the style sheet: as text they would be part of what a link or
/// button seems to be called.
#[must_use]
pub fn avatar(name: &str) -> Markup {
    html! { span class={ "ava h" (hue(name)) } aria-hidden="true" data-initials=(initials(name)) {} }
}

/// The same, for the head of a detail page.
#[must_use]
pub fn avatar_large(name: &str) -> Markup {
    html! { span class={ "ava lg h" (hue(name)) } aria-hidden="true" data-initials=(initials(name)) {} }
}

/// Avatar, name (a link when `href` is given) and a quiet second line.
#[must_use]
pub fn who(name: &str, href: Option<&str>, second: &str) -> Markup {
    html! {
        div.who {
            (avatar(name))
            div {
                @if let Some(href) = href {
                    a.rowlink href=(href) { (name) }
                } @else {
                    b { (name) }
                }
                @if !second.is_empty() {
                    small { (second) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_any_script_and_never_panic() {
        let all = [
            "Maya Okafor",
            "Лена  Соколова",
            "",
            "🙂",
            "madonna",
            "A B C d",
        ]
        .map(initials);
        assert_eq!(all, ["MO", "ЛС", "•", "•", "M", "AD"]);
    }
}
