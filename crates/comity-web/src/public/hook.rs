//! Where shops, billing systems and servers send to. They prove themselves in the message.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use comity_app::integration::inbound::{Arrived, Kind, Outcome, receive};
use comity_app::payout::{Heard, hear};
use comity_domain::payout::Rail;

use crate::error::{WebError, WebResult};
use crate::route::{Audience, Routes};
use crate::state::WebState;

/// The largest message: orders with hundreds of lines stay far below.
const MAX_BODY: usize = 1_048_576;

/// Addresses of connections.
pub fn routes() -> Routes {
    Routes::new()
        .post("/hooks/stripe/{connection}", Audience::Machine, stripe)
        .post("/hooks/shopify/{connection}", Audience::Machine, shopify)
        .post(
            "/hooks/woocommerce/{connection}",
            Audience::Machine,
            woocommerce,
        )
        .post(
            "/hooks/payouts/{rail}/{organisation}",
            Audience::Machine,
            payouts,
        )
        .get("/postback/{connection}", Audience::Machine, postback)
        .post("/postback/{connection}", Audience::Machine, postback)
}

/// One handler per kind: the address says which signature is expected.
macro_rules! hooks {
    ($($name:ident = $kind:ident;)*) => {$(
        async fn $name(
            State(web): State<WebState>,
            Path(connection): Path<String>,
            headers: HeaderMap,
            body: Bytes,
        ) -> WebResult {
            take(&web, Kind::$kind, &connection, &headers, "", &body, false).await
        }
    )*};
}

hooks! {
    stripe = Stripe;
    shopify = Shopify;
    woocommerce = WooCommerce;
}

async fn postback(
    State(web): State<WebState>,
    Path(connection): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> WebResult {
    let query = uri.query().unwrap_or_default();
    let in_query = method != Method::POST;
    take(
        &web,
        Kind::Postback,
        &connection,
        &headers,
        query,
        &body,
        in_query,
    )
    .await
}

/// Business refusals are answered with success: repeating them would not help, and
/// the message stays visible to the team. An unknown address answers like a bad signature.
async fn take(
    web: &WebState,
    kind: Kind,
    connection: &str,
    headers: &HeaderMap,
    query: &str,
    body: &[u8],
    in_query: bool,
) -> WebResult {
    if body.len() > MAX_BODY {
        return Err(WebError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    }
    let headers = texts(headers);
    let arrived = Arrived {
        headers: &headers,
        query,
        body,
        in_query,
    };
    Ok(match receive(&web.app, kind, connection, arrived).await? {
        Outcome::Ping => plain(StatusCode::OK, "ok"),
        Outcome::Repeated => plain(StatusCode::OK, "repeated"),
        Outcome::Kept { status, detail } if detail.is_empty() => plain(StatusCode::OK, &status),
        Outcome::Kept { status, detail } => plain(StatusCode::OK, &format!("{status} {detail}")),
        Outcome::Refused(code) => return Err(WebError::new(StatusCode::UNAUTHORIZED, code)),
    })
}

fn plain(status: StatusCode, text: &str) -> Response {
    (status, format!("{text}\n")).into_response()
}

/// Messages of payment providers: each makes us ask what became of a payment.
async fn payouts(
    State(web): State<WebState>,
    Path((rail, organisation)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> WebResult {
    if body.len() > MAX_BODY {
        return Err(WebError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    }
    let rail = Rail::from_code(&rail).ok_or_else(WebError::not_found)?;
    let headers = texts(&headers);
    Ok(
        match hear(&web.app, rail, &organisation, &headers, &body).await? {
            Heard::Noted => plain(StatusCode::OK, "ok"),
            Heard::Unknown => plain(StatusCode::OK, "unknown"),
            Heard::Refused(code) => return Err(WebError::new(StatusCode::UNAUTHORIZED, code)),
        },
    )
}

/// Headers that are text; names are lower case already.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}
