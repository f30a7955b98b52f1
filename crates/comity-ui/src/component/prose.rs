//! Text written by people (terms, announcements): headings, paragraphs and lists, escaped.

use maud::{Markup, html};

/// Renders plain text: blank lines part paragraphs, `# ` begins a heading, `- ` a list item.
/// Nothing else is interpreted, and everything is escaped.
#[must_use]
pub fn prose(text: &str) -> Markup {
    html! {
        div.prose {
            @for block in text.replace('\r', "").split("\n\n").map(str::trim).filter(|b| !b.is_empty()) {
                @if let Some(heading) = block.strip_prefix("# ") {
                    h2 { (heading) }
                } @else if block.lines().all(|line| line.starts_with("- ")) {
                    ul { @for line in block.lines() { li { (&line[2..]) } } }
                } @else {
                    p {
                        @for (n, line) in block.lines().enumerate() {
                            @if n > 0 { br; }
                            (line)
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_headings_and_lists_are_interpreted() {
        let html = prose("# Rules\r\n\r\nOne\nTwo\n\n- a\n- <b>\n\n").into_string();
        assert_eq!(
            html,
            "<div class=\"prose\"><h2>Rules</h2><p>One<br>Two</p><ul><li>a</li><li>&lt;b&gt;</li></ul></div>"
        );
    }
}
