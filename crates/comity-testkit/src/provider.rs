//! A payment provider over real HTTP that misbehaves on purpose and keeps a log of the money
//! it moved: the oracle of tests.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use comity_domain::Timestamp;
use comity_domain::time::{DAY, HOUR};
use serde_json::{Value, json};

use crate::fake::FakeClock;

/// How the provider misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// It does not.
    Fine,
    /// The first answer is lost after the money moved.
    ReplyLost,
    /// The first request fails before anything happened.
    ErrorBefore,
    /// The first two requests are throttled.
    Throttled,
    /// It refuses the payment.
    Refused,
    /// The payment fails after it was taken.
    FailsLater,
    /// The money arrives and comes back.
    ComesBack,
    /// Nothing works, ever.
    Down,
}

/// All of them.
pub const BEHAVIOURS: [Behaviour; 8] = [
    Behaviour::Fine,
    Behaviour::ReplyLost,
    Behaviour::ErrorBefore,
    Behaviour::Throttled,
    Behaviour::Refused,
    Behaviour::FailsLater,
    Behaviour::ComesBack,
    Behaviour::Down,
];

/// One movement of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The provider's number for it.
    pub id: String,
    /// Our key.
    pub key: String,
    /// The exact bytes.
    pub body: Vec<u8>,
    /// When it was taken.
    pub at: Timestamp,
}

#[derive(Debug)]
struct Inside {
    behaviour: Behaviour,
    memory: i64,
    requests: u32,
    moved: Vec<Movement>,
    /// When a key was first seen, and by which movement.
    keys: BTreeMap<String, (Timestamp, usize)>,
}

/// A running provider.
#[derive(Clone)]
pub struct Simulator {
    clock: Arc<FakeClock>,
    inside: Arc<Mutex<Inside>>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Simulator {
    /// Starts one that forgets keys after `memory` microseconds.
    pub async fn start(clock: Arc<FakeClock>, behaviour: Behaviour, memory: i64) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a free port");
        let inside = Inside {
            behaviour,
            memory,
            requests: 0,
            moved: Vec::new(),
            keys: BTreeMap::new(),
        };
        let simulator = Self {
            clock,
            inside: Arc::new(Mutex::new(inside)),
            address: listener.local_addr().expect("its address"),
        };
        let router = Router::new().fallback(answer).with_state(simulator.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        simulator
    }

    /// Every movement of money so far.
    #[must_use]
    pub fn moved(&self) -> Vec<Movement> {
        self.inside.lock().expect("simulator").moved.clone()
    }

    /// What has become of the first movement: `None` when there is none.
    #[must_use]
    pub fn fate(&self) -> Option<&'static str> {
        let inside = self.inside.lock().expect("simulator");
        let first = inside.moved.first()?;
        let age = self.clock.now().since(first.at);
        Some(match inside.behaviour {
            Behaviour::FailsLater if age >= HOUR => "failed",
            Behaviour::ComesBack if age >= 2 * DAY => "returned",
            _ if age >= HOUR => "paid",
            _ => "underway",
        })
    }

    /// Takes a payment in; the answer is the status and the movement's number, if any.
    fn take(&self, key: &str, body: &[u8]) -> (StatusCode, Option<String>) {
        let now = self.clock.now();
        let mut guard = self.inside.lock().expect("simulator");
        let inside = &mut *guard;
        inside.requests += 1;
        let first = inside.requests == 1;
        match inside.behaviour {
            Behaviour::Down => return (StatusCode::BAD_GATEWAY, None),
            Behaviour::ErrorBefore if first => {
                return (StatusCode::INTERNAL_SERVER_ERROR, None);
            }
            Behaviour::Throttled if inside.requests <= 2 => {
                return (StatusCode::TOO_MANY_REQUESTS, None);
            }
            Behaviour::Refused => return (StatusCode::BAD_REQUEST, None),
            _ => {}
        }
        let known = inside.keys.get(key).copied();
        let known = known.filter(|(seen, _)| now.since(*seen) < inside.memory);
        let index = if let Some((_, index)) = known {
            index
        } else {
            let number = inside.moved.len();
            inside.moved.push(Movement {
                id: format!("{}", 7_000 + number),
                key: key.to_owned(),
                body: body.to_vec(),
                at: now,
            });
            inside.keys.insert(key.to_owned(), (now, number));
            number
        };
        if inside.behaviour == Behaviour::ReplyLost && first {
            return (StatusCode::GATEWAY_TIMEOUT, None);
        }
        (StatusCode::OK, Some(inside.moved[index].id.clone()))
    }

