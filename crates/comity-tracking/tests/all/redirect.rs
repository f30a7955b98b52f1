//! G1, G8: what a visit to a link does, from request to recorded click.

use std::sync::atomic::Ordering;

use crate::stage::{Stage, header, link, program};
use comity_domain::Timestamp;
use comity_tracking::click::{Channel, Class, Consent, Leads};
use comity_tracking::link::{CookieRule, LinkChange, LinkKey, LinkState};
use comity_tracking::spool::Durability;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Method, Request, StatusCode};

#[tokio::test]
async fn a_visit_is_recorded_before_it_is_sent_on() {
    let stage = Stage::with(Durability::Disk, &[]);
    let answer = stage
        .get(
            "/a?s1=blog&utm_source=mail&gclid=x",
            &[
                ("referer", "https://blog.test/post?secret=1"),
                ("accept-language", "de-DE,de"),
            ],
        )
        .await;
    assert_eq!(answer.status(), StatusCode::FOUND);
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let clicks = stage.recorded().await;
    let [click] = &clicks[..] else {
        panic!("{clicks:?}")
    };
    let expected = format!(
        "https://stored.com/landing?utm_source=mail&cid={}",
        click.id
    );
    assert_eq!(header(&answer, "location"), expected);
    assert_eq!(click.verdict.class, Class::Person);
    assert_eq!(click.referrer.as_deref(), Some("https://blog.test/post"));
    assert_eq!(click.language.as_deref(), Some("de-de"));
    assert_eq!(click.sub_ids[0].as_deref(), Some("blog"));
    assert_eq!(click.utm.source.as_deref(), Some("mail"));
    assert_eq!(click.paid_parameter.as_deref(), Some("gclid"));
    assert_eq!(click.destination, "https://stored.com/landing");
    assert_eq!(click.channel, Channel::Link);

    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
    let cookies: Vec<_> = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .collect();
    let visitor = click.visitor.unwrap();
    assert!(
        cookies[0].starts_with(&format!("comity_vid={visitor}; Path=/; ")),
        "{cookies:?}"
    );
    assert!(
        cookies[1].starts_with(&format!("comity_cid={}; Path=/; ", click.id)),
        "{cookies:?}"
    );
    assert!(
        cookies
            .iter()
            .all(|cookie| cookie.contains("HttpOnly; SameSite=Lax"))
    );
}

