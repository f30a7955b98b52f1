//! The guard against hostile addresses, names and answers (reliability goal 19).

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comity_app::port::{HttpError, HttpSender, Reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::guard::{GuardedResolver, inspect};
use super::*;

const PRIVATE: [&str; 44] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.171",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fdff::1",
    "fe80::1",
    "ff02::1",
];

const PUBLIC: [&str; 14] = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
];

#[test]
fn special_addresses_are_not_public_and_their_neighbours_are() {
    for text in PRIVATE {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
    for text in PUBLIC {
        assert!(is_public(text.parse().unwrap()), "{text}");
    }
}

#[test]
fn the_text_of_an_address_is_refused_for_its_reason() {
    let cases = [
        ("ftp://example.com/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://127.0.0.1/", "scheme"),
        ("https://user@example.com/", "credentials"),
        ("https://user:x@example.com/", "credentials"),
        ("https://example.com:22/", "port"),
        ("http://127.0.0.1:8080/", "port"),
        ("http://2130706433/", "not public"),
        ("http://0177.1/", "not public"),
        ("http://0x7f.1/", "not public"),
        ("http://127.1/", "not public"),
        ("http://[::ffff:7f00:1]/", "not public"),
        ("http://[::1]/", "not public"),
        ("http://[64:ff9b::7f00:1]/", "not public"),
        ("https://169.254.169.254/latest/meta-data/", "not public"),
        ("http://①②⑦.⓪.⓪.①/", "not public"),
        ("example.com", "not an address"),
        ("https://", "not an address"),
        ("", "not an address"),
    ];
    for (text, reason) in cases {
        let refused = inspect(text, &HttpConfig::default()).map(|_| ());
        assert_eq!(refused, Err(HttpError::Refused(reason)), "{text}");
    }
    let long = format!("https://example.com/{}", "a".repeat(3_000));
    let refused = inspect(&long, &HttpConfig::default()).map(|_| ());
    assert_eq!(refused, Err(HttpError::Refused("too long")));
    for text in [
        "https://example.com/hook?x=1#y",
        "http://example.com",
        "https://1.1.1.1/",
    ] {
        assert!(inspect(text, &HttpConfig::default()).is_ok(), "{text}");
    }
}

#[test]
fn a_trusted_target_is_one_host_on_one_port() {
    let target: Target = "Internal.Example:8080".parse().unwrap();
    let config = HttpConfig {
        trusted: vec![target],
        ports: Vec::new(),
    };
    assert!(inspect("http://internal.example:8080/hook", &config).is_ok());
    assert!(inspect("http://internal.example:8081/hook", &config).is_err());
    assert!(inspect("http://evil.internal.example:8080/", &config).is_err());
    for bad in ["", "host", "host:", "host:99999", ":80"] {
        assert_eq!(bad.parse::<Target>(), Err(TargetError), "{bad}");
    }
}

/// Answers each look-up with the next prepared list, then with the last for ever.
struct Scripted {
    answers: Vec<Vec<&'static str>>,
    asked: AtomicUsize,
}

impl Scripted {
    fn new(answers: &[&[&'static str]]) -> Arc<Self> {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        Arc::new(Self {
            answers,
            asked: AtomicUsize::new(0),
        })
    }
}

impl Lookup for Scripted {
    fn lookup<'a>(&'a self, _host: &'a str) -> Reply<'a, std::io::Result<Vec<IpAddr>>> {
        let asked = self
            .asked
            .fetch_add(1, Ordering::SeqCst)
            .min(self.answers.len() - 1);
        let addresses = self.answers[asked]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        Box::pin(async move { Ok(addresses) })
    }
}

#[tokio::test]
async fn a_name_is_refused_when_any_of_its_addresses_is_private() {
    let mixed: [&[&str]; 3] = [
        &["1.1.1.1", "127.0.0.1"],
        &["2606:4700::1", "10.0.0.1"],
        &["fd00::1"],
    ];
    for answer in mixed {
        let resolver = GuardedResolver(Scripted::new(&[answer]));
        assert!(
            resolver.checked("mixed.example").await.is_err(),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_name_that_changes_its_answer_is_checked_at_every_connection() {
    let resolver = GuardedResolver(Scripted::new(&[&["1.1.1.1"], &["127.0.0.1"]]));
    let first = resolver.checked("rebind.example").await.unwrap();
    assert_eq!(first, ["1.1.1.1".parse::<IpAddr>().unwrap()]);
    assert!(resolver.checked("rebind.example").await.is_err());
}

fn client(trusted: &[String], lookup: Arc<dyn Lookup>, limits: Limits) -> GuardedClient {
    let trusted = trusted.iter().map(|text| text.parse().unwrap()).collect();
    let config = HttpConfig {
        trusted,
        ports: Vec::new(),
    };
    GuardedClient::new(config, limits, lookup).unwrap()
}

/// Serves `answer` to every connection and counts them; keeps each connection open when asked to.
async fn serve(answer: Vec<u8>, hold: bool) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = vec![0; 8_192];
            let read = socket.read(&mut request).await.unwrap_or(0);
            request.truncate(read);
            log.lock().unwrap().push(request);
            let _ = socket.write_all(&answer).await;
            if hold {
                held.push(socket);
            }
        }
    });
    (address, seen)
}