    fn is_down(&self) -> bool {
        self.inside.lock().expect("simulator").behaviour == Behaviour::Down
    }
}

type Answer = (StatusCode, String);

fn ok(value: &Value) -> Answer {
    (StatusCode::OK, value.to_string())
}

async fn answer(
    State(it): State<Simulator>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let proved = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value.ends_with("secret") || value.ends_with("token") || value.starts_with("Basic ")
        });
    if !proved {
        return (StatusCode::UNAUTHORIZED, "{}".to_owned());
    }
    let posted = method == Method::POST;
    match uri.path() {
        "/v1/oauth2/token" => ok(&json!({ "access_token": "token" })),
        "/v1/payments/payouts" if posted => paypal_take(&it, &body),
        path if path.starts_with("/v1/payments/payouts/") => paypal_status(&it),
        "/v1/transfers" if posted && headers.contains_key("idempotency-key") => {
            stripe_take(&it, &headers, &body)
        }
        "/v1/transfers" if posted => wise_take(&it, &body),
        "/v1/transfers" if uri.query().is_some_and(|query| query.contains("profile=")) => {
            wise_list(&it, &uri)
        }
        "/v1/transfers" => stripe_list(&it, &uri),
        path if path.starts_with("/v1/transfers/") => wise_status(&it),
        "/v1/notifications/verify-webhook-signature" => {
            let said: Value = serde_json::from_slice(&body).unwrap_or_default();
            let genuine =
                said["transmission_sig"] == "genuine" && said["webhook_event"].is_object();
            let status = if genuine { "SUCCESS" } else { "FAILURE" };
            ok(&json!({ "verification_status": status }))
        }
        "/v1/quotes" => ok(&json!({ "id": 11 })),
        "/v1/accounts" => ok(&json!({ "id": 12 })),
        path if path.ends_with("/payments") => ok(&json!({ "status": "COMPLETED" })),
        _ => ok(&json!({})),
    }
}

