//! Answers: pages, fragments, redirects with a message.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE, VARY,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use comity_ui::component::{Flash, Tone};
use maud::Markup;

use crate::extract::set_cookie;

/// The cookie that carries a message over one redirect.
pub(crate) const FLASH_COOKIE: &str = "comity_flash";
/// Long enough to follow the redirect.
const FLASH_SECONDS: u32 = 60;

/// A whole page or a fragment: HTML that belongs to one person, never cached.
#[derive(Debug)]
pub struct Page(pub Markup);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.0.into_string().into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            VARY,
            HeaderValue::from_static("HX-Request, Cookie, Accept-Language"),
        );
        response
    }
}

/// The same form again, with what was typed and what is wrong with it: status 422.
#[must_use]
pub fn refused(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}

/// To another page of ours after a form was done (303). `path` begins with `/`.
#[must_use]
pub fn see(path: &str) -> Response {
    let path = local_path(path).unwrap_or("/");
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// The same, with a message there: `text` is in the reader's language.
#[must_use]
pub fn see_with(path: &str, tone: Tone, text: &str) -> Response {
    let flash = Flash {
        tone,
        text: text.to_owned(),
        undo: None,
    };
    see_flash(path, &flash)
}

/// The same, with a way to take the act back.
#[must_use]
pub fn see_undo(path: &str, text: &str, undo: &str) -> Response {
    let flash = Flash {
        tone: Tone::Ok,
        text: text.to_owned(),
        undo: Some(undo.to_owned()),
    };
    see_flash(path, &flash)
}

fn see_flash(path: &str, flash: &Flash) -> Response {
    let mut response = see(path);
    let value = encode_flash(flash);
    set_cookie(
        response.headers_mut(),
        FLASH_COOKIE,
        &value,
        FLASH_SECONDS,
        false,
    );
    response
}

/// A file to save.
#[must_use]
pub fn download(
    name: &str,
    content_type: &'static str,
    body: impl Into<axum::body::Body>,
) -> Response {
    let safe: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{safe}\"")) {
        headers.insert("content-disposition", value);
    }
    response
}

/// A file that somebody else handed in: only for saving, and powerless where it is opened.
#[must_use]
pub fn hand_out(
    name: &str,
    content_type: &'static str,
    body: impl Into<axum::body::Body>,
) -> Response {
    let mut response = download(name, content_type, body);
    response.headers_mut().insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    response
}

/// A path on this host, or nothing: what may follow `next=` (RELIABILITY 3.2).
#[must_use]
pub fn local_path(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('/')?;
    let strange = |c: char| c.is_control() || c == '\\';
    (!rest.starts_with('/') && !text.contains(strange) && text.is_ascii()).then_some(text)
}

fn encode_flash(flash: &Flash) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    let tone = match flash.tone {
        Tone::Ok => "ok",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Neutral | Tone::Info => "info",
    };
    text.append_pair("tone", tone)
        .append_pair("text", &flash.text);
    if let Some(undo) = &flash.undo {
        text.append_pair("undo", undo);
    }
    text.finish()
}

/// Reads the message of the previous request.
pub(crate) fn decode_flash(cookie: &str) -> Option<Flash> {
    let mut flash = Flash {
        tone: Tone::Info,
        text: String::new(),
        undo: None,
    };
    for (name, value) in url::form_urlencoded::parse(cookie.as_bytes()) {
        match (name.as_ref(), value.as_ref()) {
            ("tone", "ok") => flash.tone = Tone::Ok,
            ("tone", "warn") => flash.tone = Tone::Warn,
            ("tone", "bad") => flash.tone = Tone::Bad,
            ("text", text) => flash.text = text.chars().take(400).collect(),
            ("undo", path) => flash.undo = local_path(path).map(str::to_owned),
            _ => {}
        }
    }
    (!flash.text.is_empty()).then_some(flash)
}

/// Forgets the message: it was shown.
pub(crate) fn forget_flash(response: &mut Response) {
    let value =
        HeaderValue::from_static("comity_flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().append(SET_COOKIE, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_may_follow_next() {
        for good in ["/", "/admin/partners?q=a%20b&sort=-name"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "admin",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "/\t/evil.example",
            "/päge",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_message_survives_its_cookie() {
        let flash = Flash {
            tone: Tone::Ok,
            text: "Приглашение отправлено; & = да".to_owned(),
            undo: Some("/admin/undo/1".to_owned()),
        };
        let cookie = encode_flash(&flash);
        assert!(cookie.is_ascii() && !cookie.contains([';', ' ', ',']));
        assert_eq!(decode_flash(&cookie), Some(flash));
        assert_eq!(
            decode_flash("tone=ok&text=x&undo=https://evil.example")
                .unwrap()
                .undo,
            None
        );
    }
}
