//! What pages may tell, from where, and that bad input changes nothing (RELIABILITY 3.2).

use crate::stage::{BROWSER, Stage, header, link, program};
use comity_domain::{ProgramId, RawId};
use comity_tracking::click::Channel;
use comity_tracking::collect::Refusal;
use comity_tracking::link::{CookieRule, LinkState, ProgramEntry};
use comity_tracking::script;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

const SHOP: &str = "https://shop.good.com";

fn key() -> String {
    ProgramId(RawId([1; 16])).to_string()
}

/// A `POST` of bytes as a browser on `origin` sends it.
async fn post(
    stage: &Stage,
    path: &str,
    body: impl Into<Bytes>,
    headers: &[(&str, &str)],
) -> Response<Full<Bytes>> {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("host", "go.test")
        .header("content-type", "text/plain;charset=UTF-8");
    for (name, value) in [("origin", SHOP), ("user-agent", BROWSER)] {
        if !headers.iter().any(|(given, _)| *given == name) {
            request = request.header(name, value);
        }
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(body.into())).unwrap();
    stage.redirect.answer(request).await
}

async fn tell(stage: &Stage, path: &str, body: &Value) -> (StatusCode, Value) {
    read(post(stage, path, body.to_string(), &[]).await).await
}

async fn read(answer: Response<Full<Bytes>>) -> (StatusCode, Value) {
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn an_event_is_durable_before_it_is_accepted() {
    let stage = Stage::new();
    let click = "clk_00000000000000000000000007";
    let (status, said) = tell(
        &stage,
        "/t/e",
        &json!({ "key": key(), "type": "lead", "external_id": "l1", "click_id": click,
            "customer_id": 42, "customer": { "email": "a@b.test" }, "metadata": { "plan": "pro", "seats": 3 },
            "foreign": { "irclickid": "x9" }, "page": "https://shop.good.com/thanks?mail=a@b.test",
            "consent": true }),
    )
    .await;
    assert_eq!(
        (status, &said["status"]),
        (StatusCode::ACCEPTED, &json!("accepted"))
    );
    let [heard] = &stage.heard().await[..] else {
        panic!("one hint")
    };
    assert_eq!(heard.program.to_string(), key());
    let hint = &heard.hint;
    assert_eq!(
        (hint.kind.as_str(), hint.external_id.as_str()),
        ("lead", "l1")
    );
    assert_eq!(hint.click.unwrap().to_string(), click);
    assert_eq!(hint.customer_id, "42");
    assert_eq!(hint.metadata["seats"], "3");
    assert_eq!(
        hint.page, "https://shop.good.com/thanks",
        "queries hold personal data"
    );
}

#[tokio::test]
async fn a_landing_becomes_a_click_with_the_redirects_cookies() {
    let stage = Stage::new();
    let mut brand = program();
    brand.cookie_domain = Some("go.test".to_owned());
    stage.program(brand);
    let body = json!({ "key": key(), "slug": "a", "page": "https://good.com/?via=a&s1=blog",
        "referrer": "https://blog.test/post?x=1", "consent": true, "foreign": {} });
    let answer = post(&stage, "/t/c", body.to_string(), &[]).await;
    assert_eq!(header(&answer, "access-control-allow-origin"), SHOP);
    assert_eq!(header(&answer, "access-control-allow-credentials"), "true");
    assert_eq!(header(&answer, "vary"), "origin");
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2, "{cookies:?}");
    let (status, said) = read(answer).await;
    let [click] = &stage.recorded().await[..] else {
        panic!("one click")
    };
    assert_eq!(
        (status, said),
        (StatusCode::OK, json!({ "click_id": click.id.to_string() }))
    );
    assert_eq!(click.channel, Channel::Script);
    assert_eq!(click.sub_ids[0].as_deref(), Some("blog"));
    assert_eq!(click.referrer.as_deref(), Some("https://blog.test/post"));
}

#[tokio::test]
async fn the_redirects_cookie_stands_in_for_a_lost_script_cookie() {
    let stage = Stage::new();
    let body = json!({ "key": key(), "type": "lead", "external_id": "l1" });
    let cookie = "comity_cid=clk_00000000000000000000000009";
    let with = |consent: &str| vec![("cookie", format!("{cookie}; comity_consent={consent}"))];
    for consent in ["1", "0"] {
        let headers = with(consent);
        let headers: Vec<_> = headers.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = post(&stage, "/t/e", body.to_string(), &headers).await;
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
    }
    let mut silent = program();
    silent.cookies = CookieRule::Never;
    stage.program(silent);
    let _ = post(&stage, "/t/e", body.to_string(), &[("cookie", cookie)]).await;
    let clicks: Vec<_> = stage
        .heard()
        .await
        .iter()
        .map(|h| h.hint.click.is_some())
        .collect();
    assert_eq!(clicks, [true, false, false]);
}

