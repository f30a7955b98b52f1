//! The frame of every mail: a single column with inline styles, as mail programs want it,
//! and the same words as plain text.

use maud::{DOCTYPE, Markup, html};

use crate::i18n::Lang;

/// A finished mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Subject line.
    pub subject: String,
    /// HTML part.
    pub html: String,
    /// Plain text part.
    pub text: String,
}

#[derive(Debug, Clone)]
enum Part {
    Paragraph(String),
    Button(String, String),
    Facts(Vec<(String, String)>),
    Small(String),
}

/// A mail under construction. Parts appear in the order they are added.
#[derive(Debug, Clone)]
pub struct Letter {
    lang: Lang,
    brand: String,
    subject: String,
    parts: Vec<Part>,
    reason: String,
}

const BODY: &str = "margin:0;padding:24px 12px;background:#f4f5f7;\
    font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;\
    font-size:16px;line-height:24px;color:#1d2230";
const CARD: &str = "width:100%;max-width:560px;margin:0 auto;background:#ffffff;border-radius:12px";
const CELL: &str = "padding:28px 32px";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:8px;background:#3a4bd8;\
    color:#ffffff;text-decoration:none;font-weight:600";
const QUIET: &str = "font-size:13px;line-height:20px;color:#5b6274";

impl Letter {
    /// A mail in the name of `brand`. `reason` says why it came and stands at its end.
    #[must_use]
    pub fn new(
        lang: Lang,
        brand: impl Into<String>,
        subject: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            lang,
            brand: brand.into(),
            subject: subject.into(),
            parts: Vec::new(),
            reason: reason.into(),
        }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Paragraph(text.into()));
        self
    }

    /// Adds the button: one per mail.
    #[must_use]
    pub fn button(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.parts.push(Part::Button(label.into(), url.into()));
        self
    }

    /// Adds names and values, as of a payout.
    #[must_use]
    pub fn facts(mut self, facts: Vec<(String, String)>) -> Self {
        self.parts.push(Part::Facts(facts));
        self
    }

    /// Adds a quiet line.
    #[must_use]
    pub fn small(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Small(text.into()));
        self
    }

    /// The finished mail. The subject loses line breaks: it becomes a header.
    #[must_use]
    pub fn finish(self) -> Mail {
        let subject: String = self
            .subject
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        Mail {
            html: self.html().into_string(),
            text: self.text(),
            subject,
        }
    }

    fn html(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.subject) }
                }
                body style=(BODY) {
                    table role="presentation" cellpadding="0" cellspacing="0" style=(CARD) {
                        tr {
                            td style=(CELL) {
                                p style="margin:0 0 20px;font-weight:600" { (self.brand) }
                                @for part in &self.parts { (part.html()) }
                                p style={ "margin:24px 0 0;" (QUIET) } { (self.reason) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.brand);
        for part in &self.parts {
            text.push_str(&part.text());
            text.push_str("\n\n");
        }
        text.push_str("-- \n");
        text.push_str(&self.reason);
        text.push('\n');
        text
    }
}

impl Part {
    fn html(&self) -> Markup {
        html! {
            @match self {
                Self::Paragraph(text) => p style="margin:0 0 16px" { (text) },
                Self::Button(label, url) => p style="margin:24px 0" {
                    a href=(url) style=(BUTTON) { (label) }
                },
                Self::Facts(facts) => table cellpadding="0" cellspacing="0" style="margin:0 0 16px" {
                    @for (name, value) in facts {
                        tr {
                            th align="left" style={ "padding:4px 24px 4px 0;font-weight:400;" (QUIET) } { (name) }
                            td style="padding:4px 0" { (value) }
                        }
                    }
                },
                Self::Small(text) => p style={ "margin:0 0 16px;" (QUIET) } { (text) },
            }
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Paragraph(text) | Self::Small(text) => text.clone(),
            Self::Button(label, url) => format!("{label}:\n{url}"),
            Self::Facts(facts) => {
                let lines: Vec<String> = facts
                    .iter()
                    .map(|(name, value)| format!("{name}: {value}"))
                    .collect();
                lines.join("\n")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_escaped_and_headers_stay_one_line() {
        let mail = Letter::new(Lang::En, "<b>Acme", "Hello\r\nBcc: x", "why")
            .paragraph("a < b")
            .button("Go", "https://acme.test/?a=1&b=2")
            .facts(vec![("Amount".to_owned(), "$1".to_owned())])
            .finish();
        assert_eq!(mail.subject, "Hello  Bcc: x");
        assert!(mail.html.contains("a &lt; b") && !mail.html.contains("<b>Acme"));
        assert_eq!(
            mail.text,
            "<b>Acme\n\na < b\n\nGo:\nhttps://acme.test/?a=1&b=2\n\nAmount: $1\n\n-- \nwhy\n"
        );
    }
}