fn paypal_take(it: &Simulator, body: &[u8]) -> Answer {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let key = json["sender_batch_header"]["sender_batch_id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let again = it.inside.lock().expect("simulator").keys.contains_key(&key);
    match it.take(&key, body) {
        (StatusCode::BAD_REQUEST, _) => (
            StatusCode::BAD_REQUEST,
            json!({ "name": "VALIDATION_ERROR", "message": "invalid receiver" }).to_string(),
        ),
        (_, Some(id)) if again => {
            let href = format!("https://api-m.paypal.com/v1/payments/payouts/{id}");
            let text = "User business error. Batch with given sender_batch_id already exists";
            let error = json!({ "name": "USER_BUSINESS_ERROR", "message": text, "links": [{ "href": href }] });
            (StatusCode::BAD_REQUEST, error.to_string())
        }
        (_, Some(id)) => {
            let head = json!({ "payout_batch_id": id, "batch_status": "PENDING" });
            (
                StatusCode::CREATED,
                json!({ "batch_header": head }).to_string(),
            )
        }
        (status, None) => (status, String::new()),
    }
}

fn paypal_status(it: &Simulator) -> Answer {
    if it.is_down() {
        return (StatusCode::BAD_GATEWAY, String::new());
    }
    let status = match it.fate() {
        None => {
            return (
                StatusCode::NOT_FOUND,
                json!({ "name": "NOT_FOUND" }).to_string(),
            );
        }
        Some("failed") => "FAILED",
        Some("returned") => "RETURNED",
        Some("paid") => "SUCCESS",
        Some(_) => "PENDING",
    };
    ok(
        &json!({ "batch_header": { "batch_status": "PROCESSING" }, "items": [{ "transaction_status": status }] }),
    )
}

fn stripe_take(it: &Simulator, headers: &HeaderMap, body: &[u8]) -> Answer {
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match it.take(key, body) {
        (StatusCode::BAD_REQUEST, _) => (
            StatusCode::BAD_REQUEST,
            json!({ "error": { "type": "invalid_request_error", "message": "No such destination" } })
                .to_string(),
        ),
        (status, Some(id)) => (status, json!({ "id": id, "object": "transfer" }).to_string()),
        (status, None) => (status, String::new()),
    }
}

/// Pages of one, so that paging is tried too.
fn stripe_list(it: &Simulator, uri: &Uri) -> Answer {
    if it.is_down() {
        return (StatusCode::BAD_GATEWAY, String::new());
    }
    let query = uri.query().unwrap_or_default();
    let after = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("starting_after="));
    let moved = it.moved();
    let start = after.map_or(0, |id| {
        moved
            .iter()
            .position(|one| one.id == id)
            .map_or(0, |n| n + 1)
    });
    // A transfer moves money at once, so a failure is its reversal.
    let returned = matches!(it.fate(), Some("returned" | "failed"));
    let rows: Vec<Value> = moved
        .iter()
        .skip(start)
        .take(1)
        .map(|one| {
            let fields: BTreeMap<String, String> = url::form_urlencoded::parse(&one.body)
                .into_owned()
                .collect();
            let payout = fields.get("metadata[comity_payout]").cloned();
            json!({ "id": one.id, "reversed": returned, "metadata": { "comity_payout": payout } })
        })
        .collect();
    let more = start + rows.len() < moved.len();
    ok(&json!({ "object": "list", "data": rows, "has_more": more }))
}

fn wise_take(it: &Simulator, body: &[u8]) -> Answer {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let key = json["customerTransactionId"].as_str().unwrap_or_default();
    match it.take(key, body) {
        (StatusCode::BAD_REQUEST, _) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "errors": [{ "message": "target account is closed" }] }).to_string(),
        ),
        (status, Some(id)) => {
            let id: u64 = id.parse().unwrap_or_default();
            (
                status,
                json!({ "id": id, "status": "incoming_payment_waiting" }).to_string(),
            )
        }
        (status, None) => (status, String::new()),
    }
}

fn wise_status(it: &Simulator) -> Answer {
    if it.is_down() {
        return (StatusCode::BAD_GATEWAY, String::new());
    }
    let status = match it.fate() {
        None => return (StatusCode::NOT_FOUND, json!({ "errors": [] }).to_string()),
        Some("failed") => "cancelled",
        Some("returned") => "bounced_back",
        Some("paid") => "outgoing_payment_sent",
        Some(_) => "processing",
    };
    ok(&json!({ "id": 7_000, "status": status }))
}

/// A full page of other people's transfers, then ours.
fn wise_list(it: &Simulator, uri: &Uri) -> Answer {
    if it.is_down() {
        return (StatusCode::BAD_GATEWAY, String::new());
    }
    let first = uri
        .query()
        .is_some_and(|query| query.ends_with("&offset=0"));
    if first {
        let other =
            json!({ "id": 1, "customerTransactionId": "", "status": "outgoing_payment_sent" });
        return ok(&Value::Array(vec![other; 100]));
    }
    let status = match it.fate() {
        Some("failed") => "cancelled",
        Some("returned") => "bounced_back",
        Some("paid") => "outgoing_payment_sent",
        _ => "processing",
    };
    let rows = it.moved().into_iter().map(|one| {
        let id: u64 = one.id.parse().unwrap_or_default();
        json!({ "id": id, "customerTransactionId": one.key, "status": status })
    });
    ok(&Value::Array(rows.collect()))
}
