//! Embedded files.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect};
use comity_ui::asset;
use comity_ui::brand::Brand;

use crate::error::{WebError, WebResult};

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /assets/{hash}/{name}`.
pub async fn file(Path(path): Path<String>, headers: HeaderMap) -> WebResult {
    let asset = asset::get(&path).ok_or_else(WebError::not_found)?;
    let cache = if asset.immutable {
        FOREVER
    } else {
        HeaderValue::from_static("no-cache")
    };
    let known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|tag| tag.as_bytes() == asset.etag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        asset.bytes.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, cache);
    headers.insert(ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    Ok(response)
}

/// `GET /brand/{hue}-{chroma}.css`: a pure function of its address.
pub async fn brand(Path(sheet): Path<String>) -> WebResult {
    let brand = Brand::from_path(&sheet).ok_or_else(WebError::not_found)?;
    let mut response = brand.sheet().into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, FOREVER);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    Ok(response)
}

/// Browsers ask for it unasked.
pub async fn favicon() -> Redirect {
    Redirect::permanent(&asset::url("favicon.svg"))
}

/// Nothing behind a sign-in is for search engines.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /admin\nDisallow: /portal\nDisallow: /api\nDisallow: /sign-in\n"
}
