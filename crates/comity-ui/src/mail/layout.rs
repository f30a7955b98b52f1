//! The one layout of all mails: a 600 px table with inline styles, and its plain-text twin.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, html};

use super::{Mail, Sender};
use crate::{Cx, t};

/// Longest subject; longer ones are cut with an ellipsis.
const MAX_SUBJECT: usize = 150;

const FONT: &str = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;";

/// The content of a mail, before layout.
#[derive(Default)]
pub(super) struct Letter {
    /// The subject.
    pub subject: String,
    /// The heading inside.
    pub title: String,
    /// Paragraphs in order; the first is also the preview text.
    pub paragraphs: Vec<String>,
    /// Someone's own words, set apart.
    pub quote: String,
    /// Facts: name and value.
    pub facts: Vec<(String, String)>,
    /// The one button: text and full address.
    pub button: Option<(String, String)>,
    /// Why the reader gets this mail.
    pub reason: String,
}

/// Lays a letter out.
pub(super) fn build(cx: &Cx, sender: &Sender, letter: &Letter) -> Mail {
    Mail {
        subject: subject(&letter.subject),
        html: page(cx, sender, letter).into_string(),
        text: plain(cx, sender, letter),
        unsubscribe_url: sender.unsubscribe_url.clone(),
    }
}

/// One line of limited length: header lines cannot be smuggled in.
fn subject(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|w| !w.is_empty())
        .collect();
    let line = words.join(" ");
    if line.chars().count() <= MAX_SUBJECT {
        return line;
    }
    line.chars().take(MAX_SUBJECT - 1).chain(['…']).collect()
}

fn page(cx: &Cx, sender: &Sender, letter: &Letter) -> Markup {
    let preview = letter.paragraphs.first().map_or("", String::as_str);
    html! {
        (DOCTYPE)
        html lang=(cx.lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (letter.subject) }
                style { "@media (prefers-color-scheme:dark){.b{background:#15161a!important}.c{background:#1e2026!important;\
                    border-color:#33363f!important}.t{color:#f1f2f4!important}.m{color:#b4b8c0!important}}" }
            }
            body.b style="margin:0;padding:0;background:#f6f7f9;" {
                div style="display:none;max-height:0;overflow:hidden;" { (preview) }
                table.b role="presentation" width="100%" cellpadding="0" cellspacing="0"
                    style="background:#f6f7f9;" {
                    tr {
                        td align="center" style="padding:24px 12px;" {
                            table role="presentation" width="600" cellpadding="0" cellspacing="0"
                                style="width:100%;max-width:600px;" {
                                tr { td.t style={ (FONT) "font-size:15px;font-weight:600;color:#1c1e24;padding:0 4px 12px;" } {
                                    (sender.name)
                                } }
                                tr { td.c style="background:#ffffff;border:1px solid #e2e4e9;border-radius:12px;padding:28px;" {
                                    (body(sender, letter))
                                } }
                                tr { td.m style={ (FONT) "font-size:12px;line-height:18px;color:#5f6470;padding:16px 4px;" } {
                                    (letter.reason)
                                    @if !sender.footer.is_empty() { br; (sender.footer) }
                                    br; (t!(cx, "mail-sent-by", name = &sender.name))
                                    @if !sender.unsubscribe_url.is_empty() {
                                        br; a.m href=(sender.unsubscribe_url) style="color:#5f6470;" { (t!(cx, "mail-unsubscribe")) }
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn body(sender: &Sender, letter: &Letter) -> Markup {
    let accent = sender.brand.accent_hex();
    html! {
        h1.t style={ (FONT) "margin:0 0 12px;font-size:22px;line-height:28px;font-weight:650;color:#1c1e24;" } { (letter.title) }
        @for paragraph in &letter.paragraphs {
            p.t style={ (FONT) "margin:0 0 14px;font-size:16px;line-height:24px;color:#2a2d35;" } { (paragraph) }
        }
        @if !letter.quote.is_empty() {
            p.t style={ (FONT) "margin:0 0 14px;padding:2px 0 2px 14px;border-left:3px solid " (accent)
                ";font-size:16px;line-height:24px;color:#2a2d35;" } { (letter.quote) }
        }
        @if !letter.facts.is_empty() {
            table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="margin:4px 0 14px;" {
                @for (name, value) in &letter.facts {
                    tr {
                        td.m valign="top" style={ (FONT) "padding:5px 16px 5px 0;font-size:14px;color:#5f6470;" } { (name) }
                        td.t align="right" style={ (FONT) "padding:5px 0;font-size:14px;font-weight:600;color:#1c1e24;word-break:break-word;" } { (value) }
                    }
                }
            }
        }
        @if let Some((text, url)) = &letter.button {
            table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 4px;" {
                tr { td style={ "border-radius:8px;background:" (accent) ";" } {
                    a href=(url) style={ (FONT) "display:inline-block;padding:12px 20px;font-size:16px;font-weight:600;color:#ffffff;text-decoration:none;" } { (text) }
                } }
            }
            p.m style={ (FONT) "margin:14px 0 0;font-size:12px;line-height:18px;color:#5f6470;word-break:break-all;" } { (url) }
        }
    }
}

/// The same words without markup.
fn plain(cx: &Cx, sender: &Sender, letter: &Letter) -> String {
    let mut out = format!("{}\n\n", letter.title);
    // Writing to a string cannot fail.
    for paragraph in &letter.paragraphs {
        let _ = write!(out, "{paragraph}\n\n");
    }
    if !letter.quote.is_empty() {
        for line in letter.quote.lines() {
            let _ = writeln!(out, "> {line}");
        }
        out.push('\n');
    }
    for (name, value) in &letter.facts {
        let _ = writeln!(out, "{name}: {value}");
    }
    if !letter.facts.is_empty() {
        out.push('\n');
    }
    if let Some((text, url)) = &letter.button {
        let _ = write!(out, "{text}:\n{url}\n\n");
    }
    let _ = writeln!(out, "-- \n{}\n{}", sender.name, letter.reason);
    if !sender.footer.is_empty() {
        let _ = writeln!(out, "{}", sender.footer);
    }
    if !sender.unsubscribe_url.is_empty() {
        let url = &sender.unsubscribe_url;
        let _ = writeln!(out, "{}: {url}", t!(cx, "mail-unsubscribe"));
    }
    out
}
