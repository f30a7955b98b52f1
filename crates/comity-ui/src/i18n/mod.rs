//! Texts in the user's language: Fluent catalogues, one file per area and language.
//!
//! Use [`t!`](crate::t) in pages: `t!(cx, "partner-count", n = 5)`. Keys begin with their
//! area, which is also the file (`i18n/en/partner.ftl`). For tables of keys use
//! [`key!`](crate::key) and [`Cx::text`](crate::Cx). A test finds missing, unused and
//! mismatched keys, so keys must be literals.

mod catalogue;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::Cx;
use crate::fmt;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Russian.
    Ru,
}

impl Lang {
    /// Every language, in the order of the switch.
    pub const ALL: &[Self] = &[Self::En, Self::Ru];
    /// The cookie that keeps the choice.
    pub const COOKIE: &'static str = "comity_lang";

    /// The BCP 47 tag: `lang` attribute, cookie value, database value.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
        }
    }

    /// Reads a tag, ignoring its region: `ru-RU` is Russian.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .iter()
            .copied()
            .find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header (highest weight, first wins ties).
    #[must_use]
    pub fn from_header(header: &str) -> Option<Self> {
        let mut best: Option<(u32, Self)> = None;
        for part in header.split(',').take(20) {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(1_000, thousandths);
            if let Some(lang) = Self::parse(tag)
                && weight > best.map_or(0, |(w, _)| w)
            {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// Reads a quality value such as `0.8` in thousandths; zero when it is not one.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 {
        return 0;
    }
    format!("{whole}{fraction:0<3}").parse().unwrap_or(0)
}

/// The key of a text; made by [`key!`](crate::key) so that the catalogue test sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(&'static str);

impl Key {
    /// Called by `key!` only.
    #[doc(hidden)]
    #[must_use]
    pub const fn literal(key: &'static str) -> Self {
        Self(key)
    }

    /// The key as written in the catalogue.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Cx {
    /// A text without arguments.
    #[must_use]
    pub fn text(&self, key: Key) -> String {
        translate(self.lang, key.0, &[])
    }
}

/// A value placed into a text.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// A count: chooses the plural form and is shown with grouping.
    Number(i64),
    /// Anything already formatted, or a person's own words.
    Text(Cow<'a, str>),
}

macro_rules! number_args {
    ($($from:ty),*) => {$(
        impl From<$from> for Arg<'_> {
            fn from(value: $from) -> Self {
                Self::Number(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )*};
}

number_args!(i32, i64, u8, u16, u32, u64, usize);

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Arg<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Lang) -> &'static Bundle {
    static BUNDLES: OnceLock<[Bundle; 2]> = OnceLock::new();
    let [en, ru] = BUNDLES.get_or_init(|| [load(Lang::En), load(Lang::Ru)]);
    match lang {
        Lang::En => en,
        Lang::Ru => ru,
    }
}

/// Builds a bundle from the embedded files. A broken line in a catalogue drops that
/// message only (and fails the catalogue test).
fn load(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| grouped(Lang::En, value),
        Lang::Ru => |value, _| grouped(Lang::Ru, value),
    }));
    for (_, source) in catalogue::files(lang) {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(readable, _errors)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Numbers inside texts get the language's grouping.
fn grouped(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) => {
            let text = format!("{value:.0}");
            text.parse().ok().map(|n: i64| fmt::group(lang, n))
        }
        _ => None,
    }
}

/// The text of `key` in `lang`, else in English, else `⟦key⟧`. Use [`t!`](crate::t).
#[must_use]
pub fn translate(lang: Lang, key: &'static str, args: &[(&'static str, Arg<'_>)]) -> String {
    let mut fluent = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        match arg {
            Arg::Number(n) => fluent.set(*name, *n),
            Arg::Text(text) => fluent.set(*name, text.as_ref()),
        }
    }
    for bundle in [bundle(lang), bundle(Lang::En)] {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            continue;
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&fluent), &mut errors);
        if errors.is_empty() {
            return text.into_owned();
        }
    }
    format!("⟦{key}⟧")
}

/// A text in the language of `cx`: `t!(cx, "partner-count", n = 5)`.
///
/// Numbers choose plural forms and are grouped; strings are inserted as they are (maud
/// escapes the result). Format money and dates with [`fmt`](crate::fmt) first.
#[macro_export]
macro_rules! t {
    ($cx:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::i18n::translate(
            $cx.lang,
            $key,
            &[$((stringify!($name), $crate::i18n::Arg::from($value))),*],
        )
    };
}

/// A key in a table or a `match`, to be shown with `cx.text(key)`.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::i18n::Key::literal($key)
    };
}
