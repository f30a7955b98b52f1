//! The embedded catalogue files; an area is added by one line here and two files.

use super::Lang;

/// Declares the areas: one file per area and language.
macro_rules! areas {
    ($($area:literal)*) => {
        const EN: &[(&str, &str)] =
            &[$(($area, include_str!(concat!("../../i18n/en/", $area, ".ftl")))),*];
        const RU: &[(&str, &str)] =
            &[$(($area, include_str!(concat!("../../i18n/ru/", $area, ".ftl")))),*];
    };
}

areas! {
    "shell" "country" "setup" "session" "overview" "program" "objective" "partner" "application"
    "segment" "link" "tracking" "customer" "commission" "payout" "integration" "team"
    "audit" "settings" "portal" "explain" "rule" "public" "mail" "error" "import" "fx" "fraud" "reference" "inquiry"
    "economics" "reward" "agreement" "catalog" "announcement" "dormant"
}

/// Area and Fluent source of every file of a language.
pub(super) const fn files(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::En => EN,
        Lang::Ru => RU,
    }
}
