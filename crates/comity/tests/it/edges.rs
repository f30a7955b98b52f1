//! Two edges in processes of their own, one store: nothing is lost, doubled or stale (issue 3, R7).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use comity_app::link::set_status;
use comity_app::port::Clock;
use comity_app::tracking::complete_until;
use comity_domain::link::LinkStatus;
use comity_domain::tracking::EventKind;
use comity_domain::{ClickId, RawId, Timestamp};
use comity_store::{Store, click, edge};
use comity_testkit::app::{Fakes, with_fakes};
use comity_testkit::database::postgres_url;
use comity_testkit::world::{World, ten_percent};

/// Longest wait for something another process does; the promise itself is within a second.
const PATIENCE: Duration = Duration::from_secs(20);
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// Nobody listens there.
const NO_DATABASE: &str = "postgres://nobody@127.0.0.1:9/none";

/// A part of the product in a process of its own; killed when dropped.
struct Part {
    child: Child,
    says: String,
    /// Kept open: a process that cannot print what it has to say ends.
    _output: BufReader<ChildStdout>,
}

impl Part {
    fn start(role: &str, data: &Path, database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(["serve", "--role", role, "--listen", "127.0.0.1:0"])
            .args([
                "--redirect-listen",
                "127.0.0.1:0",
                "--spool-reserve-mib",
                "16",
            ])
            .args(["--database-url", database, "--data-dir"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut says = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut says).unwrap();
        Self {
            child,
            says,
            _output: output,
        }
    }

    fn edge(data: &Path, database: &str) -> (Self, SocketAddr) {
        let edge = Self::start("edge", data, database);
        let address = edge.says.trim().trim_end_matches('.');
        let address = address
            .strip_prefix("Links are at ")
            .unwrap()
            .parse()
            .unwrap();
        (edge, address)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request as a browser makes it: status line, headers and body.
fn ask(edge: SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(edge).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head} HTTP/1.1\r\nhost: go.test\r\nuser-agent: {BROWSER}\r\norigin: https://shop.example\r\n\
         accept: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Follows the link; the click it was acknowledged with.
fn follow(edge: SocketAddr, slug: &str) -> ClickId {
    let answer = ask(edge, &format!("GET /{slug}"), "");
    let (_, rest) = answer
        .split_once("cid=")
        .expect("a landing address with a click");
    rest[..30].parse().unwrap()
}

/// Asks again until it is so.
async fn until<F: AsyncFnMut() -> bool>(what: &str, mut so: F) {
    let began = Instant::now();
    while !so().await {
        assert!(
            began.elapsed() < PATIENCE,
            "not within {PATIENCE:?}: {what}"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn stored(fakes: &Fakes, world: &World) -> Vec<ClickId> {
    let mut tx = fakes.app.store.read().await.unwrap();
    let page = click::page(&mut tx, world.tenant, None, None, None, 1_000)
        .await
        .unwrap();
    page.into_iter().map(|click| click.id).collect()
}

async fn scene() -> (Fakes, World, String) {
    let database = postgres_url().await;
    let store = Store::open_postgres(&database).await.unwrap();
    store.migrate(Timestamp::from_seconds(0)).await.unwrap();
    let fakes = with_fakes(store);
    // Other processes live in the present.
    let present = comity_adapters::clock::SystemClock.now();
    fakes.clock.advance(present.since(fakes.clock.now()));
    let world = World::new(&fakes.app, "acme", &ten_percent()).await;
    (fakes, world, database)
}

#[tokio::test]
async fn two_edges_ship_every_click_once_through_kills_and_without_the_database() {
    let (fakes, world, database) = scene().await;
    let maya = world.member(&fakes.app, "maya").await;
    let slug = maya.link.slug.as_str();
    let data = tempfile::tempdir().unwrap();
    let (first, second) = (data.path().join("first"), data.path().join("second"));
    let (mut one, at_one) = Part::edge(&first, &database);
    let (two, at_two) = Part::edge(&second, &database);
    for edge in [at_one, at_two] {
        until("the links are loaded", async || {
            status(&ask(edge, &format!("GET /{slug}"), "")) == 302
        })
        .await;
    }
    let mut acknowledged = BTreeSet::new();
    for _ in 0..25 {
        assert!(acknowledged.insert(follow(at_one, slug)));
        assert!(acknowledged.insert(follow(at_two, slug)));
    }
    one.child.kill().unwrap();
    one.child.wait().unwrap();
    let (_one, at_one) = Part::edge(&first, &database);
    acknowledged.insert(follow(at_one, slug));

    // The second one starts again while nobody answers at the database's address.
    drop(two);
    let (two, at_two) = Part::edge(&second, NO_DATABASE);
    for _ in 0..25 {
        acknowledged.insert(follow(at_two, slug));
    }
    drop(two);
    let (_two, at_two) = Part::edge(&second, &database);

    until("every click is stored", async || {
        let stored: BTreeSet<ClickId> = stored(&fakes, &world).await.into_iter().collect();
        acknowledged.is_subset(&stored)
    })
    .await;
    let all = stored(&fakes, &world).await;
    assert_eq!(
        all.iter().collect::<BTreeSet<_>>().len(),
        all.len(),
        "none is doubled"
    );

    set_status(&fakes.app, &world.owner, maya.link.id, LinkStatus::Paused)
        .await
        .unwrap();
    for edge in [at_one, at_two] {
        until("the change is known", async || {
            status(&ask(edge, &format!("GET /{slug}"), "")) == 410
        })
        .await;
    }
    until(
        "both have reported, as the edges they were before",
        async || {
            let mut tx = fakes.app.store.read().await.unwrap();
            let edges = edge::seen_since(&mut tx, Timestamp::from_micros(0));
            edges.await.unwrap().len() == 2
        },
    )
    .await;
}

#[tokio::test]
async fn what_a_page_tells_an_edge_is_decided_by_the_worker() {
    let (fakes, world, database) = scene().await;
    let maya = world.member(&fakes.app, "maya").await;
    let data = tempfile::tempdir().unwrap();
    let (_edge, at) = Part::edge(&data.path().join("edge"), &database);
    let web = Part::start("web,worker", &data.path().join("web"), &database);
    assert!(
        web.says.starts_with("Comity is at http://localhost:"),
        "{}",
        web.says
    );
    let slug = maya.link.slug.as_str();
    until("the links are loaded", async || {
        status(&ask(at, &format!("GET /{slug}"), "")) == 302
    })
    .await;
    let (click, key) = (follow(at, slug), world.program.id);
    let lead =
        format!(r#"{{"key":"{key}","type":"lead","external_id":"l1","click_id":"{click}"}}"#);
    for _ in 0..2 {
        assert_eq!(status(&ask(at, "POST /t/e", &lead)), 202);
    }
    until("the lead is decided", async || {
        let mut tx = fakes.app.store.read().await.unwrap();
        let kind = EventKind::Lead;
        let event = comity_store::event::by_key(&mut tx, world.tenant, key, kind.code(), "l1")
            .await
            .unwrap();
        event.is_some_and(|event| event.status == "decided" && event.click == Some(click))
    })
    .await;
}

#[tokio::test]
async fn figures_are_called_late_while_an_edge_holds_something_back() {
    let (fakes, _, _) = scene().await;
    let now = fakes.clock.now();
    let report = async |running, seen: i64, waiting, oldest: Option<i64>| {
        let edge = edge::Edge {
            id: RawId([7; 16]),
            address: "go.test".to_owned(),
            started_at: now,
            seen_at: now.plus(-seen * 1_000_000),
            running,
            recorded: 9,
            unrecorded: 0,
            waiting,
            oldest_at: oldest.map(|age| now.plus(-age * 1_000_000)),
        };
        comity_app::tracking::report_edge(&fakes.app, &edge)
            .await
            .unwrap();
        let until = complete_until(&fakes.app).await.unwrap();
        until.map(|at| now.since(at) / 1_000_000)
    };
    assert_eq!(report(true, 1, 0, None).await, None);
    assert_eq!(report(true, 1, 5, Some(3)).await, None, "on their way");
    assert_eq!(report(true, 1, 5, Some(90)).await, Some(90));
    assert_eq!(report(true, 120, 0, None).await, Some(120), "silent");
    assert_eq!(report(false, 120, 0, None).await, None, "ended in order");
    assert_eq!(
        report(false, 120, 5, Some(150)).await,
        Some(150),
        "ended with a rest"
    );
    assert_eq!(
        report(true, 8 * 86_400, 5, Some(9 * 86_400)).await,
        None,
        "gone for good"
    );
}
