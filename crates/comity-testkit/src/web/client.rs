//! A browser or a program, with its cookies.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Method, Request};
use comity_web::extract::Peer;
use serde_json::Value;
use tower::ServiceExt;

use super::Answer;

/// Keeps cookies between requests, like a browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    headers: Vec<(String, String)>,
    key: Option<String>,
    /// The token of forms, once known.
    pub csrf: String,
    /// Where requests seem to come from.
    pub peer: SocketAddr,
}

impl Client {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            headers: Vec::new(),
            key: None,
            csrf: String::new(),
            peer: SocketAddr::from(([192, 0, 2, 1], 50_000)),
        }
    }

    /// Comes from an address of its own, so that limits per address do not add up.
    #[must_use]
    pub fn from_somewhere_else(mut self) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let [_, b, c, d] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        self.peer = SocketAddr::from(([10, b, c, d], 50_000));
        self
    }

    /// Sends this API key.
    #[must_use]
    pub fn bearer(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// Sends this header with every request.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Gives the browser a cookie.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// `GET`.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Any method, with a body and its type.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("host", "localhost:8080");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(key) = &self.key {
            request = request.header(AUTHORIZATION, format!("Bearer {key}"));
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let body = match body {
            Some((kind, bytes)) => {
                request = request.header(CONTENT_TYPE, kind);
                Body::from(bytes)
            }
            None => Body::empty(),
        };
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(Peer(self.peer));
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let answer = Answer::read(response).await;
        self.keep_cookies(&answer);
        if let Some(token) = answer.csrf().filter(|token| !token.is_empty()) {
            self.csrf = token;
        }
        answer
    }

    /// Sends a form as a page of ours would: with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf);
        form.extend_pairs(fields);
        let body = form.finish().into_bytes();
        let kind = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Some((kind, body))).await
    }

    /// Sends a form and follows the redirect to the page behind it.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await.expect(303);
        let target = answer.header(LOCATION.as_str()).to_owned();
        self.get(&target).await
    }

    /// Sends JSON.
    pub async fn json(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        let bytes = body.to_string().into_bytes();
        self.send(method, path, Some(("application/json", bytes)))
            .await
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for value in answer.headers.get_all(SET_COOKIE) {
            let text = value.to_str().expect("a cookie of ours is text");
            let (name, rest) = text.split_once('=').expect("a cookie has a value");
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