#[tokio::test]
async fn only_pages_of_the_programs_own_sites_are_heard() {
    let stage = Stage::new();
    let body = json!({ "key": key(), "type": "lead", "external_id": "l1" }).to_string();
    for origin in [
        "",
        "null",
        "https://evil.com",
        "https://evilgood.com",
        "https://good.com.evil.com",
        "http://good.com",
        "https://good.com:8443",
        "https://good.com@evil.com",
        "good.com",
        "javascript:alert(1)",
    ] {
        for path in ["/t/e", "/t/c"] {
            let answer = post(&stage, path, body.clone(), &[("origin", origin)]).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
            assert_eq!(
                header(&answer, "access-control-allow-origin"),
                "",
                "{origin}"
            );
        }
    }
    let twice = [("origin", SHOP), ("origin", "https://evil.com")];
    assert_eq!(
        post(&stage, "/t/e", body, &twice).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(stage.tracker.metrics.refused(Refusal::Origin), 21);
    assert!(stage.heard().await.is_empty());
    let preflight = Request::builder().method(Method::OPTIONS).uri("/t/e");
    let preflight = preflight
        .header("origin", SHOP)
        .body(Full::<Bytes>::default());
    let answer = stage.redirect.answer(preflight.unwrap()).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&answer, "allow"), "POST");
}

