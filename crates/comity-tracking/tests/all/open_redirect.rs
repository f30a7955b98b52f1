//! RELIABILITY 3.2: no input leads anywhere but to the stored destination or
//! a host on the allow-list, and nothing reaches a header that should not.

use crate::stage::{Stage, header};
use proptest::prelude::*;
use url::Url;

/// Inputs that must fall back to the stored destination.
const REFUSED: &[&str] = &[
    "//evil.com",
    "///evil.com",
    "////evil.com",
    "/\\evil.com",
    "\\/\\/evil.com",
    "\\\\evil.com",
    "https:evil.com",
    "https:/evil.com",
    "https:///evil.com",
    "https:\\\\evil.com",
    "http:evil.com",
    "https://good.com@evil.com",
    "https://good.com:x@evil.com",
    "https://user@good.com",
    "https://user:pass@good.com/",
    "https://good.com.evil.com",
    "https://evilgood.com",
    "https://evil.com/good.com",
    "https://evil.com/https://good.com",
    "https://evil.com#.good.com",
    "https://evil.com#@good.com",
    "https://evil.com?good.com",
    "https://evil.com?.good.com",
    "https://evil.com\\.good.com",
    "https://evil.com\\@good.com",
    "https://good.com%2eevil.com",
    "https://good.com%252eevil.com",
    "https://good.com%00.evil.com",
    "https://good.com\0.evil.com",
    "https://good.com\t.evil.com",
    "https://good.com\r\n.evil.com",
    "https://good.com%0d%0a.evil.com",
    "https://xn--gd-7ja.com",
    "https://gооd.com",
    "https://good.com.",
    "https://good.com..",
    "https://.good.com",
    "https://good.com:444",
    "https://good.com:0",
    "https://good.com:99999",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://0x7f.1",
    "https://2130706433",
    "https://0177.0.0.1",
    "https://127.1",
    "http://good.com",
    "http://169.254.169.254/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "java%0ascript:alert(1)",
    " javascript:alert(1)",
    "\u{1}javascript:alert(1)",
    "javascript://good.com/%0aalert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "intent://good.com",
    "file:///etc/passwd",
    "ftp://good.com",
    "blob:https://good.com/x",
    "about:blank",
    "mailto:a@good.com",
    "ht\ntps://good.com",
    "https://good.com/\r\nSet-Cookie: a=b",
    "good.com",
    "/local",
    "?x",
    "#x",
    "",
    ".",
    "https://",
    "https://?",
    "https://good。com.evil.com",
    "https://good.com/..//evil.com\0",
];

/// Inputs that lead to an allowed host, and how they are written then.
const ALLOWED: &[(&str, &str)] = &[
    ("https://good.com", "https://good.com/"),
    ("https://GOOD.com", "https://good.com/"),
    ("HTTPS://good.com/Path", "https://good.com/Path"),
    ("https://www.good.com/a?b=c#d", "https://www.good.com/a?b=c"),
    ("https://good。com", "https://good.com/"),
    ("https://good.com:443/", "https://good.com/"),
    ("https:good.com", "https://good.com/"),
    (
        "https:\\\\good.com\\@evil.com",
        "https://good.com/@evil.com",
    ),
    ("https://good.com\\@evil.com", "https://good.com/@evil.com"),
    ("https://good.com//evil.com", "https://good.com//evil.com"),
    (
        "https://good.com/%0d%0aSet-Cookie:a=b",
        "https://good.com/%0d%0aSet-Cookie:a=b",
    ),
    (
        "https://good.com/?next=//evil.com",
        "https://good.com/?next=//evil.com",
    ),
    ("https://good.com/ü ö", "https://good.com/%C3%BC%20%C3%B6"),
    ("  https://good.com/  ", "https://good.com/"),
];

fn encoded(text: &str, times: usize) -> String {
    (0..times).fold(text.to_owned(), |text, _| {
        url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
    })
}

async fn location(stage: &Stage, target: &str) -> String {
    let answer = stage.get(target, &[]).await;
    assert_eq!(answer.status(), 302, "{target}");
    assert_eq!(answer.headers().get_all("location").iter().count(), 1);
    header(&answer, "location").to_owned()
}

fn lands_well(location: &str) -> bool {
    let url = Url::parse(location).unwrap();
    let host = url.host_str().unwrap();
    let safe = location.bytes().all(|b| (0x21..0x7f).contains(&b));
    let known = host == "stored.com" || host == "good.com" || host.ends_with(".good.com");
    safe && known && url.scheme() == "https" && url.username().is_empty() && url.port().is_none()
}

