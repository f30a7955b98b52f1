//! Form fields as typed, and an uploaded file.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use comity_ui::component::FormState;

use super::read_body;
use crate::error::WebError;
use crate::gate::CSRF_FIELD;
use crate::state::WebState;

/// Forms carry words; the gate has read the body within the same limit.
const MAX_FORM: usize = 100_000;
/// Fields of the largest form: 200 selected rows and their bulk action.
const MAX_FIELDS: usize = 300;
/// Files of one form; the use case allows fewer, and says so.
const MAX_FILES: usize = 20;

/// The fields of a form (or of a query), in order, without the protection token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// From `application/x-www-form-urlencoded` text.
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        let pairs = url::form_urlencoded::parse(text).take(MAX_FIELDS);
        let kept = pairs.filter(|(name, _)| name != CSRF_FIELD);
        Self(
            kept.map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// A field without surrounding space; empty when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// A field exactly as sent, as for passwords.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// A field, if it was filled.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of a repeated field, as of checked rows.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        let same = self.0.iter().filter(|(key, _)| key == name);
        same.map(|(_, value)| value.clone()).collect()
    }

    /// The names of all fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Without the fields whose name begins with `prefix`: a removed row.
    #[must_use]
    pub fn without(mut self, prefix: &str) -> Self {
        self.0.retain(|(name, _)| !name.starts_with(prefix));
        self
    }

    /// Whether a checkbox was checked.
    #[must_use]
    pub fn checked(&self, name: &str) -> bool {
        !self.raw(name).is_empty()
    }

    /// A field read as `T` (an id, a number); `None` when it is missing or not one.
    #[must_use]
    pub fn read<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// What was typed, for showing the form again. Passwords are never shown.
    #[must_use]
    pub fn state(&self) -> FormState {
        let kept = self.0.iter().filter(|(name, _)| !name.contains("password"));
        kept.fold(FormState::default(), |state, (name, value)| {
            state.with(name, value.clone())
        })
    }
}

fn content_type(request: &Request) -> String {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.unwrap_or_default().to_owned()
}

impl FromRequest<WebState> for Fields {
    type Rejection = WebError;

    async fn from_request(request: Request, _state: &WebState) -> Result<Self, Self::Rejection> {
        let kind = content_type(&request);
        if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(WebError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
            ));
        }
        let bytes = read_body(request.into_body(), MAX_FORM).await?;
        Ok(Self::parse(&bytes))
    }
}

/// A form with one file, as for imports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    /// The other fields.
    pub fields: Fields,
    /// The file's own name, without folders.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl FromRequest<WebState> for Upload {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Self::Rejection> {
        let mut sent = multipart(request, state).await?;
        let (file_name, bytes) = sent.files.pop().unwrap_or_default();
        Ok(Self {
            fields: sent.fields,
            file_name,
            bytes,
        })
    }
}

/// A form to which files may be attached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached {
    /// The other fields.
    pub fields: Fields,
    /// Names, without folders, and contents; fields for files that were left empty are not here.
    pub files: Vec<(String, Vec<u8>)>,
}

impl FromRequest<WebState> for Attached {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Self::Rejection> {
        if content_type(&request).starts_with("multipart/form-data") {
            return multipart(request, state).await;
        }
        Ok(Self {
            fields: Fields::from_request(request, state).await?,
            files: Vec::new(),
        })
    }
}

/// Reads a body in parts; the gate has limited it.
async fn multipart(request: Request, state: &WebState) -> Result<Attached, WebError> {
    let broken = |_| WebError::new(StatusCode::BAD_REQUEST, "bad_request");
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|_| WebError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"))?;
    let mut sent = Attached::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name() {
            let bare = file.rsplit(['/', '\\']).next().unwrap_or_default();
            let bare: String = bare.chars().filter(|c| !c.is_control()).take(200).collect();
            let bytes = part.bytes().await.map_err(broken)?.to_vec();
            if !(bare.is_empty() && bytes.is_empty()) && sent.files.len() < MAX_FILES {
                sent.files.push((bare, bytes));
            }
        } else if name != CSRF_FIELD && sent.fields.0.len() < MAX_FIELDS {
            let text = part.text().await.map_err(broken)?;
            sent.fields.0.push((name, text));
        }
    }
    Ok(sent)
}