#[tokio::test]
async fn a_canary_on_loopback_is_never_reached() {
    let (canary, seen) = serve(
        b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec(),
        false,
    )
    .await;
    let port = canary.rsplit_once(':').unwrap().1;
    let config = HttpConfig {
        trusted: Vec::new(),
        ports: vec![port.parse().unwrap()],
    };
    let inward = Scripted::new(&[&["127.0.0.1"]]);
    let guarded = GuardedClient::new(config, Limits::default(), inward).unwrap();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "canary.example",
        "2130706433",
        "0177.1",
        "0x7f000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "127.1",
        "0",
        "0.0.0.0",
        "localhost.",
        "[64:ff9b::7f00:1]",
    ];
    for host in hosts {
        for url in [
            format!("http://{host}:{port}/"),
            format!("http://{host}/"),
            format!("https://{host}/"),
        ] {
            let answer = guarded.post(&url, &[], b"{}").await;
            assert!(
                answer == Err(HttpError::Refused("not public")),
                "{url}: {answer:?}"
            );
        }
    }
    assert_eq!(seen.lock().unwrap().len(), 0);
    let trusted = client(
        std::slice::from_ref(&canary),
        Arc::new(SystemLookup),
        Limits::default(),
    );
    let reply = trusted
        .post(&format!("http://{canary}/"), &[], b"{}")
        .await
        .unwrap();
    assert_eq!((reply.status, seen.lock().unwrap().len()), (200, 1));
}

#[tokio::test]
async fn redirects_are_answers_and_not_followed() {
    let (inner, inner_seen) = serve(
        b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec(),
        false,
    )
    .await;
    let answer =
        format!("HTTP/1.1 302 Found\r\nlocation: http://{inner}/\r\ncontent-length: 0\r\n\r\n");
    let (outer, _) = serve(answer.into_bytes(), false).await;
    let client = client(
        &[outer.clone(), inner],
        Arc::new(SystemLookup),
        Limits::default(),
    );
    let reply = client
        .post(&format!("http://{outer}/"), &[], b"{}")
        .await
        .unwrap();
    assert_eq!((reply.status, inner_seen.lock().unwrap().len()), (302, 0));
}

#[tokio::test]
async fn the_request_carries_headers_and_body_and_the_reply_is_cut() {
    let body = "é".repeat(2_000);
    let answer = format!(
        "HTTP/1.1 429 Slow\r\nretry-after: 120\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (address, seen) = serve(answer.into_bytes(), false).await;
    let client = client(
        std::slice::from_ref(&address),
        Arc::new(SystemLookup),
        Limits::default(),
    );
    let headers = [("webhook-id", "msg_1".to_owned())];
    let reply = client
        .post(&format!("http://{address}/h?x=1"), &headers, b"{\"a\":1}")
        .await
        .unwrap();
    assert_eq!((reply.status, reply.retry_after_seconds), (429, Some(120)));
    assert_eq!(reply.excerpt.chars().count(), 512);
    let seen = String::from_utf8(seen.lock().unwrap()[0].clone()).unwrap();
    assert!(seen.starts_with("POST /h?x=1 HTTP/1.1\r\n"), "{seen}");
    assert!(seen.contains("webhook-id: msg_1\r\n"), "{seen}");
    let injected = [("webhook-id", "a\r\nx: y".to_owned())];
    let refused = client
        .post(&format!("http://{address}/"), &injected, b"")
        .await;
    assert_eq!(refused, Err(HttpError::Refused("header")));
}

#[tokio::test]
async fn an_endless_body_is_cut_and_a_silent_server_times_out() {
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(4_096)).repeat(100);
    let endless = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}");
    let (address, _) = serve(endless.into_bytes(), true).await;
    let (silent, _) = serve(Vec::new(), true).await;
    let limits = Limits {
        total: Duration::from_millis(300),
        ..Limits::default()
    };
    let trusted = [address.clone(), silent.clone()];
    let bounded = client(&trusted, Arc::new(SystemLookup), Limits::default());
    let reply = bounded
        .post(&format!("http://{address}/"), &[], b"")
        .await
        .unwrap();
    assert_eq!((reply.status, reply.excerpt.len()), (200, 1_024));
    let hasty = client(&trusted, Arc::new(SystemLookup), limits);
    let timed_out = hasty.post(&format!("http://{silent}/"), &[], b"").await;
    assert_eq!(timed_out, Err(HttpError::TimedOut));
}
