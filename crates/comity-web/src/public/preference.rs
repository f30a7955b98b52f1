//! Language and theme of this browser.

use axum::response::Response;
use comity_ui::Theme;
use comity_ui::i18n::Lang;

use crate::extract::{Fields, set_cookie};
use crate::page::see;

/// A year; choosing again renews it.
const YEAR: u32 = 365 * 24 * 3_600;

/// Keeps the choice in a cookie and goes back.
pub async fn set(fields: Fields) -> Response {
    let mut response = see(&fields.text("back"));
    let headers = response.headers_mut();
    if let Some(theme) = fields.filled("theme") {
        set_cookie(
            headers,
            Theme::COOKIE,
            Theme::parse(&theme).code(),
            YEAR,
            false,
        );
    }
    if let Some(lang) = fields.filled("lang").and_then(|lang| Lang::parse(&lang)) {
        set_cookie(headers, Lang::COOKIE, lang.code(), YEAR, false);
    }
    response
}