#[tokio::test]
async fn every_known_trick_lands_at_the_stored_destination() {
    let stage = Stage::new();
    for input in REFUSED {
        for (parameter, times) in [("to", 1), ("url", 1), ("to", 2), ("to", 3)] {
            let target = format!("/a?{parameter}={}", encoded(input, times));
            let location = location(&stage, &target).await;
            assert!(
                location.starts_with("https://stored.com/landing?cid="),
                "{input:?}: {location}"
            );
        }
    }
    assert!(REFUSED.len() >= 60);
}

#[tokio::test]
async fn allowed_links_are_written_anew() {
    let stage = Stage::new();
    for (input, expected) in ALLOWED {
        let location = location(&stage, &format!("/a?to={}", encoded(input, 1))).await;
        assert!(location.starts_with(expected), "{input:?}: {location}");
        assert!(lands_well(&location), "{location}");
    }
}

#[tokio::test]
async fn two_deep_links_and_oversized_ones_are_refused() {
    let stage = Stage::new();
    let good = "https%3A%2F%2Fgood.com%2F";
    let long = format!("https://good.com/{}", "a".repeat(5000));
    for target in [
        format!("/a?to={good}&to={good}"),
        format!("/a?to={good}&url=x"),
        format!("/a?to={long}"),
    ] {
        assert!(
            location(&stage, &target)
                .await
                .starts_with("https://stored.com/landing?")
        );
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "https:",
        "http:",
        "//",
        "/",
        "\\",
        "good.com",
        "evil.com",
        ".",
        "@",
        ":",
        "#",
        "?",
        "%2e",
        "%00",
        "%0d%0a",
        "\r\n",
        "\t",
        "\0",
        "。",
        "xn--",
        "[::1]",
        "javascript:",
        "%",
        "&",
        "=",
        "{s1}",
        "{click_id}",
        "cid",
        "443",
        " ",
        "ä",
        "www",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
        ".{0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_input_leads_anywhere_else(to in hostile(), s1 in hostile(), raw in "[!-~]{0,40}") {
        thread_local! {
            static STAGE: (tokio::runtime::Runtime, Stage) = {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let stage = Stage::new();
                stage.link("m", crate::stage::link("https://stored.com/landing?x={s1}#{s1}"));
                (runtime.unwrap(), stage)
            };
        }
        STAGE.with(|(runtime, stage)| {
            for slug in ["a", "m"] {
                let target = format!("/{slug}?to={}&s1={}&utm_term={}", encoded(&to, 1), encoded(&s1, 1), encoded(&to, 1));
                let landed = runtime.block_on(location(stage, &target));
                assert!(lands_well(&landed), "{to:?} {s1:?}: {landed}");
                if let Ok(uri) = format!("/{slug}?{raw}").parse::<hyper::Uri>() {
                    let landed = runtime.block_on(location(stage, &uri.to_string()));
                    assert!(lands_well(&landed), "{raw:?}: {landed}");
                }
            }
        });
    }
}

#[tokio::test]
async fn a_link_off_the_list_needs_the_teams_signature_for_exactly_it() {
    use comity_domain::link::DestinationSigner;
    let stage = crate::stage::Stage::new();
    let program = crate::stage::program().program;
    let signer = DestinationSigner::new(&[9; 32]);
    let to = "https://event.example/tickets?a=1";
    let good = signer.sign(program, to);
    let of = |to: &str, sig: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        format!(
            "/a?{}",
            query.append_pair("to", to).append_pair("sig", sig).finish()
        )
    };
    let answer = stage.get(&of(to, &good), &[]).await;
    let location = crate::stage::header(&answer, "location").to_owned();
    assert!(
        location.starts_with("https://event.example/tickets?a=1&cid="),
        "{location}"
    );
    let script = "javascript:alert(1)";
    let signed_script = signer.sign(program, script);
    let user = "https://good.com@evil.com/";
    let signed_user = signer.sign(program, user);
    for (to, sig) in [
        ("https://event.example/tickets?a=2", good.as_str()),
        ("https://evil.com/", good.as_str()),
        (to, ""),
        (to, "00"),
        (to, "<script>"),
        (script, &signed_script),
        (user, &signed_user),
    ] {
        let answer = stage.get(&of(to, sig), &[]).await;
        let location = crate::stage::header(&answer, "location");
        assert!(
            location.starts_with("https://stored.com/"),
            "{to} {sig}: {location}"
        );
    }
}