#[tokio::test]
async fn a_returning_visitor_keeps_its_id_and_a_repeat_names_the_first_click() {
    let stage = Stage::new();
    let first = stage.get("/a", &[]).await;
    let cookie = header(&first, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let repeat = stage.get("/a", &[("cookie", &cookie)]).await;
    assert_eq!(repeat.status(), StatusCode::FOUND);
    stage.clock.seconds.fetch_add(11, Ordering::Relaxed);
    stage.get("/a", &[("cookie", &cookie)]).await;
    let clicks = stage.recorded().await;
    let classes: Vec<_> = clicks.iter().map(|click| click.verdict.class).collect();
    assert_eq!(classes, [Class::Person, Class::Duplicate, Class::Person]);
    assert_eq!(clicks[1].counts_as(), clicks[0].id);
    assert!(
        clicks
            .iter()
            .all(|click| click.visitor == clicks[0].visitor)
    );
    assert!(!format!("{:?}", repeat.headers()).contains("comity_cid"));
}

#[tokio::test]
async fn machines_are_sent_on_and_recorded_with_a_reason() {
    let stage = Stage::new();
    let bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    type Case<'a> = (&'a [(&'a str, &'a str)], Class, &'a str);
    let cases: [Case<'_>; 6] = [
        (
            &[("user-agent", bot)],
            Class::Crawler,
            "agent.search_engine",
        ),
        (&[("user-agent", "")], Class::Crawler, "agent.absent"),
        (
            &[("user-agent", "WhatsApp/2.23 A")],
            Class::LinkPreview,
            "agent.preview",
        ),
        (
            &[("sec-purpose", "prefetch;prerender")],
            Class::Prefetch,
            "fetch.purpose",
        ),
        (
            &[("sec-fetch-dest", "image")],
            Class::NonNavigation,
            "fetch.dest.image",
        ),
        (
            &[("sec-fetch-dest", "iframe"), ("sec-fetch-mode", "navigate")],
            Class::NonNavigation,
            "fetch.dest.frame",
        ),
    ];
    for (headers, ..) in &cases {
        let answer = stage.get("/a", headers).await;
        assert_eq!(answer.status(), StatusCode::FOUND);
        assert!(answer.headers().get("set-cookie").is_none());
        assert!(header(&answer, "location").contains("cid=clk_"));
    }
    let head = Request::builder()
        .method(Method::HEAD)
        .uri("/a")
        .header("host", "go.test");
    let answer = stage
        .redirect
        .answer(head.body(Full::<Bytes>::default()).unwrap())
        .await;
    assert_eq!(answer.status(), StatusCode::FOUND);
    let clicks = stage.recorded().await;
    for (click, (_, class, reason)) in clicks.iter().zip(&cases) {
        assert_eq!(
            (click.verdict.class, click.verdict.reason.as_ref()),
            (*class, *reason)
        );
        assert!(!click.verdict.class.is_attributable());
    }
    assert_eq!(clicks.last().unwrap().verdict.class, Class::Head);
    let metrics = &stage.tracker.metrics;
    assert_eq!(
        (
            metrics.clicks(Class::Crawler),
            metrics.clicks(Class::Person)
        ),
        (2, 0)
    );
}

#[tokio::test]
async fn a_qr_poster_and_a_deep_link_are_told_apart() {
    let stage = Stage::new();
    stage.get("/go/a?qr=1", &[]).await;
    stage
        .get(
            "/a?to=https%3A%2F%2Fwww.good.com%2Fshoes%3Fsize%3D9",
            &[("cookie", "x=y")],
        )
        .await;
    stage.get("/a?to=https%3A%2F%2Fevil.com", &[]).await;
    let clicks = stage.recorded().await;
    assert_eq!(clicks[0].channel, Channel::Qr);
    assert_eq!(clicks[1].leads, Leads::Deep);
    assert_eq!(clicks[1].destination, "https://www.good.com/shoes?size=9");
    assert_eq!(clicks[2].leads, Leads::DeepRefused);
    assert_eq!(clicks[2].destination, "https://stored.com/landing");
}

#[tokio::test]
async fn privacy_modes_store_nothing_without_leave() {
    let stage = Stage::new();
    let cases = [
        (CookieRule::Always, "/a", "", true, Consent::Unknown),
        (
            CookieRule::Always,
            "/a?consent=0",
            "",
            false,
            Consent::Refused,
        ),
        (CookieRule::WithConsent, "/a", "", false, Consent::Unknown),
        (
            CookieRule::WithConsent,
            "/a?consent=1",
            "",
            true,
            Consent::Given,
        ),
        (
            CookieRule::WithConsent,
            "/a",
            "comity_consent=1",
            true,
            Consent::Given,
        ),
        (CookieRule::Never, "/a?consent=1", "", false, Consent::Given),
    ];
    for (rule, target, cookie, stores, consent) in cases {
        let mut settings = program();
        settings.cookies = rule;
        settings.duplicate_seconds = 0;
        stage.program(settings);
        let answer = stage.get(target, &[("cookie", cookie)]).await;
        assert_eq!(
            answer.headers().contains_key("set-cookie"),
            stores,
            "{rule:?} {target}"
        );
        let click = stage.recorded().await.pop().unwrap();
        assert_eq!((click.visitor.is_some(), click.consent), (stores, consent));
        assert_eq!(click.origin.hash.is_some(), consent != Consent::Refused);
        assert!(header(&answer, "location").contains(&click.id.to_string()));
    }
}

#[tokio::test]
async fn links_that_lead_nowhere_lead_somewhere_useful() {
    let stage = Stage::new();
    let mut paused = link("https://stored.com/");
    paused.state = LinkState::Paused;
    stage.link("paused", paused);
    let mut expiring = link("https://stored.com/");
    expiring.expires_at = Some(Timestamp::from_seconds(1_800_000_010));
    stage.link("expiring", expiring);
    assert_eq!(
        stage.get("/expiring", &[]).await.status(),
        StatusCode::FOUND
    );
    stage.clock.seconds.fetch_add(10, Ordering::Relaxed);
    let statuses = [
        ("/nothing", StatusCode::NOT_FOUND),
        ("/", StatusCode::NOT_FOUND),
        ("/paused", StatusCode::GONE),
        ("/expiring", StatusCode::GONE),
    ];
    for (target, status) in statuses {
        let answer = stage.get(target, &[("accept-language", "ru")]).await;
        assert_eq!(answer.status(), status, "{target}");
        assert!(header(&answer, "content-security-policy").contains("default-src 'none'"));
    }
    let mut settings = program();
    settings.fallback = Some("https://stored.com/sorry".to_owned());
    stage.program(settings);
    let answer = stage.get("/paused", &[]).await;
    assert_eq!(header(&answer, "location"), "https://stored.com/sorry");
    assert_eq!(
        stage.recorded().await.len(),
        1,
        "only the visit that led somewhere"
    );
}

#[tokio::test]
async fn a_change_of_the_table_holds_for_the_next_request() {
    let stage = Stage::new();
    stage.link(
        "a",
        link("https://stored.com/new?partner={partner}&sub={s1}"),
    );
    let answer = stage.get("/a?s1=x%26y", &[]).await;
    let location = header(&answer, "location");
    assert!(location.starts_with("https://stored.com/new?partner=ann&sub=x%26y&cid=clk_"));
    stage
        .tracker
        .links
        .apply(LinkChange::RemoveLink(LinkKey::shared("a")))
        .unwrap();
    assert_eq!(stage.get("/a", &[]).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn when_nothing_can_be_kept_visitors_are_still_sent_on() {
    for durability in [Durability::Disk, Durability::Os] {
        let stage = Stage::with(durability, &[]);
        stage.tracker.spool.close();
        let answer = stage.get("/a", &[]).await;
        assert_eq!(answer.status(), StatusCode::FOUND);
        assert_eq!(header(&answer, "location"), "https://stored.com/landing");
        assert!(!format!("{:?}", answer.headers()).contains("comity_cid"));
        assert_eq!(stage.tracker.spool.backlog().unrecorded, 1);
    }
}

#[tokio::test]
async fn forged_headers_and_strange_requests_do_no_harm() {
    let stage = Stage::new();
    let post = Request::builder()
        .method(Method::POST)
        .uri("/a")
        .body(Full::<Bytes>::default())
        .unwrap();
    assert_eq!(
        stage.redirect.answer(post).await.status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    let long = format!("/a?x={}", "y".repeat(9000));
    assert_eq!(
        stage.get(&long, &[]).await.status(),
        StatusCode::URI_TOO_LONG
    );
    let odd = [
        ("x-forwarded-for", "6.6.6.6"),
        ("x-forwarded-proto", "https"),
    ];
    let answer = stage
        .get("/a?s1=%0d%0aSet-Cookie:x=1%00&utm_source=%ff%fe", &odd)
        .await;
    let cookies = answer.headers().get_all("set-cookie").iter();
    assert!(
        cookies
            .map(|c| c.to_str().unwrap())
            .all(|c| c.starts_with("comity_") && !c.contains("Secure"))
    );
    let raw = Request::builder()
        .uri("/a")
        .header("host", b"\xff\xfe".as_slice())
        .header("user-agent", b"\xff\xfe<script>".as_slice())
        .header("referer", b"\xff".as_slice());
    assert_eq!(
        stage
            .redirect
            .answer(raw.body(Full::<Bytes>::default()).unwrap())
            .await
            .status(),
        StatusCode::FOUND
    );
    let clicks = stage.recorded().await;
    assert_eq!(clicks[0].sub_ids[0].as_deref(), Some("Set-Cookie:x=1"));
    assert_eq!(clicks[0].origin.network.unwrap().to_string(), "0.0.0.0/24");
}
