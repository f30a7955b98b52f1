//! The landing URL: destination, macros, campaign parameters, click id.

use std::fmt::Write;

use crate::click::Utm;

/// What `{…}` in a destination's query or a campaign parameter stands for.
#[derive(Debug, Clone, Copy)]
pub struct Macros<'a> {
    /// `{click_id}`; empty when the click could not be kept, then the landing URL has none.
    pub click_id: &'a str,
    /// `{partner}`: the partner's public code.
    pub partner: &'a str,
    /// `{slug}`: the link's slug.
    pub slug: &'a str,
    /// `{s1}` … `{s5}`; absent ones become empty.
    pub sub_ids: &'a [Option<String>; 5],
}

impl Macros<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        Some(match name {
            "click_id" => self.click_id,
            "partner" => self.partner,
            "slug" => self.slug,
            "s1" | "s2" | "s3" | "s4" | "s5" => {
                let index = usize::from(name.as_bytes()[1] - b'1');
                self.sub_ids[index].as_deref().unwrap_or_default()
            }
            _ => return None,
        })
    }
}

/// Builds the landing URL from a normalised destination.
///
/// Campaign parameters: one the visitor brought wins, then one written in the
/// destination, then the template's. A parameter that is already called like
/// the click parameter is replaced. Returns the URL and the campaign
/// parameters in force. Nothing before the query is ever changed.
#[must_use]
pub fn compose(
    destination: &str,
    brought: &Utm,
    template: &[&[(String, String)]],
    parameter: &str,
    macros: &Macros<'_>,
) -> (String, Utm) {
    let (base, fragment) = split(destination, '#');
    let (path, query) = split(base, '?');
    let mut out = String::with_capacity(destination.len() + 160);
    out.push_str(path);
    let mut joint = '?';
    let mut in_force = brought.values().map(|value| value.map(str::to_owned));
    for pair in query
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
    {
        let (name, value) = split(pair, '=');
        let campaign = Utm::NAMES.iter().position(|utm| *utm == name);
        if name == parameter || campaign.is_some_and(|i| brought.values()[i].is_some()) {
            continue;
        }
        let start = begin(&mut out, &mut joint, name);
        if let Some(value) = value {
            out.push('=');
            expand(&mut out, value, macros);
        }
        if let Some(index) = campaign {
            in_force[index] = url::form_urlencoded::parse(&out.as_bytes()[start..])
                .next()
                .map(|(_, value)| value.into_owned());
        }
    }
    add_campaign(
        &mut out,
        &mut joint,
        &mut in_force,
        brought,
        template,
        macros,
    );
    if !macros.click_id.is_empty() {
        begin(&mut out, &mut joint, parameter);
        out.push('=');
        encode(&mut out, macros.click_id);
    }
    if let Some(fragment) = fragment {
        out.push('#');
        expand(&mut out, fragment, macros);
    }
    (out, Utm::from_values(in_force))
}

fn add_campaign(
    out: &mut String,
    joint: &mut char,
    in_force: &mut [Option<String>; 5],
    brought: &Utm,
    template: &[&[(String, String)]],
    macros: &Macros<'_>,
) {
    for (index, name) in Utm::NAMES.iter().enumerate() {
        let value = if let Some(value) = brought.values()[index] {
            value.to_owned()
        } else if in_force[index].is_some() {
            continue;
        } else {
            let found = template
                .iter()
                .flat_map(|pairs| pairs.iter())
                .find(|(n, _)| n == name);
            let Some((_, pattern)) = found else { continue };
            fill(pattern, macros)
        };
        if value.is_empty() {
            continue;
        }
        begin(out, joint, name);
        out.push('=');
        encode(out, &value);
        in_force[index] = Some(value);
    }
}

/// Starts a parameter and returns where it starts.
fn begin(out: &mut String, joint: &mut char, name: &str) -> usize {
    out.push(*joint);
    *joint = '&';
    let start = out.len();
    out.push_str(name);
    start
}

/// Copies already encoded text, replacing known macros by their encoded values.
fn expand(out: &mut String, text: &str, macros: &Macros<'_>) {
    walk(text, macros, |piece| match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Value(value) => encode(out, value),
    });
}

/// The same on plain text.
fn fill(text: &str, macros: &Macros<'_>) -> String {
    let mut out = String::new();
    walk(text, macros, |piece| match piece {
        Piece::Text(text) | Piece::Value(text) => out.push_str(text),
    });
    out
}

enum Piece<'a> {
    Text(&'a str),
    Value(&'a str),
}

fn walk<'a>(text: &'a str, macros: &'a Macros<'_>, mut emit: impl FnMut(Piece<'a>)) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        let known = from[1..]
            .find('}')
            .and_then(|len| macros.value(&from[1..=len]).map(|value| (len + 2, value)));
        emit(Piece::Text(before));
        if let Some((length, value)) = known {
            emit(Piece::Value(value));
            rest = &from[length..];
        } else {
            emit(Piece::Text("{"));
            rest = &from[1..];
        }
    }
    emit(Piece::Text(rest));
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(out: &mut String, value: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    // Ids and codes, the usual values, have nothing to encode.
    if value.bytes().all(plain) {
        return out.push_str(value);
    }
    for byte in value.bytes() {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(head, tail)| (head, Some(tail)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn landing(destination: &str, brought: &Utm, template: &[(&str, &str)]) -> (String, Utm) {
        let template: Vec<_> = template
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        let sub_ids = [Some("blog post".to_owned()), None, None, None, None];
        let macros = Macros {
            click_id: "clk_1",
            partner: "ann&co",
            slug: "spring",
            sub_ids: &sub_ids,
        };
        compose(destination, brought, &[&template], "cid", &macros)
    }

    #[test]
    fn the_click_id_goes_into_the_query_before_the_fragment() {
        let none = Utm::default();
        let url = |destination| landing(destination, &none, &[]).0;
        assert_eq!(url("https://a.test/"), "https://a.test/?cid=clk_1");
        assert_eq!(
            url("https://a.test/?x=1#top"),
            "https://a.test/?x=1&cid=clk_1#top"
        );
        assert_eq!(
            url("https://a.test/?cid=old&x"),
            "https://a.test/?x&cid=clk_1"
        );
    }

    #[test]
    fn macros_are_encoded_and_unknown_ones_stay() {
        let none = Utm::default();
        let (url, _) = landing(
            "https://a.test/?p={partner}&s={s1}&n={s2}&q={what}",
            &none,
            &[],
        );
        assert_eq!(
            url,
            "https://a.test/?p=ann%26co&s=blog%20post&n=&q={what}&cid=clk_1"
        );
    }

    #[test]
    fn brought_campaign_beats_destination_beats_template() {
        let brought = Utm {
            source: Some("mail ß".to_owned()),
            ..Utm::default()
        };
        let template = [
            ("utm_source", "comity"),
            ("utm_medium", "partner"),
            ("utm_campaign", "{partner}"),
        ];
        let (url, utm) = landing(
            "https://a.test/?utm_source=site&utm_medium=own%20x",
            &brought,
            &template,
        );
        assert_eq!(
            url,
            "https://a.test/?utm_medium=own%20x&utm_source=mail%20%C3%9F&utm_campaign=ann%26co&cid=clk_1"
        );
        assert_eq!(utm.source.as_deref(), Some("mail ß"));
        assert_eq!(utm.medium.as_deref(), Some("own x"));
        assert_eq!(utm.campaign.as_deref(), Some("ann&co"));
    }
}
