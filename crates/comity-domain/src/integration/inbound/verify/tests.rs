//! Published vectors, the negative set, and every single-bit change (reliability goal 8).

use std::collections::BTreeMap;

use super::*;
use crate::reference::reference_file;
use crate::time::Timestamp;

const STRIPE_SECRET: &str = "whsec_test_secret";
const STRIPE_BODY: &[u8] = br#"{"id":"evt_test_webhook","object":"event"}"#;
const STRIPE_HEADER: &str =
    "t=1700000000,v1=d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990";
const SHOP_BODY: &[u8] = br#"{"id":820982911946154508,"total_price":"403.00"}"#;
const SHOPIFY_MAC: &str = "gHDQy76+38chKmG/hW2suoASSgJPriCh7sYbzaB7OQI=";
const WOO_MAC: &str = "+PpQyj7W/XwXuMvOLkEgQtNn5zMOHSC2sFPygMdCN0E=";
const STANDARD_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const STANDARD_ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const STANDARD_MAC: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const STANDARD_BODY: &[u8] = br#"{"test": 2432232314}"#;

type Headers = BTreeMap<String, Vec<u8>>;
type Check<'c> = &'c dyn Fn(Signed<'_>) -> Result<(), VerifyError>;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

fn headers(pairs: &[(&str, &str)]) -> Headers {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
        .collect()
}

/// Runs `check` as a server would: header values that are not text are absent.
fn run(headers: &Headers, body: &[u8], check: Check<'_>) -> Result<(), VerifyError> {
    let header = |name: &str| headers.get(name).and_then(|v| std::str::from_utf8(v).ok());
    check(Signed {
        header: &header,
        body,
    })
}

fn stripe_at(now: i64) -> impl Fn(Signed<'_>) -> Result<(), VerifyError> {
    move |message| stripe(message, &[STRIPE_SECRET], at(now))
}

fn stripe_result(header: &str, now: i64) -> Result<(), VerifyError> {
    run(
        &headers(&[("stripe-signature", header)]),
        STRIPE_BODY,
        &stripe_at(now),
    )
}

fn standard_headers(signature: &str) -> Headers {
    headers(&[
        ("webhook-id", STANDARD_ID),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", signature),
    ])
}

fn standard_at(now: i64) -> impl Fn(Signed<'_>) -> Result<(), VerifyError> {
    move |message| standard::verify(message, &[STANDARD_SECRET], at(now))
}

fn shopify_check(message: Signed<'_>) -> Result<(), VerifyError> {
    shopify(message, &["hush"])
}

fn woo_check(message: Signed<'_>) -> Result<(), VerifyError> {
    woocommerce(message, &["ck_secret"]).map(|_| ())
}

fn postback_check(message: Signed<'_>) -> Result<(), VerifyError> {
    postback::verify_body(message, &["s2s"], at(1_700_000_000))
}

#[test]
fn the_published_vectors_are_accepted() {
    assert_eq!(stripe_result(STRIPE_HEADER, 1_700_000_000), Ok(()));
    for name in ["x-shopify-hmac-sha256", "shopify-hmac-sha256"] {
        assert_eq!(
            run(&headers(&[(name, SHOPIFY_MAC)]), SHOP_BODY, &shopify_check),
            Ok(())
        );
    }
    let woo = headers(&[("x-wc-webhook-signature", WOO_MAC)]);
    assert_eq!(run(&woo, SHOP_BODY, &woo_check), Ok(()));
    let now = standard_at(1_614_265_330);
    assert_eq!(
        run(&standard_headers(STANDARD_MAC), STANDARD_BODY, &now),
        Ok(())
    );
}

#[test]
fn our_own_signatures_equal_the_published_ones() {
    let signed = |id, seconds, body: &str, secret| {
        standard::sign(id, at(seconds), body.as_bytes(), &[secret]).unwrap()
    };
    assert_eq!(
        signed(
            STANDARD_ID,
            1_614_265_330,
            r#"{"test": 2432232314}"#,
            STANDARD_SECRET
        ),
        STANDARD_MAC
    );
    assert_eq!(
        signed(
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
        ),
        "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
    );
}

#[test]
fn the_reference_files_are_accepted() {
    let Some(stripe_vectors) = reference_file("webhooks/stripe_signature_vectors.json") else {
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_slice(&stripe_vectors).unwrap();
    for vector in &vectors {
        let body = reference_file(vector["file"].as_str().unwrap()).unwrap();
        let headers = headers(&[("stripe-signature", vector["header"].as_str().unwrap())]);
        let now = vector["t"].as_i64().unwrap();
        assert_eq!(
            run(&headers, &body, &stripe_at(now)),
            Ok(()),
            "{}",
            vector["file"]
        );
    }
    let shops = reference_file("webhooks/commerce_signature_vectors.json").unwrap();
    let shops: Vec<serde_json::Value> = serde_json::from_slice(&shops).unwrap();
    for vector in &shops {
        let body = reference_file(vector["file"].as_str().unwrap()).unwrap();
        let name = vector["header"].as_str().unwrap().to_ascii_lowercase();
        let headers = headers(&[(name.as_str(), vector["signature"].as_str().unwrap())]);
        assert_eq!(
            run(&headers, &body, &shopify_check),
            Ok(()),
            "{}",
            vector["file"]
        );
    }
    assert_eq!((vectors.len(), shops.len()), (5, 3));
    let standard = reference_file("webhooks/standard_webhooks_vectors.json").unwrap();
    let standard: Vec<serde_json::Value> = serde_json::from_slice(&standard).unwrap();
    for vector in &standard {
        let text = |name: &str| vector[name].as_str().unwrap();
        let signed = standard::sign(
            text("id"),
            at(vector["timestamp"].as_i64().unwrap()),
            text("payload").as_bytes(),
            &[text("secret")],
        );
        assert_eq!(signed.unwrap(), text("signature"));
    }
}

#[test]
fn the_replay_window_is_closed_on_both_sides() {
    let cases = [
        (1_700_000_300, Ok(())),
        (1_699_999_700, Ok(())),
        (1_700_000_301, Err(VerifyError::StaleTimestamp)),
        (1_699_999_699, Err(VerifyError::FutureTimestamp)),
    ];
    for (now, expected) in cases {
        assert_eq!(stripe_result(STRIPE_HEADER, now), expected, "{now}");
    }
    let shifted = |by: i64| {
        run(
            &standard_headers(STANDARD_MAC),
            STANDARD_BODY,
            &standard_at(1_614_265_330 + by),
        )
    };
    assert_eq!([shifted(300), shifted(-300)], [Ok(()), Ok(())]);
    assert_eq!(shifted(301), Err(VerifyError::StaleTimestamp));
    assert_eq!(shifted(-301), Err(VerifyError::FutureTimestamp));
}

#[test]
fn any_current_stripe_signature_may_match_and_other_schemes_never_do() {
    let (time, good) = STRIPE_HEADER.split_once(",v1=").unwrap();
    let wrong = "0".repeat(64);
    let now = 1_700_000_000;
    let ok = format!("{time},v1={wrong},v0={wrong},v1={good}");
    assert_eq!(stripe_result(&ok, now), Ok(()));
    let cases = [
        (format!("{time},v0={good}"), VerifyError::MissingSignature),
        (format!("{time},v2={good}"), VerifyError::MissingSignature),
        (
            format!("{time},v1={}", good.to_uppercase()),
            VerifyError::BadSignature,
        ),
        (
            format!("{time},v1={}", &good[..8]),
            VerifyError::BadSignature,
        ),
        (format!("{time},v1="), VerifyError::BadSignature),
        (format!("v1={good}"), VerifyError::Malformed),
        (format!("t=hello,v1={good}"), VerifyError::Malformed),
        (format!("t=,v1={good}"), VerifyError::Malformed),
        (format!("{time},{time},v1={good}"), VerifyError::Malformed),
        ("nonsense".to_owned(), VerifyError::Malformed),
        (String::new(), VerifyError::MissingSignature),
        ("v1=0,".repeat(1_000), VerifyError::Malformed),
    ];
    for (header, expected) in cases {
        assert_eq!(stripe_result(&header, now), Err(expected), "{header:.60}");
    }
}

#[test]
fn two_secrets_overlap_and_an_empty_one_opens_nothing() {
    let shop = headers(&[("x-shopify-hmac-sha256", SHOPIFY_MAC)]);
    let with = |secrets: &[&str]| run(&shop, SHOP_BODY, &|message| shopify(message, secrets));
    assert_eq!(with(&["new", "hush"]), Ok(()));
    assert_eq!(with(&["new"]), Err(VerifyError::BadSignature));
    assert_eq!(with(&[]), Err(VerifyError::BadSignature));
    let forged =
        base64::Engine::encode(&base64::prelude::BASE64_STANDARD, proof::mac(b"", &[b"x"]));
    let forged = headers(&[("x-shopify-hmac-sha256", forged.as_str())]);
    let open = run(&forged, b"x", &|message| shopify(message, &[""]));
    assert_eq!(open, Err(VerifyError::BadSignature));
}

#[test]
fn a_woocommerce_ping_is_recognised_and_nothing_like_it() {
    let none = Headers::new();
    let ping = |body: &[u8]| {
        let header = |_: &str| None;
        woocommerce(
            Signed {
                header: &header,
                body,
            },
            &["ck_secret"],
        )
    };
    assert_eq!(ping(b"webhook_id=12"), Ok(WooDelivery::Ping));
    let others: [&[u8]; 4] = [b"webhook_id=", b"webhook_id=1&x=2", b"{}", b"webhook_id=1 "];
    for body in others {
        assert_eq!(ping(body), Err(VerifyError::MissingSignature));
    }
    let signed = headers(&[("x-wc-webhook-signature", WOO_MAC)]);
    assert_eq!(
        run(&signed, b"webhook_id=12", &woo_check),
        Err(VerifyError::BadSignature)
    );
    assert_eq!(
        run(&none, SHOP_BODY, &woo_check),
        Err(VerifyError::MissingSignature)
    );
}

#[test]
fn the_standard_negative_set_is_refused() {
    let now = 1_614_265_330;
    let result = |signature: &str| {
        run(
            &standard_headers(signature),
            STANDARD_BODY,
            &standard_at(now),
        )
    };
    let bytes = &STANDARD_MAC[3..];
    let wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for refused in [
        "v1,".to_owned(),
        STANDARD_MAC[..11].to_owned(),
        format!("{wrong} {wrong} {wrong}"),
        format!("v2,{bytes}"),
        bytes.to_owned(),
    ] {
        assert_eq!(
            result(&refused),
            Err(VerifyError::BadSignature),
            "{refused}"
        );
    }
    assert_eq!(
        result(&format!("{wrong} {wrong} {STANDARD_MAC} {wrong}")),
        Ok(())
    );
    for missing in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut headers = standard_headers(STANDARD_MAC);
        headers.remove(missing);
        let result = run(&headers, STANDARD_BODY, &standard_at(now));
        assert_eq!(result, Err(VerifyError::MissingSignature), "{missing}");
    }
    let mut headers = standard_headers(STANDARD_MAC);
    headers.insert("webhook-timestamp".to_owned(), b"hello".to_vec());
    let result = run(&headers, STANDARD_BODY, &standard_at(now));
    assert_eq!(result, Err(VerifyError::Malformed));
    assert_eq!(
        run(&standard_headers(STANDARD_MAC), b"", &standard_at(now))
            .unwrap_err()
            .code(),
        "bad_signature"
    );
}

#[test]
fn standard_secrets_are_read_with_and_without_prefix() {
    let bare = STANDARD_SECRET.trim_start_matches("whsec_");
    assert_eq!(standard::key(bare), standard::key(STANDARD_SECRET));
    let key = standard::key(STANDARD_SECRET).unwrap();
    assert_eq!(standard::secret_text(&key), STANDARD_SECRET);
    for bad in ["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64"] {
        assert_eq!(
            standard::key(bad),
            Err(standard::SignError::Secret),
            "{bad}"
        );
    }
    let sign = |id| standard::sign(id, at(0), b"", &[STANDARD_SECRET]).unwrap_err();
    assert_eq!([sign(""), sign("a.b")], [standard::SignError::Id; 2]);
    let both = standard::sign("m", at(0), b"", &[STANDARD_SECRET, bare]).unwrap();
    assert_eq!(both.split(' ').count(), 2);
}

#[test]
fn a_signed_query_is_accepted_once_its_last_parameter_matches() {
    let query = postback::sign_query("event=sale&order=1001&ts=1700000000", "s2s");
    let check = |query: &str, now| postback::verify_query(query, &["new", "s2s"], at(now));
    assert_eq!(check(&query, 1_700_000_000), Ok(()));
    assert_eq!(
        check(&query, 1_700_000_301),
        Err(VerifyError::StaleTimestamp)
    );
    assert_eq!(
        check(&format!("{query}&x=1"), 1_700_000_000),
        Err(VerifyError::Malformed)
    );
    assert_eq!(
        check("event=sale&ts=1", 1),
        Err(VerifyError::MissingSignature)
    );
    for content in ["event=sale", "ts=1&ts=1", "ts=hello"] {
        let query = postback::sign_query(content, "s2s");
        assert_eq!(check(&query, 1), Err(VerifyError::Malformed), "{content}");
    }
    every_bit(query.as_bytes(), |mutant| {
        std::str::from_utf8(mutant).is_err()
            || check(std::str::from_utf8(mutant).unwrap(), 1_700_000_000).is_err()
    });
}

/// Calls `refused` with every one-bit change of `bytes`.
fn every_bit(bytes: &[u8], mut refused: impl FnMut(&[u8]) -> bool) {
    for index in 0..bytes.len() * 8 {
        let mut mutant = bytes.to_vec();
        mutant[index / 8] ^= 1 << (index % 8);
        assert!(refused(&mutant), "bit {index} changed and accepted");
    }
}

#[test]
fn every_changed_bit_of_header_or_body_is_refused() {
    let post = postback::sign_body(at(1_700_000_000), SHOP_BODY, "s2s");
    let post = [
        (postback::TIMESTAMP_HEADER, "1700000000"),
        (postback::SIGNATURE_HEADER, post.as_str()),
    ];
    let stripe_now = stripe_at(1_700_000_000);
    let standard_now = standard_at(1_614_265_330);
    let cases: [(Headers, &[u8], Check<'_>); 5] = [
        (
            headers(&[("stripe-signature", STRIPE_HEADER)]),
            STRIPE_BODY,
            &stripe_now,
        ),
        (
            headers(&[("x-shopify-hmac-sha256", SHOPIFY_MAC)]),
            SHOP_BODY,
            &shopify_check,
        ),
        (
            headers(&[("x-wc-webhook-signature", WOO_MAC)]),
            SHOP_BODY,
            &woo_check,
        ),
        (standard_headers(STANDARD_MAC), STANDARD_BODY, &standard_now),
        (headers(&post), SHOP_BODY, &postback_check),
    ];
    for (headers, body, check) in cases {
        assert_eq!(run(&headers, body, check), Ok(()));
        every_bit(body, |mutant| run(&headers, mutant, check).is_err());
        for name in headers.keys() {
            every_bit(&headers[name], |mutant| {
                let mut headers = headers.clone();
                headers.insert(name.clone(), mutant.to_vec());
                run(&headers, body, check).is_err()
            });
        }
    }
}
