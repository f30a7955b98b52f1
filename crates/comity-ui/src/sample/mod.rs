//! Every page with sample data, for tests and for eyes.
//!
//! A page module offers `samples() -> Vec<Sample>` and is added to [`page_samples`] by one
//! line. Give each page typical, empty and hostile data (very long names, markup, digits
//! without end), so that the tests in `tests/pages.rs` and `examples/pages.rs` see them all.

mod gallery;

use comity_domain::time::Timestamp;
use maud::Markup;

use crate::Cx;
use crate::i18n::Lang;
use crate::layout::error;

/// A page rendered with sample data; the name becomes a file name, as in `portal-home-empty`.
pub type Sample = (&'static str, fn(&Cx) -> Markup);

/// A name with everything that breaks layouts and escaping.
pub const HOSTILE: &str = "<script>alert(1)</script> Donaudampfschifffahrtsgesellschaftskapitän \
    \"O'Brien\" & Сыновья — Превысокомногорассмотрительствующий 🙂 ممتاز";

/// The moment at which samples are rendered.
#[must_use]
pub fn now() -> Timestamp {
    // 2026-11-21T10:00:00Z
    Timestamp::from_seconds(1_795_255_200)
}

/// A context for samples.
#[must_use]
pub fn cx(lang: Lang) -> Cx {
    Cx {
        csrf: "sample-token".to_owned(),
        ..Cx::new(lang, "/", now())
    }
}

/// All pages of the product with their sample data.
#[must_use]
pub fn page_samples() -> Vec<Sample> {
    let mut all: Vec<Sample> = vec![
        ("error-not-found", |cx| {
            error::page(cx, "Acme", error::Kind::NotFound, "req_42", "/")
        }),
        ("error-internal", |cx| {
            error::page(cx, HOSTILE, error::Kind::Internal, "req_42", "/")
        }),
    ];
    all.extend(gallery::samples());
    all.extend(crate::admin::samples());
    all.extend(crate::integration::samples());
    all.extend(crate::layout::samples());
    all.extend(crate::portal::samples());
    all.extend(crate::public::samples());
    all.extend(crate::reference::samples());
    all.extend(crate::session::samples());
    all.extend(crate::settings::samples());
    all
}
