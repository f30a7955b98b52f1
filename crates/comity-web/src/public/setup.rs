//! The first minute: set up, then click the first link and see it arrive.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use comity_app::session::Signed;
use comity_app::team::{self, Setup};
use comity_app::{AppError, link, organisation};
use comity_domain::link::Link;
use comity_domain::program::ProgramModel;
use comity_domain::{Currency, Permission};
use comity_ui::component::{FeedItem, FormState};
use comity_ui::public::setup::{self as pages, FirstClick};
use comity_ui::{Cx, route};
use http_body_util::channel::{Channel, Sender};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;

use super::session::finish::signed_in;
use crate::error::{WebError, WebResult};
use crate::extract::{Fields, Team, Visitor};
use crate::form::form_state;
use crate::limit::Class;
use crate::page::{Page, refused, see};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// Where the first link waits for its click.
const FIRST_CLICK: &str = "/setup/first-click";
/// Lines shown of clicks that came before the page.
const SHOWN: i64 = 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/", Audience::Public, home)
        .get(route::SETUP, Audience::Public, form)
        .post(route::SETUP, Audience::Public, create)
        .get(FIRST_CLICK, Audience::Team(Permission::View), first_click)
        .get(route::SETUP_LIVE, Audience::Team(Permission::View), live)
}

/// The token of the printed address.
#[derive(Debug, Default, Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

/// `GET /`: home for whoever is signed in, else the sign-in page.
async fn home(visitor: Visitor) -> Response {
    let subject = visitor.signed.map(|Signed { session, .. }| session.subject);
    see(subject.map_or(route::SIGN_IN, super::session::finish::home))
}

async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(Token { token }): Query<Token>,
) -> WebResult<Page> {
    if !team::setup_allowed(&state.app, &token).await? {
        return Err(WebError::not_found());
    }
    let form = FormState::default()
        .with("model", "affiliate")
        .with("currency", "EUR");
    Ok(Page(pages::page(
        &visitor.cx,
        &pages::Setup { token, form },
    )))
}

async fn create(State(state): State<WebState>, visitor: Visitor, fields: Fields) -> WebResult {
    state
        .limiter
        .check(Class::Login, &visitor.client.ip, state.app.now())?;
    let token = fields.text("token");
    let input = Setup {
        product: fields.text("product"),
        website: fields.text("website"),
        name: fields.text("name"),
        email: fields.text("email"),
        password: fields.raw("password").to_owned(),
        model: ProgramModel::from_code(&fields.text("model")),
        currency: fields.read::<Currency>("currency"),
        lang: visitor.cx.lang,
        client: visitor.client.clone(),
    };
    match team::setup(&state.app, &token, &input).await {
        Ok(started) => signed_in(&state, &visitor, &started.opened, FIRST_CLICK).await,
        Err(AppError::Invalid(errors)) => {
            let form = form_state(&visitor.cx, &fields, &errors);
            Ok(refused(pages::page(
                &visitor.cx,
                &pages::Setup { token, form },
            )))
        }
        Err(error) => Err(error.into()),
    }
}

async fn first_click(State(state): State<WebState>, team: Team) -> WebResult {
    let first = team::first_link(&state.app, &team.actor).await?;
    let clicks = lines(&state, &team, &first).await?;
    let view = FirstClick {
        brand: organisation::public_name(&state.app).await?,
        url: link::url(&state.app, &first),
        clicks,
    };
    Ok(Page(pages::first_click(&team.cx, &view)).into_response())
}

/// The clicks so far, newest first.
async fn lines(state: &WebState, team: &Team, first: &Link) -> WebResult<Vec<FeedItem>> {
    let clicks = team::first_clicks(&state.app, &team.actor, first, SHOWN).await?;
    let total = u64::try_from(clicks.len()).unwrap_or(0);
    let path = format!("/{}", first.slug);
    let numbered = clicks.iter().zip((1..=total).rev());
    Ok(numbered
        .map(|(click, n)| pages::click_line(&team.cx, n, &path, click.at))
        .collect())
}

/// `GET /setup/live`: a rendered line for every new click.
async fn live(
    State(state): State<WebState>,
    team: Team,
    uri: Uri,
    headers: HeaderMap,
) -> WebResult {
    let first = team::first_link(&state.app, &team.actor).await?;
    // A click may come between the page and this stream, or while it reconnects.
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let shown = resumed.or_else(|| uri.query()?.strip_prefix("shown="));
    let shown = shown.and_then(|text| text.parse().ok()).unwrap_or(0);
    let (sender, body) = Channel::<Bytes, Infallible>::new(4);
    tokio::spawn(follow(state, team, first, shown, sender));
    let mut response = Response::new(axum::body::Body::new(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}

async fn follow(
    state: WebState,
    team: Team,
    first: Link,
    mut shown: usize,
    mut sender: Sender<Bytes, Infallible>,
) {
    let mut events = state.app.live.subscribe();
    let mut stopping = state.stopping.clone();
    let hello = Bytes::from_static(b"retry: 1000\n\n");
    if sender.send_data(hello).await.is_err() {
        return;
    }
    loop {
        let Ok(lines) = lines(&state, &team, &first).await else {
            return;
        };
        let fresh = lines.len().saturating_sub(shown);
        for line in lines.iter().take(fresh).rev() {
            shown += 1;
            if sender
                .send_data(message(&team.cx, line, shown))
                .await
                .is_err()
            {
                return;
            }
        }
        loop {
            let event = tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => return,
                event = events.recv() => event,
            };
            match event {
                Ok(live) if live.tenant != team.tenant() || live.kind != "click" => {}
                Ok(_) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return,
            }
        }
    }
}

/// One server-sent event with the line's markup; its id is the number of lines so far.
fn message(cx: &Cx, line: &FeedItem, number: usize) -> Bytes {
    let markup = line.fragment(cx).into_string().replace('\n', " ");
    Bytes::from(format!("id: {number}\ndata: {markup}\n\n"))
}