#[tokio::test]
async fn bad_fields_are_named_and_change_nothing() {
    let stage = Stage::new();
    let ok = json!({ "key": key(), "type": "lead", "external_id": "l1" });
    let long = "x".repeat(201);
    for (field, value, code) in [
        ("type", json!("refund"), "not_from_a_browser"),
        ("type", json!("Lead"), "unknown"),
        ("type", Value::Null, "required"),
        (
            "external_id",
            json!("a\r\nSet-Cookie: x=1"),
            "control_character",
        ),
        ("external_id", json!("a\u{0}b"), "control_character"),
        ("external_id", json!(["a"]), "not_text"),
        ("external_id", json!(long), "too_long"),
        ("click_id", json!("clk_<script>"), "invalid"),
        ("amount_minor", json!(-1), "out_of_range"),
        ("amount_minor", json!(1.5), "invalid"),
        ("amount_minor", json!(9_000_000_000_000_i64), "out_of_range"),
        ("currency", json!("EURO"), "invalid"),
        ("metadata", json!([1]), "not_an_object"),
        ("partner_id", json!("prt_1"), "unknown_field"),
        ("program_id", json!("prg_1"), "unknown_field"),
    ] {
        let mut body = ok.clone();
        body[field] = value.clone();
        let (status, said) = tell(&stage, "/t/e", &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        let error = &said["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code)),
            "{said}"
        );
    }
    assert_eq!(stage.tracker.metrics.refused(Refusal::Invalid), 15);
    assert!(stage.heard().await.is_empty());
}

#[tokio::test]
async fn bodies_that_are_none_are_refused() {
    let stage = Stage::new();
    let huge = json!({ "key": key(), "type": "lead", "external_id": "x".repeat(9_000) });
    let (status, said) = tell(&stage, "/t/e", &huge).await;
    assert_eq!(
        (status, &said["code"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("too_large"))
    );
    for body in [
        &b""[..],
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b"{\"key\":\"\xff\"}",
        b"\0",
    ] {
        let answer = post(&stage, "/t/e", Bytes::from(body.to_vec()), &[]).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{body:?}");
    }
    let deep = "[".repeat(4_000);
    assert_eq!(
        post(&stage, "/t/e", deep, &[]).await.status(),
        StatusCode::BAD_REQUEST
    );
    for wrong in ["prg_00000000000000000000000000", "prg_'; DROP TABLE", ""] {
        let (status, said) = tell(&stage, "/t/e", &json!({ "key": wrong, "type": "lead" })).await;
        assert_eq!(
            (status, &said["code"]),
            (StatusCode::NOT_FOUND, &json!("unknown_key"))
        );
    }
    let long = format!("/t/p.gif?key={}&x={}", key(), "y".repeat(9_000));
    assert_eq!(
        stage.get(&long, &[]).await.status(),
        StatusCode::URI_TOO_LONG
    );
    assert!(stage.heard().await.is_empty());
}

#[tokio::test]
async fn a_landing_needs_a_live_link_of_the_program() {
    let stage = Stage::new();
    let mut paused = link("https://stored.com/");
    paused.state = LinkState::Paused;
    stage.link("paused", paused);
    let mut foreign = link("https://stored.com/");
    foreign.program = ProgramId(RawId([8; 16]));
    let other = ProgramEntry::new(foreign.program, program().tenant);
    stage.program(other);
    stage.link("foreign", foreign);
    for (slug, expected) in [
        ("paused", StatusCode::GONE),
        ("foreign", StatusCode::NOT_FOUND),
        ("none", StatusCode::NOT_FOUND),
        ("../a", StatusCode::NOT_FOUND),
        ("a\r\n", StatusCode::OK),
        ("", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let (status, _) = tell(&stage, "/t/c", &json!({ "key": key(), "slug": slug })).await;
        assert_eq!(status, expected, "{slug:?}");
    }
    assert_eq!(stage.recorded().await.len(), 1);
}

#[tokio::test]
async fn machines_and_floods_are_refused() {
    let stage = Stage::with(comity_tracking::spool::Durability::Os, &[]);
    let body = json!({ "key": key(), "type": "lead", "external_id": "l1" }).to_string();
    let bot = [("user-agent", "Googlebot/2.1")];
    let answer = post(&stage, "/t/e", body.clone(), &bot).await;
    assert_eq!(read(answer).await.1["code"], "machine");
    let mut refused = 0;
    for n in 0..200 {
        // A stranger's forwarding header opens no new bucket.
        let forged = format!("203.0.113.{n}");
        let answer = post(
            &stage,
            "/t/e",
            body.clone(),
            &[("x-forwarded-for", &forged)],
        )
        .await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(header(&answer, "retry-after"), "10");
            refused += 1;
        }
    }
    assert_eq!(refused, 81, "120 at once, one was the machine's");
    assert_eq!(stage.heard().await.len(), 119);
}

#[tokio::test]
async fn a_pixel_is_an_image_whatever_it_says() {
    let stage = Stage::new();
    let query = format!(
        "/t/p.gif?key={}&type=sale&external_id=o1&amount_minor=100&currency=EUR&metadata.plan=pro",
        key()
    );
    let page = [("referer", "https://shop.good.com/thanks")];
    let answer = stage.get(&query, &page).await;
    assert_eq!(
        (answer.status(), header(&answer, "content-type")),
        (StatusCode::OK, "image/gif")
    );
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let from_elsewhere = stage.get(&query, &[("referer", "https://evil.com/")]).await;
    let without = stage.get(&query, &[]).await;
    let twice = stage.get(&format!("{query}&type=lead"), &page).await;
    for (refused, reason) in [
        (from_elsewhere, "origin_not_allowed"),
        (without, "origin_not_allowed"),
        (twice, "malformed"),
    ] {
        assert_eq!(header(&refused, "content-type"), "image/gif");
        assert_eq!(header(&refused, "x-comity-refused"), reason);
        assert!(refused.status().is_client_error());
    }
    let [heard] = &stage.heard().await[..] else {
        panic!("one hint")
    };
    assert!(heard.hint.claims_money());
    assert_eq!(
        (
            heard.hint.amount_minor,
            heard.hint.metadata["plan"].as_str()
        ),
        (100, "pro")
    );
}

#[tokio::test]
async fn the_script_is_served_short_lived_and_pinned() {
    let stage = Stage::new();
    let answer = stage.get("/comity.js", &[]).await;
    assert!(header(&answer, "cache-control").starts_with("public, max-age=3600"));
    let tag = header(&answer, "etag").to_owned();
    let known = stage.get("/comity.js", &[("if-none-match", &tag)]).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    let pinned = stage.get(&format!("/{}", script::pinned_name()), &[]).await;
    assert!(header(&pinned, "cache-control").contains("immutable"));
    let body = pinned.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, script::SOURCE.as_bytes());
    let other = stage.get("/comity-000000000000000000000000.js", &[]).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_clock_that_jumps_harms_nothing() {
    use std::sync::atomic::Ordering;
    let stage = Stage::new();
    let start = stage.clock.seconds.load(Ordering::Relaxed);
    // A second, a day, back and forth, stopped, before 1970, after 2038, the year 9999.
    let jumps = [
        start,
        start + 1,
        start - 1,
        start + 86_400,
        start - 86_400,
        start - 86_400,
        -1,
        0,
        2_147_483_648,
        253_402_300_799,
    ];
    for (n, seconds) in jumps.into_iter().enumerate() {
        stage.clock.seconds.store(seconds, Ordering::Relaxed);
        let answer = stage.get("/a", &[]).await;
        assert_eq!(answer.status(), StatusCode::FOUND, "{seconds}");
        let body = json!({ "key": key(), "type": "lead", "external_id": format!("l{n}") });
        let (status, _) = tell(&stage, "/t/e", &body).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{seconds}");
    }
    let clicks = stage.recorded().await;
    let ids: std::collections::BTreeSet<_> = clicks.iter().map(|click| click.id).collect();
    assert_eq!(
        (clicks.len(), ids.len()),
        (jumps.len(), jumps.len()),
        "ids stay unique"
    );
}
